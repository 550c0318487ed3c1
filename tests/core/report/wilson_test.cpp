// SPDX-License-Identifier: Apache-2.0
#include "core/report/wilson.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace palimpsest {
namespace {

TEST(Wilson, SolvesItsDefiningEquation)
{
    // Both ends are the shares q with |p - q| = z sqrt(q (1 - q) / n).
    const double z = 1.959963984540054;
    for (const std::int64_t n : { 1, 6, 40, 359, 10'000 })
        for (const double p : { 0.05, 0.5, 0.9031, 0.975 }) {
            const Interval interval = wilsonInterval(p, n);
            for (const double q : { interval.low, interval.high })
                EXPECT_NEAR(std::abs(p - q), z * std::sqrt(q * (1.0 - q) / static_cast<double>(n)), 1e-12)
                    << n << " " << p;
            EXPECT_LT(interval.low, p);
            EXPECT_GT(interval.high, p);
        }
}

TEST(Wilson, KnownValue)
{
    // 8 of 10: the textbook interval 0.490 to 0.943.
    const Interval interval = wilsonInterval(0.8, 10);
    EXPECT_NEAR(interval.low, 0.4901625, 1e-6);
    EXPECT_NEAR(interval.high, 0.9433178, 1e-6);
}

TEST(Wilson, StaysInsideAndSaysSomethingAtTheEnds)
{
    const Interval all = wilsonInterval(1.0, 40);
    EXPECT_EQ(all.high, 1.0);
    EXPECT_NEAR(all.low, 40.0 / (40.0 + 1.959963984540054 * 1.959963984540054), 1e-12);
    const Interval none = wilsonInterval(0.0, 40);
    EXPECT_EQ(none.low, 0.0);
    EXPECT_NEAR(none.high, 1.0 - all.low, 1e-12);
}

TEST(Wilson, KnowsNothingWithoutSamples)
{
    const Interval interval = wilsonInterval(0.5, 0);
    EXPECT_EQ(interval.low, 0.0);
    EXPECT_EQ(interval.high, 1.0);
    EXPECT_EQ(wilsonInterval(std::numeric_limits<double>::quiet_NaN(), 5).high, 1.0);
}

} // namespace
} // namespace palimpsest
