// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/temporary_folder.h"
#include "widgets/project/background_queue.h"
#include "widgets/project/dropped_project.h"
#include "widgets/project/new_project_dialog.h"
#include "widgets/project/problem_label.h"
#include "widgets/project/recent_projects.h"
#include "widgets/project/start_page.h"
#include "widgets/style/empty_page.h"

#include <QAbstractItemModelTester>
#include <QDropEvent>
#include <QLineEdit>
#include <QListView>
#include <QListWidget>
#include <QMimeData>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTest>
#include <QUrl>
#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <memory>

namespace palimpsest {
namespace {

constexpr int kPatienceMs = 20000;

QString text(const std::filesystem::path& path)
{
    return QString::fromStdString(path.string());
}

void writeFile(const std::filesystem::path& file)
{
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file) << "{}";
}

TEST(BackgroundQueue, RunsTasksInOrderAndFinishesThemInThisThread)
{
    BackgroundQueue queue;
    QSignalSpy idle(&queue, &BackgroundQueue::idle);
    std::vector<int> seen;
    for (int i = 0; i < 50; ++i)
        queue.add([&seen, i](const std::stop_token&) -> BackgroundQueue::Finish {
            return [&seen, i] { seen.push_back(i); };
        });
    EXPECT_FALSE(queue.isIdle());
    ASSERT_TRUE(idle.wait(kPatienceMs));
    ASSERT_EQ(seen.size(), 50U);
    for (int i = 0; i < 50; ++i)
        EXPECT_EQ(seen[static_cast<std::size_t>(i)], i);
    EXPECT_TRUE(queue.isIdle());
}

TEST(BackgroundQueue, DropsWhatIsNotWantedAnyMore)
{
    BackgroundQueue queue;
    std::atomic<bool> began = false;
    bool oldFinished = false;
    bool newFinished = false;
    queue.add([&](const std::stop_token& stop) -> BackgroundQueue::Finish {
        began = true;
        while (!stop.stop_requested())
            std::this_thread::yield();
        return [&] { oldFinished = true; };
    });
    ASSERT_TRUE(QTest::qWaitFor([&] { return began.load(); }, kPatienceMs));
    queue.add([&](const std::stop_token&) -> BackgroundQueue::Finish { return [&] { oldFinished = true; }; });
    queue.dropAll();
    EXPECT_TRUE(queue.isIdle());
    queue.add([&](const std::stop_token&) -> BackgroundQueue::Finish { return [&] { newFinished = true; }; });
    ASSERT_TRUE(QTest::qWaitFor([&] { return newFinished; }, kPatienceMs));
    EXPECT_FALSE(oldFinished);
}

TEST(BackgroundQueue, LetsGoOfWhatATaskHeldBeforeItsEndIsTold)
{
    BackgroundQueue queue;
    QSignalSpy idle(&queue, &BackgroundQueue::idle);
    auto held = std::make_shared<int>(1);
    const std::weak_ptr<int> watch = held;
    bool wasFree = false;
    queue.add([held = std::move(held), &wasFree, watch](const std::stop_token&) -> BackgroundQueue::Finish {
        return [&wasFree, watch] { wasFree = watch.expired(); };
    });
    ASSERT_TRUE(idle.wait(kPatienceMs));
    EXPECT_TRUE(wasFree) << "a lock that a save held can be taken again";
}

TEST(BackgroundQueue, FinishesWhatWasAddedBeforeItGoes)
{
    std::atomic<int> done = 0;
    {
        BackgroundQueue queue;
        for (int i = 0; i < 20; ++i)
            queue.add([&](const std::stop_token&) -> BackgroundQueue::Finish {
                ++done;
                return [] { FAIL() << "the queue is gone"; };
            });
    }
    EXPECT_EQ(done, 20) << "one of them may be a save";
    QCoreApplication::processEvents();
}

TEST(RecentProjects, KeepsTheNewestFirstAndRemembersThem)
{
    const test::TemporaryFolder folder;
    QSettings settings(text(folder / "settings.ini"), QSettings::IniFormat);
    {
        RecentProjects recent(settings);
        const QAbstractItemModelTester tester(&recent, QAbstractItemModelTester::FailureReportingMode::Fatal);
        for (int i = 0; i < 15; ++i)
            recent.add(QStringLiteral("/projects/p%1").arg(i), QStringLiteral("Project %1").arg(i));
        recent.add(QStringLiteral("/projects/../projects/p7/"), QStringLiteral("Seven"));
        EXPECT_EQ(recent.rowCount(), RecentProjects::kMost);
        EXPECT_EQ(
            recent.index(0).data(RecentProjects::FolderRole).toString(), QStringLiteral("/projects/p7"));
        recent.remove(QStringLiteral("/projects/p14"));
    }
    RecentProjects again(settings);
    ASSERT_EQ(again.rowCount(), RecentProjects::kMost - 1);
    EXPECT_EQ(again.index(0).data(RecentProjects::NameRole).toString(), QStringLiteral("Seven"));
    EXPECT_EQ(again.index(1).data(RecentProjects::NameRole).toString(), QStringLiteral("Project 13"));
    again.clear();
    EXPECT_EQ(RecentProjects(settings).rowCount(), 0);
}

TEST(RecentProjects, SaysWhyAProjectCannotBeOpened)
{
    const test::TemporaryFolder folder;
    writeFile(folder / "good/project.json");
    std::filesystem::create_directories(folder / "bare");
    QSettings settings(text(folder / "settings.ini"), QSettings::IniFormat);
    RecentProjects recent(settings);
    for (const char* name : { "gone", "bare", "good" })
        recent.add(text(folder / name), QString::fromUtf8(name));
    recent.refresh();
    const auto reason
        = [&](int row) { return recent.index(row).data(RecentProjects::ReasonRole).toString(); };
    ASSERT_TRUE(QTest::qWaitFor([&] { return !reason(2).isEmpty() && !reason(1).isEmpty(); }, kPatienceMs));
    EXPECT_EQ(reason(0), QString());
    EXPECT_TRUE(reason(1).contains(QStringLiteral("project.json")));
    EXPECT_TRUE(recent.index(2).data().toString().contains(reason(2))) << "where the user looks";
    EXPECT_TRUE(recent.index(2).data(Qt::ForegroundRole).isValid());
    EXPECT_FALSE(recent.index(0).data(Qt::ForegroundRole).isValid());

    writeFile(folder / "gone/project.json");
    recent.refresh();
    EXPECT_TRUE(QTest::qWaitFor([&] { return reason(2).isEmpty(); }, kPatienceMs)) << "it came back";
}

TEST(StartPage, OffersNewOpenRecentAndADrop)
{
    const test::TemporaryFolder folder;
    writeFile(folder / "one/project.json");
    QSettings settings(text(folder / "settings.ini"), QSettings::IniFormat);
    RecentProjects recent(settings);
    StartPage page(recent);
    page.show();
    auto* const list = page.findChild<QListView*>(QStringLiteral("recentProjects"));
    auto* const empty = page.findChild<EmptyPage*>();
    EXPECT_FALSE(empty->hint().isEmpty()) << "no empty list without a sentence";
    recent.add(text(folder / "one"), QStringLiteral("One"));
    EXPECT_TRUE(empty->hint().isEmpty());

    QSignalSpy chosen(&page, &StartPage::projectChosen);
    QSignalSpy created(&page, &StartPage::newRequested);
    QSignalSpy opened(&page, &StartPage::openRequested);
    list->setCurrentIndex(recent.index(0));
    QTest::keyClick(list, Qt::Key_Return);
    ASSERT_EQ(chosen.count(), 1);
    EXPECT_EQ(chosen.at(0).at(0).toString(), text(folder / "one"));
    page.findChild<QAbstractButton*>(QStringLiteral("startNew"))->click();
    page.findChild<QAbstractButton*>(QStringLiteral("startOpen"))->click();
    EXPECT_EQ(created.count(), 1);
    EXPECT_EQ(opened.count(), 1);

    QMimeData data;
    data.setUrls({ QUrl::fromLocalFile(text(folder / "one/project.json")) });
    QDragEnterEvent enter({ 5, 5 }, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&page, &enter);
    EXPECT_TRUE(enter.isAccepted());
    QDropEvent drop({ 5, 5 }, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&page, &drop);
    EXPECT_EQ(chosen.count(), 2);

    page.activateWindow();
    list->setFocus();
    ASSERT_TRUE(QTest::qWaitForWindowActive(&page));
    QTest::keyClick(list, Qt::Key_Delete);
    EXPECT_EQ(recent.rowCount(), 0);
    EXPECT_TRUE(std::filesystem::exists(folder / "one/project.json")) << "only off the list";
}

TEST(DroppedProject, IsOneFolderOrItsRecipe)
{
    const test::TemporaryFolder folder;
    writeFile(folder / "project.json");
    writeFile(folder / "weights.npz");
    const auto dropped = [](const QList<QUrl>& urls) {
        QMimeData data;
        data.setUrls(urls);
        return droppedProject(&data);
    };
    const QUrl place = QUrl::fromLocalFile(text(folder.path()));
    EXPECT_EQ(dropped({ place }), text(folder.path()));
    EXPECT_EQ(dropped({ QUrl::fromLocalFile(text(folder / "project.json")) }), text(folder.path()));
    EXPECT_EQ(dropped({ QUrl::fromLocalFile(text(folder / "weights.npz")) }), QString());
    EXPECT_EQ(dropped({ place, place }), QString());
    EXPECT_EQ(dropped({ QUrl(QStringLiteral("https://example.org/")) }), QString());
    EXPECT_EQ(dropped({}), QString());
}

struct Dialog {
    test::TemporaryFolder place;
    NewProjectDialog dialog {
        { { QStringLiteral("quickstart"), QStringLiteral("Quickstart"), QStringLiteral("Four"), {} },
            { QStringLiteral("empty"), QStringLiteral("Empty"), QStringLiteral("None"), {} } },
        text(place.path())
    };
    QLineEdit* name = dialog.findChild<QLineEdit*>(QStringLiteral("projectName"));
    QLineEdit* folder = dialog.findChild<QLineEdit*>(QStringLiteral("projectFolder"));
    QListWidget* samples = dialog.findChild<QListWidget*>(QStringLiteral("samples"));
    ProblemLabel* problem = dialog.findChild<ProblemLabel*>();
    QPushButton* create = nullptr;
    Dialog()
    {
        for (auto* button : dialog.findChildren<QPushButton*>())
            if (button->isDefault())
                create = button;
    }
};

TEST(NewProjectDialog, SuggestsANameAndAFolderThatIsFree)
{
    Dialog d;
    EXPECT_EQ(d.dialog.sample(), QStringLiteral("quickstart"));
    EXPECT_EQ(d.dialog.folder(), text(d.place / "quickstart"));
    writeFile(d.place / "quick start/project.json");
    writeFile(d.place / "mine/project.json");
    d.name->setText(QStringLiteral("mine"));
    EXPECT_EQ(d.dialog.folder(), text(d.place / "mine-2"));
    d.name->setText(QStringLiteral("a/b: c"));
    EXPECT_EQ(d.dialog.folder(), text(d.place / "a-b--c"));
    d.samples->setCurrentRow(1);
    EXPECT_EQ(d.dialog.sample(), QStringLiteral("empty"));
}

TEST(NewProjectDialog, ChecksAsOneTypesAndKeepsTheUsersOwnFolder)
{
    Dialog d;
    ASSERT_NE(d.create, nullptr);
    EXPECT_TRUE(d.create->isEnabled());
    writeFile(d.place / "full/file");
    d.folder->clear();
    QTest::keyClicks(d.folder, QStringLiteral("full"));
    EXPECT_FALSE(d.create->isEnabled());
    EXPECT_TRUE(d.problem->problem().contains(QStringLiteral("already")))
        << d.problem->problem().toStdString();
    d.folder->clear();
    QTest::keyClicks(d.folder, text(d.place / "own"));
    d.name->clear();
    EXPECT_EQ(d.problem->problem(), QStringLiteral("Give the project a name."));
    QTest::keyClicks(d.name, QStringLiteral("other"));
    EXPECT_EQ(d.dialog.folder(), text(d.place / "own")) << "the name does not change it any more";
    EXPECT_TRUE(d.create->isEnabled());
    d.samples->setCurrentRow(1);
    EXPECT_EQ(d.dialog.name(), QStringLiteral("other")) << "nor does another sample change the name";
}

TEST(NewProjectDialog, StaysOpenUntilTheProjectIsMade)
{
    Dialog d;
    QSignalSpy requested(&d.dialog, &NewProjectDialog::createRequested);
    d.dialog.show();
    d.create->click();
    d.create->click();
    EXPECT_EQ(requested.count(), 1) << "once is enough";
    EXPECT_TRUE(d.dialog.isVisible());
    d.dialog.showProblem(QStringLiteral("No space left on the disk."));
    EXPECT_EQ(d.problem->problem(), QStringLiteral("No space left on the disk."));
    d.create->click();
    EXPECT_EQ(requested.count(), 2);
    d.dialog.accept();
    EXPECT_EQ(d.dialog.result(), QDialog::Accepted);
}

} // namespace
} // namespace palimpsest
