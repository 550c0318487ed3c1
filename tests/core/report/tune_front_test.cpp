// SPDX-License-Identifier: Apache-2.0
#include "core/report/tune_front.h"

#include "core/base/random.h"
#include "core/project/recipe.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <sstream>
#include <stdexcept>

namespace palimpsest {
namespace {

TunePoint point(std::int64_t bytes, double mean, double worst)
{
    TunePoint made;
    made.choice = { Storage::Ternary, Storage::Ternary, bytes / 100 + 1, 0, 300 };
    made.bytes = bytes;
    made.ratio = 1.0;
    made.accuracy.meanChange = mean;
    made.accuracy.worstChange = worst;
    return made;
}

/// Two tasks at 0.9 and 0.8 alone; accuracies of the points are given.
TuneFront front(const std::vector<std::pair<std::int64_t, std::vector<double>>>& points)
{
    TuneFront made;
    made.project = "two, \"quoted\"";
    made.tasks = { "left", "right" };
    made.reference = "sameSteps";
    made.steps = 900;
    made.referenceAccuracy = { 0.9, 0.8 };
    made.standaloneBytes = 100'000;
    std::int64_t pages = 0;
    for (const auto& [bytes, accuracy] : points) {
        ++pages;
        TunePoint one;
        one.choice = { Storage::Ternary, Storage::Int8, pages, pages % 2, 900 };
        one.bytes = bytes;
        one.ratio = 1e5 / static_cast<double>(bytes);
        one.accuracy = accuracyAgainst(accuracy, made.referenceAccuracy);
        one.files = { "optimise-0123.h5" };
        made.points.push_back(one);
    }
    made.rivals.push_back({ "int8", 25'000, accuracyAgainst({ 0.89, 0.8 }, made.referenceAccuracy) });
    return made;
}

TEST(TuneFront, ChangesAreAgainstTheReferenceAndNameTheWorstTask)
{
    const TuneAccuracy accuracy = accuracyAgainst({ 0.91, 0.77 }, { 0.9, 0.8 });
    EXPECT_NEAR(accuracy.meanChange, -0.01, 1e-12);
    EXPECT_NEAR(accuracy.worstChange, -0.03, 1e-12);
    EXPECT_EQ(accuracy.worstTask, 1U);
    EXPECT_THROW((void)accuracyAgainst({ 0.5 }, { 0.5, 0.5 }), std::invalid_argument);
    EXPECT_THROW((void)accuracyAgainst({}, {}), std::invalid_argument);
}

TEST(TuneFront, OnePointBeatsAnotherOnlyWhereItIsNowhereWorse)
{
    const TunePoint middle = point(1000, -0.01, -0.03);
    EXPECT_TRUE(dominates(point(999, -0.01, -0.03), middle));
    EXPECT_TRUE(dominates(point(1000, -0.009, -0.03), middle));
    EXPECT_TRUE(dominates(point(1000, -0.01, -0.02), middle));
    EXPECT_FALSE(dominates(middle, middle)) << "equal points do not beat each other";
    EXPECT_FALSE(dominates(point(500, -0.005, -0.031), middle)) << "its worst task is worse";
    EXPECT_FALSE(dominates(point(1001, 0.1, 0.1), middle)) << "it is larger";
}

TEST(TuneFront, KeepsTheFirstOfTwinsAndSortsByBytes)
{
    const std::vector<TunePoint> points { point(3000, 0.0, -0.01), point(1000, -0.02, -0.05),
        point(1000, -0.02, -0.05), point(2000, -0.03, -0.06), point(1500, -0.03, -0.01) };
    EXPECT_EQ(paretoFront(points), (std::vector<std::size_t> { 1, 4, 0 }));
    EXPECT_TRUE(paretoFront({}).empty());
}

TEST(TuneFront, EveryPointIsOnTheFrontOrBeatenByOneThatIs)
{
    Random random(5);
    for (int round = 0; round < 50; ++round) {
        std::vector<TunePoint> points;
        for (int i = 0; i < 40; ++i) // coarse values: ties are many
            points.push_back(point(100 * static_cast<std::int64_t>(1 + random.below(6)),
                -0.01 * static_cast<double>(random.below(5)), -0.02 * static_cast<double>(random.below(5))));
        const std::vector<std::size_t> best = paretoFront(points);
        for (std::size_t i = 0; i < points.size(); ++i) {
            const bool isOn = std::find(best.begin(), best.end(), i) != best.end();
            const bool isCovered = std::any_of(best.begin(), best.end(), [&](std::size_t b) {
                return b != i && points[b].bytes <= points[i].bytes
                    && points[b].accuracy.meanChange >= points[i].accuracy.meanChange
                    && points[b].accuracy.worstChange >= points[i].accuracy.worstChange;
            });
            EXPECT_NE(isOn, isCovered) << "round " << round << ", point " << i;
        }
    }
}

TEST(TuneFront, BestWithinBytesIsTheMostAccurateAndForADropTheSmallest)
{
    TuneFront made = front({ { 9000, { 0.9, 0.8 } }, { 5000, { 0.9, 0.79 } }, { 4000, { 0.89, 0.79 } },
        { 1000, { 0.5, 0.5 } } });
    EXPECT_FALSE(bestPoint(made)) << "no target";
    made.target.bytes = 6000;
    EXPECT_EQ(bestPoint(made), 1U);
    made.target = { .bytes = {}, .maxDrop = 0.0101 };
    EXPECT_EQ(bestPoint(made), 2U);
    EXPECT_NE(verdict(made).find("best found: 4.00 KB (25.0 x): mean change -1.00 points, worst -1.00 ("),
        std::string::npos)
        << verdict(made);
}

TEST(TuneFront, SaysTheBestThatWasFoundWhereTheTargetIsNotReached)
{
    TuneFront made = front({ { 9000, { 0.89, 0.78 } }, { 5000, { 0.8, 0.7 } } });
    made.target.maxDrop = 0.001;
    EXPECT_FALSE(bestPoint(made));
    EXPECT_NE(verdict(made).find("loses at most 0.10 points; the best found is 9.00 KB"), std::string::npos)
        << verdict(made);
    EXPECT_NE(verdict(made).find("worst -2.00 (right)"), std::string::npos) << verdict(made);
    made.target = { .bytes = 4000, .maxDrop = {} };
    EXPECT_NE(verdict(made).find("fits in 4.00 KB; the smallest found is 5.00 KB"), std::string::npos)
        << verdict(made);
    made.points.clear();
    EXPECT_FALSE(verdict(made).empty());
}

TEST(TuneFront, JsonGivesBackWhatWasWrittenAndRefusesTheRest)
{
    TuneFront made = front({ { 9000, { 0.9, 0.8 } }, { 5000, { 0.875, 0.79 } } });
    made.target.maxDrop = 0.25;
    const Json json = toJson(made);
    const auto read = tuneFrontFromJson(json, "file");
    ASSERT_TRUE(read.ok()) << read.error().text();
    EXPECT_EQ(toJson(*read), json);
    EXPECT_EQ(read->points.at(1).choice, made.points.at(1).choice);
    EXPECT_EQ(read->points.at(1).files, made.points.at(1).files);
    EXPECT_TRUE(json.at("points").at(1).at("best").get<bool>());

    for (const char* spoil :
        { R"({"tasks": []})", R"({"steps": 0})", R"({"steps": "many"})", R"({"points": [{}]})",
            R"({"referenceAccuracy": [0.5]})", R"({"referenceAccuracy": [0.5, 2]})", R"({"target": 3})" }) {
        Json spoilt = json;
        spoilt.update(Json::parse(spoil));
        const auto refused = tuneFrontFromJson(spoilt, "file");
        ASSERT_FALSE(refused.ok()) << spoil;
        EXPECT_EQ(refused.error().where, "file");
    }
    EXPECT_FALSE(tuneFrontFromJson(Json::array(), "file").ok());
    Json form = json;
    form.at("points").at(0).at("choice")["poolStorage"] = "int5";
    EXPECT_FALSE(tuneFrontFromJson(form, "file").ok());
}

TEST(TuneFront, TableAndCsvShowTheFrontBesideTheRivals)
{
    TuneFront made = front({ { 5000, { 0.9, 0.79 } }, { 9000, { 0.6, 0.6 } } });
    made.target.bytes = 6000;
    const std::string text = toText(made);
    EXPECT_NE(text.find("* 1 ternary and 1 exclusive int8 pages, 900 steps"), std::string::npos) << text;
    EXPECT_NE(text.find("private int8"), std::string::npos) << text;
    EXPECT_EQ(text.find("2 ternary pages"), std::string::npos) << "beaten points are not listed: " << text;

    std::istringstream lines(toCsv(made));
    std::string line;
    std::size_t count = 0;
    while (std::getline(lines, line))
        ++count;
    EXPECT_EQ(count, 4U) << "names of columns, two points, one rival";
}

TEST(TuneFront, OverridesAreSettingsOfTheRecipe)
{
    Recipe recipe;
    const TuneChoice choice { Storage::Ternary, Storage::Int6, 336, 8, 4000 };
    for (const std::string& assignment : overridesOf(choice)) {
        const auto changed = applyOverride(recipe, assignment);
        ASSERT_TRUE(changed.ok()) << changed.error().text();
        recipe = *changed;
    }
    EXPECT_EQ(recipe.pages.poolStorage, Storage::Ternary);
    EXPECT_EQ(recipe.pages.exclusiveStorage, Storage::Int6);
    EXPECT_EQ(recipe.pages.poolPages, 336);
    EXPECT_EQ(recipe.separation.exclusivePages, 8);
    EXPECT_EQ(recipe.optimisation.steps, 4000);
}

} // namespace
} // namespace palimpsest
