// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/axis_ticker.h"

#include <gtest/gtest.h>

namespace palimpsest {
namespace {

TEST(AxisTicker, FewPowersOfTenHaveRoundNumbersBetweenThem)
{
    EXPECT_EQ(roundTicks(13'900.0, 294'000.0),
        (QVector<double> { 10'000, 20'000, 50'000, 100'000, 200'000, 500'000 }));
    EXPECT_EQ(roundTicks(2.0, 5.0), (QVector<double> { 2, 5 })) << "both ends are ticks";
    EXPECT_EQ(roundTicks(6.0, 7.0), (QVector<double> { 5, 10 }));
    EXPECT_EQ(roundTicks(1.0, 9.0), (QVector<double> { 1, 2, 5, 10 }));
}

} // namespace
} // namespace palimpsest
