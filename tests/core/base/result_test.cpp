// SPDX-License-Identifier: Apache-2.0
#include "core/base/result.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <variant>

namespace palimpsest {
namespace {

Result<int> parseDigit(char c)
{
    if (c < '0' || c > '9')
        return badInput("expected a digit", "line 3");
    return c - '0';
}

Result<std::string> twice(char c)
{
    PALIMPSEST_TRY(const int digit, parseDigit(c));
    PALIMPSEST_TRY(const int again, parseDigit(c));
    return std::to_string(digit + again);
}

Status checkDigits(const std::string& text, int& checked)
{
    for (const char c : text) {
        PALIMPSEST_CHECK(parseDigit(c));
        ++checked;
    }
    return success();
}

TEST(Result, HoldsAValueOrAnError)
{
    const Result<int> good = parseDigit('7');
    ASSERT_TRUE(good.ok());
    EXPECT_TRUE(static_cast<bool>(good));
    EXPECT_EQ(*good, 7);
    const Result<int> bad = parseDigit('x');
    ASSERT_FALSE(bad.ok());
    EXPECT_EQ(bad.error().kind, ErrorKind::BadInput);
    EXPECT_EQ(bad.error().text(), "line 3: expected a digit");
    EXPECT_THROW(static_cast<void>(bad.value()), std::bad_variant_access);
}

TEST(Result, MovesWhatCannotBeCopied)
{
    Result<std::unique_ptr<int>> result = std::make_unique<int>(5);
    EXPECT_EQ(**result, 5);
    const std::unique_ptr<int> taken = std::move(result).value();
    EXPECT_EQ(*taken, 5);
}

TEST(Result, TryHandsTheErrorOn)
{
    EXPECT_EQ(*twice('4'), "8");
    ASSERT_FALSE(twice('x').ok());
    EXPECT_EQ(twice('x').error().where, "line 3");
}

TEST(Result, CheckStopsAtTheFirstError)
{
    int checked = 0;
    EXPECT_TRUE(checkDigits("123", checked).ok());
    EXPECT_EQ(checked, 3);
    checked = 0;
    EXPECT_FALSE(checkDigits("1x3", checked).ok());
    EXPECT_EQ(checked, 1);
}

TEST(Error, SaysThePlaceOnlyIfThereIsOne)
{
    EXPECT_EQ(failure("the disk is full").text(), "the disk is full");
    EXPECT_EQ(failure("the disk is full", "a.h5").text(), "a.h5: the disk is full");
    EXPECT_EQ(canceled().kind, ErrorKind::Canceled);
}

} // namespace
} // namespace palimpsest
