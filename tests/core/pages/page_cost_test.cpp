// SPDX-License-Identifier: Apache-2.0
#include "core/base/random.h"
#include "core/pages/page_cost.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <numeric>
#include <stdexcept>

namespace palimpsest {
namespace {

// Two tasks, pages of two weights. Task 0 has one page, task 1 two.
constexpr std::array<float, 2> kWeights0 { 1.0F, 2.0F };
constexpr std::array<float, 2> kFisher0 { 1.0F, 5.0F };
constexpr std::array<float, 4> kWeights1 { 3.0F, 4.0F, -1.0F, 7.0F };
constexpr std::array<float, 4> kFisher1 { 3.0F, 0.0F, 2.0F, 1.0F };
const std::array<TaskPages, 2> kTasks { TaskPages { kWeights0, kFisher0, {}, 1 },
    TaskPages { kWeights1, kFisher1, {}, 2 } };

PageTable slots(std::initializer_list<std::uint32_t> list)
{
    PageTable table;
    for (const std::uint32_t slot : list)
        table.entries.push_back({ false, slot });
    return table;
}

TEST(PageCost, MatchesHandWorkedValues)
{
    // Slot 0: pages 0:0 and 1:0. Position 0: m = (1*1 + 3*3)/4 = 2.5, cost 1*2.25 + 3*0.25 = 3. Position 1: F = 0, cost 0.
    const std::array<PageTable, 2> tables { slots({ 0 }), slots({ 0, 1 }) };
    EXPECT_DOUBLE_EQ(barycentreCost(kTasks, tables, 2, 3), 3.0);
    EXPECT_EQ(slotCosts(kTasks, tables, 2, 3), (std::vector<double> { 3.0, 0.0, 0.0 }));
    EXPECT_DOUBLE_EQ(pairwiseCost(kTasks, tables, 2, 3), 16.0); // (1 + 3)(1 - 3)^2; position 1 is masked
}

TEST(PageCost, TwoPagesOfOneTaskInASlotAreTwoTenants)
{
    const std::array<PageTable, 2> tables { slots({ 1 }), slots({ 0, 0 }) };
    // Position 0: m = (9 - 2)/5 = 1.4: 3*1.6^2 + 2*2.4^2 = 19.2; position 1: F 0 and 1: nothing.
    EXPECT_NEAR(barycentreCost(kTasks, tables, 2, 2), 19.2, 1e-12);
    EXPECT_DOUBLE_EQ(pairwiseCost(kTasks, tables, 2, 2), 80.0); // (3 + 2)(3 + 1)^2
}

TEST(PageCost, ThreeTenantsAddAllPairs)
{
    const std::array<PageTable, 2> tables { slots({ 0 }), slots({ 0, 0 }) };
    // Position 0: pairs (1,3): 16, (1,-1): 3*4 = 12, (3,-1): 80. Position 1: (5 + 1)(2 - 7)^2 = 150.
    EXPECT_NEAR(pairwiseCost(kTasks, tables, 2, 1), 258.0, 1e-10);
}

TEST(PageCost, ExclusivePagesCostNothing)
{
    std::array<PageTable, 2> tables { slots({ 0 }), slots({ 0, 0 }) };
    tables[1].entries[0] = { true, 0 };
    tables[1].entries[1] = { true, 1 };
    EXPECT_EQ(barycentreCost(kTasks, tables, 2, 1), 0.0);
    EXPECT_EQ(pairwiseCost(kTasks, tables, 2, 1), 0.0);
}

TEST(PageCost, PaddingNeverCounts)
{
    constexpr std::array<std::uint8_t, 2> kValid { 0, 1 };
    std::array<TaskPages, 2> tasks = kTasks;
    tasks[0].valid = kValid;
    const std::array<PageTable, 2> tables { slots({ 0 }), slots({ 0, 0 }) };
    // Position 0 keeps the two tenants of task 1, position 1 all three.
    EXPECT_NEAR(pairwiseCost(tasks, tables, 2, 1), 80.0 + 150.0, 1e-10);
    const double expected = 19.2 + 5.0 / 6.0 * 25.0; // F0 F1/(F0 + F1) (w0 - w1)^2
    EXPECT_NEAR(barycentreCost(tasks, tables, 2, 1), expected, 1e-12);
    EXPECT_EQ(mergePages(tasks, tables, 2, 1, PageValue::Mean)[0], 1.0F) << "(3 - 1)/2, without the padding";
}

TEST(PageCost, BarycentreIsTheCheapestPageValue)
{
    Random random(7);
    std::vector<float> weights(5 * 8);
    std::vector<float> fisher(weights.size());
    for (std::size_t k = 0; k < weights.size(); ++k) {
        weights[k] = static_cast<float>(random.normal());
        fisher[k] = static_cast<float>(std::exp(4.0 * random.normal()));
    }
    const std::array<TaskPages, 1> tasks { TaskPages { weights, fisher, {}, 5 } };
    const std::array<PageTable, 1> tables { slots({ 0, 1, 0, 0, 1 }) };
    const std::vector<float> merged = mergePages(tasks, tables, 8, 2, PageValue::Barycentre);
    const auto costOf = [&](const std::vector<float>& pool) {
        double cost = 0.0;
        for (std::size_t page = 0; page < 5; ++page) {
            for (std::size_t k = 0; k < 8; ++k) {
                const double d = double { weights[page * 8 + k] }
                    - double { pool[tables[0].entries[page].index * 8 + k] };
                cost += double { fisher[page * 8 + k] } * d * d;
            }
        }
        return cost;
    };
    const double best = barycentreCost(tasks, tables, 8, 2);
    EXPECT_NEAR(costOf(merged), best, 1e-5 * best);
    EXPECT_GT(costOf(mergePages(tasks, tables, 8, 2, PageValue::Mean)), best);
    EXPECT_GT(costOf(mergePages(tasks, tables, 8, 2, PageValue::Last)), best);
    const std::vector<double> perSlot = slotCosts(tasks, tables, 8, 2);
    EXPECT_DOUBLE_EQ(std::accumulate(perSlot.begin(), perSlot.end(), 0.0), best);
}

TEST(PageCost, MergesByEachRule)
{
    const std::array<PageTable, 2> tables { slots({ 0 }), slots({ 0, 2 }) };
    EXPECT_EQ(mergePages(kTasks, tables, 2, 3, PageValue::Barycentre),
        (std::vector<float> { 2.5F, 2.0F, 0.0F, 0.0F, -1.0F, 7.0F }));
    EXPECT_EQ(mergePages(kTasks, tables, 2, 3, PageValue::Mean),
        (std::vector<float> { 2.0F, 3.0F, 0.0F, 0.0F, -1.0F, 7.0F }));
    EXPECT_EQ(mergePages(kTasks, tables, 2, 3, PageValue::Last),
        (std::vector<float> { 3.0F, 4.0F, 0.0F, 0.0F, -1.0F, 7.0F }));
}

TEST(PageCost, PlainMeanWhereAllFisherIsZero)
{
    constexpr std::array<float, 2> kZero {};
    const std::array<TaskPages, 2> tasks { TaskPages { kWeights0, kZero, {}, 1 },
        TaskPages { std::span(kWeights1).first(2), kZero, {}, 1 } };
    const std::array<PageTable, 2> tables { slots({ 0 }), slots({ 0 }) };
    EXPECT_EQ(mergePages(tasks, tables, 2, 1, PageValue::Barycentre), (std::vector<float> { 2.0F, 3.0F }));
    EXPECT_EQ(barycentreCost(tasks, tables, 2, 1), 0.0);
    EXPECT_EQ(pairwiseCost(tasks, tables, 2, 1), 0.0);
}

TEST(PageCost, KeepsItsAccuracyWhenFisherSpansThirteenDecades)
{
    constexpr std::array<float, 1> kTiny { 2.6e-11F };
    constexpr std::array<float, 1> kHuge { 108.0F };
    constexpr std::array<float, 1> kA { 0.25F };
    constexpr std::array<float, 1> kB { -0.5F };
    const std::array<TaskPages, 2> tasks { TaskPages { kA, kTiny, {}, 1 }, TaskPages { kB, kHuge, {}, 1 } };
    const std::array<PageTable, 2> tables { slots({ 0 }), slots({ 0 }) };
    const double f = double { kTiny[0] } * double { kHuge[0] } / (double { kTiny[0] } + double { kHuge[0] });
    EXPECT_NEAR(barycentreCost(tasks, tables, 1, 1) / (f * 0.5625), 1.0, 1e-9);
}

TEST(PageCost, RefusesWhatDoesNotFit)
{
    const std::array<PageTable, 2> good { slots({ 0 }), slots({ 0, 1 }) };
    EXPECT_THROW((void)barycentreCost(kTasks, good, 3, 2), std::invalid_argument);
    EXPECT_THROW((void)pairwiseCost(kTasks, good, 2, 1), std::invalid_argument) << "slot 1 of 1";
    const std::array<PageTable, 1> tooFew { slots({ 0 }) };
    EXPECT_THROW((void)slotCosts(kTasks, tooFew, 2, 2), std::invalid_argument);
    const std::array<PageTable, 2> tooShort { slots({ 0 }), slots({ 0 }) };
    EXPECT_THROW((void)mergePages(kTasks, tooShort, 2, 2, PageValue::Mean), std::invalid_argument);
}

} // namespace
} // namespace palimpsest
