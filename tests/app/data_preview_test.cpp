// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/document/data_preview.h"

#include "core/pipeline/project.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/tiny_project.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <numeric>

namespace palimpsest {
namespace {

class DataPreviewTest : public testing::Test {
protected:
    void SetUp() override
    {
        test::writeTinyProject(root.path());
        const Result<Recipe> recipe = readRecipe(root.path());
        ASSERT_TRUE(recipe) << recipe.error().text();
        task = recipe->tasks[0];
    }
    Result<DataPreview> read() { return previewReaders().data(task, root.path(), {}); }

    test::TemporaryFolder root;
    TaskSettings task;
};

TEST_F(DataPreviewTest, ShowsTheFirstSamplesAndCountsTheClasses)
{
    const Result<DataPreview> data = read();
    ASSERT_TRUE(data) << data.error().text();
    EXPECT_EQ(data->sampleShape, (Shape { 6 }));
    EXPECT_EQ(data->inputShape, (Shape { 6 }));
    EXPECT_EQ(data->classCounts, (std::vector<std::int64_t> { 80, 80, 80 }));
    EXPECT_EQ(data->samples.size(), 24U);
    EXPECT_EQ(data->samples[4].label, 1);
    EXPECT_EQ(data->samples[0].values.size(), 6U);
    EXPECT_NEAR(data->samples[0].values[0], 1.0, 1.5) << "as the file has it, not standardised";
    const Result<Network> network = previewReaders().network(root / task.network);
    ASSERT_TRUE(network);
    EXPECT_EQ(previewMismatch(*network, *data), "");
}

TEST_F(DataPreviewTest, NeverOpensTheTestSplit)
{
    std::filesystem::remove(root / task.data.test);
    EXPECT_TRUE(read()) << "no test file is needed";
}

TEST_F(DataPreviewTest, LeavesOutWhatIsCutOffForTheTest)
{
    task.data.test.clear();
    task.split.test = 0.25;
    const Result<DataPreview> data = read();
    ASSERT_TRUE(data) << data.error().text();
    EXPECT_EQ(std::accumulate(data->classCounts.begin(), data->classCounts.end(), std::int64_t { 0 }), 180);
}

TEST_F(DataPreviewTest, SaysWhatIsWrong)
{
    task.preprocess = { "blur" };
    EXPECT_FALSE(read());
    task.preprocess.clear();
    task.data.path = "nowhere.csv";
    const Result<DataPreview> data = read();
    ASSERT_FALSE(data);
    EXPECT_NE(data.error().text().find("nowhere.csv"), std::string::npos);
}

TEST(KnownData, HasAbsolutePaths)
{
    const QList<KnownData> known = knownData();
    EXPECT_FALSE(known.isEmpty());
    for (const KnownData& entry : known)
        EXPECT_TRUE(std::filesystem::path(entry.data.path).is_absolute()) << entry.data.path;
}

} // namespace
} // namespace palimpsest
