// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/results_loader.h"

#include "core/pipeline/pipeline.h"
#include "core/pipeline/project.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/tiny_project.h"

#include <gtest/gtest.h>

#include <fstream>
#include <numeric>
#include <optional>

namespace palimpsest {
namespace {

using test::TemporaryFolder;
using test::writeTinyProject;

class ResultsLoaderTest : public testing::Test {
protected:
    void SetUp() override { writeTinyProject(root / "tiny"); }

    void runUntil(std::optional<Stage> until)
    {
        const Project project = Project::open(root / "tiny").value();
        RunOptions options;
        options.until = until;
        JobChannel channel;
        const auto end = runPipeline(project, options, channel, {});
        ASSERT_TRUE(end) << end.error().text();
    }
    std::shared_ptr<const RunResults> load()
    {
        auto results = loadResults(Project::open(root / "tiny").value());
        EXPECT_TRUE(results) << results.error().text();
        return results ? *results : nullptr;
    }

    TemporaryFolder root;
};

TEST_F(ResultsLoaderTest, GivesWhatIsDoneAndNoMore)
{
    auto results = load();
    ASSERT_TRUE(results);
    ASSERT_EQ(results->tasks.size(), 2U);
    EXPECT_TRUE(results->tasks[0].network.layers.empty());
    EXPECT_FALSE(results->pageMap);

    runUntil(Stage::Pages);
    results = load();
    ASSERT_TRUE(results);
    const TaskResults& task = results->tasks[0];
    EXPECT_FALSE(task.network.layers.empty());
    EXPECT_EQ(static_cast<std::int64_t>(task.weights.size()), task.layout.imageSize());
    EXPECT_EQ(static_cast<std::int64_t>(task.pageFisher.size()), task.layout.pageCount);
    EXPECT_TRUE(task.table.entries.empty());
    EXPECT_FALSE(results->pageMap);
    EXPECT_FALSE(results->report);

    runUntil(std::nullopt);
    results = load();
    ASSERT_TRUE(results && results->pageMap && results->report);
    EXPECT_EQ(static_cast<std::int64_t>(results->tasks[1].table.entries.size()),
        results->tasks[1].layout.pageCount);
    EXPECT_EQ(static_cast<std::int64_t>(results->pool.size()),
        results->pageMap->slotCount() * results->pageMap->pageSize);
    EXPECT_EQ(results->report->tasks.size(), 2U);
}

TEST_F(ResultsLoaderTest, PagesAndLayersNameEachOther)
{
    runUntil(Stage::Pages);
    const auto results = load();
    ASSERT_TRUE(results);
    for (const TaskResults& task : results->tasks) {
        const double ofPages = std::accumulate(task.pageFisher.begin(), task.pageFisher.end(), 0.0);
        const double ofWeights = std::accumulate(task.fisher.begin(), task.fisher.end(), 0.0);
        EXPECT_NEAR(ofPages, ofWeights, 1e-9 * ofWeights);
        EXPECT_GT(ofWeights, 0.0);
        for (std::int64_t page = 0; page < task.layout.pageCount; ++page) {
            ASSERT_FALSE(task.layersOf(page).empty()) << "page " << page;
            EXPECT_EQ(static_cast<std::int64_t>(task.pageWeights(page).size()), task.layout.pageSize);
            for (const std::size_t layer : task.layersOf(page)) {
                const std::vector<std::int64_t> pages = task.pagesOf(layer);
                EXPECT_NE(std::find(pages.begin(), pages.end(), page), pages.end());
            }
        }
        EXPECT_TRUE(task.pageWeights(task.layout.pageCount).empty());
    }
}

TEST_F(ResultsLoaderTest, NamesADamagedResult)
{
    runUntil(Stage::Pages);
    const Project project = Project::open(root / "tiny").value();
    const std::string part = "train/" + project.recipe().tasks[0].name;
    std::ofstream(project.resultFile(part), std::ios::trunc) << "not a result";
    const auto results = loadResults(project);
    ASSERT_FALSE(results);
    EXPECT_NE(results.error().text().find("train-"), std::string::npos) << results.error().text();
}

} // namespace
} // namespace palimpsest
