// SPDX-License-Identifier: Apache-2.0
#include "core/backend/gpu_module.h"
#include "core/matching/rematch.h"
#include "core/matching/strategy.h"
#include "random_problem.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <set>

namespace palimpsest {
namespace {

constexpr MatchingStrategy kAllStrategies[] { MatchingStrategy::Identity, MatchingStrategy::Random,
    MatchingStrategy::Reference, MatchingStrategy::Sequential, MatchingStrategy::Descent };

MatchResult match(const RandomProblem& random, MatchingStrategy strategy,
    CostKind cost = CostKind::Barycentre, std::uint64_t seed = 1)
{
    Unwatched job;
    return matchPages(random.problem, matchingSettings(strategy, cost), seed, job.context()).value();
}

class EveryStrategy : public testing::TestWithParam<std::tuple<MatchingStrategy, CostKind>> { };

TEST_P(EveryStrategy, GivesLegalTablesWithTheirOwnCosts)
{
    const auto [strategy, cost] = GetParam();
    const RandomProblem random({ 9, 12, 7 }, 16, 12, 3);
    const MatchResult result = match(random, strategy, cost);
    EXPECT_TRUE(isLegal(random.problem, result));
    EXPECT_DOUBLE_EQ(result.costBarycentre, barycentreCost(random.problem.tasks, result.tables, 16, 12));
    EXPECT_DOUBLE_EQ(result.costPairwise, pairwiseCost(random.problem.tasks, result.tables, 16, 12));
}

TEST_P(EveryStrategy, IsDeterministicForASeed)
{
    const auto [strategy, cost] = GetParam();
    const RandomProblem random({ 9, 12, 7 }, 16, 12, 3);
    const MatchResult first = match(random, strategy, cost, 5);
    const MatchResult second = match(random, strategy, cost, 5);
    EXPECT_EQ(first.tables, second.tables);
    EXPECT_EQ(first.costBarycentre, second.costBarycentre);
}

TEST_P(EveryStrategy, LeavesExclusivePagesOutOfTheSlots)
{
    const auto [strategy, cost] = GetParam();
    RandomProblem random({ 5, 6 }, 8, 4, 3);
    random.problem.exclusive = { { 0, 1, 0, 0, 0 }, { 1, 0, 0, 1, 0, 0 } };
    const MatchResult result = match(random, strategy, cost);
    EXPECT_EQ(result.exclusiveCount, 3);
    EXPECT_EQ(result.tables[0].entries[1], (PageRef { true, 0 }));
    EXPECT_EQ(result.tables[1].entries[0], (PageRef { true, 1 }));
    EXPECT_EQ(result.tables[1].entries[3], (PageRef { true, 2 }));
    std::set<std::uint32_t> slots; // the four sharable pages of task 1 fit into four slots
    for (const PageRef& entry : result.tables[1].entries) {
        if (!entry.exclusive)
            slots.insert(entry.index);
    }
    EXPECT_EQ(slots.size(), 4U);
}

TEST_P(EveryStrategy, IsCanceledOrDoneAtOnceWhenStopped)
{
    const auto [strategy, cost] = GetParam();
    const RandomProblem random({ 9, 12, 7 }, 16, 12, 3);
    Unwatched job;
    job.cancel();
    const auto result = matchPages(random.problem, matchingSettings(strategy, cost), 1, job.context());
    if (strategy == MatchingStrategy::Identity || strategy == MatchingStrategy::Random)
        return; // nothing in them takes time
    ASSERT_FALSE(result.ok());
    EXPECT_EQ(result.error().kind, ErrorKind::Canceled);
}

INSTANTIATE_TEST_SUITE_P(Strategies, EveryStrategy,
    testing::Combine(
        testing::ValuesIn(kAllStrategies), testing::Values(CostKind::Barycentre, CostKind::Pairwise)));

TEST(IdentityStrategy, TakesSlotsInTurn)
{
    const RandomProblem random({ 7 }, 4, 3, 1);
    const MatchResult result = match(random, MatchingStrategy::Identity);
    for (std::uint32_t i = 0; i < 7; ++i)
        EXPECT_EQ(result.tables[0].entries[i], (PageRef { false, i % 3 }));
}

TEST(RandomStrategy, UsesEverySlotOnceBeforeItUsesOneTwice)
{
    const RandomProblem random({ 25, 25 }, 4, 10, 1);
    const MatchResult result = match(random, MatchingStrategy::Random);
    for (std::size_t round = 0; round < 2; ++round) {
        std::set<std::uint32_t> slots;
        for (std::size_t i = 0; i < 10; ++i)
            slots.insert(result.tables[0].entries[10 * round + i].index);
        EXPECT_EQ(slots.size(), 10U);
    }
    EXPECT_NE(result.tables[0], result.tables[1]);
    EXPECT_NE(result.tables[0], match(random, MatchingStrategy::Random, CostKind::Barycentre, 2).tables[0]);
}

/// The least cost of task `t` on its own slots with all other tables fixed, by trying every injective table.
double bestOf(const MatchProblem& problem, std::vector<PageTable> tables, std::size_t t, CostKind kind)
{
    const auto pageCount = static_cast<std::size_t>(problem.tasks[t].pageCount);
    std::vector<std::uint32_t> slots(static_cast<std::size_t>(problem.slotCount));
    std::iota(slots.begin(), slots.end(), 0U);
    double best = std::numeric_limits<double>::infinity();
    do {
        for (std::size_t i = 0; i < pageCount; ++i)
            tables[t].entries[i] = { false, slots[i] };
        const double cost = kind == CostKind::Barycentre
            ? barycentreCost(problem.tasks, tables, problem.pageSize, problem.slotCount)
            : pairwiseCost(problem.tasks, tables, problem.pageSize, problem.slotCount);
        best = std::min(best, cost);
    } while (std::next_permutation(slots.begin(), slots.end()));
    return best;
}

class AssignmentStrategies : public testing::TestWithParam<CostKind> { };

TEST_P(AssignmentStrategies, DescentLeavesEveryTaskAtItsOptimum)
{
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        const RandomProblem random({ 5, 4, 6 }, 8, 6, seed);
        MatchingSettings settings = matchingSettings(MatchingStrategy::Descent, GetParam());
        settings.tolerance = 0.0; // until nothing improves
        Unwatched job;
        const MatchResult result = matchPages(random.problem, settings, seed, job.context()).value();
        const double cost = costOf(result, GetParam());
        for (std::size_t t = 0; t < 3; ++t) {
            const double best = bestOf(random.problem, result.tables, t, GetParam());
            EXPECT_NEAR(cost, best, 1e-5 * best) << "seed " << seed << " task " << t;
        }
        EXPECT_GT(result.sweeps, 0);
    }
}

TEST_P(AssignmentStrategies, SequentialPlacesTheLastTaskAtItsOptimum)
{
    const RandomProblem random({ 5, 6, 4 }, 8, 6, 9); // the order is 1, 0, 2
    const MatchResult result = match(random, MatchingStrategy::Sequential, GetParam());
    const double best = bestOf(random.problem, result.tables, 2, GetParam());
    EXPECT_NEAR(costOf(result, GetParam()), best, 1e-5 * best);
    EXPECT_EQ(result.tables[1].entries[3], (PageRef { false, 3 }))
        << "the largest task comes first, in order";
}

TEST_P(AssignmentStrategies, BetterStrategiesCostLess)
{
    const RandomProblem random({ 40, 35, 38, 30 }, 16, 40, 4);
    const double randomCost = costOf(match(random, MatchingStrategy::Random, GetParam()), GetParam());
    const double sequential = costOf(match(random, MatchingStrategy::Sequential, GetParam()), GetParam());
    const double descent = costOf(match(random, MatchingStrategy::Descent, GetParam()), GetParam());
    EXPECT_LT(sequential, randomCost);
    EXPECT_LT(descent, sequential);
}

TEST_P(AssignmentStrategies, CudaGivesTheCostOfTheCpu)
{
    if (const DeviceList list = listDevices(); !list.whyNoCuda.empty())
        GTEST_SKIP() << "no CUDA device: " << list.whyNoCuda;
    for (const RandomProblem& random :
        { RandomProblem({ 40, 35, 38, 30 }, 16, 40, 4), RandomProblem({ 50, 90, 11 }, 24, 30, 5) }) {
        for (const MatchingStrategy strategy : { MatchingStrategy::Sequential, MatchingStrategy::Descent }) {
            Unwatched job;
            const auto onCuda = matchPages(
                random.problem, matchingSettings(strategy, GetParam()), 1, job.context().onDevice("cuda:0"));
            ASSERT_TRUE(onCuda) << onCuda.error().text();
            const double expected = costOf(match(random, strategy, GetParam()), GetParam());
            EXPECT_NEAR(costOf(*onCuda, GetParam()), expected, 0.01 * expected);
        }
    }
}

TEST_P(AssignmentStrategies, RematchingNeverRaisesTheCost)
{
    // Also with more pages than slots (task 1), and with a price.
    const RandomProblem random({ 8, 30, 11 }, 8, 12, 6);
    const PageSet pages = PageSet::create(random.problem).value();
    SlotState state(pages, GetParam());
    for (const std::size_t t : pages.largestFirst())
        ASSERT_TRUE(placeTask(state, t, {}));
    for (const double price : { kNoPrice, 0.02, kNoPrice, 0.3 }) {
        const auto total = [&] {
            return state.cost()
                + (price < kNoPrice ? price * static_cast<double>(state.exclusiveCount()) : 0.0);
        };
        double before = total();
        for (int step = 0; step < 9; ++step) {
            ASSERT_TRUE(rematchTask(state, static_cast<std::size_t>(step % 3), price, {}));
            const double after = total();
            EXPECT_LE(after, before * (1.0 + 1e-6)) << "price " << price << " step " << step;
            before = after;
        }
    }
}

TEST_P(AssignmentStrategies, RepeatedSlotsEndWhereNoSingleMoveGains)
{
    const RandomProblem random({ 14, 9 }, 8, 4, 8);
    MatchingSettings settings = matchingSettings(MatchingStrategy::Descent, GetParam());
    settings.tolerance = 0.0;
    Unwatched job;
    MatchResult result = matchPages(random.problem, settings, 1, job.context()).value();
    const auto cost = [&](const std::vector<PageTable>& tables) {
        return GetParam() == CostKind::Barycentre ? barycentreCost(random.problem.tasks, tables, 8, 4)
                                                  : pairwiseCost(random.problem.tasks, tables, 8, 4);
    };
    const double reached = cost(result.tables);
    for (PageTable& table : result.tables) {
        // Worked by hand: 14 pages in 4 slots are at most 4 in one, 9 pages at most 3.
        const std::ptrdiff_t most = table.entries.size() == 14 ? 4 : 3;
        const std::vector<PageRef> before = table.entries;
        const auto pagesIn = [&](std::uint32_t slot) {
            return std::count(before.begin(), before.end(), PageRef { false, slot });
        };
        for (PageRef& entry : table.entries) {
            const PageRef old = entry;
            EXPECT_LE(pagesIn(old.index), most) << "pages must not pile up in one slot";
            for (std::uint32_t slot = 0; slot < 4; ++slot) {
                if (slot != old.index && pagesIn(slot) >= most)
                    continue; // full: no move that is allowed
                entry = { false, slot };
                EXPECT_GE(cost(result.tables), reached * (1.0 - 1e-6));
            }
            entry = old;
        }
    }
}

INSTANTIATE_TEST_SUITE_P(
    Costs, AssignmentStrategies, testing::Values(CostKind::Barycentre, CostKind::Pairwise));

TEST(MatchPages, PaddingHasNoInfluence)
{
    // Two problems that differ in what stands in the padding alone.
    RandomProblem random({ 6, 6 }, 8, 6, 2);
    const std::vector<std::uint8_t> valid = [] {
        std::vector<std::uint8_t> mask(48, 1);
        std::fill(mask.begin() + 44, mask.end(), std::uint8_t { 0 });
        return mask;
    }();
    random.problem.tasks[0].valid = valid;
    const MatchResult first = match(random, MatchingStrategy::Descent);
    std::vector<float> weights(
        random.problem.tasks[0].weights.begin(), random.problem.tasks[0].weights.end());
    std::fill(weights.begin() + 44, weights.end(), 100.0F);
    random.problem.tasks[0].weights = weights;
    const MatchResult second = match(random, MatchingStrategy::Descent);
    EXPECT_EQ(first.tables, second.tables);
    EXPECT_EQ(first.costBarycentre, second.costBarycentre);
}

TEST(MatchPages, ATaskWithoutPagesIsLegal)
{
    const RandomProblem random({ 0, 3 }, 8, 4, 2);
    for (const MatchingStrategy strategy : kAllStrategies) {
        const MatchResult result = match(random, strategy);
        EXPECT_TRUE(result.tables[0].entries.empty());
        EXPECT_EQ(result.costBarycentre, 0.0);
    }
}

TEST(MatchPages, ReportsProgress)
{
    const RandomProblem random({ 9, 12, 7 }, 16, 12, 3);
    Unwatched job;
    ASSERT_TRUE(
        matchPages(random.problem, matchingSettings(MatchingStrategy::Descent), 1, job.context()).ok());
    EXPECT_DOUBLE_EQ(job.channel().take().fraction, 1.0);
}

void expectBadInput(const MatchProblem& problem, const std::string& part)
{
    Unwatched job;
    const auto result = matchPages(problem, matchingSettings(MatchingStrategy::Descent), 1, job.context());
    ASSERT_FALSE(result.ok()) << part;
    EXPECT_EQ(result.error().kind, ErrorKind::BadInput);
    EXPECT_NE(result.error().text().find(part), std::string::npos) << result.error().text();
    EXPECT_FALSE(lowerBounds(problem, job.context()).ok());
}

TEST(MatchPages, RefusesWhatIsNotWhole)
{
    const RandomProblem random({ 3, 4 }, 8, 4, 2);
    MatchProblem problem = random.problem;
    problem.tasks.clear();
    expectBadInput(problem, "at least one task");
    problem = random.problem;
    problem.slotCount = 0;
    expectBadInput(problem, "slots");
    problem = random.problem;
    problem.names = { "fashion", "digits" };
    problem.tasks[1].weights = problem.tasks[1].weights.first(31);
    expectBadInput(problem, "task digits");
    problem = random.problem;
    problem.exclusive = { { 0, 0, 0 } };
    expectBadInput(problem, "1 tasks, expected 2");
    problem = random.problem;
    std::vector<float> fisher(24, 1.0F);
    fisher[5] = -1.0F;
    problem.tasks[0].fisher = fisher;
    expectBadInput(problem, "task 0: the Fisher value of weight 5");
    fisher[5] = 1.0F;
    std::vector<float> weights(24, 1.0F);
    weights[7] = std::numeric_limits<float>::quiet_NaN();
    problem.tasks[0].weights = weights;
    expectBadInput(problem, "weight 7 of the page image must be finite");
    weights[7] = -2e8F; // its cost might be infinite in float32
    expectBadInput(problem, "got -200000000");
}

} // namespace
} // namespace palimpsest
