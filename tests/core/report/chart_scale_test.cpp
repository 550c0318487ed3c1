// SPDX-License-Identifier: Apache-2.0
#include "core/report/chart_scale.h"

#include <gtest/gtest.h>

#include <limits>

namespace palimpsest {
namespace {

TEST(ChartScale, TicksAreRoundAndCoverTheRange)
{
    EXPECT_EQ(niceTicks(0.0, 100.0, 4), (std::vector<double> { 0.0, 50.0, 100.0 }));
    EXPECT_EQ(niceTicks(-5.24, 0.54, 4), (std::vector<double> { -6.0, -4.0, -2.0, 0.0, 2.0 }));
    EXPECT_EQ(niceTicks(0.0, 1000.0, 4), (std::vector<double> { 0.0, 500.0, 1000.0 }));
    for (const double high : { 1e-9, 0.3, 7.0, 99.0, 1.1e6, 4e12 }) {
        const std::vector<double> ticks = niceTicks(0.0, high, 4);
        EXPECT_EQ(ticks.front(), 0.0);
        EXPECT_GE(ticks.back(), high * (1.0 - 1e-9));
        EXPECT_LE(ticks.size(), 6U);
        EXPECT_GE(ticks.size(), 2U);
    }
}

TEST(ChartScale, TicksOfNothingAreStillAnAxis)
{
    const std::vector<double> point = niceTicks(5.0, 5.0, 4);
    EXPECT_LE(point.front(), 5.0);
    EXPECT_GE(point.back(), 5.0);
    EXPECT_GE(point.size(), 2U);
    const double nan = std::numeric_limits<double>::quiet_NaN();
    EXPECT_EQ(niceTicks(nan, nan, 4).front(), 0.0);
    EXPECT_EQ(niceTicks(3.0, 1.0, 4).back(), 1.0);
}

TEST(ChartScale, TextsHaveTheDecimalsOfTheirDistance)
{
    EXPECT_EQ(tickTexts({ 0.0, 0.05, 0.1 }), (std::vector<std::string> { "0.00", "0.05", "0.10" }));
    EXPECT_EQ(tickTexts({ -2.0, 0.0, 2.0 }), (std::vector<std::string> { "-2", "0", "2" }));
    EXPECT_EQ(tickTexts({ 0.0, 500.0 }), (std::vector<std::string> { "0", "500" }));
}

TEST(ChartScale, DecadesCoverTheRange)
{
    EXPECT_EQ(decadeTicks(0.05, 612.0).size(), 6U); // 0.01 to 1,000
    EXPECT_EQ(decadeTicks(10.0, 10.0), (std::vector<double> { 10.0, 100.0 }));
    EXPECT_EQ(decadeTicks(1.0, 10.0), (std::vector<double> { 1.0, 10.0 }));
}

TEST(ChartScale, Positions)
{
    EXPECT_EQ(linearPosition(5.0, 0.0, 10.0), 0.5);
    EXPECT_EQ(linearPosition(-1.0, 0.0, 10.0), 0.0);
    EXPECT_EQ(linearPosition(11.0, 0.0, 10.0), 1.0);
    EXPECT_EQ(linearPosition(3.0, 2.0, 2.0), 0.0);
    EXPECT_NEAR(logPosition(10.0, 1.0, 100.0), 0.5, 1e-12);
    EXPECT_EQ(logPosition(0.0, 1.0, 100.0), 0.0);
}

} // namespace
} // namespace palimpsest
