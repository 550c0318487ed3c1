// SPDX-License-Identifier: Apache-2.0
#include "core/base/units.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>

namespace palimpsest {
namespace {

TEST(FormatBytes, ShowsThreeDigits)
{
    EXPECT_EQ(formatBytes(0), "0 B");
    EXPECT_EQ(formatBytes(812), "812 B");
    EXPECT_EQ(formatBytes(999), "999 B");
    EXPECT_EQ(formatBytes(1000), "1.00 KB");
    EXPECT_EQ(formatBytes(43'900), "43.9 KB");
    EXPECT_EQ(formatBytes(262'144), "262 KB");
    EXPECT_EQ(formatBytes(2'620'000), "2.62 MB");
    EXPECT_EQ(formatBytes(1.2e9), "1.20 GB");
    EXPECT_EQ(formatBytes(-43'900), "-43.9 KB");
}

TEST(FormatBytes, RoundsIntoTheNextUnit)
{
    EXPECT_EQ(formatBytes(9'994), "9.99 KB");
    EXPECT_EQ(formatBytes(9'996), "10.0 KB");
    EXPECT_EQ(formatBytes(99'949), "99.9 KB");
    EXPECT_EQ(formatBytes(99'951), "100 KB");
    EXPECT_EQ(formatBytes(999'499), "999 KB");
    EXPECT_EQ(formatBytes(999'501), "1.00 MB");
}

TEST(FormatSeconds, ChangesTheFormWithTheLength)
{
    EXPECT_EQ(formatSeconds(0.0), "0.0 s");
    EXPECT_EQ(formatSeconds(0.44), "0.4 s");
    EXPECT_EQ(formatSeconds(9.94), "9.9 s");
    EXPECT_EQ(formatSeconds(9.96), "10 s");
    EXPECT_EQ(formatSeconds(12.4), "12 s");
    EXPECT_EQ(formatSeconds(59.4), "59 s");
    EXPECT_EQ(formatSeconds(59.6), "1:00");
    EXPECT_EQ(formatSeconds(72), "1:12");
    EXPECT_EQ(formatSeconds(3599.6), "1:00:00");
    EXPECT_EQ(formatSeconds(3725), "1:02:05");
}

TEST(FormatCount, GroupsByThousands)
{
    EXPECT_EQ(formatCount(0), "0");
    EXPECT_EQ(formatCount(999), "999");
    EXPECT_EQ(formatCount(1'000), "1,000");
    EXPECT_EQ(formatCount(1'234'567), "1,234,567");
    EXPECT_EQ(formatCount(-123), "-123");
    EXPECT_EQ(formatCount(-1'234), "-1,234");
    EXPECT_EQ(formatCount(std::numeric_limits<std::int64_t>::min()), "-9,223,372,036,854,775,808");
}

} // namespace
} // namespace palimpsest
