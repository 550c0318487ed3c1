// SPDX-License-Identifier: Apache-2.0
#include "core/base/random.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <set>
#include <vector>

namespace palimpsest {
namespace {

TEST(Random, IsTheStandardsGenerator)
{
    Random random(5489); // the standard's default seed
    for (int i = 1; i < 10'000; ++i)
        static_cast<void>(random.next());
    EXPECT_EQ(random.next(), 9981545732273789042ULL); // [rand.predef]: the 10,000th value of std::mt19937_64
}

TEST(Random, GivesTheSameNumbersForever)
{
    // mt19937_64(1) begins with 2469588189546311528, 2516265689700432462 (an independent implementation
    // agrees).
    Random bits(1);
    EXPECT_EQ(bits.next(), 2469588189546311528ULL);
    EXPECT_EQ(bits.next(), 2516265689700432462ULL);
    Random uniform(1);
    EXPECT_EQ(uniform.uniform(), std::ldexp(static_cast<double>(2469588189546311528ULL >> 11U), -53));
    Random below(1);
    EXPECT_EQ(below.below(10), 2469588189546311528ULL % 10);
    Random normal(1);
    const double first = std::ldexp(static_cast<double>(2469588189546311528ULL >> 11U), -53);
    const double second = std::ldexp(static_cast<double>(2516265689700432462ULL >> 11U), -53);
    EXPECT_DOUBLE_EQ(normal.normal(),
        std::sqrt(-2.0 * std::log(1.0 - first)) * std::cos(2.0 * 3.141592653589793 * second));
}

TEST(Random, UniformFillsTheUnitInterval)
{
    Random random(7);
    std::array<int, 20> bins {};
    constexpr int kDraws = 200'000;
    double sum = 0.0;
    for (int i = 0; i < kDraws; ++i) {
        const double value = random.uniform();
        ASSERT_GE(value, 0.0);
        ASSERT_LT(value, 1.0);
        sum += value;
        ++bins[static_cast<std::size_t>(value * 20.0)];
    }
    EXPECT_NEAR(sum / kDraws, 0.5, 5.0 * std::sqrt(1.0 / 12.0 / kDraws));
    double chiSquare = 0.0;
    for (const int count : bins)
        chiSquare += std::pow(count - kDraws / 20.0, 2.0) / (kDraws / 20.0);
    EXPECT_LT(chiSquare, 43.8); // 19 degrees of freedom, one in a thousand
}

TEST(Random, BelowHasNoBias)
{
    Random random(11);
    std::array<int, 7> counts {};
    constexpr int kDraws = 70'000;
    for (int i = 0; i < kDraws; ++i)
        ++counts[random.below(7)];
    double chiSquare = 0.0;
    for (const int count : counts)
        chiSquare += std::pow(count - kDraws / 7.0, 2.0) / (kDraws / 7.0);
    EXPECT_LT(chiSquare, 22.5); // 6 degrees of freedom, one in a thousand

    // Two thirds of 2^64: a remainder alone would give the lower half of the range twice as often.
    constexpr std::uint64_t kBound = 0xAAAAAAAAAAAAAAAAULL;
    int lower = 0;
    for (int i = 0; i < 10'000; ++i) {
        const std::uint64_t value = random.below(kBound);
        ASSERT_LT(value, kBound);
        lower += value < kBound / 2 ? 1 : 0;
    }
    EXPECT_NEAR(lower, 5'000, 250); // five standard deviations
}

TEST(Random, BelowOneIsZero)
{
    Random random(3);
    for (int i = 0; i < 100; ++i)
        EXPECT_EQ(random.below(1), 0U);
}

TEST(Random, NormalHasTheMomentsOfTheNormal)
{
    Random random(13);
    constexpr int kDraws = 200'000;
    std::array<double, 5> moments {};
    for (int i = 0; i < kDraws; ++i) {
        const double value = random.normal();
        ASSERT_TRUE(std::isfinite(value));
        for (std::size_t power = 1; power <= 4; ++power)
            moments[power] += std::pow(value, static_cast<double>(power)) / kDraws;
    }
    const double unit = 5.0 / std::sqrt(kDraws); // five standard errors of a quantity of variance 1
    EXPECT_NEAR(moments[1], 0.0, unit);
    EXPECT_NEAR(moments[2], 1.0, unit * std::sqrt(2.0));
    EXPECT_NEAR(moments[3], 0.0, unit * std::sqrt(15.0));
    EXPECT_NEAR(moments[4], 3.0, unit * std::sqrt(96.0));
}

TEST(Random, ShuffleIsAFairPermutation)
{
    Random random(17);
    std::array<std::array<int, 4>, 4> where {}; // [item][place]
    constexpr int kRounds = 24'000;
    for (int round = 0; round < kRounds; ++round) {
        std::array<std::size_t, 4> items { 0, 1, 2, 3 };
        random.shuffle(std::span<std::size_t>(items));
        for (std::size_t place = 0; place < 4; ++place)
            ++where[items[place]][place];
    }
    for (const auto& row : where)
        for (const int count : row)
            EXPECT_NEAR(count, kRounds / 4, 5.0 * std::sqrt(kRounds * 0.25 * 0.75));
    std::vector<int> none;
    random.shuffle(std::span(none));
    EXPECT_TRUE(none.empty());
}

TEST(Random, ShuffleDependsOnTheSeedAlone)
{
    std::vector<int> a(100);
    std::iota(a.begin(), a.end(), 0);
    std::vector<int> b = a;
    std::vector<int> c = a;
    Random(5).shuffle(std::span(a));
    Random(5).shuffle(std::span(b));
    Random(6).shuffle(std::span(c));
    EXPECT_EQ(a, b);
    EXPECT_NE(a, c);
}

TEST(DeriveSeed, SeparatesPurposesAndSeeds)
{
    std::set<std::uint64_t> seeds;
    for (std::uint64_t seed = 0; seed < 100; ++seed)
        for (const char* purpose : { "", "train/fashion", "train/digits", "fisher/fashion", "match" })
            seeds.insert(deriveSeed(seed, purpose));
    EXPECT_EQ(seeds.size(), 500U);
    EXPECT_EQ(deriveSeed(42, "train/fashion"), deriveSeed(42, "train/fashion"));
}

TEST(DeriveSeed, NeighbouringSeedsShareNoBits)
{
    int flipped = 0;
    for (std::uint64_t seed = 0; seed < 1000; ++seed)
        flipped += __builtin_popcountll(deriveSeed(seed, "match") ^ deriveSeed(seed + 1, "match"));
    EXPECT_NEAR(flipped / 1000.0, 32.0, 0.7); // of 64: as two random words; five standard errors
}

} // namespace
} // namespace palimpsest
