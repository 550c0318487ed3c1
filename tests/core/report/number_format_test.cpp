// SPDX-License-Identifier: Apache-2.0
#include "core/report/number_format.h"

#include <gtest/gtest.h>

#include <clocale>
#include <limits>

namespace palimpsest {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

TEST(NumberFormat, Fixed)
{
    EXPECT_EQ(fixedText(4.0349, 2), "4.03");
    EXPECT_EQ(fixedText(-0.001, 2), "0.00"); // no minus zero
    EXPECT_EQ(fixedText(-0.006, 2), "-0.01");
    EXPECT_EQ(fixedText(1e300, 0).size(), 301U);
    EXPECT_EQ(fixedText(kNaN, 2), "n/a");
}

TEST(NumberFormat, ExactReadsBack)
{
    EXPECT_EQ(exactText(0.9031), "0.9031");
    EXPECT_EQ(exactText(1.0 / 3.0), "0.3333333333333333");
    EXPECT_EQ(std::stod(exactText(0.1 + 0.2)), 0.1 + 0.2);
}

TEST(NumberFormat, ShortHasFourDigits)
{
    EXPECT_EQ(shortText(0.012951), "0.01295");
    EXPECT_EQ(shortText(147.31), "147.3");
    EXPECT_EQ(shortText(1.2e-6), "1.2e-06");
    EXPECT_EQ(shortText(-0.0), "0");
    EXPECT_EQ(shortText(std::numeric_limits<double>::infinity()), "n/a");
}

TEST(NumberFormat, PercentAndPoints)
{
    EXPECT_EQ(formatPercent(0.9031), "90.31 %");
    EXPECT_EQ(formatPercent(1.0), "100.00 %");
    EXPECT_EQ(formatPercent(kNaN), "n/a");
    EXPECT_EQ(formatPoints(0.0032), "+0.32");
    EXPECT_EQ(formatPoints(-0.002), "-0.20");
    EXPECT_EQ(formatPoints(0.00001), "0.00");
    EXPECT_EQ(formatPoints(-0.00001), "0.00");
    EXPECT_EQ(typographic("-0.20"), "\u22120.20");
    EXPECT_EQ(typographic("+0.20"), "+0.20");
    EXPECT_EQ(nonBreaking("288 KB"), "288\u00A0KB");
}

TEST(NumberFormat, LatencyHasThreeDigitsInEveryUnit)
{
    EXPECT_EQ(latencyText(0.048), "48.0 ns");
    EXPECT_EQ(latencyText(0.9994), "999 ns");
    EXPECT_EQ(latencyText(0.9999, "u"), "1.00 us");
    EXPECT_EQ(latencyText(12.34, "u"), "12.3 us");
    EXPECT_EQ(latencyText(9.996), "10.0 \u00B5s");
    EXPECT_EQ(latencyText(999.6), "1.00 ms");
    EXPECT_EQ(latencyText(2858.0), "2.86 ms");
    EXPECT_EQ(latencyText(1'204'000.0), "1.20 s");
    EXPECT_EQ(latencyText(kNaN), "n/a");
}

TEST(NumberFormat, IgnoresTheLocale)
{
    const std::string before = std::setlocale(LC_ALL, nullptr);
    const bool hasComma = std::setlocale(LC_ALL, "de_DE.UTF-8") != nullptr;
    const std::string text = fixedText(1234.5, 1) + exactText(0.5);
    std::setlocale(LC_ALL, before.c_str());
    if (!hasComma)
        GTEST_SKIP() << "no locale with a decimal comma is installed here";
    EXPECT_EQ(text, "1234.50.5");
}

} // namespace
} // namespace palimpsest
