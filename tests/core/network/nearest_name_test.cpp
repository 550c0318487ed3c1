// SPDX-License-Identifier: Apache-2.0
#include "core/network/nearest_name.h"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace palimpsest {
namespace {

using namespace std::string_view_literals;

constexpr std::array kKnown { "kernel"sv, "stride"sv, "padding"sv, "name"sv, "type"sv };

TEST(NearestName, FindsSlipsOfTheFinger)
{
    EXPECT_EQ(nearestName("kernal", kKnown), "kernel"); // one letter replaced
    EXPECT_EQ(nearestName("paddng", kKnown), "padding"); // one left out
    EXPECT_EQ(nearestName("sstride", kKnown), "stride"); // one too many
    EXPECT_EQ(nearestName("Kernel", kKnown), "kernel");
    EXPECT_EQ(nearestName("nmae", kKnown), "name"); // neighbours swapped
    EXPECT_EQ(nearestName("nmea", kKnown), ""); // two edits of four letters: more than a third
}

TEST(NearestName, StaysSilentWhereNothingIsNear)
{
    EXPECT_EQ(nearestName("momentum", kKnown), "");
    EXPECT_EQ(nearestName("", kKnown), "");
    EXPECT_EQ(nearestName(std::string(1'000'000, 'k'), kKnown), "");
    EXPECT_EQ(nearestName("kernel", {}), "");
}

TEST(NearestName, PrefersTheNearestOfSeveral)
{
    constexpr std::array kClose { "weights"sv, "weight"sv };
    EXPECT_EQ(nearestName("weigh", kClose), "weight");
}

TEST(NearestName, MakesAQuestion)
{
    EXPECT_EQ(didYouMean("kernal", kKnown), " (did you mean \"kernel\"?)");
    EXPECT_EQ(didYouMean("momentum", kKnown), "");
}

} // namespace
} // namespace palimpsest
