// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/job/job_runner.h"

#include <QSignalSpy>
#include <QTest>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <stdexcept>
#include <thread>

namespace palimpsest {
namespace {

using namespace std::chrono_literals;

constexpr int kPatienceMs = 20000; // sanitizers and loaded machines are slow; nothing here measures time

Result<JobEnd> countForever(JobChannel& channel, const std::stop_token& stop)
{
    channel.beginStage("count");
    for (int step = 0; !stop.stop_requested(); ++step) {
        channel.setProgress(0.5, "counting");
        channel.addSample({ "steps", static_cast<double>(step), 1.0 });
        std::this_thread::sleep_for(1ms);
    }
    return JobEnd::Canceled;
}

struct NumberEvent : StageEvent {
    explicit NumberEvent(int n)
        : number(n)
    {
    }
    int number;
};

TEST(JobRunner, DeliversEverythingBeforeFinished)
{
    JobRunner runner;
    std::size_t samples = 0;
    QStringList messages;
    std::vector<int> events;
    bool finishedFirst = false;
    QObject::connect(&runner, &JobRunner::samplesArrived, &runner, [&](const std::vector<Sample>& arrived) {
        samples += arrived.size();
        finishedFirst = finishedFirst || !runner.isBusy();
    });
    QObject::connect(&runner, &JobRunner::messagesArrived, &runner,
        [&](const QStringList& arrived) { messages += arrived; });
    QObject::connect(&runner, &JobRunner::eventsArrived, &runner,
        [&](const std::vector<std::shared_ptr<const StageEvent>>& arrived) {
            for (const auto& event : arrived)
                events.push_back(dynamic_cast<const NumberEvent&>(*event).number);
        });
    ASSERT_TRUE(runner.start([](JobChannel& channel, const std::stop_token&) -> Result<JobEnd> {
        for (int i = 0; i < 1000; ++i)
            channel.addSample({ "loss", static_cast<double>(i), 0.0 });
        channel.addMessage("first");
        channel.addMessage("second");
        channel.addEvent(std::make_shared<NumberEvent>(7));
        return JobEnd::Finished;
    }));
    ASSERT_TRUE(QTest::qWaitFor([&] { return !runner.isBusy(); }, kPatienceMs));
    EXPECT_EQ(runner.state(), JobRunner::State::Finished);
    EXPECT_EQ(samples, 1000U);
    EXPECT_FALSE(finishedFirst);
    EXPECT_EQ(messages, (QStringList { QStringLiteral("first"), QStringLiteral("second") }));
    EXPECT_EQ(events, std::vector<int> { 7 });
}

TEST(JobRunner, CancelsAndCanStartAgain)
{
    JobRunner runner;
    QSignalSpy progress(&runner, &JobRunner::progressChanged);
    ASSERT_TRUE(runner.start(countForever));
    EXPECT_FALSE(runner.start(countForever)) << "only one job at a time";
    ASSERT_TRUE(progress.wait(kPatienceMs));
    runner.cancel();
    EXPECT_EQ(runner.state(), JobRunner::State::Canceling);
    ASSERT_TRUE(QTest::qWaitFor([&] { return runner.state() == JobRunner::State::Canceled; }, kPatienceMs));
    EXPECT_TRUE(
        runner.start([](JobChannel&, const std::stop_token&) -> Result<JobEnd> { return JobEnd::Finished; }));
    ASSERT_TRUE(QTest::qWaitFor([&] { return runner.state() == JobRunner::State::Finished; }, kPatienceMs));
}

TEST(JobRunner, TurnsAnExceptionIntoAFailure)
{
    JobRunner runner;
    Error seen;
    QObject::connect(&runner, &JobRunner::failed, &runner, [&](const Error& error) { seen = error; });
    runner.start([](JobChannel&, const std::stop_token&) -> Result<JobEnd> {
        throw std::runtime_error("out of pages");
    });
    ASSERT_TRUE(QTest::qWaitFor([&] { return runner.state() == JobRunner::State::Failed; }, kPatienceMs));
    EXPECT_EQ(seen.message, "out of pages");
    EXPECT_EQ(seen.kind, ErrorKind::Failed);
}

TEST(JobRunner, PassesAnErrorOnWithItsKindAndPlace)
{
    JobRunner runner;
    Error seen;
    QObject::connect(&runner, &JobRunner::failed, &runner, [&](const Error& error) { seen = error; });
    runner.start([](JobChannel&, const std::stop_token&) -> Result<JobEnd> {
        return badInput("expected 10 classes, got 9", "digits.csv");
    });
    ASSERT_TRUE(QTest::qWaitFor([&] { return runner.state() == JobRunner::State::Failed; }, kPatienceMs));
    EXPECT_EQ(seen.kind, ErrorKind::BadInput);
    EXPECT_EQ(seen.text(), "digits.csv: expected 10 classes, got 9");
}

TEST(JobRunner, TakesACanceledErrorAsCanceled)
{
    JobRunner runner;
    QSignalSpy failed(&runner, &JobRunner::failed);
    runner.start([](JobChannel&, const std::stop_token&) -> Result<JobEnd> { return canceled(); });
    ASSERT_TRUE(QTest::qWaitFor([&] { return !runner.isBusy(); }, kPatienceMs));
    EXPECT_EQ(runner.state(), JobRunner::State::Canceled);
    EXPECT_EQ(failed.count(), 0);
}

TEST(JobRunner, DestructorStopsARunningJob)
{
    std::atomic<int> running = 0;
    for (int i = 0; i < 20; ++i) {
        JobRunner runner;
        ASSERT_TRUE(runner.start([&](JobChannel& channel, const std::stop_token& stop) {
            ++running;
            const auto end = countForever(channel, stop);
            --running;
            return end;
        }));
    }
    EXPECT_EQ(running, 0);
    QCoreApplication::processEvents(); // events posted to dead runners must be gone
}

} // namespace
} // namespace palimpsest
