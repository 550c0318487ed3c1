// SPDX-License-Identifier: Apache-2.0
#include "core/matching/exclusive_choice.h"
#include "core/matching/matching.h"
#include "core/matching/rematch.h"
#include "random_problem.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace palimpsest {
namespace {

SlotState placed(const PageSet& pages, CostKind kind)
{
    SlotState state(pages, kind);
    for (const std::size_t t : pages.largestFirst())
        EXPECT_TRUE(placeTask(state, t, {}));
    return state;
}

class ExclusiveChoice : public testing::TestWithParam<CostKind> { };

TEST_P(ExclusiveChoice, RemovalGainIsWhatTheCostLoses)
{
    const RandomProblem random({ 9, 14, 10 }, 8, 10, 2);
    const PageSet pages = PageSet::create(random.problem).value();
    SlotState state = placed(pages, GetParam());
    const double before = state.cost();
    for (std::size_t t = 0; t < 3; ++t) {
        for (std::int32_t page = 0; page < pages.pageCount(t); ++page) {
            const double gain = state.removalGain(t, page);
            const std::int32_t slot = state.slotOf(t, page);
            state.move(t, page, kExclusive);
            EXPECT_NEAR(before - state.cost(), gain, 1e-9 * before);
            EXPECT_NEAR(state.increase(t, page, slot), gain, 1e-9 * before);
            state.move(t, page, slot);
        }
    }
    EXPECT_DOUBLE_EQ(state.cost(), before);
}

TEST_P(ExclusiveChoice, EachPageIsTheOneThatGainsMostThen)
{
    const RandomProblem random({ 9, 14, 10 }, 8, 10, 3);
    const PageSet pages = PageSet::create(random.problem).value();
    SlotState state = placed(pages, GetParam());
    SlotState plain = placed(pages, GetParam());
    for (int n = 1; n <= 6; ++n) {
        ASSERT_TRUE(makeExclusiveByGain(state, 1, {}));
        double best = plain.cost();
        std::pair<std::size_t, std::int32_t> chosen;
        for (std::size_t t = 0; t < 3; ++t) {
            for (std::int32_t page = 0; page < pages.pageCount(t); ++page) {
                const std::int32_t slot = plain.slotOf(t, page);
                plain.move(t, page, kExclusive);
                if (plain.cost() < best) {
                    best = plain.cost();
                    chosen = { t, page };
                }
                plain.move(t, page, slot);
            }
        }
        plain.move(chosen.first, chosen.second, kExclusive);
        EXPECT_EQ(state.tables(), plain.tables()) << n;
    }
    SlotState atOnce = placed(pages, GetParam());
    ASSERT_TRUE(makeExclusiveByGain(atOnce, 6, {}));
    EXPECT_EQ(atOnce.tables(), state.tables());
}

TEST_P(ExclusiveChoice, StopsWhenNothingGains)
{
    const RandomProblem random({ 3, 4 }, 8, 4, 3);
    const PageSet pages = PageSet::create(random.problem).value();
    SlotState state = placed(pages, GetParam());
    ASSERT_TRUE(makeExclusiveByGain(state, 100, {}));
    EXPECT_EQ(state.cost(), 0.0);
    EXPECT_EQ(state.exclusiveCount(), 3) << "one of each pair that shared a slot";
}

TEST_P(ExclusiveChoice, EveryStrategySpendsTheLimitAndGains)
{
    RandomProblem random({ 30, 24, 28 }, 8, 30, 5);
    for (const MatchingStrategy strategy : { MatchingStrategy::Identity, MatchingStrategy::Random,
             MatchingStrategy::Reference, MatchingStrategy::Sequential, MatchingStrategy::Descent }) {
        double last = std::numeric_limits<double>::infinity();
        for (const std::int64_t limit : { 0, 2, 8, 20 }) {
            random.problem.exclusiveLimit = limit;
            Unwatched job;
            const MatchResult result
                = matchPages(random.problem, matchingSettings(strategy, GetParam()), 1, job.context())
                      .value();
            EXPECT_TRUE(isLegal(random.problem, result));
            EXPECT_EQ(result.exclusiveCount, limit);
            EXPECT_LT(costOf(result, GetParam()), last) << "limit " << limit;
            last = costOf(result, GetParam());
        }
    }
}

TEST_P(ExclusiveChoice, DescentKeepsTheLimitWithRepeatedSlotsToo)
{
    RandomProblem random({ 30, 24, 28 }, 8, 9, 6);
    Unwatched job;
    const MatchingSettings settings = matchingSettings(MatchingStrategy::Descent, GetParam());
    const double without = costOf(matchPages(random.problem, settings, 1, job.context()).value(), GetParam());
    random.problem.exclusiveLimit = 7;
    const MatchResult result = matchPages(random.problem, settings, 1, job.context()).value();
    EXPECT_TRUE(isLegal(random.problem, result));
    EXPECT_LE(result.exclusiveCount, 7);
    EXPECT_GT(result.exclusiveCount, 0);
    EXPECT_LT(costOf(result, GetParam()), without);
}

TEST_P(ExclusiveChoice, ALimitAboveAllPagesEndsWithoutCost)
{
    RandomProblem random({ 5, 6 }, 8, 6, 6);
    random.problem.exclusiveLimit = 1000;
    Unwatched job;
    const MatchResult result = matchPages(
        random.problem, matchingSettings(MatchingStrategy::Descent, GetParam()), 1, job.context())
                                   .value();
    EXPECT_TRUE(isLegal(random.problem, result));
    EXPECT_EQ(costOf(result, GetParam()), 0.0);
}

INSTANTIATE_TEST_SUITE_P(Costs, ExclusiveChoice, testing::Values(CostKind::Barycentre, CostKind::Pairwise));

} // namespace
} // namespace palimpsest
