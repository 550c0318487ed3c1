// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/main_window.h"

#include "tests/support/temporary_folder.h"
#include "tests/support/tiny_project.h"
#include "widgets/models/accuracy_model.h"
#include "widgets/models/memory_model.h"
#include "widgets/models/stage_model.h"
#include "widgets/pagemap/page_map_model.h"
#include "widgets/style/empty_page.h"
#include "widgets/tables/table_view.h"

#include <QAction>
#include <QDir>
#include <QLabel>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QTabWidget>
#include <QTest>
#include <gtest/gtest.h>

#include <filesystem>
#include <functional>

namespace palimpsest {
namespace {

namespace fs = std::filesystem;
using test::replaceInFile;
using test::TemporaryFolder;
using test::writeTinyProject;

constexpr int kPatienceMs = 120'000; // for loaded machines; nothing here measures time

class MainWindowTest : public testing::Test {
protected:
    void SetUp() override { window.show(); }

    /// Opens a folder and waits until it is read, with success or not.
    void open(const fs::path& folder)
    {
        window.session().open(folder);
        waitUntilLoaded();
    }
    void waitUntilLoaded()
    {
        ASSERT_TRUE(QTest::qWaitFor([&] { return !window.session().isLoading(); }, kPatienceMs));
    }
    void waitUntilIdle()
    {
        ASSERT_TRUE(QTest::qWaitFor([&] { return !window.session().jobs().isBusy(); }, kPatienceMs));
        waitUntilLoaded();
    }
    void waitUntilStageRuns(const QString& stage)
    {
        bool runs = false;
        const auto connection = QObject::connect(&window.session(), &Session::runningStageChanged, &window,
            [&](const QString& running) { runs = runs || running == stage; });
        const bool seen = QTest::qWaitFor([&] { return runs; }, kPatienceMs);
        QObject::disconnect(connection);
        ASSERT_TRUE(seen) << stage.toStdString();
    }
    QAction* action(const char* name) { return window.findChild<QAction*>(QLatin1String(name)); }
    template <class T> T* model() { return window.findChild<T*>(); }
    QString state(int row)
    {
        return model<StageModel>()->index(row, StageModel::StateColumn).data().toString();
    }
    /// Hint that one of the three result tabs shows; empty where it shows its content.
    QString tabHint(int tab)
    {
        return dynamic_cast<EmptyPage*>(window.findChild<QTabWidget*>()->widget(tab))->hint();
    }
    /// A picture for people, where PALIMPSEST_SHOTS names a folder.
    void shoot(const QString& name)
    {
        const QString folder = qEnvironmentVariable("PALIMPSEST_SHOTS");
        if (folder.isEmpty())
            return;
        EXPECT_TRUE(window.grab().save(QDir(folder).filePath(name + QStringLiteral(".png"))));
    }

    TemporaryFolder root;
    MainWindow window;
};

TEST_F(MainWindowTest, SaysHowToStartWithoutAProject)
{
    const auto* const page = dynamic_cast<EmptyPage*>(window.centralWidget());
    EXPECT_TRUE(page->hint().contains(QStringLiteral("palimpsest new"))) << page->hint().toStdString();
    EXPECT_FALSE(action("run")->isEnabled());
    EXPECT_FALSE(action("cancel")->isEnabled());
    EXPECT_TRUE(action("open")->isEnabled());
    shoot(QStringLiteral("empty"));
}

TEST_F(MainWindowTest, OpensRunsAndShowsResults)
{
    writeTinyProject(root / "tiny");
    open(root / "tiny");
    EXPECT_TRUE(window.windowTitle().startsWith(QStringLiteral("tiny")));
    ASSERT_EQ(model<StageModel>()->rowCount(), 11);
    EXPECT_TRUE(state(0).contains(QStringLiteral("ready"))) << state(0).toStdString();
    for (int tab = 0; tab < 3; ++tab)
        EXPECT_TRUE(tabHint(tab).contains(QStringLiteral("F5"))) << tabHint(tab).toStdString();
    shoot(QStringLiteral("before"));

    action("run")->trigger();
    EXPECT_FALSE(action("run")->isEnabled());
    EXPECT_FALSE(action("open")->isEnabled());
    waitUntilStageRuns(QStringLiteral("optimise"));
    shoot(QStringLiteral("running"));
    waitUntilIdle();
    ASSERT_EQ(window.session().jobs().state(), JobRunner::State::Finished);
    for (int row = 0; row < 11; ++row)
        EXPECT_TRUE(state(row).contains(QStringLiteral("done"))) << row << ": " << state(row).toStdString();
    for (int tab = 0; tab < 3; ++tab)
        EXPECT_EQ(tabHint(tab), QString());
    EXPECT_EQ(model<AccuracyModel>()->rowCount(), 3) << "two tasks and their mean";
    EXPECT_GE(model<MemoryModel>()->rowCount(), 8);
    EXPECT_EQ(model<PageMapModel>()->rowCount(), 8) << "as many as pages.poolPages";
    EXPECT_TRUE(action("run")->isEnabled());
    for (int tab = 0; tab < 3; ++tab) {
        window.findChild<QTabWidget*>()->setCurrentIndex(tab);
        shoot(QStringLiteral("done%1").arg(tab));
    }
}

TEST_F(MainWindowTest, KeepsEarlierResultsWhenTheRecipeChanges)
{
    writeTinyProject(root / "tiny");
    open(root / "tiny");
    action("run")->trigger();
    waitUntilIdle();
    replaceInFile(root / "tiny" / "project.json", "\"poolPages\": 8", "\"poolPages\": 9");
    window.session().reload();
    waitUntilLoaded();
    EXPECT_TRUE(state(1).contains(QStringLiteral("done"))) << "training does not read pages.poolPages";
    EXPECT_TRUE(state(3).contains(QStringLiteral("stale"))) << state(3).toStdString();
    EXPECT_EQ(model<PageMapModel>()->rowCount(), 8);
    const auto* const note = window.findChild<QLabel*>(QStringLiteral("note"));
    EXPECT_TRUE(note->isVisibleTo(&window));
    EXPECT_TRUE(note->text().contains(QStringLiteral("run r1"))) << note->text().toStdString();
    shoot(QStringLiteral("stale"));
}

TEST_F(MainWindowTest, RunsUpToTheSelectedStage)
{
    writeTinyProject(root / "tiny");
    open(root / "tiny");
    EXPECT_FALSE(action("runUntil")->isEnabled()) << "no stage is selected";
    window.findChild<TableView*>(QStringLiteral("stages"))->selectRow(5); // match
    ASSERT_TRUE(action("runUntil")->isEnabled());
    action("runUntil")->trigger();
    waitUntilIdle();
    EXPECT_TRUE(state(5).contains(QStringLiteral("done")));
    EXPECT_TRUE(state(6).contains(QStringLiteral("ready")));
    EXPECT_EQ(tabHint(2), QString()) << "the page map is there";
    EXPECT_NE(tabHint(0), QString()) << "accuracy is not";
}

TEST_F(MainWindowTest, CancelKeepsWhatIsDone)
{
    writeTinyProject(root / "tiny", 1'000'000);
    open(root / "tiny");
    action("run")->trigger();
    waitUntilStageRuns(QStringLiteral("optimise"));
    EXPECT_TRUE(action("cancel")->isEnabled());
    action("cancel")->trigger();
    waitUntilIdle();
    EXPECT_EQ(window.session().jobs().state(), JobRunner::State::Canceled);
    EXPECT_TRUE(state(5).contains(QStringLiteral("done")));
    EXPECT_FALSE(state(6).contains(QStringLiteral("done")));
}

TEST_F(MainWindowTest, AsksBeforeItClosesDuringAJob)
{
    writeTinyProject(root / "tiny", 1'000'000);
    open(root / "tiny");
    action("run")->trigger();
    waitUntilStageRuns(QStringLiteral("optimise"));

    EXPECT_FALSE(window.close());
    EXPECT_FALSE(window.close()) << "asked once, not twice";
    ASSERT_EQ(window.findChildren<QMessageBox*>().size(), 1);
    window.findChild<QMessageBox*>()->reject(); // keep running
    ASSERT_TRUE(QTest::qWaitFor([&] { return window.findChildren<QMessageBox*>().isEmpty(); }, kPatienceMs));
    EXPECT_TRUE(window.session().jobs().isBusy());
    EXPECT_TRUE(window.isVisible());

    EXPECT_FALSE(window.close());
    auto* const box = window.findChild<QMessageBox*>();
    for (QAbstractButton* button : box->buttons()) {
        if (box->buttonRole(button) == QMessageBox::DestructiveRole)
            button->click();
    }
    ASSERT_TRUE(QTest::qWaitFor([&] { return !window.isVisible(); }, kPatienceMs));
    EXPECT_FALSE(window.session().jobs().isBusy());

    MainWindow again; // the project opens anew and has what was done
    again.session().open(root / "tiny");
    ASSERT_TRUE(QTest::qWaitFor([&] { return again.session().snapshot() != nullptr; }, kPatienceMs));
    EXPECT_EQ(again.session().snapshot()->stages[5].state, StageState::Done);
}

TEST_F(MainWindowTest, SaysWhyAFolderDoesNotOpen)
{
    open(root / "nothing");
    const auto* const page = dynamic_cast<EmptyPage*>(window.centralWidget());
    EXPECT_TRUE(page->hint().contains(QStringLiteral("project.json"))) << page->hint().toStdString();
    shoot(QStringLiteral("error"));

    writeTinyProject(root / "tiny");
    open(root / "tiny");
    EXPECT_EQ(page->hint(), QString());
    replaceInFile(root / "tiny" / "project.json", "\"poolPages\"", "\"poolPagez\"");
    window.session().reload();
    waitUntilLoaded();
    const auto* const note = window.findChild<QLabel*>(QStringLiteral("note"));
    EXPECT_TRUE(note->text().contains(QStringLiteral("poolPagez"))) << note->text().toStdString();
    EXPECT_EQ(model<StageModel>()->rowCount(), 11) << "what was open stays";
}

TEST_F(MainWindowTest, ShowsTheErrorOfAFailedRun)
{
    writeTinyProject(root / "tiny");
    open(root / "tiny");
    replaceInFile(root / "tiny" / "left-train.csv", ",0\n", ",0,0\n");
    action("run")->trigger();
    waitUntilIdle();
    EXPECT_EQ(window.session().jobs().state(), JobRunner::State::Failed);
    const auto* const text = window.findChild<QLabel*>(QStringLiteral("jobText"));
    EXPECT_TRUE(text->text().contains(QStringLiteral("left-train.csv"))) << text->text().toStdString();
    EXPECT_TRUE(state(0).contains(QStringLiteral("failed"))) << state(0).toStdString();
    shoot(QStringLiteral("failed"));
}

TEST_F(MainWindowTest, OpensADroppedFolder)
{
    writeTinyProject(root / "tiny");
    QMimeData data;
    data.setUrls({ QUrl::fromLocalFile(QString::fromStdString((root / "tiny" / "project.json").string())) });
    QDragEnterEvent enter(QPoint(10, 10), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&window, &enter); // Qt hands a drop to the widget that took the enter event
    ASSERT_TRUE(enter.isAccepted());
    QDropEvent drop(QPointF(10, 10), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&window, &drop);
    ASSERT_TRUE(QTest::qWaitFor([&] { return window.session().snapshot() != nullptr; }, kPatienceMs));
    EXPECT_EQ(window.session().snapshot()->folder, root / "tiny");
}

} // namespace
} // namespace palimpsest
