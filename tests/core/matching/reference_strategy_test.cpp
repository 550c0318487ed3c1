// SPDX-License-Identifier: Apache-2.0
#include "core/matching/matching.h"
#include "random_problem.h"

#include <gtest/gtest.h>

#include <array>

namespace palimpsest {
namespace {

PageTable slots(std::initializer_list<std::uint32_t> list)
{
    PageTable table;
    for (const std::uint32_t slot : list)
        table.entries.push_back({ false, slot });
    return table;
}

// Pages of one weight, four slots. All weights are far from the noise in the slots, so that
// C(p, i) = (Fs[p] + F[i]) (noise - w[i])^2 is (Fs[p] + F[i]) w[i]^2 within a few per cent.
TEST(ReferenceStrategy, FollowsThePaperStepByStep)
{
    constexpr std::array<float, 3> kWeights0 { 1.0F, 1.0F, 1.0F };
    constexpr std::array<float, 3> kFisher0 { 8.0F, 1.0F, 4.0F };
    constexpr std::array<float, 3> kWeights1 { 1.0F, 3.0F, 1.0F };
    constexpr std::array<float, 3> kFisher1 { 10.0F, 2.0F, 6.0F };
    constexpr std::array<float, 2> kWeights2 { 1.0F, 2.0F };
    constexpr std::array<float, 2> kFisher2 { 1.0F, 0.5F };
    MatchProblem problem;
    problem.tasks
        = { { kWeights0, kFisher0, {}, 3 }, { kWeights1, kFisher1, {}, 3 }, { kWeights2, kFisher2, {}, 2 } };
    problem.pageSize = 1;
    problem.slotCount = 4;
    for (std::uint64_t seed = 0; seed < 5; ++seed) {
        Unwatched job;
        const MatchResult result
            = matchPages(problem, matchingSettings(MatchingStrategy::Reference), seed, job.context()).value();
        // The first task takes the first slots in order.
        EXPECT_EQ(result.tables[0], slots({ 0, 1, 2 }));
        // Slot 3 is empty: the page with the largest Fisher, page 0, takes it. Of the slots with one tenant the one with the
        // largest Fisher, slot 0, is dropped. Page 2 (F 6) chooses first: slot 2 would cost 10, slot 1 costs 7. Page 1 is left
        // with slot 2.
        EXPECT_EQ(result.tables[1], slots({ 3, 2, 1 }));
        // Slots 0 (F 8) and 3 (F 10) have one tenant. Slot 3 chooses first: page 0 costs 11, page 1 would cost 42.
        EXPECT_EQ(result.tables[2], slots({ 3, 0 }));
    }
}

TEST(ReferenceStrategy, ItsNoiseComesFromTheSeed)
{
    const RandomProblem random({ 20, 20, 20 }, 8, 20, 1);
    Unwatched job;
    const auto tables = [&](std::uint64_t seed) {
        return matchPages(random.problem, matchingSettings(MatchingStrategy::Reference), seed, job.context())
            .value()
            .tables;
    };
    EXPECT_EQ(tables(1), tables(1));
    EXPECT_NE(tables(1), tables(2));
}

TEST(ReferenceStrategy, SaysWhatToDoWhereThePaperHasNoRule)
{
    RandomProblem random({ 3, 5 }, 4, 4, 1);
    random.problem.names = { "fashion", "digits" };
    Unwatched job;
    const auto result
        = matchPages(random.problem, matchingSettings(MatchingStrategy::Reference), 1, job.context());
    ASSERT_FALSE(result.ok());
    EXPECT_EQ(result.error().kind, ErrorKind::BadInput);
    EXPECT_NE(result.error().text().find("task digits has 5 sharable pages for 4 slots"), std::string::npos)
        << result.error().text();
    EXPECT_NE(result.error().text().find("descent"), std::string::npos);
}

} // namespace
} // namespace palimpsest
