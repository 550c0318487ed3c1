// SPDX-License-Identifier: Apache-2.0
#include "core/pipeline/task_data.h"

#include "core/data/catalogue.h"
#include "core/io/hdf5_data.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/tiny_project.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace palimpsest {
namespace {

namespace fs = std::filesystem;
using test::replaceInFile;
using test::TemporaryFolder;
using test::writeTinyProject;

class TaskDataTest : public testing::Test {
protected:
    void SetUp() override { writeTinyProject(folder()); }
    [[nodiscard]] fs::path folder() const { return m_root.path() / "tiny"; }
    [[nodiscard]] SampleCache cache() const { return SampleCache(m_root.path() / "cache", 1 << 20, 0); }

    [[nodiscard]] Result<RawSamples> read(const std::vector<std::string>& overrides = {}) const
    {
        const auto project = Project::open(folder(), overrides);
        EXPECT_TRUE(project.ok());
        return readTrainingSplit(*project, project->recipe().tasks[0], {}, cache());
    }
    [[nodiscard]] std::set<std::string> keys() const
    {
        std::set<std::string> found;
        for (const fs::directory_entry& entry : fs::directory_iterator(cache().folder()))
            found.insert(entry.path().stem().string());
        return found;
    }

private:
    TemporaryFolder m_root;
};

TEST_F(TaskDataTest, ReadsOnceAndThenFromTheCache)
{
    const auto first = read();
    ASSERT_TRUE(first.ok()) << first.error().text();
    EXPECT_EQ(first->count(), 240U);
    ASSERT_EQ(keys().size(), 1U);
    RawSamples marked
        = *first; // whether an answer comes from the cache shows where the cache says something else
    marked.y[0] = 2 - marked.y[0];
    cache().store(*keys().begin(), marked);
    EXPECT_EQ(read()->y, marked.y);
    EXPECT_EQ(keys().size(), 1U);

    fs::resize_file(cache().folder() / (*keys().begin() + ".samples"), 100);
    EXPECT_EQ(read()->y, first->y) << "a damaged entry is made anew";
    EXPECT_EQ(cache().find(*keys().begin())->y, first->y);
}

TEST_F(TaskDataTest, ChangedFilesAndSettingsAreReadAnew)
{
    std::size_t expected = 0;
    const auto expectAnew = [&](const std::vector<std::string>& overrides, const std::string& what) {
        const auto samples = read(overrides);
        ASSERT_TRUE(samples.ok()) << what << ": " << samples.error().text();
        EXPECT_EQ(keys().size(), ++expected) << what;
    };
    expectAnew({}, "nothing");
    expectAnew({ "tasks.left.data.sampleShape=[2,3]" }, "another shape");
    expectAnew(
        { "tasks.left.data.sampleShape=[1,2,3]", "tasks.left.data.channelsLast=false" }, "a third shape");
    expectAnew({ "tasks.left.data.test=", "tasks.left.split.test=0.25" }, "a part is cut off as test split");
    expectAnew({ "tasks.left.data.test=", "tasks.left.split.test=0.25", "tasks.left.split.testSeed=1" },
        "another part");
    ASSERT_TRUE(read({ "tasks.left.training.epochs=9", "tasks.left.preprocess=", "seed=5" }).ok());
    EXPECT_EQ(keys().size(), expected) << "what is done with the samples afterwards is no matter";

    replaceInFile(folder() / "left-train.csv", ",0\n", ",1\n");
    expectAnew({}, "another file");
    EXPECT_EQ(read()->y[0], 1);
}

TEST_F(TaskDataTest, KeepsNoTestSplit)
{
    ASSERT_TRUE(read().ok());
    const auto project = Project::open(folder());
    const TaskSettings& task = project->recipe().tasks[0];
    const auto test = readPart(allReaders(), task.data, task.split, folder(), Part::Test);
    ASSERT_TRUE(test.ok());
    for (const std::string& key : keys())
        EXPECT_NE(cache().find(key)->x, test->x);
    // Nor does anything of it come out: a test split that nobody can read is no trouble.
    replaceInFile(folder() / "left-test.csv", ",", ",no number,");
    EXPECT_TRUE(read().ok());
    EXPECT_EQ(keys().size(), 2U);
}

TEST_F(TaskDataTest, SaysWhatTheReaderSays)
{
    fs::remove(folder() / "left-train.csv");
    EXPECT_FALSE(Project::open(folder()).ok());
    writeTinyProject(folder());
    const auto project = Project::open(folder());
    fs::remove(folder() / "left-train.csv");
    const auto gone = readTrainingSplit(*project, project->recipe().tasks[0], {}, cache());
    ASSERT_FALSE(gone.ok());
    EXPECT_NE(gone.error().text().find("left-train.csv"), std::string::npos) << gone.error().text();
    EXPECT_EQ(cache().usage().entries, 0);
}

TEST(SampleCacheFolder, LiesBesideTheDataFolder)
{
    EXPECT_EQ(sampleCacheFolder().parent_path(), dataFolder().parent_path());
    EXPECT_EQ(sampleCacheFolder().filename(), "decoded");
}

} // namespace
} // namespace palimpsest
