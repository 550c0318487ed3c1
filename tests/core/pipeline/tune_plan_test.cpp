// SPDX-License-Identifier: Apache-2.0
#include "core/pipeline/tune_plan.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>

namespace palimpsest {
namespace {

constexpr std::int64_t kPageSize = 512;
constexpr std::int64_t kFixed = 500; ///< private tensors and tables

std::int64_t bytesOf(const TuneChoice& choice)
{
    const auto page
        = [](Storage storage) { return packedBytes(storage, kPageSize) + scaleBytes(storage, kPageSize); };
    return kFixed + choice.poolPages * page(choice.poolStorage)
        + choice.exclusivePages * page(choice.exclusiveStorage);
}

/// 1,000 pages, 2 MB of float32.
TuneSpace space(std::int64_t steps = 900)
{
    TuneSpace made;
    made.bytes = [](const TuneChoice& choice) -> std::optional<std::int64_t> { return bytesOf(choice); };
    made.forms = formsToTry();
    made.start.steps = steps;
    made.pageCount = 1000;
    made.standaloneBytes = 1000 * kPageSize * 4;
    return made;
}

using Truth = std::function<double(const TuneChoice&)>; ///< mean change of a try

/// More pages and more steps are better, fewer bits than four are not.
double wiseTruth(const TuneChoice& choice)
{
    const double pages = static_cast<double>(choice.poolPages + choice.exclusivePages);
    const double form
        = choice.poolStorage == Storage::Int4 ? 0.0 : 0.001 * static_cast<double>(choice.poolStorage);
    return -1.0 / pages - 1.0 / static_cast<double>(choice.steps) - form;
}

TunePoint tried(const TuneChoice& choice, const Truth& truth)
{
    TunePoint point;
    point.choice = choice;
    point.bytes = bytesOf(choice);
    point.accuracy.meanChange = truth(choice);
    point.accuracy.worstChange = 2.0 * truth(choice);
    return point;
}

std::vector<TunePoint> search(
    const TunePlan& plan, const Truth& truth, const std::set<TuneChoice>& failed = {})
{
    std::vector<TunePoint> points;
    while (const auto choice = plan.next(points, failed)) {
        points.push_back(tried(*choice, truth));
        if (points.size() > 500) {
            ADD_FAILURE() << "the search does not end";
            break;
        }
    }
    return points;
}

TEST(TunePlan, SpendsTheTargetOnEveryFormAndGivesTheBestTwoAllSteps)
{
    const TuneTarget target { .bytes = 40'000, .maxDrop = {} };
    const std::vector<TunePoint> points = search(TunePlan(space(), target), wiseTruth);
    std::set<Storage> first;
    std::size_t whole = 0;
    for (const TunePoint& point : points) {
        EXPECT_LE(point.bytes, 40'000);
        EXPECT_GT(point.choice.poolPages, 0);
        if (point.choice.steps == 100)
            first.insert(point.choice.poolStorage);
        whole += static_cast<std::size_t>(point.choice.steps == 900 && point.bytes > 30'000);
        TuneChoice more = point.choice;
        if (more.exclusivePages == 0 && point.bytes > 30'000) {
            ++more.poolPages;
            EXPECT_GT(bytesOf(more), 40'000) << "one page more would not fit";
        }
    }
    EXPECT_EQ(first.size(), formsToTry().size()) << "each form has had a ninth of the steps";
    EXPECT_EQ(points.front().choice.poolStorage, Storage::Ternary) << "the most promising first";
    EXPECT_EQ(whole, 2U);
    const auto best = std::min_element(points.begin(), points.end(), isBetter);
    EXPECT_EQ(best->choice.poolStorage, Storage::Int4) << "what is best decides, not the order";
    EXPECT_EQ(best->choice.steps, 900);
    EXPECT_TRUE(std::any_of(points.begin(), points.end(), [](const TunePoint& p) {
        return p.bytes < 20'001;
    })) << "half the size is tried too";
}

TEST(TunePlan, GoesOnFromWhatIsKnownAlone)
{
    for (const TuneTarget& target : { TuneTarget { 40'000, {} }, TuneTarget { {}, 0.01 }, TuneTarget {} }) {
        const TunePlan plan(space(), target);
        const std::vector<TunePoint> points = search(plan, wiseTruth);
        ASSERT_GT(points.size(), 10U);
        for (std::size_t known = 0; known < points.size(); ++known) {
            const std::vector<TunePoint> before(
                points.begin(), points.begin() + static_cast<std::ptrdiff_t>(known));
            EXPECT_EQ(plan.next(before, {}), points[known].choice) << "after " << known << " tries";
        }
        EXPECT_EQ(plan.next(points, {}), std::nullopt);
        EXPECT_EQ(plan.stepsLeft(points, {}), 0);
        EXPECT_GT(plan.stepsLeft({}, {}), 900);
    }
}

TEST(TunePlan, FindsTheSmallestSizeThatHoldsTheDrop)
{
    // Only bytes count: 60 KB and more lose nothing.
    const Truth truth = [](const TuneChoice& choice) {
        return (bytesOf(choice) >= 60'000 ? 0.0 : -0.05) - (choice.steps < 900 ? 0.001 : 0.0);
    };
    const std::vector<TunePoint> points = search(TunePlan(space(), { {}, 0.0005 }), truth);
    std::int64_t smallest = 1'000'000;
    for (const TunePoint& point : points)
        if (point.accuracy.meanChange >= -0.0005)
            smallest = std::min(smallest, point.bytes);
    EXPECT_GE(smallest, 60'000);
    EXPECT_LE(smallest, 60'000 * 1.16);
}

TEST(TunePlan, EndsWhereTheDropCannotBeReached)
{
    const std::vector<TunePoint> points
        = search(TunePlan(space(), { {}, 0.001 }), [](const TuneChoice&) { return -0.5; });
    EXPECT_GE(points.size(), 8U);
    std::int64_t largest = 0;
    for (const TunePoint& point : points)
        largest = std::max(largest, point.bytes);
    EXPECT_GT(largest, space().standaloneBytes / 2) << "the largest sizes were tried";
}

TEST(TunePlan, PassesOverWhatFailed)
{
    const TunePlan plan(space(), { 40'000, {} });
    std::set<TuneChoice> failed;
    for (int i = 0; i < 3; ++i) {
        const auto choice = plan.next({}, failed);
        ASSERT_TRUE(choice);
        EXPECT_TRUE(failed.insert(*choice).second) << "it comes once";
    }
    EXPECT_FALSE(search(plan, wiseTruth, failed).empty());
}

TEST(TunePlan, TakesNoFormThatDoesNotFit)
{
    // A page of float32 takes 2,048 bytes: it cannot be in 2,000.
    for (const TunePoint& point : search(TunePlan(space(), { 2'000, {} }), wiseTruth)) {
        EXPECT_NE(point.choice.poolStorage, Storage::Float32);
        EXPECT_LE(point.bytes, 2'000);
    }
    EXPECT_EQ(smallestBytes(space()), kFixed + 64 + 8) << "a binary page and its scales";
    TuneSpace none = space();
    none.bytes = [](const TuneChoice&) -> std::optional<std::int64_t> { return std::nullopt; };
    EXPECT_EQ(smallestBytes(none), std::nullopt);
    EXPECT_EQ(TunePlan(none, { 2'000, {} }).next({}, {}), std::nullopt);
}

TEST(TunePlan, NeverTakesMorePagesThanThereAre)
{
    for (const TunePoint& point : search(TunePlan(space(), { 10'000'000, {} }), wiseTruth))
        EXPECT_LE(point.choice.poolPages, 1000);
}

TEST(TunePlan, FewStepsAreNotDivided)
{
    for (const TunePoint& point : search(TunePlan(space(20), { 40'000, {} }), wiseTruth))
        EXPECT_EQ(point.choice.steps, 20);
}

TEST(TunePlan, LeavesExclusivePagesAloneWhereTheirNumberIsNotChosen)
{
    TuneSpace fixed = space();
    fixed.variesExclusive = false;
    for (const TunePoint& point : search(TunePlan(fixed, { 40'000, {} }), wiseTruth))
        EXPECT_EQ(point.choice.exclusivePages, 0);
    const std::vector<TunePoint> varied = search(TunePlan(space(), { 40'000, {} }), wiseTruth);
    EXPECT_TRUE(std::any_of(varied.begin(), varied.end(),
        [](const TunePoint& point) { return point.choice.exclusivePages > 0; }));
}

} // namespace
} // namespace palimpsest
