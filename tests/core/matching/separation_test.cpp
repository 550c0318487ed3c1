// SPDX-License-Identifier: Apache-2.0
#include "core/matching/separation.h"

#include <gtest/gtest.h>

#include <array>
#include <numeric>

namespace palimpsest {
namespace {

// Page sums 4, 10, 0, 6 of 20: densities 0.2, 0.5, 0, 0.3.
constexpr std::array<float, 8> kWeights {};
constexpr std::array<float, 8> kFisher { 1.0F, 3.0F, 10.0F, 0.0F, 0.0F, 0.0F, 5.0F, 1.0F };
// Page sums 1, 1.
constexpr std::array<float, 4> kEvenFisher { 1.0F, 0.0F, 0.5F, 0.5F };
const std::vector<TaskPages> kTasks { { kWeights, kFisher, {}, 4 },
    { std::span(kWeights).first(4), kEvenFisher, {}, 2 } };

SeparationSettings density(double margin)
{
    SeparationSettings settings;
    settings.strategy = SeparationStrategy::Density;
    settings.margin = margin;
    return settings;
}

std::vector<std::vector<std::uint8_t>> exclusiveOf(double margin)
{
    return separatePages(kTasks, 2, density(margin), 0, 8).value().exclusive;
}

TEST(Separation, ComputesContributionDensity)
{
    const Separation separation = separatePages(kTasks, 2, density(0.1), 0, 8).value();
    EXPECT_EQ(separation.density[0], (std::vector<double> { 0.2, 0.5, 0.0, 0.3 }));
    EXPECT_EQ(separation.density[1], (std::vector<double> { 0.5, 0.5 }));
}

TEST(Separation, DensestPagesGoUntilTheMarginIsLeft)
{
    using Flags = std::vector<std::vector<std::uint8_t>>;
    EXPECT_EQ(exclusiveOf(1.0), (Flags { { 0, 0, 0, 0 }, { 0, 0 } }));
    EXPECT_EQ(exclusiveOf(0.51), (Flags { { 0, 1, 0, 0 }, { 1, 0 } }));
    EXPECT_EQ(exclusiveOf(0.21), (Flags { { 0, 1, 0, 1 }, { 1, 1 } }));
    EXPECT_EQ(exclusiveOf(0.1), (Flags { { 1, 1, 0, 1 }, { 1, 1 } }));
    EXPECT_EQ(exclusiveOf(0.0), (Flags { { 1, 1, 0, 1 }, { 1, 1 } }))
        << "a page without Fisher may always be shared";
}

TEST(Separation, PaddingHasNoDensity)
{
    constexpr std::array<std::uint8_t, 8> kValid { 1, 1, 0, 1, 1, 1, 1, 1 };
    const std::vector<TaskPages> tasks { { kWeights, kFisher, kValid, 4 } };
    const Separation separation = separatePages(tasks, 2, density(0.1), 0, 8).value();
    EXPECT_EQ(separation.density[0], (std::vector<double> { 0.4, 0.0, 0.0, 0.6 }));
}

TEST(Separation, ATaskWithoutFisherSharesAllPages)
{
    constexpr std::array<float, 4> kZero {};
    const std::vector<TaskPages> tasks { { std::span(kWeights).first(4), kZero, {}, 2 } };
    const Separation separation = separatePages(tasks, 2, density(0.0), 0, 8).value();
    EXPECT_EQ(separation.exclusive[0], (std::vector<std::uint8_t> { 0, 0 }));
    EXPECT_EQ(separation.density[0], (std::vector<double> { 0.0, 0.0 }));
}

TEST(Separation, PriceHandsOnTheLimitAlone)
{
    SeparationSettings settings;
    settings.exclusivePages = 3;
    Separation separation = separatePages(kTasks, 2, settings, 24, 8).value();
    EXPECT_TRUE(separation.exclusive.empty());
    EXPECT_EQ(separation.exclusiveLimit, 3);
    EXPECT_EQ(separation.density.size(), 2U);
    settings.exclusivePages = 100;
    separation = separatePages(kTasks, 2, settings, 0, 8).value();
    EXPECT_EQ(separation.exclusiveLimit, 6) << "there are no more pages";
}

TEST(Separation, SaysHowManyBytesWouldDo)
{
    SeparationSettings settings;
    settings.exclusivePages = 4;
    for (const SeparationSettings& s : { settings, density(0.21) }) { // four pages of eight bytes either way
        ASSERT_TRUE(separatePages(kTasks, 2, s, 32, 8).ok());
        const auto result = separatePages(kTasks, 2, s, 31, 8);
        ASSERT_FALSE(result.ok());
        EXPECT_EQ(result.error().kind, ErrorKind::BadInput);
        EXPECT_NE(result.error().text().find("at least 32 bytes"), std::string::npos)
            << result.error().text();
        EXPECT_NE(result.error().text().find("got 31"), std::string::npos) << result.error().text();
    }
}

} // namespace
} // namespace palimpsest
