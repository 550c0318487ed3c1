// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/main_window.h"

#include "app/compare_controller.h"
#include "tests/app/window_fixture.h"
#include "widgets/models/accuracy_model.h"
#include "widgets/models/memory_model.h"
#include "widgets/notice/notice_bar.h"
#include "widgets/pagemap/page_items.h"
#include "widgets/pagemap/slot_model.h"
#include "widgets/pipeline/pipeline_bar.h"
#include "widgets/pipeline/stage_button.h"
#include "widgets/project/start_page.h"
#include "widgets/results/result_strip.h"
#include "widgets/style/empty_page.h"
#include "widgets/view/view.h"

#include <QAction>
#include <QComboBox>
#include <QDockWidget>
#include <QMenuBar>
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
using test::kPatienceMs;
using test::replaceInFile;
using test::writeTinyProject;

class MainWindowTest : public test::WindowFixture {
protected:
    /// Hint that a view shows; empty where it shows its content.
    QString viewHint(const QString& id)
    {
        for (const View* view : window->views()) {
            if (view->id() == id)
                return view->findChild<EmptyPage*>()->hint();
        }
        ADD_FAILURE() << id.toStdString();
        return {};
    }
    bool showsStartPage() { return window->findChild<StartPage*>()->isVisibleTo(window.get()); }
    /// All that the notices say.
    QString notices() { return window->notices().texts().join(QLatin1Char('\n')); }
    void edit(const char* path, const char* value)
    {
        ASSERT_TRUE(window->session().document().set(QLatin1String(path), QLatin1String(value)));
        waitUntilLoaded();
    }
};

TEST_F(MainWindowTest, SaysHowToStartWithoutAProject)
{
    EXPECT_TRUE(showsStartPage());
    EXPECT_FALSE(action("run.all")->isEnabled());
    EXPECT_FALSE(action("run.cancel")->isEnabled());
    EXPECT_TRUE(action("project.open")->isEnabled());
    EXPECT_EQ(look("import"), StageLook::Unknown);
    shoot(QStringLiteral("empty"));
}

TEST_F(MainWindowTest, OpensRunsAndShowsResults)
{
    writeTinyProject(root / "tiny", 1000); // steps enough for the window to see the stage run
    open(root / "tiny");
    EXPECT_TRUE(window->windowTitle().startsWith(QStringLiteral("tiny")));
    EXPECT_EQ(look("import"), StageLook::Ready);
    EXPECT_EQ(look("match"), StageLook::Waiting);
    for (const View* view : window->views())
        EXPECT_NE(viewHint(view->id()), QString()) << view->id().toStdString();
    shoot(QStringLiteral("before"));
    const QString toRun = QStringLiteral("toRun");
    EXPECT_TRUE(notices().contains(QStringLiteral("Nothing was run yet"))) << notices().toStdString();
    auto* const strip = window->findChild<ResultStrip*>();
    EXPECT_EQ(strip->text(), QString());

    window->selection().set({ .task = 1, .page = 0 });
    window->notices().button(toRun, QStringLiteral("Run all"))->click();
    waitUntilStageRuns(QStringLiteral("optimise"));
    EXPECT_EQ(look("optimise"), StageLook::Running);
    EXPECT_TRUE(action("run.cancel")->isEnabled());
    shoot(QStringLiteral("running"));
    waitUntilIdle();
    ASSERT_EQ(lastJob().state, JobState::Finished);
    for (const Stage stage : kStages)
        EXPECT_EQ(look(std::string(toString(stage)).c_str()), StageLook::Done) << toString(stage);
    for (const View* view : window->views()) {
        if (view->id() == QStringLiteral("compare") || view->id() == QStringLiteral("front"))
            continue; // they want a second run, and a search
        EXPECT_EQ(viewHint(view->id()), QString()) << view->id().toStdString();
    }
    EXPECT_GE(window->selection().item().slot, 0) << "what is selected has got a slot";
    window->selection().clear();
    auto* const compare = window->findChild<CompareView*>();
    Q_EMIT compare->runRequested(QStringLiteral("r1"), CompareView::Side::A);
    auto* const comparing = window->findChild<CompareController*>();
    ASSERT_TRUE(QTest::qWaitFor([&] { return !comparing->isBusy(); }, kPatienceMs));
    auto* const picker = compare->findChild<QComboBox*>();
    ASSERT_GE(picker->count(), 2) << "what is shown now, and the run that was kept";
    EXPECT_TRUE(picker->itemText(picker->count() - 1).startsWith(QStringLiteral("r1, "))
        && picker->itemText(picker->count() - 1).endsWith(QStringLiteral(": the first run")))
        << picker->itemText(picker->count() - 1).toStdString();
    EXPECT_TRUE(strip->text().contains(QStringLiteral("times smaller"))) << strip->text().toStdString();
    Q_EMIT strip->viewRequested(QStringLiteral("accuracy"));
    EXPECT_EQ(window->currentView()->id(), QStringLiteral("accuracy"));
    EXPECT_EQ(window->findChild<AccuracyModel*>()->rowCount(), 3) << "two tasks and their mean";
    EXPECT_GE(window->findChild<MemoryModel*>()->rowCount(), 8);
    EXPECT_EQ(window->findChild<SlotModel*>()->rowCount(), 8) << "as many as pages.poolPages";
    EXPECT_TRUE(action("run.all")->isEnabled());
    EXPECT_EQ(notices(), QString());
    for (const View* view : window->views()) {
        window->showView(view->id());
        shoot(QStringLiteral("done-") + view->id());
    }
}

TEST_F(MainWindowTest, StagesFollowEveryEditAndUndo)
{
    runTiny();
    edit("pages.poolPages", "9");
    EXPECT_EQ(look("train"), StageLook::Done) << "training does not read pages.poolPages";
    EXPECT_EQ(look("pages"), StageLook::Stale);
    EXPECT_EQ(window->findChild<SlotModel*>()->rowCount(), 8) << "of the run before";
    EXPECT_TRUE(notices().contains(QStringLiteral("run r1"))) << notices().toStdString();
    shoot(QStringLiteral("stale"));
    action("edit.undo")->trigger();
    waitUntilLoaded();
    EXPECT_EQ(look("pages"), StageLook::Done);
    EXPECT_EQ(notices(), QString());
    action("edit.redo")->trigger();
    waitUntilLoaded();
    EXPECT_EQ(look("pages"), StageLook::Stale);
}

TEST_F(MainWindowTest, ASelectedPageTakesTheSlotThatARunGaveIt)
{
    runTiny();
    const auto slotOf
        = [&](int page) { return pageItem(*window->session().results().results, 0, page).slot; };
    int page = 0;
    while (slotOf(page) <= 1)
        ++page; // a slot that a pool of two has not
    window->selection().set(pageItem(*window->session().results().results, 0, page));
    edit("pages.poolPages", "2");
    action("run.all")->trigger();
    waitUntilIdle();
    EXPECT_EQ(window->selection().item().page, page);
    EXPECT_EQ(window->selection().item().slot, slotOf(page));
    EXPECT_LT(window->selection().item().slot, 2);
}

TEST_F(MainWindowTest, KeepsEarlierResultsWhenTheFileChanges)
{
    runTiny();
    replaceInFile(root / "tiny" / "project.json", "\"poolPages\": 8", "\"poolPages\": 9");
    action("project.reload")->trigger();
    waitUntilLoaded();
    EXPECT_EQ(look("train"), StageLook::Done);
    EXPECT_EQ(look("pages"), StageLook::Stale);
    EXPECT_EQ(window->session().document().recipe().pages.poolPages, 9);
    EXPECT_TRUE(action("edit.undo")->isEnabled()) << "reading again can be undone";
}

TEST_F(MainWindowTest, RunsUpToTheSelectedStage)
{
    writeTinyProject(root / "tiny");
    open(root / "tiny");
    EXPECT_FALSE(action("run.upTo")->isEnabled()) << "no stage is selected";
    QTest::mouseClick(window->findChild<StageButton*>(QStringLiteral("stage.match")), Qt::LeftButton);
    ASSERT_TRUE(action("run.upTo")->isEnabled());
    action("run.upTo")->trigger();
    waitUntilIdle();
    EXPECT_EQ(look("match"), StageLook::Done);
    EXPECT_EQ(look("optimise"), StageLook::Ready);
    EXPECT_EQ(viewHint(QStringLiteral("pageMap")), QString()) << "the page map is there";
    EXPECT_NE(viewHint(QStringLiteral("accuracy")), QString()) << "accuracy is not";
}

TEST_F(MainWindowTest, RunsOneStageAgain)
{
    runTiny();
    const auto matchFile = [&] {
        for (const auto& entry : fs::directory_iterator(root / "tiny" / "results")) {
            if (entry.path().filename().string().starts_with("match-"))
                return fs::last_write_time(entry.path());
        }
        return fs::file_time_type();
    };
    const fs::file_time_type before = matchFile();
    pipeline()->select(QStringLiteral("match"));
    action("run.stage")->trigger();
    waitUntilIdle();
    EXPECT_EQ(lastJob().state, JobState::Finished);
    EXPECT_GT(matchFile(), before);
    EXPECT_EQ(look("report"), StageLook::Done) << "equal results: what follows stays done";
}

TEST_F(MainWindowTest, CancelKeepsWhatIsDone)
{
    writeTinyProject(root / "tiny", 1'000'000);
    open(root / "tiny");
    action("run.all")->trigger();
    waitUntilStageRuns(QStringLiteral("optimise"));
    action("run.cancel")->trigger();
    waitUntilIdle();
    EXPECT_EQ(lastJob().state, JobState::Canceled);
    EXPECT_EQ(look("match"), StageLook::Done);
    EXPECT_NE(look("optimise"), StageLook::Done);
}

TEST_F(MainWindowTest, EditsWhileAJobRunsMakeStagesStale)
{
    writeTinyProject(root / "tiny", 1'000'000);
    open(root / "tiny");
    action("run.all")->trigger();
    waitUntilStageRuns(QStringLiteral("optimise"));
    waitUntilLoaded();
    ASSERT_EQ(look("match"), StageLook::Done);
    edit("pages.poolPages", "9");
    EXPECT_EQ(look("match"), StageLook::Stale);
    EXPECT_EQ(look("optimise"), StageLook::Running)
        << "the job goes on with the recipe that it was started with";
    action("run.cancel")->trigger();
    waitUntilIdle();
}

TEST_F(MainWindowTest, AsksBeforeItClosesDuringAJob)
{
    writeTinyProject(root / "tiny", 1'000'000);
    open(root / "tiny");
    action("run.all")->trigger();
    waitUntilStageRuns(QStringLiteral("optimise"));

    EXPECT_FALSE(window->close());
    EXPECT_FALSE(window->close()) << "asked once, not twice";
    ASSERT_EQ(window->findChildren<QMessageBox*>().size(), 1);
    window->findChild<QMessageBox*>()->reject(); // keep running
    ASSERT_TRUE(QTest::qWaitFor([&] { return window->findChildren<QMessageBox*>().isEmpty(); }, kPatienceMs));
    EXPECT_TRUE(window->session().jobs().isBusy());
    EXPECT_TRUE(window->isVisible());

    EXPECT_FALSE(window->close());
    auto* const box = window->findChild<QMessageBox*>();
    for (QAbstractButton* button : box->buttons()) {
        if (box->buttonRole(button) == QMessageBox::DestructiveRole)
            button->click();
    }
    ASSERT_TRUE(QTest::qWaitFor([&] { return !window->isVisible(); }, kPatienceMs));
    EXPECT_FALSE(window->session().jobs().isBusy());

    makeWindow(); // the project opens anew and has what was done
    open(root / "tiny");
    EXPECT_EQ(look("match"), StageLook::Done);
}

TEST_F(MainWindowTest, GoesWithEditsThatCouldBeUndone)
{
    writeTinyProject(root / "tiny");
    open(root / "tiny");
    ASSERT_TRUE(window->session().document().set(QStringLiteral("seed"), QStringLiteral("11")));
    EXPECT_TRUE(action("edit.undo")->isEnabled());
    window.reset();
    makeWindow();
    EXPECT_FALSE(action("edit.undo")->isEnabled());
}

TEST_F(MainWindowTest, SaysWhyAFolderDoesNotOpen)
{
    open(root / "nothing");
    EXPECT_TRUE(notices().contains(QStringLiteral("project.json"))) << notices().toStdString();
    EXPECT_TRUE(showsStartPage());
    shoot(QStringLiteral("error"));

    writeTinyProject(root / "tiny");
    open(root / "tiny");
    EXPECT_FALSE(notices().contains(QStringLiteral("project.json"))) << "what went wrong before is over";
    replaceInFile(root / "tiny" / "project.json", "\"poolPages\"", "\"poolPagez\"");
    action("project.reload")->trigger();
    waitUntilLoaded();
    EXPECT_TRUE(notices().contains(QStringLiteral("poolPagez"))) << notices().toStdString();
    EXPECT_EQ(look("import"), StageLook::Ready) << "what was open stays";
}

TEST_F(MainWindowTest, OpensAProjectWhoseDataAreMissing)
{
    writeTinyProject(root / "tiny");
    fs::remove(root / "tiny" / "left-train.csv");
    open(root / "tiny");
    EXPECT_TRUE(window->session().hasProject()) << "the recipe can be mended in the window";
    EXPECT_TRUE(notices().contains(QStringLiteral("left-train.csv"))) << notices().toStdString();
    EXPECT_FALSE(action("run.all")->isEnabled());
}

TEST_F(MainWindowTest, ShowsTheErrorOfAFailedRun)
{
    writeTinyProject(root / "tiny");
    open(root / "tiny");
    replaceInFile(root / "tiny" / "left-train.csv", ",0\n", ",0,0\n");
    action("run.all")->trigger();
    waitUntilIdle();
    EXPECT_EQ(lastJob().state, JobState::Failed);
    EXPECT_TRUE(lastJob().error.text().find("left-train.csv") != std::string::npos) << lastJob().error.text();
    EXPECT_TRUE(notices().contains(QStringLiteral("left-train.csv"))) << notices().toStdString();
    EXPECT_EQ(look("import"), StageLook::Failed);
    EXPECT_TRUE(window->findChildren<QMessageBox*>().isEmpty()) << "no dialog stands in the way";
    shoot(QStringLiteral("failed"));
}

TEST_F(MainWindowTest, OpensADroppedFolder)
{
    writeTinyProject(root / "tiny");
    QMimeData data;
    data.setUrls({ QUrl::fromLocalFile(QString::fromStdString((root / "tiny" / "project.json").string())) });
    QDragEnterEvent enter(QPoint(10, 10), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(
        window.get(), &enter); // Qt hands a drop to the widget that took the enter event
    ASSERT_TRUE(enter.isAccepted());
    QDropEvent drop(QPointF(10, 10), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(window.get(), &drop);
    waitUntilLoaded();
    EXPECT_EQ(window->session().folder(), root / "tiny");
    action("project.close")->trigger();
    EXPECT_FALSE(window->session().hasProject());
    EXPECT_TRUE(showsStartPage());
}

TEST_F(MainWindowTest, EveryMenuActionIsInTheRegistry)
{
    QStringList strangers;
    const std::function<void(const QMenu*)> check = [&](const QMenu* menu) {
        for (const QAction* entry : menu->actions()) {
            if (entry->menu() != nullptr)
                check(entry->menu()); // the recent projects are listed when their menu opens
            else if (!entry->isSeparator() && window->actionRegistry().action(entry->objectName()) != entry)
                strangers << entry->text();
        }
    };
    for (const QAction* top : window->menuBar()->actions())
        check(top->menu());
    EXPECT_EQ(strangers, QStringList());
}

TEST_F(MainWindowTest, KeepsAndResetsTheLayout)
{
    auto* const log = window->findChild<QDockWidget*>(QStringLiteral("dock.log"));
    ASSERT_TRUE(log->isVisible());
    action("window.show.log")->trigger();
    EXPECT_FALSE(log->isVisible());
    window->close();

    makeWindow();
    auto* const again = window->findChild<QDockWidget*>(QStringLiteral("dock.log"));
    EXPECT_FALSE(again->isVisible()) << "the layout loads, without a project";
    action("window.resetLayout")->trigger();
    EXPECT_TRUE(again->isVisible());
    window->close();

    settings.setValue(QStringLiteral("layout/version"), -1);
    settings.setValue(QStringLiteral("layout/state"), QByteArray("rubbish"));
    makeWindow();
    EXPECT_TRUE(window->findChild<QDockWidget*>(QStringLiteral("dock.log"))->isVisible());
}

TEST_F(MainWindowTest, KeepsThemeTextSizeAndShortcuts)
{
    const double size = QApplication::font().pointSizeF();
    action("view.darkTheme")->trigger();
    action("view.largerText")->trigger();
    EXPECT_TRUE(QTest::qWaitFor([&] { return isDark(window->palette()); }, kPatienceMs));
    EXPECT_NEAR(QApplication::font().pointSizeF(), 1.1 * size, 0.01);
    window->actionRegistry().setShortcuts(QStringLiteral("run.all"), { QKeySequence(Qt::CTRL | Qt::Key_E) });
    window->close();

    makeWindow();
    EXPECT_TRUE(action("view.darkTheme")->isChecked());
    EXPECT_EQ(action("run.all")->shortcut(), QKeySequence(Qt::CTRL | Qt::Key_E));
    action("view.systemTheme")->trigger();
    action("view.normalText")->trigger();
    EXPECT_NEAR(QApplication::font().pointSizeF(), size, 0.01);
    EXPECT_TRUE(QTest::qWaitFor([&] { return !isDark(window->palette()); }, kPatienceMs));
}

TEST_F(MainWindowTest, KeysMoveBetweenThePanes)
{
    window->activateWindow();
    ASSERT_TRUE(QTest::qWaitForWindowActive(window.get()));
    QList<QWidget*> visited;
    for (int i = 0; i < 5; ++i) {
        action("window.nextPane")->trigger();
        QWidget* const focus = QApplication::focusWidget();
        ASSERT_NE(focus, nullptr);
        if (!visited.contains(focus))
            visited << focus;
    }
    EXPECT_GE(visited.size(), 3);
    QWidget* const last = QApplication::focusWidget();
    action("window.nextPane")->trigger();
    action("window.previousPane")->trigger();
    EXPECT_EQ(QApplication::focusWidget(), last);
}

} // namespace
} // namespace palimpsest
