// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/application.h"
#include "app/event_loop_watchdog.h"

#include "core/base/json.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/tiny_project.h"

#include <QProcess>
#include <QTest>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <chrono>
#include <thread>

namespace palimpsest {
namespace {

using namespace std::chrono_literals;
using test::TemporaryFolder;
using test::writeTinyProject;

constexpr int kPatienceMs = 300'000; // for loaded machines; nothing here measures time

/// Runs the program without a display.
struct Finished {
    int exitCode;
    std::string output, errors;
};
Finished workbench(const QStringList& arguments)
{
    QProcess program;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
    program.setProcessEnvironment(environment);
    program.start(QStringLiteral(PALIMPSEST_WORKBENCH), arguments);
    EXPECT_TRUE(program.waitForFinished(kPatienceMs));
    return { program.exitCode(), program.readAllStandardOutput().toStdString(),
        program.readAllStandardError().toStdString() };
}

TEST(EventLoopWatchdog, SeesHowLongTheLoopIsNotReached)
{
    EventLoopWatchdog watchdog;
    QTest::qWait(20);
    watchdog.reset();
    std::this_thread::sleep_for(200ms); // idle, but the loop is not reached
    QTest::qWait(20);
    EXPECT_GE(watchdog.longestGap().ms, 190.0);
    EXPECT_LT(watchdog.longestGap().busyMs, watchdog.longestGap().ms) << "it slept";
    EXPECT_GE(watchdog.longGaps(), 1);
    watchdog.reset();
    EXPECT_EQ(watchdog.longGaps(), 0);
}

TEST(EventLoopWatchdog, SeesAGapThatGoesOn)
{
    EventLoopWatchdog watchdog;
    watchdog.reset();
    std::this_thread::sleep_for(200ms);
    EXPECT_GE(watchdog.longestGap().ms, 100.0) << "before the next beat";
}

TEST(Bench, PrintsWhatItMeasuresAndLeavesTheProjectAlone)
{
    const TemporaryFolder root;
    writeTinyProject(root / "tiny");
    const Finished finished = workbench({ QStringLiteral("--bench"),
        QString::fromStdString((root / "tiny").string()), QStringLiteral("--json") });
    ASSERT_EQ(finished.exitCode, 0) << finished.errors;
    EXPECT_EQ(finished.output.find('\n'), finished.output.size() - 1) << "one line";
    const Result<Json> json = parseJson(finished.output, "output");
    ASSERT_TRUE(json.ok()) << json.error().text();
    for (const char* number : { "windowMs", "openMs", "startMs" })
        EXPECT_GT(json->at(number).get<double>(), 0.0) << number;
    EXPECT_GE(json->at("startMs").get<double>(), json->at("openMs").get<double>());
    EXPECT_GT(json->at("run").at("longestGapMs").get<double>(), 0.0);
    EXPECT_EQ(json->at("pageMap").at("cells").get<int>(), 1'000'000);
    EXPECT_GT(json->at("pageMap").at("panFramesPerSecond").get<double>(), 0.0);
    EXPECT_EQ(json->at("livePlot").at("points").get<int>(), 1'000'000);
    std::printf("%s", finished.output.c_str()); // the watchdog's longest gap, for people
    EXPECT_FALSE(std::filesystem::exists(root / "tiny" / "results")) << "a copy is run";
}

TEST(Bench, SaysWhatIsNoProject)
{
    const TemporaryFolder root;
    const Finished finished
        = workbench({ QStringLiteral("--bench"), QString::fromStdString(root.path().string()) });
    EXPECT_EQ(finished.exitCode, 2);
    EXPECT_NE(finished.errors.find("project.json"), std::string::npos) << finished.errors;
    EXPECT_EQ(finished.output, "");
}

TEST(Program, SaysWhatItDoesNotUnderstand)
{
    const Finished unknown = workbench({ QStringLiteral("--nonsense") });
    EXPECT_EQ(unknown.exitCode, 2);
    EXPECT_NE(unknown.errors.find("nonsense"), std::string::npos) << unknown.errors;
    EXPECT_EQ(workbench({ QStringLiteral("a"), QStringLiteral("b") }).exitCode, 2);
    EXPECT_NE(workbench({ QStringLiteral("--version") }).output.find(PALIMPSEST_VERSION), std::string::npos);
}

} // namespace
} // namespace palimpsest
