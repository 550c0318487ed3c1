// SPDX-License-Identifier: Apache-2.0
#include "core/base/random.h"
#include "core/backend/assignment.h"
#include "core/backend/scan_kernels.h"
#include "network_simplex.h"

#include <dlib/matrix.h>
#include <dlib/optimization/max_cost_assignment.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>

namespace palimpsest {
namespace {

/// Integer costs, so that other solvers and float32 hold them exactly. `range` 3 makes almost all of them equal.
std::vector<int> randomCosts(Random& random, int rows, int columns, int range)
{
    std::vector<int> costs(static_cast<std::size_t>(rows * columns));
    for (int& cost : costs)
        cost = static_cast<int>(random.below(static_cast<std::uint64_t>(range)));
    return costs;
}

std::vector<float> asFloat(const std::vector<int>& costs)
{
    return { costs.begin(), costs.end() };
}

/// Cost of an assignment; -1 where a column is used twice or a row has none though it may not go without.
std::int64_t costOf(const std::vector<int>& costs, int columns, const std::vector<std::int32_t>& assigned,
    std::optional<int> price)
{
    std::vector<bool> used(static_cast<std::size_t>(columns), false);
    std::int64_t sum = 0;
    for (std::size_t row = 0; row < assigned.size(); ++row) {
        if (assigned[row] == kUnassigned) {
            if (!price)
                return -1;
            sum += *price;
            continue;
        }
        const auto column = static_cast<std::size_t>(assigned[row]);
        if (column >= used.size() || used[column])
            return -1;
        used[column] = true;
        sum += costs[row * static_cast<std::size_t>(columns) + column];
    }
    return sum;
}

std::int64_t dlibOptimum(const std::vector<int>& costs, int size)
{
    if (size == 0)
        return 0;
    dlib::matrix<std::int64_t> gains(size, size);
    for (int row = 0; row < size; ++row) {
        for (int column = 0; column < size; ++column)
            gains(row, column) = -std::int64_t { costs[static_cast<std::size_t>(row * size + column)] };
    }
    return -dlib::assignment_cost(gains, dlib::max_cost_assignment(gains));
}

TEST(Assignment, AgreesWithDlibAndNetworkSimplexOnEverySize)
{
    Random random(1);
    for (int size = 0; size <= 40; ++size) {
        for (const int range : { 3, 1'000'000 }) {
            const std::vector<int> costs = randomCosts(random, size, size, range);
            const std::vector<std::int32_t> assigned = assign(asFloat(costs), size, size);
            const std::int64_t cost = costOf(costs, size, assigned, {});
            ASSERT_EQ(cost, dlibOptimum(costs, size)) << size << ", range " << range;
            ASSERT_EQ(cost, networkSimplexOptimum(costs, size, size, {})) << size << ", range " << range;
        }
    }
}

TEST(Assignment, AgreesWithNetworkSimplexOnWideMatrices)
{
    Random random(2);
    for (int rows = 0; rows <= 24; ++rows) {
        for (const int extra : { 1, 2, 9, 30 }) {
            for (const int range : { 3, 1'000'000 }) {
                const int columns = rows + extra;
                const std::vector<int> costs = randomCosts(random, rows, columns, range);
                const std::vector<std::int32_t> assigned = assign(asFloat(costs), rows, columns);
                ASSERT_EQ(
                    costOf(costs, columns, assigned, {}), networkSimplexOptimum(costs, rows, columns, {}))
                    << rows << " x " << columns << ", range " << range;
            }
        }
    }
}

TEST(Assignment, AgreesWithNetworkSimplexWithAPrice)
{
    Random random(3);
    for (int rows = 0; rows <= 20; ++rows) {
        for (const int columns : { 0, 1, rows / 2, rows, rows + 5 }) {
            for (const int price : { -50, 0, 40, 300, 2000 }) {
                const std::vector<int> costs = randomCosts(random, rows, columns, 1000);
                const auto assigned = assignPriced(asFloat(costs), rows, columns, price);
                ASSERT_TRUE(assigned.has_value());
                ASSERT_EQ(costOf(costs, columns, *assigned, price),
                    networkSimplexOptimum(costs, rows, columns, price))
                    << rows << " x " << columns << ", price " << price;
            }
        }
    }
}

TEST(Assignment, TriesEveryPermutationOfRealCosts)
{
    Random random(4);
    for (int repetition = 0; repetition < 40; ++repetition) {
        constexpr std::size_t kSize = 6;
        std::vector<float> costs(kSize * kSize);
        for (float& cost : costs) // as page costs: many decades
            cost = static_cast<float>(std::pow(10.0, -12.0 + 12.0 * random.uniform()));
        const auto sum = [&](const std::vector<std::int32_t>& columns) {
            double total = 0.0;
            for (std::size_t row = 0; row < kSize; ++row)
                total += double { costs[row * kSize + static_cast<std::size_t>(columns[row])] };
            return total;
        };
        std::vector<std::int32_t> permutation { 0, 1, 2, 3, 4, 5 };
        double best = std::numeric_limits<double>::infinity();
        do
            best = std::min(best, sum(permutation));
        while (std::next_permutation(permutation.begin(), permutation.end()));
        EXPECT_NEAR(sum(assign(costs, kSize, kSize)), best, 1e-14);
    }
}

TEST(Assignment, EqualCostsAreNoTrouble)
{
    const std::vector<float> zeros(200 * 300, 0.0F);
    std::vector<std::int32_t> assigned = assign(zeros, 200, 300);
    std::sort(assigned.begin(), assigned.end());
    EXPECT_EQ(std::unique(assigned.begin(), assigned.end()), assigned.end());
}

TEST(Assignment, TakesNothingForAHugePriceAndEverythingForASmallOne)
{
    const std::vector<float> costs { 5.0F, 7.0F, 1.0F, 9.0F };
    EXPECT_EQ(*assignPriced(costs, 2, 2, 100.0), (std::vector<std::int32_t> { 1, 0 }));
    EXPECT_EQ(*assignPriced(costs, 2, 2, 4.0), (std::vector<std::int32_t> { kUnassigned, 0 }));
    EXPECT_EQ(*assignPriced(costs, 2, 2, 0.5), (std::vector<std::int32_t> { kUnassigned, kUnassigned }));
}

TEST(Assignment, StopsWhenAsked)
{
    std::stop_source stop;
    stop.request_stop();
    Random random(5);
    const std::vector<float> costs = asFloat(randomCosts(random, 30, 30, 1000));
    EXPECT_FALSE(assign(costs, 30, 30, stop.get_token()).has_value());
    EXPECT_FALSE(assignPriced(costs, 30, 30, 900.0, stop.get_token()).has_value());
    EXPECT_TRUE(assign(costs, 30, 30, std::stop_token {}).has_value());
}

TEST(Assignment, RefusesWhatHasNoAnswer)
{
    const std::vector<float> costs(6, 1.0F);
    EXPECT_THROW((void)assign(costs, 3, 2), std::invalid_argument);
    EXPECT_THROW((void)assign(costs, 2, 2), std::invalid_argument);
    std::vector<float> broken = costs;
    for (const float value :
        { std::numeric_limits<float>::infinity(), std::numeric_limits<float>::quiet_NaN() }) {
        broken[4] = value;
        EXPECT_THROW((void)assign(broken, 2, 3), std::invalid_argument);
        EXPECT_THROW((void)assignPriced(broken, 2, 3, 1.0), std::invalid_argument);
    }
    EXPECT_THROW(
        (void)assignPriced(costs, 2, 3, std::numeric_limits<double>::infinity()), std::invalid_argument);
}

TEST(ScanKernels, AllInstructionSetsGiveTheSameBits)
{
    Random random(6);
    constexpr double kInfinity = std::numeric_limits<double>::infinity();
    for (const std::int64_t columns : { 1, 3, 8, 17, 100 }) {
        const auto count = static_cast<std::size_t>(columns);
        std::vector<float> cost(count);
        std::vector<double> v(count), start(count), rank(count);
        for (std::size_t j = 0; j < count; ++j) {
            cost[j] = static_cast<float>(random.below(5));
            v[j] = -static_cast<double>(random.below(3));
            start[j] = random.below(4) == 0 ? -kInfinity : random.below(4) == 0 ? kInfinity : 3.0;
            rank[j] = static_cast<double>(random.below(2) * count + j);
        }
        // Plain loops.
        std::vector<double> expected = start;
        std::vector<std::int64_t> expectedVia(count, 7);
        double least = kInfinity;
        for (std::size_t j = 0; j < count; ++j) {
            const double way = double { cost[j] } - v[j] - 0.5;
            if (way < expected[j]) {
                expected[j] = way;
                expectedVia[j] = 9;
            }
            if (expected[j] != -kInfinity)
                least = std::min(least, expected[j]);
        }
        double expectedRank = kInfinity;
        for (std::size_t j = 0; j < count; ++j) {
            if (expected[j] == least)
                expectedRank = std::min(expectedRank, rank[j]);
        }
        for (const ScanKernels& kernels : scanKernels()) {
            std::vector<double> distance = start;
            std::vector<std::int64_t> via(count, 7);
            EXPECT_EQ(
                kernels.relax(cost.data(), v.data(), 0.5, 9, distance.data(), via.data(), columns), least)
                << kernels.name;
            EXPECT_EQ(distance, expected) << kernels.name;
            EXPECT_EQ(via, expectedVia) << kernels.name;
            EXPECT_EQ(kernels.find(distance.data(), rank.data(), least, columns), expectedRank)
                << kernels.name;
        }
    }
}

} // namespace
} // namespace palimpsest
