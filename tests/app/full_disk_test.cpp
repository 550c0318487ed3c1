// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/window_fixture.h"
#include "tests/support/small_disk.h"
#include "widgets/notice/notice_bar.h"
#include "widgets/view/view.h"

#include <QAction>
#include <QProcess>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <optional>
#include <string>

namespace palimpsest {
namespace {

namespace fs = std::filesystem;
using test::DiskFiller;
using test::fileText;
using test::kPatienceMs;
using test::writeTinyProject;

constexpr int kNotPermitted = 77;
const QString kFile = QStringLiteral("file"); // names of notices
const QString kExport = QStringLiteral("export");
const QString kJob = QStringLiteral("job");
const QString kNoRoom = QStringLiteral("No space left on device");

/// The real window on a project that lies on a small disk: PALIMPSEST_TEST_FOLDER. FullDisk below runs these tests in processes of their
/// own, with such a disk.
class FullDiskTest : public test::WindowFixture {
protected:
    void SetUp() override
    {
        WindowFixture::SetUp();
        writeTinyProject(project);
        open(project);
        action("run.all")->trigger();
        waitUntilIdle();
        ASSERT_EQ(lastJob().state, JobState::Finished) << lastJob().error.text();
    }
    void TearDown() override
    {
        filler.release();
        window.reset(); // writes nothing to a disk that is gone
    }
    /// What a user would miss: everything but locks, the log, and what can be computed again at once.
    std::map<std::string, std::string> contents()
    {
        std::map<std::string, std::string> files;
        for (const auto& entry : fs::recursive_directory_iterator(disk)) {
            const std::string name = entry.path().lexically_relative(disk).string();
            if (entry.is_regular_file() && !name.ends_with("lock") && !name.ends_with("log.jsonl")
                && name.find(".cache") == std::string::npos && name != "filler")
                files[name] = fileText(entry.path());
        }
        return files;
    }
    /// Nothing that was there is gone or other, and nothing half written lies about.
    void expectNothingLost(const std::map<std::string, std::string>& before, const std::string& what)
    {
        const auto after = contents();
        for (const auto& [name, text] : before) {
            const auto found = after.find(name);
            ASSERT_NE(found, after.end()) << what << ": " << name << " is gone";
            EXPECT_EQ(found->second, text) << what << ": " << name;
        }
        for (const auto& [name, text] : after)
            EXPECT_EQ(name.find(".tmp"), std::string::npos) << what << ": " << name << " was left";
    }
    QString waitForNotice(const QString& name)
    {
        EXPECT_TRUE(QTest::qWaitFor([&] { return !window->notices().text(name).isEmpty(); }, kPatienceMs));
        return window->notices().text(name);
    }
    static void expectOneSentence(const QString& text, const std::string& what)
    {
        EXPECT_EQ(text.count(kNoRoom), 1) << what << ": " << text.toStdString();
        EXPECT_FALSE(text.contains(QLatin1Char('\n'))) << what << ": " << text.toStdString();
    }

    fs::path disk { qEnvironmentVariable("PALIMPSEST_TEST_FOLDER").toStdString() };
    fs::path project { disk / "tiny" };
    DiskFiller filler { disk };
};

TEST_F(FullDiskTest, DISABLED_ASaveSaysSoAndKeepsFileAndEdits)
{
    const auto before = contents();
    filler.fill(0);
    ASSERT_TRUE(window->session().document().set(QStringLiteral("seed"), QStringLiteral("11")));
    action("project.save")->trigger();
    ASSERT_TRUE(QTest::qWaitFor(
        [&] { return window->notices().button(kFile, QStringLiteral("Save again")) != nullptr; },
        kPatienceMs));
    expectOneSentence(window->notices().text(kFile), "save");
    EXPECT_TRUE(window->isWindowModified());
    expectNothingLost(before, "save");
    filler.release();
    window->notices().button(kFile, QStringLiteral("Save again"))->click();
    ASSERT_TRUE(QTest::qWaitFor([&] { return !window->isWindowModified(); }, kPatienceMs));
    EXPECT_TRUE(window->notices().text(kFile).isEmpty());
    EXPECT_NE(fileText(project / "project.json").find("\"seed\": 11"), std::string::npos);
}

TEST_F(FullDiskTest, DISABLED_ExportsSaySoAndKeepTheFilesBefore)
{
    const auto pathOf = [this](const char* name) { return QString::fromStdString((disk / name).string()); };
    ExportCommands& exports = window->exports();
    QSignalSpy done(&exports, &ExportCommands::done);
    const std::map<std::string, std::function<void()>> ways {
        { "report.html", [&] { exports.writeReport(pathOf("report.html")); } },
        { "report.pdf", [&] { exports.writeReport(pathOf("report.pdf")); } },
        { "view.png", [&] { exports.views().save(*window->currentView(), pathOf("view.png")); } },
        { "view.svg", [&] { exports.views().save(*window->currentView(), pathOf("view.svg")); } },
        { "view.csv", [&] { exports.views().save(*window->currentView(), pathOf("view.csv")); } },
        { "bundle", [&] { exports.writeBundle(pathOf("bundle")); } },
    };
    for (const auto& [name, write] : ways) {
        if (name == "bundle")
            continue; // it wants a new folder
        const auto count = done.count();
        write();
        ASSERT_TRUE(QTest::qWaitFor([&] { return done.count() > count; }, kPatienceMs)) << name;
    }
    const auto before = contents();
    filler.fill(0);
    QSignalSpy failed(&exports, &ExportCommands::failed);
    for (const auto& [name, write] : ways) {
        const auto count = failed.count();
        write();
        ASSERT_TRUE(QTest::qWaitFor([&] { return failed.count() > count; }, kPatienceMs)) << name;
        expectOneSentence(window->notices().text(kExport), name);
        expectNothingLost(before, name);
    }
    filler.release();
    const auto count = done.count();
    ways.at("bundle")();
    ASSERT_TRUE(QTest::qWaitFor([&] { return done.count() > count; }, kPatienceMs))
        << window->notices().texts().join(QLatin1Char('\n')).toStdString();
}

TEST_F(FullDiskTest, DISABLED_ARunSaysSoWhereverTheRoomEndsAndGoesOnLater)
{
    // From no room at all to enough for a whole run, in steps of a few pages: the disk is full in another place each time.
    constexpr std::int64_t kStep = 24'576;
    constexpr std::int64_t kMost = 4'000'000;
    int failures = 0;
    bool isFinished = false;
    const std::size_t firstJob = window->session().jobs().entries().size();
    for (std::int64_t room = 0; room < kMost && !isFinished; room += kStep) {
        const std::string what = "room for " + std::to_string(room) + " bytes";
        const auto before = contents();
        // Each attempt computes everything anew: what is left of one must not help the next.
        ASSERT_TRUE(
            window->session().document().set(QStringLiteral("seed"), QString::number(1000 + room / kStep)));
        const std::size_t jobs = window->session().jobs().entries().size();
        filler.fill(room);
        action("run.all")->trigger();
        ASSERT_TRUE(QTest::qWaitFor(
            [&] {
                return window->notices().button(kFile, QStringLiteral("Save again")) != nullptr
                    || (window->session().jobs().entries().size() > jobs && !window->session().isRunning()
                        && !window->session().jobs().isBusy());
            },
            kPatienceMs))
            << what;
        if (window->session().jobs().entries().size() == jobs) { // not even the recipe could be saved
            expectOneSentence(window->notices().text(kFile), what);
            ++failures;
        } else if (lastJob().state == JobState::Finished) {
            isFinished = true;
        } else {
            EXPECT_EQ(lastJob().state, JobState::Failed) << what;
            expectOneSentence(waitForNotice(kJob), what);
            ++failures;
        }
        waitUntilLoaded();
        auto kept = before;
        kept.erase("tiny/project.json"); // saved where there was room
        kept.erase("tiny/project.json.bak");
        kept.erase("tiny/runs.json");
        kept.erase("tiny/runs.json.bak");
        kept.erase("tiny/.recovery.json");
        std::erase_if(kept, [](const auto& file) { return file.first.find("/report") != std::string::npos; });
        expectNothingLost(kept, what);
        filler.release();
        action("project.save")->trigger();
        ASSERT_TRUE(QTest::qWaitFor([&] { return !window->isWindowModified(); }, kPatienceMs)) << what;
        waitUntilLoaded();
        ASSERT_NE(window->session().results().results, nullptr) << what << ": those of the run before";
    }
    EXPECT_TRUE(isFinished);
    EXPECT_GE(failures, 5);
    EXPECT_GT(window->session().jobs().entries().size(), firstJob + 3)
        << "runs, not saves alone, met the end";

    // And after all that another program reads it all.
    window->commands().closeProject();
    ASSERT_TRUE(QTest::qWaitFor([&] { return !window->session().hasProject(); }, kPatienceMs));
    makeWindow();
    open(project);
    EXPECT_EQ(look("report"), StageLook::Done);
}

class FullDisk : public testing::TestWithParam<const char*> { };

TEST_P(FullDisk, IsToldOfAndLosesNothing)
{
    const test::TemporaryFolder folder;
    QProcess child;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(
        QStringLiteral("PALIMPSEST_TEST_FOLDER"), QString::fromStdString(folder.path().string()));
    child.setProcessEnvironment(environment);
    child.setProcessChannelMode(QProcess::MergedChannels);
    child.setChildProcessModifier([place = folder.path().string()] {
        if (!test::mountSmallDisk(place.c_str(), "size=16m"))
            ::_exit(kNotPermitted);
    });
    child.start(QCoreApplication::applicationFilePath(),
        { QStringLiteral("--gtest_filter=FullDiskTest.DISABLED_") + QLatin1String(GetParam()),
            QStringLiteral("--gtest_also_run_disabled_tests") });
    ASSERT_TRUE(child.waitForFinished(kPatienceMs * 3));
    if (child.exitStatus() == QProcess::NormalExit && child.exitCode() == kNotPermitted)
        GTEST_SKIP() << "this user may not mount a small disk to fill";
    const std::string output = child.readAll().toStdString();
    EXPECT_EQ(child.exitStatus(), QProcess::NormalExit);
    EXPECT_EQ(child.exitCode(), 0) << output;
    EXPECT_NE(output.find("[  PASSED  ] 1 test"), std::string::npos) << output;
}

INSTANTIATE_TEST_SUITE_P(Of, FullDisk,
    testing::Values("ASaveSaysSoAndKeepsFileAndEdits", "ExportsSaySoAndKeepTheFilesBefore",
        "ARunSaysSoWhereverTheRoomEndsAndGoesOnLater"),
    [](const auto& one) { return std::string(one.param); });

} // namespace
} // namespace palimpsest
