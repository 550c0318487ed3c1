// SPDX-License-Identifier: Apache-2.0
#include "core/pipeline/tune.h"

#include "core/base/json.h"
#include "core/pipeline/pipeline.h"
#include "core/pipeline/run_session.h"
#include "core/pipeline/tune_store.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/tiny_project.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <chrono>
#include <fstream>
#include <iterator>
#include <memory>
#include <set>
#include <thread>

namespace palimpsest {
namespace {

namespace fs = std::filesystem;
using test::TemporaryFolder;

constexpr std::int64_t kTarget = 1500;
constexpr int kSteps = 12; ///< too few to be divided: one round at each size

class TuneTest : public testing::Test {
protected:
    void SetUp() override { test::writeTinyProject(folder(), kSteps); }
    [[nodiscard]] fs::path folder() const { return m_root.path() / "tiny"; }
    [[nodiscard]] Recipe recipe() const { return *readRecipe(folder()); }

    Result<TuneOutcome> tune(const TuneTarget& target, double seconds = 1e6, std::stop_token stop = {})
    {
        TuneOptions options { target, seconds, "cpu" };
        return tuneProject(folder(), recipe(), options, channel, std::move(stop));
    }
    /// Fronts that the channel told of since the last call.
    std::vector<std::shared_ptr<const TuneEvent>> events()
    {
        std::vector<std::shared_ptr<const TuneEvent>> found;
        for (const auto& event : channel.take().events)
            if (auto tuned = std::dynamic_pointer_cast<const TuneEvent>(event))
                found.push_back(tuned);
        return found;
    }

    JobChannel channel;

private:
    TemporaryFolder m_root;
};

TEST_F(TuneTest, FindsAPackingWithinTheTargetAndTellsOfEveryTry)
{
    const auto outcome = tune({ kTarget, {} });
    ASSERT_TRUE(outcome.ok()) << outcome.error().text();
    EXPECT_EQ(outcome->end, JobEnd::Finished);
    EXPECT_FALSE(outcome->isTimeUp);
    const TuneFront& front = outcome->front;
    const auto best = bestPoint(front);
    ASSERT_TRUE(best);
    EXPECT_LE(front.points[*best].bytes, kTarget);
    EXPECT_EQ(front.reference, "sameSteps");
    EXPECT_EQ(front.rivals.size(), 4U) << "float16, int8, int6, int4";
    std::set<Storage> forms;
    for (const TunePoint& point : front.points)
        forms.insert(point.choice.poolStorage);
    EXPECT_GE(forms.size(), 5U);

    const auto told = events();
    ASSERT_EQ(told.size(), front.points.size() + 1) << "the beginning, and every try";
    EXPECT_TRUE(told.front()->front.points.empty());
    EXPECT_EQ(toJson(told.back()->front), toJson(front));
    EXPECT_TRUE(fs::exists(folder() / "report/tune.csv"));
    const auto written = readJsonFile(folder() / "report/tune.json");
    ASSERT_TRUE(written.ok());
    EXPECT_EQ(*written, toJson(front));
    EXPECT_TRUE(ProjectFolder(folder()).readRuns()->empty()) << "tries are no runs";
}

TEST_F(TuneTest, APointIsWhatARunWithItsSettingsGives)
{
    const auto outcome = tune({ kTarget, {} });
    ASSERT_TRUE(outcome.ok()) << outcome.error().text();
    const TunePoint point = outcome->front.points[bestPoint(outcome->front).value()];
    const auto project = Project::open(folder(), overridesOf(point.choice));
    ASSERT_TRUE(project.ok());
    EXPECT_TRUE(project->isDone("optimise")) << "taking a point costs no second training";
    JobChannel unwatched;
    ASSERT_TRUE(runPipeline(*project, {}, unwatched, {}).ok());
    const auto report = buildReport(*project);
    ASSERT_TRUE(report.ok()) << report.error().text();
    EXPECT_EQ(report->memory.virtualizedBytes(), point.bytes);
    for (std::size_t i = 0; i < 2; ++i)
        EXPECT_EQ(report->tasks[i].validation.at("virtualized"), point.accuracy.tasks[i]);
}

TEST_F(TuneTest, ASecondSearchTriesNothingAgain)
{
    const auto first = tune({ kTarget, {} });
    ASSERT_TRUE(first.ok()) << first.error().text();
    (void)events();
    const auto second = tune({ kTarget, {} });
    ASSERT_TRUE(second.ok());
    EXPECT_EQ(events().size(), 1U);
    EXPECT_EQ(toJson(second->front), toJson(first->front));
}

TEST_F(TuneTest, GoesOnAfterItWasStopped)
{
    // Stopped as a kill would: in the middle of a try, at the third point that is told.
    std::stop_source stop;
    std::size_t told = 0;
    const auto count = [&] { return told += events().size(); };
    std::jthread watcher([&](const std::stop_token& ended) {
        while (!ended.stop_requested() && count() < 4)
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        stop.request_stop();
    });
    const auto stopped = tune({ kTarget, {} }, 1e6, stop.get_token());
    watcher.request_stop();
    watcher.join();
    ASSERT_TRUE(stopped.ok()) << stopped.error().text();
    EXPECT_EQ(stopped->end, JobEnd::Canceled);
    const std::size_t before = stopped->front.points.size();
    EXPECT_GE(before, 3U);

    const auto rest = tune({ kTarget, {} });
    ASSERT_TRUE(rest.ok()) << rest.error().text();
    EXPECT_EQ(rest->end, JobEnd::Finished);
    for (std::size_t i = 0; i < before; ++i)
        EXPECT_EQ(rest->front.points[i].choice, stopped->front.points[i].choice);

    const fs::path other = folder().parent_path() / "other";
    test::writeTinyProject(other, kSteps);
    JobChannel unwatched;
    const TuneOptions options { { kTarget, {} }, 1e6, "cpu" };
    const auto unbroken = tuneProject(other, *readRecipe(other), options, unwatched, {});
    ASSERT_TRUE(unbroken.ok());
    EXPECT_EQ(toJson(unbroken->front), toJson(rest->front)) << "as if nothing had happened";
}

TEST_F(TuneTest, KeepsItsTriesThroughEditsOfWhatItVariesAndForgetsThemForOthers)
{
    const auto first = tune({ kTarget, {} });
    ASSERT_TRUE(first.ok()) << first.error().text();
    Recipe taken = recipe();
    taken.pages.poolStorage = Storage::Ternary;
    taken.pages.poolPages = 3;
    taken.separation.exclusivePages = 2;
    taken.optimisation.steps = 5;
    const auto key = searchKey(folder(), taken);
    ASSERT_TRUE(key.ok());
    const auto kept = readTuneFront(folder(), *key);
    ASSERT_TRUE(kept);
    EXPECT_EQ(kept->points.size(), first->front.points.size());
    Recipe other = recipe();
    other.pages.pageSize = 128;
    EXPECT_FALSE(readTuneFront(folder(), *searchKey(folder(), other)));
}

TEST_F(TuneTest, CleaningUpKeepsTheResultsOfTheFront)
{
    const auto outcome = tune({ kTarget, {} });
    ASSERT_TRUE(outcome.ok()) << outcome.error().text();
    ASSERT_TRUE(pruneRuns(folder(), 0).ok());
    const std::vector<std::size_t> front = paretoFront(outcome->front.points);
    for (const std::size_t index : front)
        for (const std::string& name : outcome->front.points[index].files)
            EXPECT_TRUE(fs::exists(folder() / "results" / name)) << name;
    EXPECT_LT(std::distance(fs::directory_iterator(folder() / "results"), {}),
        static_cast<std::ptrdiff_t>(5 * front.size() + 1));
}

TEST_F(TuneTest, SaysWhatWouldDoWhereTheTargetIsTooSmall)
{
    const auto outcome = tune({ 10, {} });
    ASSERT_FALSE(outcome.ok());
    EXPECT_EQ(outcome.error().kind, ErrorKind::BadInput);
    EXPECT_NE(outcome.error().text().find("at least"), std::string::npos) << outcome.error().text();
    EXPECT_FALSE(fs::exists(folder() / "tune.json")) << "nothing was run";
    EXPECT_TRUE(fs::is_empty(folder() / "results"));
}

TEST_F(TuneTest, SaysTheBestThatWasFoundWhereNoPackingReachesTheTarget)
{
    const auto outcome = tune({ {}, -1.0 }, 1e-9); // a gain of 100 points
    ASSERT_TRUE(outcome.ok()) << outcome.error().text();
    EXPECT_FALSE(bestPoint(outcome->front));
    EXPECT_NE(verdict(outcome->front).find("the best found is"), std::string::npos)
        << verdict(outcome->front);
}

TEST_F(TuneTest, EndsInTimeWithWhatItFound)
{
    const auto outcome = tune({ kTarget, {} }, 1e-9);
    ASSERT_TRUE(outcome.ok()) << outcome.error().text();
    EXPECT_TRUE(outcome->isTimeUp);
    EXPECT_EQ(outcome->front.points.size(), 1U) << "one try is always made";
}

TEST_F(TuneTest, ACancelBeforeTheFirstTryKeepsNothingHalf)
{
    std::stop_source stop;
    stop.request_stop();
    const auto outcome = tune({ kTarget, {} }, 1e6, stop.get_token());
    ASSERT_TRUE(outcome.ok()) << outcome.error().text();
    EXPECT_EQ(outcome->end, JobEnd::Canceled);
    EXPECT_TRUE(outcome->front.points.empty());
}

TEST_F(TuneTest, ADamagedFileOfTriesIsNoObstacle)
{
    ASSERT_TRUE(tune({ kTarget, {} }, 1e-9).ok());
    ASSERT_TRUE(fs::exists(folder() / "tune.json"));
    fs::resize_file(folder() / "tune.json", fs::file_size(folder() / "tune.json") / 2);
    EXPECT_TRUE(filesOfTuneFronts(folder()).empty());
    const auto outcome = tune({ kTarget, {} }, 1e-9);
    ASSERT_TRUE(outcome.ok()) << outcome.error().text();
    EXPECT_EQ(outcome->front.points.size(), 1U);
}

TEST_F(TuneTest, TheTestSplitIsNeverRead)
{
    for (const char* name : { "left-test.csv", "right-test.csv" })
        fs::remove(folder() / name);
    const auto outcome = tune({ kTarget, {} }, 1e-9);
    // A missing file of the recipe is refused with its name; one that is damaged is not even looked at.
    ASSERT_FALSE(outcome.ok());
    EXPECT_NE(outcome.error().text().find("test.csv"), std::string::npos) << outcome.error().text();
    for (const char* name : { "left-test.csv", "right-test.csv" })
        std::ofstream(folder() / name) << "no numbers";
    const auto damaged = tune({ kTarget, {} }, 1e-9);
    EXPECT_TRUE(damaged.ok()) << damaged.error().text();
}

} // namespace
} // namespace palimpsest
