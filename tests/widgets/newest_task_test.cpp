// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/worker/newest_task.h"

#include <QSignalSpy>
#include <QTest>
#include <QThread>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <stdexcept>
#include <thread>
#include <vector>

namespace palimpsest {
namespace {

/// Works until it is asked to stop.
void workUntilStopped(const std::stop_token& stop)
{
    while (!stop.stop_requested())
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
}

TEST(NewestTask, WorksElsewhereAndShowsHere)
{
    NewestTask task;
    QThread* const here = QThread::currentThread();
    QThread* worker = nullptr;
    QThread* shown = nullptr;
    task.start([&](const std::stop_token&) -> NewestTask::Show {
        worker = QThread::currentThread();
        return [&] { shown = QThread::currentThread(); };
    });
    EXPECT_TRUE(task.isBusy());
    ASSERT_TRUE(QTest::qWaitFor([&] { return !task.isBusy(); }, 10'000));
    EXPECT_EQ(shown, here);
    EXPECT_NE(worker, here);
}

TEST(NewestTask, OnlyTheNewestIsShown)
{
    NewestTask task;
    std::atomic<bool> isFirstRunning = false;
    std::vector<int> shown;
    task.start([&](const std::stop_token& stop) -> NewestTask::Show {
        isFirstRunning = true;
        workUntilStopped(stop); // the next request ends it
        return [&] { shown.push_back(1); };
    });
    ASSERT_TRUE(QTest::qWaitFor([&] { return isFirstRunning.load(); }, 10'000));
    for (int number = 2; number <= 50; ++number)
        task.start([&shown, number](const std::stop_token&) -> NewestTask::Show {
            return [&shown, number] { shown.push_back(number); };
        });
    ASSERT_TRUE(QTest::qWaitFor([&] { return !task.isBusy(); }, 10'000));
    QTest::qWait(20);
    EXPECT_EQ(shown, std::vector<int> { 50 });
}

TEST(NewestTask, NothingIsShownAfterCancel)
{
    NewestTask task;
    QSignalSpy busy(&task, &NewestTask::busyChanged);
    bool isShown = false;
    task.start([&](const std::stop_token& stop) -> NewestTask::Show {
        workUntilStopped(stop);
        return [&] { isShown = true; };
    });
    task.cancel();
    EXPECT_FALSE(task.isBusy());
    QTest::qWait(20);
    EXPECT_FALSE(isShown);
    EXPECT_EQ(busy.count(), 2);
}

TEST(NewestTask, SaysWhatWasThrownAndGoesOn)
{
    NewestTask task;
    QSignalSpy failed(&task, &NewestTask::failed);
    task.start([](const std::stop_token&) -> NewestTask::Show { throw std::runtime_error("out of slots"); });
    ASSERT_TRUE(QTest::qWaitFor([&] { return failed.count() == 1; }, 10'000));
    EXPECT_EQ(failed[0][0].toString(), QStringLiteral("out of slots"));
    bool isShown = false;
    task.start([&](const std::stop_token&) -> NewestTask::Show { return [&] { isShown = true; }; });
    ASSERT_TRUE(QTest::qWaitFor([&] { return isShown; }, 10'000));
}

TEST(NewestTask, GoesAwayWhileItWorks)
{
    for (int round = 0; round < 20; ++round) {
        NewestTask task;
        task.start([](const std::stop_token& stop) -> NewestTask::Show {
            workUntilStopped(stop);
            return [] { FAIL() << "shown after it was destroyed"; };
        });
        if (round % 2 == 0)
            QTest::qWait(1);
    }
    QTest::qWait(5);
}

} // namespace
} // namespace palimpsest
