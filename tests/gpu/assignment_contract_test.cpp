// SPDX-License-Identifier: Apache-2.0
#include "core/backend/assignment.h"
#include "tests/gpu/backend_contract.h"

#include <cmath>
#include <set>

namespace palimpsest {
namespace {

double totalCost(
    const std::vector<float>& cost, const std::vector<std::int32_t>& columns, std::int64_t columnCount)
{
    double sum = 0.0;
    for (std::size_t row = 0; row < columns.size(); ++row)
        sum += double {
            cost[row * static_cast<std::size_t>(columnCount) + static_cast<std::size_t>(columns[row])]
        };
    return sum;
}

TEST_P(BackendContract, AssignsWithinTheToleranceOfTheLeastCost)
{
    struct Case {
        std::int64_t rows, columns;
    };
    for (const Case size : { Case { 0, 3 }, Case { 1, 1 }, Case { 1, 7 }, Case { 5, 5 }, Case { 31, 33 },
             Case { 64, 64 }, Case { 70, 129 }, Case { 150, 150 } }) {
        for (const bool skewed : { false, true }) {
            SCOPED_TRACE(std::to_string(size.rows) + " x " + std::to_string(size.columns)
                + (skewed ? ", skewed" : ""));
            std::vector<float> cost = randomFloats(m_random, sizeOf(size.rows, size.columns), 0.0F, 1.0F);
            for (float& value : cost)
                value = skewed ? std::exp(-12.0F * value)
                               : value; // as the costs of pages: many orders of magnitude
            const auto deviceCost = put(cost);
            const auto columns = put(std::vector<std::int32_t>(static_cast<std::size_t>(size.rows), -7));
            const auto workspace = put(std::vector<std::uint64_t>(
                static_cast<std::size_t>(m_backend->assignBytes(size.columns) + 7) / 8, 0xDEADBEEFU));
            constexpr double kTolerance = 1e-4;
            m_backend->assign(deviceCost.data(), size.rows, size.columns, kTolerance, columns.data(),
                workspace.data(), nullptr);
            const std::vector<std::int32_t> assigned = columns.values();
            EXPECT_TRUE(columns.guardsAreWhole());
            EXPECT_TRUE(workspace.guardsAreWhole());
            const std::set<std::int32_t> distinct(assigned.begin(), assigned.end());
            ASSERT_EQ(distinct.size(), assigned.size()) << "two rows share a column";
            for (const std::int32_t column : assigned)
                ASSERT_TRUE(column >= 0 && column < size.columns) << column;
            if (size.rows == 0)
                continue;
            const double least = totalCost(cost, assign(cost, size.rows, size.columns), size.columns);
            const double got = totalCost(cost, assigned, size.columns);
            EXPECT_LE(got, least + kTolerance);
            EXPECT_GE(got, least - 1e-6);
        }
    }
}

} // namespace
} // namespace palimpsest
