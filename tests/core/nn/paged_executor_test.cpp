// SPDX-License-Identifier: Apache-2.0
#include "core/nn/executor.h"

#include "core/base/file.h"
#include "core/nn/evaluate.h"
#include "core/nn/switch_benchmark.h"
#include "tests/core/nn/joint_fixture.h"

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <thread>

namespace palimpsest {
namespace {

using namespace test;
namespace fs = std::filesystem;

class PagedExecutorTest : public ::testing::Test {
protected:
    PagedExecutorTest()
    {
        fs::create_directories(m_folder);
        m_request = m_fixture.request();
        m_state = storeState(m_request.tasks, m_request.start, {});
        const Status written = writeExclusivePages(m_file, m_state.exclusive);
        EXPECT_TRUE(written.ok());
    }
    ~PagedExecutorTest() override { fs::remove_all(m_folder); }

    [[nodiscard]] Result<PagedExecutor> create() const
    {
        return PagedExecutor::create(m_request.tasks, m_state, m_file);
    }

    fs::path m_folder = fs::path(::testing::TempDir())
        / (std::string("paged_") + ::testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::path m_file = m_folder / "exclusive.bin";
    JointFixture m_fixture = mixedFixture();
    JointRequest m_request;
    StoredState m_state;
};

TEST_F(PagedExecutorTest, RunsEveryTaskAsItsOwnWeights)
{
    Result<PagedExecutor> executor = create();
    ASSERT_TRUE(executor.ok()) << executor.error().text();
    for (const std::size_t task : { 0U, 1U, 2U, 1U, 0U, 2U }) {
        const LabelledSamples samples = cloudSamples(*m_request.tasks[task].network, 9, 5);
        Job job;
        const Result<std::vector<float>> expected = networkLogits(*m_request.tasks[task].network,
            virtualizedWeights(m_request.tasks[task], task, m_request.start), samples, job.context);
        ASSERT_TRUE(expected.ok());
        executor->switchTo(task);
        const std::vector<float> logits = executor->forward(samples.x, 9);
        EXPECT_LT(largestDifference(logits, *expected), 1e-5) << "task " << task;
    }
}

TEST_F(PagedExecutorTest, CountsTheBytesOfLevel1)
{
    const Result<PagedExecutor> executor = create();
    ASSERT_TRUE(executor.ok());
    // Dense: [16, 12] on three pages of 64 and [4, 16] on one, 20 biases. Convolutional: [4, 1, 3, 3] and [3, 64]: one page
    // and three; 4 + 4 + 4 + 4 + 3 private values.
    ASSERT_EQ(m_fixture.parts(0).layout.pageCount, 4);
    ASSERT_EQ(m_fixture.parts(1).layout.pageCount, 4);
    const std::int64_t pool = 3 * 64 * 4;
    const std::int64_t tables = 3 * 4 * 1; // bytes: 3 slots and 3 exclusive pages
    const std::int64_t privateRuns = (20 + 19 + 20) * 4;
    const std::int64_t scratch = (4 * 64 + 20) * 4;
    EXPECT_EQ(executor->level1Bytes(), pool + tables + privateRuns + scratch);
    EXPECT_EQ(executor->level2Bytes(), 3 * 64 * 4);
}

TEST_F(PagedExecutorTest, ReadsPagesInTheFormThatTheyAreStoredIn)
{
    for (const Storage pool : { Storage::Float16, Storage::Int8, Storage::Int6, Storage::Int4, Storage::Int3,
             Storage::Ternary, Storage::Binary }) {
        const Storage own = pool == Storage::Ternary ? Storage::Int8 : pool;
        const StoredState stored
            = storeState(m_request.tasks, m_request.start, { pool, own, Storage::Float16 });
        ASSERT_TRUE(writeExclusivePages(m_file, stored.exclusive));
        Result<PagedExecutor> executor = PagedExecutor::create(m_request.tasks, stored, m_file);
        ASSERT_TRUE(executor.ok()) << executor.error().text();
        EXPECT_LT(executor->level2Bytes(), 3 * 64 * 4);
        for (const std::size_t task : { 0U, 1U, 2U }) {
            const LabelledSamples samples = cloudSamples(*m_request.tasks[task].network, 9, 5);
            Job job;
            const Result<std::vector<float>> expected = networkLogits(*m_request.tasks[task].network,
                virtualizedWeights(m_request.tasks[task], task, readState(stored)), samples, job.context);
            ASSERT_TRUE(expected.ok());
            EXPECT_LT(largestDifference(executor->run(task, samples.x, 9), *expected), 1e-5)
                << "form " << static_cast<int>(pool) << ", task " << task;
        }
    }
}

TEST_F(PagedExecutorTest, AnswersRequestsOfManyThreads)
{
    Result<PagedExecutor> paged = create();
    ASSERT_TRUE(paged.ok());
    Executor executor(std::move(*paged));
    std::vector<std::vector<float>> inputs, expected;
    for (std::size_t task = 0; task < 3; ++task) {
        inputs.push_back(cloudSamples(*m_request.tasks[task].network, 2, 5).x);
        const auto logits = executor.run(task, inputs.back(), 2);
        ASSERT_TRUE(logits);
        expected.push_back(*logits);
    }
    std::atomic<int> wrong = 0;
    {
        std::vector<std::jthread> threads;
        for (std::size_t thread = 0; thread < 4; ++thread)
            threads.emplace_back([&, thread] {
                for (std::size_t i = 0; i < 50; ++i) {
                    const std::size_t task = (thread + i) % 3;
                    const auto logits = executor.run(task, inputs[task], 2);
                    if (!logits || *logits != expected[task])
                        ++wrong;
                }
            });
    }
    EXPECT_EQ(wrong, 0);
    const ExecutorStatistics statistics = executor.statistics();
    EXPECT_EQ(statistics.requests, 203);
    EXPECT_GE(statistics.switches, 3);
    EXPECT_LE(statistics.switches, 203);
    EXPECT_GT(statistics.medianUs, 0.0);
    EXPECT_LE(statistics.medianUs, statistics.p95Us);
    EXPECT_LE(statistics.p95Us, statistics.p99Us);
}

TEST_F(PagedExecutorTest, RefusesRequestsThatDoNotFit)
{
    Result<PagedExecutor> paged = create();
    ASSERT_TRUE(paged.ok());
    Executor executor(std::move(*paged));
    const std::vector<float> input(12);
    EXPECT_NE(executor.run(3, input, 1).error().text().find("from 0 to 2, got 3"), std::string::npos);
    EXPECT_NE(executor.run(0, input, 2).error().text().find("2 x 12 input values for task 'a', got 12"),
        std::string::npos);
    EXPECT_FALSE(executor.run(0, {}, 0));
    EXPECT_EQ(executor.statistics().requests, 0);
}

TEST_F(PagedExecutorTest, SurvivesAMove)
{
    Result<PagedExecutor> executor = create();
    ASSERT_TRUE(executor.ok());
    executor->switchTo(1);
    PagedExecutor moved = std::move(executor).value();
    const LabelledSamples samples = cloudSamples(*m_request.tasks[1].network, 2, 5);
    EXPECT_EQ(moved.forward(samples.x, 2).size(), 6U);
    EXPECT_TRUE(moved.forward({}, 0).empty());
}

TEST_F(PagedExecutorTest, RefusesWhatDoesNotFit)
{
    Result<PagedExecutor> executor = create();
    ASSERT_TRUE(executor.ok());
    const std::vector<float> input(12);
    EXPECT_THROW((void)executor->forward(input, 1), std::logic_error); // nothing is current
    EXPECT_THROW(executor->switchTo(3), std::out_of_range);
    executor->switchTo(0);
    EXPECT_THROW((void)executor->forward(input, 2), std::invalid_argument);
}

TEST_F(PagedExecutorTest, SaysWhatIsWrongWithTheFile)
{
    fs::resize_file(m_file, 2 * 64 * 4);
    Result<PagedExecutor> executor = create();
    ASSERT_FALSE(executor.ok());
    EXPECT_EQ(executor.error().kind, ErrorKind::BadInput);
    EXPECT_NE(executor.error().text().find("exclusive.bin: expected 3 exclusive pages in 768 bytes, got 512"),
        std::string::npos)
        << executor.error().text();
    fs::resize_file(m_file, 3 * 64 * 4 + 1);
    EXPECT_FALSE(create().ok());
    fs::remove(m_file);
    EXPECT_FALSE(create().ok());
    m_request.start.pool.resize(64);
    m_state = storeState(m_request.tasks, m_request.start, {});
    EXPECT_NE(create().error().message.find("the pool has 1 slots"), std::string::npos);
}

TEST_F(PagedExecutorTest, NeedsNoFileWithoutExclusivePages)
{
    const JointFixture shared({ denseNetwork(), convolutionalNetwork() }, 2, false);
    const JointRequest request = shared.request();
    Result<PagedExecutor> executor
        = PagedExecutor::create(request.tasks, storeState(request.tasks, request.start, {}), {});
    ASSERT_TRUE(executor.ok()) << executor.error().text();
    executor->switchTo(1);
}

TEST_F(PagedExecutorTest, BenchmarkMeasuresEveryMethod)
{
    Job job;
    const Result<SwitchBenchmark> result
        = benchmarkSwitch(m_request.tasks, m_state, 40, 3, m_folder / "scratch", job.context);
    ASSERT_TRUE(result.ok()) << result.error().text();
    ASSERT_EQ(result->sequence.size(), 40U);
    std::vector<int> visits(3);
    for (std::size_t i = 0; i < 40; ++i) {
        ++visits.at(result->sequence[i]);
        EXPECT_TRUE(i == 0 || result->sequence[i] != result->sequence[i - 1]) << i;
    }
    for (const int count : visits)
        EXPECT_GT(count, 5);
    ASSERT_EQ(result->methods.size(), 4U);
    const std::array names { "paged", "wholeCopy", "fileReload", "allResident" };
    for (std::size_t i = 0; i < names.size(); ++i) {
        EXPECT_EQ(result->methods[i].method, names[i]);
        EXPECT_EQ(result->methods[i].microseconds.size(), 40U);
    }
    EXPECT_EQ(result->largestDifference, 0.0);
    const double dense = 276 * 4.0, convolutional = 247 * 4.0; // float32 bytes
    EXPECT_GT(result->networkBytes, convolutional);
    EXPECT_LT(result->networkBytes, dense);
    EXPECT_TRUE(fs::is_empty(m_folder / "scratch")) << "its files are gone";
    // The same seed gives the same sequence.
    const Result<SwitchBenchmark> again
        = benchmarkSwitch(m_request.tasks, m_state, 40, 3, m_folder / "scratch", job.context);
    ASSERT_TRUE(again.ok());
    EXPECT_EQ(again->sequence, result->sequence);
    EXPECT_FALSE(benchmarkSwitch(m_request.tasks, m_state, 0, 3, m_folder, job.context).ok());
    job.stop.request_stop();
    EXPECT_EQ(benchmarkSwitch(m_request.tasks, m_state, 40, 3, m_folder, job.context).error().kind,
        ErrorKind::Canceled);
}

TEST(SwitchTimes, QuantileIsNearestRank)
{
    const SwitchTimes times { "x", { 4.0, 1.0, 3.0, 2.0, 5.0 } };
    EXPECT_EQ(times.quantile(0.5), 3.0);
    EXPECT_EQ(times.quantile(0.95), 5.0);
    EXPECT_EQ(times.quantile(0.2), 1.0);
    EXPECT_EQ(times.quantile(0.0), 1.0);
    EXPECT_THROW((void)SwitchTimes {}.quantile(0.5), std::logic_error);
}

} // namespace
} // namespace palimpsest
