// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/job/job_queue.h"

#include "widgets/job/job_list.h"
#include "widgets/tables/table_view.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <thread>
#include <vector>

namespace palimpsest {
namespace {

using namespace std::chrono_literals;

constexpr int kPatienceMs = 60'000; // for loaded machines; nothing here measures time
const QString kCpu = QStringLiteral("cpu");

/// Runs until it is canceled.
Result<JobEnd> endless(JobChannel& channel, const std::stop_token& stop)
{
    channel.beginStage("count");
    channel.setProgress(0.5, "counting");
    while (!stop.stop_requested())
        std::this_thread::sleep_for(1ms);
    return JobEnd::Canceled;
}

Result<JobEnd> quick(JobChannel&, const std::stop_token&)
{
    return JobEnd::Finished;
}

JobRequest request(JobRunner::Job work, const QString& device = kCpu)
{
    return { QStringLiteral("job"), device, std::move(work) };
}

class JobQueueTest : public testing::Test {
protected:
    JobState state(int id) { return queue.find(id)->state; }
    void waitFor(int id, JobState wanted)
    {
        ASSERT_TRUE(QTest::qWaitFor([&] { return state(id) == wanted; }, kPatienceMs))
            << jobStateText(state(id)).toStdString();
    }

    JobQueue queue;
    QAbstractItemModelTester tester { &queue, QAbstractItemModelTester::FailureReportingMode::Fatal };
};

TEST_F(JobQueueTest, RunsOneAfterTheOtherOnADevice)
{
    QSignalSpy busy(&queue, &JobQueue::busyChanged);
    const int first = queue.add(request(endless));
    const int second = queue.add(request(quick));
    waitFor(first, JobState::Running);
    EXPECT_EQ(state(second), JobState::Waiting);
    EXPECT_TRUE(queue.isBusy());
    queue.cancel(first);
    waitFor(second, JobState::Finished);
    EXPECT_EQ(state(first), JobState::Canceled);
    EXPECT_FALSE(queue.isBusy());
    ASSERT_EQ(busy.count(), 2) << "busy once, idle once";
    EXPECT_TRUE(busy.at(0).at(0).toBool());
    EXPECT_FALSE(busy.at(1).at(0).toBool());
}

TEST_F(JobQueueTest, DevicesRunBesideEachOther)
{
    const int cpu = queue.add(request(endless));
    const int cuda = queue.add(request(endless, QStringLiteral("cuda:0")));
    waitFor(cpu, JobState::Running);
    waitFor(cuda, JobState::Running);
    queue.cancelAll();
    waitFor(cpu, JobState::Canceled);
    waitFor(cuda, JobState::Canceled);
}

TEST_F(JobQueueTest, CancelsWaitingJobsAtOnce)
{
    const int first = queue.add(request(endless));
    std::atomic<bool> ran = false;
    const int second = queue.add(request([&](JobChannel&, const std::stop_token&) -> Result<JobEnd> {
        ran = true;
        return JobEnd::Finished;
    }));
    queue.cancel(second);
    EXPECT_EQ(state(second), JobState::Canceled);
    queue.cancelAll();
    waitFor(first, JobState::Canceled);
    QCoreApplication::processEvents();
    EXPECT_FALSE(ran);
    queue.cancel(first);
    EXPECT_EQ(state(first), JobState::Canceled) << "what has ended stays as it ended";
}

TEST_F(JobQueueTest, PassesOnWhatAJobSaysBeforeItsEnd)
{
    std::vector<QString> heard;
    QObject::connect(
        &queue, &JobQueue::jobStarted, &queue, [&](int) { heard.push_back(QStringLiteral("started")); });
    QObject::connect(&queue, &JobQueue::stagesBegun, &queue, [&](int, const QStringList& stages) {
        for (const QString& stage : stages)
            heard.push_back(stage);
    });
    QObject::connect(&queue, &JobQueue::messagesArrived, &queue, [&](int, const QStringList& messages) {
        for (const QString& message : messages)
            heard.push_back(message);
    });
    std::size_t samples = 0;
    QObject::connect(&queue, &JobQueue::samplesArrived, &queue,
        [&](int, const std::vector<Sample>& fresh) { samples += fresh.size(); });
    QObject::connect(
        &queue, &JobQueue::jobEnded, &queue, [&](int) { heard.push_back(QStringLiteral("ended")); });
    const int id = queue.add(request([](JobChannel& channel, const std::stop_token&) -> Result<JobEnd> {
        channel.beginStage("train");
        channel.beginStage("fisher"); // too fast for the poll to see "train" as progress
        channel.addSample({ "loss", 1.0, 2.0 });
        channel.addMessage("hello");
        return JobEnd::Finished;
    }));
    waitFor(id, JobState::Finished);
    EXPECT_EQ(samples, 1U);
    EXPECT_EQ(heard,
        (std::vector { QStringLiteral("started"), QStringLiteral("train"), QStringLiteral("fisher"),
            QStringLiteral("hello"), QStringLiteral("ended") }));
}

TEST_F(JobQueueTest, AFailedJobKeepsItsErrorAndTheNextOneRuns)
{
    const int first = queue.add(request(
        [](JobChannel&, const std::stop_token&) -> Result<JobEnd> { return failure("disk full", "match"); }));
    const int second = queue.add(request(quick));
    waitFor(second, JobState::Finished);
    EXPECT_EQ(state(first), JobState::Failed);
    EXPECT_EQ(queue.index(0, JobQueue::ProgressColumn).data().toString(), QStringLiteral("match: disk full"));
    queue.clearEnded();
    EXPECT_EQ(queue.rowCount(), 0);
    EXPECT_EQ(queue.find(first), nullptr);
}

TEST_F(JobQueueTest, ClearsOnlyWhatHasEnded)
{
    const int first = queue.add(request(quick));
    waitFor(first, JobState::Finished);
    const int second = queue.add(request(endless));
    waitFor(second, JobState::Running);
    queue.clearEnded();
    ASSERT_EQ(queue.rowCount(), 1);
    EXPECT_EQ(queue.entries()[0].id, second);
    EXPECT_NE(queue.add(request(quick)), first) << "ids are not used again";
    queue.cancelAll();
    waitFor(second, JobState::Canceled);
}

TEST(JobQueue, ADestroyedQueueStopsItsJobs)
{
    std::atomic<int> running = 0;
    {
        JobQueue queue;
        queue.add(request([&](JobChannel& channel, const std::stop_token& stop) {
            ++running;
            const auto end = endless(channel, stop);
            --running;
            return end;
        }));
        queue.add(request(quick));
    }
    EXPECT_EQ(running, 0);
    QCoreApplication::processEvents();
}

TEST_F(JobQueueTest, ListShowsCancelsAndCopies)
{
    JobList list(queue);
    list.show();
    auto* const cancel = list.findChild<QPushButton*>(QStringLiteral("jobCancel"));
    const auto* const error = list.findChild<QLabel*>(QStringLiteral("jobError"));
    EXPECT_FALSE(cancel->isEnabled());
    const int id = queue.add(request(endless));
    ASSERT_TRUE(QTest::qWaitFor(
        [&] {
            return queue.index(0, JobQueue::ProgressColumn).data().toString()
                == QStringLiteral("count: counting");
        },
        kPatienceMs));
    EXPECT_EQ(queue.index(0, JobQueue::ProgressColumn).data(JobQueue::FractionRole).toDouble(), 0.5);
    EXPECT_TRUE(cancel->isEnabled());
    cancel->click();
    waitFor(id, JobState::Canceled);
    EXPECT_FALSE(cancel->isEnabled());

    const int failed = queue.add(request(
        [](JobChannel&, const std::stop_token&) -> Result<JobEnd> { return failure("disk full", "match"); }));
    waitFor(failed, JobState::Failed);
    EXPECT_TRUE(error->isVisible());
    EXPECT_EQ(error->text(), QStringLiteral("Failed: match: disk full"));
    list.findChild<TableView*>()->selectRow(0);
    EXPECT_FALSE(error->isVisible()) << "of the selected job";
    list.findChild<TableView*>()->selectRow(1);
    for (QPushButton* button : list.findChildren<QPushButton*>()) {
        if (button->text().contains(QStringLiteral("error")))
            button->click();
    }
    EXPECT_EQ(QApplication::clipboard()->text(), QStringLiteral("match: disk full"));
}

} // namespace
} // namespace palimpsest
