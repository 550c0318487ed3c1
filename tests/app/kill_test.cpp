// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/document/recovery_file.h"
#include "core/base/hash.h"
#include "tests/app/window_fixture.h"
#include "widgets/notice/notice_bar.h"
#include "widgets/view/view.h"

#include <QAction>
#include <QProcess>
#include <QPushButton>
#include <QTest>
#include <gtest/gtest.h>

#include <csignal>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace palimpsest {
namespace {

namespace fs = std::filesystem;
using test::fileText;
using test::kPatienceMs;
using test::replaceInFile;
using test::writeTinyProject;

constexpr int kSteps = 1500;

std::map<std::string, std::string> resultFiles(const fs::path& folder)
{
    std::map<std::string, std::string> files;
    for (const auto& entry : fs::directory_iterator(folder / "results"))
        if (entry.path().extension() == ".h5")
            files[entry.path().filename().string()] = fileText(entry.path());
    return files;
}

/// Those that are the same whenever they are made: no times are in them, and no description of the project.
std::vector<std::string> computed(const std::map<std::string, std::string>& files)
{
    std::vector<std::string> same;
    for (const auto& [name, bytes] : files)
        for (const char* stage : { "train-", "match-", "optimise-", "sameSteps-", "evaluate-" })
            if (name.starts_with(stage))
                same.push_back(name + ' ' + sha256(bytes));
    return same;
}

class KillTest : public test::WindowFixture { };

/// Run by the next test in a process of its own: the workbench at work, with an edit that is not saved, and kill -9.
TEST_F(KillTest, DISABLED_RunsEditsAndIsKilled)
{
    const fs::path folder = qEnvironmentVariable("PALIMPSEST_TEST_FOLDER").toStdString();
    window->session().file().setAutosaveDelay(0);
    open(folder);
    action("run.all")->trigger();
    waitUntilStageRuns(QStringLiteral("optimise"));
    ASSERT_TRUE(window->session().document().set(QStringLiteral("description"), QStringLiteral("not saved")));
    ASSERT_TRUE(QTest::qWaitFor(
        [&] {
            return fs::exists(recoveryFile(folder)) && fs::exists(ProjectFolder(folder).checkpointFile());
        },
        kPatienceMs));
    ASSERT_TRUE(window->session().isRunning());
    ::raise(SIGKILL);
}

TEST_F(KillTest, InTheMiddleOfAJobLosesNothing)
{
    const fs::path folder = root / "tiny";
    const fs::path unbroken = root / "unbroken";
    for (const fs::path& path : { folder, unbroken }) {
        writeTinyProject(path, kSteps);
        replaceInFile(
            path / "project.json", "\"steps\": 1500", "\"checkpointSeconds\": 0.05, \"steps\": 1500");
    }
    QProcess child;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("PALIMPSEST_TEST_FOLDER"), QString::fromStdString(folder.string()));
    child.setProcessEnvironment(environment);
    child.setProcessChannelMode(QProcess::MergedChannels);
    child.start(QCoreApplication::applicationFilePath(),
        { QStringLiteral("--gtest_filter=KillTest.DISABLED_*"),
            QStringLiteral("--gtest_also_run_disabled_tests") });
    ASSERT_TRUE(child.waitForFinished(kPatienceMs * 3));
    ASSERT_EQ(child.exitStatus(), QProcess::CrashExit) << child.readAll().toStdString();
    const auto kept = resultFiles(folder);

    // The window opens it: nobody holds it, stages that had ended are done, the edit is offered.
    open(folder);
    ASSERT_TRUE(window->session().hasProject());
    EXPECT_TRUE(window->session().document().readOnlyReason().isEmpty());
    for (const char* stage : { "import", "train", "fisher", "pages", "separate", "match" })
        EXPECT_EQ(look(stage), StageLook::Done) << stage;
    EXPECT_NE(look("optimise"), StageLook::Done);
    const QString recovery = QStringLiteral("recovery");
    ASSERT_NE(window->notices().button(recovery, QStringLiteral("Recover")), nullptr)
        << window->notices().texts().join(QLatin1Char('\n')).toStdString();
    window->notices().button(recovery, QStringLiteral("Recover"))->click();
    EXPECT_EQ(window->session().document().recipe().description, "not saved");

    // It goes on where it was, and ends as if nothing had happened.
    action("run.all")->trigger();
    waitUntilIdle();
    ASSERT_EQ(lastJob().state, JobState::Finished) << lastJob().error.text();
    const auto all = resultFiles(folder);
    for (const auto& [name, bytes] : kept)
        EXPECT_EQ(all.at(name), bytes) << name;
    window->log().flush();
    bool goesOn = false;
    for (int row = 0; row < window->log().rowCount(); ++row)
        goesOn = goesOn
            || window->log()
                   .index(row, LogModel::TextColumn)
                   .data()
                   .toString()
                   .contains(QStringLiteral("goes on from its last checkpoint"));
    EXPECT_TRUE(goesOn);
    open(unbroken);
    action("run.all")->trigger();
    waitUntilIdle();
    ASSERT_EQ(lastJob().state, JobState::Finished) << lastJob().error.text();
    EXPECT_EQ(computed(all), computed(resultFiles(unbroken)));
}

} // namespace
} // namespace palimpsest
