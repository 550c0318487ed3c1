// SPDX-License-Identifier: Apache-2.0
#include "core/data/text.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace palimpsest {
namespace {

TEST(ParseNumber, TakesTheWholeText)
{
    EXPECT_EQ(parseNumber("5.8E-5"), 5.8e-5);
    EXPECT_EQ(parseNumber("  -12\t"), -12.0);
    EXPECT_EQ(parseNumber("+3.5"), 3.5);
    for (const char* text : { "", " ", "+", "-", "+-3", "1x1", "0x10", "1,5", "1 2", "--1", "e5" })
        EXPECT_FALSE(parseNumber(text).has_value()) << "'" << text << "'";
}

TEST(ParseNumber, ComesNearWhereADoubleCannotHoldTheValue)
{
    EXPECT_EQ(parseNumber("1e-999"), 0.0);
    EXPECT_EQ(parseNumber("1E-999"), 0.0);
    EXPECT_EQ(parseNumber("1e999"), std::numeric_limits<double>::infinity());
    EXPECT_TRUE(std::isnan(*parseNumber("NaN")));
}

TEST(Lines, SkipsBlankLinesAndCountsThem)
{
    Lines lines("\xEF\xBB\xBF one \r\n\n \t\r\ntwo\nthree");
    std::string_view line;
    ASSERT_TRUE(lines.next(line));
    EXPECT_EQ(line, "one");
    EXPECT_EQ(lines.number(), 1U);
    ASSERT_TRUE(lines.next(line));
    EXPECT_EQ(line, "two");
    EXPECT_EQ(lines.number(), 4U);
    ASSERT_TRUE(lines.next(line));
    EXPECT_EQ(line, "three");
    EXPECT_FALSE(lines.next(line));
}

TEST(SplitFields, KeepsEmptyOnes)
{
    EXPECT_EQ(splitFields(" a ,, b", ','), (std::vector<std::string_view> { "a", "", "b" }));
    EXPECT_EQ(splitFields("", ',').size(), 1U);
    EXPECT_EQ(splitWords("  classLabel\ttrue  a b "),
        (std::vector<std::string_view> { "classLabel", "true", "a", "b" }));
}

} // namespace
} // namespace palimpsest
