// SPDX-License-Identifier: Apache-2.0
#include "core/matching/matching.h"
#include "random_problem.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <numeric>

namespace palimpsest {
namespace {

LowerBounds boundsOf(const MatchProblem& problem)
{
    Unwatched job;
    return lowerBounds(problem, job.context()).value().value();
}

TEST(LowerBounds, AreExactForTwoTasks)
{
    const RandomProblem random({ 4, 5 }, 8, 6, 1);
    std::vector<PageTable> tables(2);
    for (std::uint32_t i = 0; i < 4; ++i)
        tables[0].entries.push_back({ false, i });
    std::vector<std::uint32_t> slots { 0, 1, 2, 3, 4, 5 };
    double barycentre = std::numeric_limits<double>::infinity();
    double pairwise = barycentre;
    do {
        tables[1].entries.clear();
        for (std::size_t i = 0; i < 5; ++i)
            tables[1].entries.push_back({ false, slots[i] });
        barycentre = std::min(barycentre, barycentreCost(random.problem.tasks, tables, 8, 6));
        pairwise = std::min(pairwise, pairwiseCost(random.problem.tasks, tables, 8, 6));
    } while (std::next_permutation(slots.begin(), slots.end()));
    const LowerBounds bounds = boundsOf(random.problem);
    EXPECT_NEAR(bounds.barycentre, barycentre, 1e-5 * barycentre);
    EXPECT_NEAR(bounds.pairwise, pairwise, 1e-5 * pairwise);
}

TEST(LowerBounds, NoTableIsCheaper)
{
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
        const RandomProblem random({ 9, 10, 8, 10 }, 8, 10, seed);
        const LowerBounds bounds = boundsOf(random.problem);
        EXPECT_GT(bounds.barycentre, 0.0);
        EXPECT_GT(bounds.pairwise, 0.0);
        for (const CostKind kind : { CostKind::Barycentre, CostKind::Pairwise }) {
            Unwatched job;
            const MatchResult result = matchPages(
                random.problem, matchingSettings(MatchingStrategy::Descent, kind), seed, job.context())
                                           .value();
            EXPECT_LE(bounds.barycentre, result.costBarycentre);
            EXPECT_LE(bounds.pairwise, result.costPairwise);
        }
    }
}

TEST(LowerBounds, AreZeroWhereNothingMustBeShared)
{
    const RandomProblem alone({ 4 }, 8, 4, 1);
    EXPECT_EQ(boundsOf(alone.problem).barycentre, 0.0);
    EXPECT_EQ(boundsOf(alone.problem).pairwise, 0.0);
    const RandomProblem roomy({ 4, 5 }, 8, 9, 1);
    EXPECT_EQ(boundsOf(roomy.problem).barycentre, 0.0);
}

TEST(LowerBounds, CountSharablePagesAlone)
{
    RandomProblem random({ 4, 5 }, 8, 5, 1);
    const double all = boundsOf(random.problem).pairwise;
    random.problem.exclusive = { { 1, 1, 0, 0 }, { 0, 0, 0, 0, 0 } };
    EXPECT_LT(boundsOf(random.problem).pairwise, all);
}

TEST(LowerBounds, AreAbsentWhereTheStatementDoesNotHold)
{
    Unwatched job;
    const RandomProblem repeated({ 4, 6 }, 8, 5, 1);
    EXPECT_FALSE(lowerBounds(repeated.problem, job.context()).value().has_value());
    RandomProblem priced({ 4, 5 }, 8, 5, 1);
    priced.problem.exclusiveLimit = 1;
    EXPECT_FALSE(lowerBounds(priced.problem, job.context()).value().has_value());
}

TEST(LowerBounds, CanBeCanceled)
{
    const RandomProblem random({ 4, 5 }, 8, 5, 1);
    Unwatched job;
    job.cancel();
    const auto result = lowerBounds(random.problem, job.context());
    ASSERT_FALSE(result.ok());
    EXPECT_EQ(result.error().kind, ErrorKind::Canceled);
}

} // namespace
} // namespace palimpsest
