// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/window_fixture.h"
#include "widgets/notice/notice_bar.h"
#include "widgets/pagemap/page_map_view.h"
#include "widgets/plots/curve_plot.h"
#include "widgets/project/new_project_dialog.h"
#include "widgets/view/view.h"

#include <QAction>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <gtest/gtest.h>

#include <filesystem>
#include <functional>
#include <set>
#include <string>

namespace palimpsest {
namespace {

namespace fs = std::filesystem;
using test::fileText;
using test::kPatienceMs;
using test::replaceInFile;
using test::writeTinyProject;

/// The way that most users go, in the real window, from nothing to a report and back after a close in the middle of a job.
class MainJobTest : public test::WindowFixture {
protected:
    void SetUp() override
    {
        // A sample of the form that projects/ has; its data stay where they are, as those of the quickstart do.
        const fs::path sample = root / "samples" / "small";
        writeTinyProject(sample);
        for (const char* name : { "left-train.csv", "left-test.csv", "right-train.csv", "right-test.csv" })
            replaceInFile(sample / "project.json", std::string("\"") + name + "\"",
                "\"" + (sample / name).string() + "\"");
        replaceInFile(sample / "project.json", "\"exclusivePages\": 1",
            R"("exclusivePages": 1, "strategy": "density", "margin": 0.5)");
        qputenv("PALIMPSEST_PROJECTS", QByteArray::fromStdString((root / "samples").string()));
        WindowFixture::SetUp();
    }
    void TearDown() override { qunsetenv("PALIMPSEST_PROJECTS"); }

    template <class T> T* view()
    {
        for (View* view : window->views()) {
            if (T* const found = view->findChild<T*>())
                return found;
        }
        return nullptr;
    }
    /// The plot of the Fisher view that has the margin's line.
    CurvePlot* marginPlot()
    {
        for (CurvePlot* plot : window->findChildren<CurvePlot*>()) {
            if (plot->threshold())
                return plot;
        }
        return nullptr;
    }
    std::set<std::string> resultFiles()
    {
        std::set<std::string> names;
        for (const auto& entry : fs::directory_iterator(project() / "results"))
            names.insert(entry.path().filename().string());
        return names;
    }
    /// Result files of a stage that are new against `before`.
    static std::size_t newFiles(
        const std::set<std::string>& before, const std::set<std::string>& after, const std::string& stage)
    {
        std::size_t count = 0;
        for (const std::string& name : after)
            count += static_cast<std::size_t>(name.starts_with(stage + "-") && !before.contains(name));
        return count;
    }
    void createFromSample()
    {
        action("project.new")->trigger();
        auto* const dialog = window->findChild<NewProjectDialog*>();
        ASSERT_NE(dialog, nullptr);
        dialog->findChild<QLineEdit*>(QStringLiteral("projectName"))->setText(QStringLiteral("mine"));
        dialog->findChild<QLineEdit*>(QStringLiteral("projectFolder"))
            ->setText(QString::fromStdString(project().string()));
        EXPECT_EQ(dialog->sample(), QStringLiteral("small"));
        QPushButton* create = nullptr;
        for (QPushButton* button : dialog->findChildren<QPushButton*>()) {
            if (button->isDefault())
                create = button;
        }
        ASSERT_NE(create, nullptr);
        ASSERT_TRUE(QTest::qWaitFor([&] { return create->isEnabled(); }, kPatienceMs));
        create->click();
        ASSERT_TRUE(QTest::qWaitFor([&] { return window->session().hasProject(); }, kPatienceMs));
        waitUntilLoaded();
        EXPECT_EQ(window->session().document().recipe().name, "mine");
    }
    void expectExported(const QString& name, const std::function<void(const QString&)>& write)
    {
        const QString file = QString::fromStdString((root / name.toStdString()).string());
        QSignalSpy done(&window->exports(), &ExportCommands::done);
        write(file);
        ASSERT_TRUE(QTest::qWaitFor([&] { return done.count() == 1; }, kPatienceMs))
            << name.toStdString() << ": " << window->notices().texts().join(QLatin1Char('\n')).toStdString();
        const std::string text = fileText(file.toStdString());
        const std::string start = name.endsWith(QStringLiteral(".png")) ? "\x89PNG"
            : name.endsWith(QStringLiteral(".pdf"))                     ? "%PDF"
            : name.endsWith(QStringLiteral(".svg"))                     ? "<?xml"
            : name.endsWith(QStringLiteral(".html"))                    ? "<!"
                                                                        : "";
        EXPECT_TRUE(text.starts_with(start)) << name.toStdString();
        EXPECT_GT(text.size(), 100U) << name.toStdString();
    }
    [[nodiscard]] fs::path project() const { return root / "mine"; }
};

TEST_F(MainJobTest, FromASampleToAReportAndBackAfterAClose)
{
    ASSERT_NO_FATAL_FAILURE(createFromSample());

    // Run all, and watch.
    QSignalSpy samples(&window->session(), &Session::samplesArrived);
    QSignalSpy progress(&window->session(), &Session::progressChanged);
    action("run.all")->trigger();
    waitUntilIdle();
    ASSERT_EQ(lastJob().state, JobState::Finished) << lastJob().error.text();
    EXPECT_GT(samples.count(), 0) << "live curves";
    EXPECT_GT(progress.count(), 0);
    EXPECT_EQ(look("report"), StageLook::Done);

    // Select a page in the map: everybody sees it.
    window->showView(QStringLiteral("pageMap"));
    auto* const map = view<PageMapView>();
    ASSERT_TRUE(QTest::qWaitFor([&] { return !map->isBusy() && map->isVisible(); }, kPatienceMs));
    QSignalSpy selected(&window->selection(), &Selection::changed);
    QTest::mouseClick(map->viewport(), Qt::LeftButton, {}, map->cellRect({ 0, 2 }).center().toPoint());
    ASSERT_EQ(selected.count(), 1);
    EXPECT_EQ(window->selection().item().slot, 2);
    EXPECT_EQ(map->currentCell(), (CellIndex { 0, 2 }));

    // Drag the Fisher threshold: the recipe follows, and only what reads it is stale.
    window->showView(QStringLiteral("fisher"));
    CurvePlot* const margin = marginPlot();
    ASSERT_NE(margin, nullptr);
    ASSERT_TRUE(margin->threshold()->isMovable);
    const Recipe before = window->session().document().recipe();
    QTest::keyPress(margin, Qt::Key_Up, Qt::ShiftModifier);
    QTest::keyPress(margin, Qt::Key_Up, Qt::ShiftModifier);
    QTest::keyRelease(margin, Qt::Key_Up, Qt::ShiftModifier);
    const double moved = window->session().document().recipe().separation.margin;
    EXPECT_LT(moved, before.separation.margin);
    waitUntilLoaded();
    EXPECT_EQ(look("fisher"), StageLook::Done);
    EXPECT_EQ(look("separate"), StageLook::Stale);
    EXPECT_TRUE(window->isWindowModified());

    // Undo, and redo.
    action("edit.undo")->trigger();
    EXPECT_EQ(window->session().document().recipe(), before);
    waitUntilLoaded();
    EXPECT_EQ(look("separate"), StageLook::Done);
    action("edit.redo")->trigger();
    waitUntilLoaded();

    // Run only what is stale; the recipe is saved first.
    const std::set<std::string> firstFiles = resultFiles();
    action("run.all")->trigger();
    waitUntilIdle();
    ASSERT_EQ(lastJob().state, JobState::Finished) << lastJob().error.text();
    const std::set<std::string> files = resultFiles();
    EXPECT_EQ(newFiles(firstFiles, files, "separate"), 1U);
    for (const char* stage : { "import", "train", "fisher", "pages" })
        EXPECT_EQ(newFiles(firstFiles, files, stage), 0U) << stage;
    EXPECT_FALSE(window->isWindowModified());

    // Export.
    expectExported(
        QStringLiteral("report.html"), [&](const QString& file) { window->exports().writeReport(file); });
    expectExported(
        QStringLiteral("report.pdf"), [&](const QString& file) { window->exports().writeReport(file); });
    for (const char* ending : { "png", "svg", "csv" })
        expectExported(QStringLiteral("view.") + QLatin1String(ending),
            [&](const QString& file) { window->exports().views().save(*window->currentView(), file); });

    // Close during a job, with an edit that is not saved: it asks, cancels and saves.
    ASSERT_TRUE(
        window->session().document().set(QStringLiteral("optimisation.steps"), QStringLiteral("1000000")));
    action("run.all")->trigger();
    waitUntilStageRuns(QStringLiteral("optimise"));
    ASSERT_TRUE(window->session().document().set(QStringLiteral("description"), QStringLiteral("kept")));
    EXPECT_FALSE(window->close());
    auto* const question = window->findChild<QMessageBox*>();
    ASSERT_NE(question, nullptr);
    for (QAbstractButton* button : question->buttons()) {
        if (question->buttonRole(button) == QMessageBox::DestructiveRole)
            button->click();
    }
    ASSERT_TRUE(QTest::qWaitFor([&] { return !window->isVisible(); }, kPatienceMs));

    // Open again: nothing is lost.
    const Recipe last = window->session().document().recipe();
    makeWindow();
    open(project());
    EXPECT_EQ(window->session().document().recipe(), last);
    EXPECT_EQ(last.description, "kept");
    EXPECT_EQ(last.separation.margin, moved);
    EXPECT_EQ(look("match"), StageLook::Done);
    EXPECT_NE(look("optimise"), StageLook::Done);
    ASSERT_NE(window->session().results().results, nullptr) << "those of the run before are shown";
    EXPECT_TRUE(window->session().results().results->report);
}

TEST_F(MainJobTest, AFailedSaveStopsTheRunAndLosesNothing)
{
    ASSERT_NO_FATAL_FAILURE(createFromSample());
    ASSERT_TRUE(window->session().document().set(QStringLiteral("pages.poolPages"), QStringLiteral("9")));
    // Another program writes the file: a save would lose what it wrote.
    replaceInFile(project() / "project.json", "\"seed\": 7", "\"seed\": 8");
    action("run.all")->trigger();
    const QString conflict = QStringLiteral("conflict");
    ASSERT_TRUE(QTest::qWaitFor([&] { return !window->notices().text(conflict).isEmpty(); }, kPatienceMs));
    EXPECT_EQ(window->session().jobs().rowCount(), 0) << "nothing is run that is not saved";
    EXPECT_FALSE(window->session().isRunning());
    window->notices().button(conflict, QStringLiteral("Read it"))->click();
    ASSERT_TRUE(
        QTest::qWaitFor([&] { return window->session().document().recipe().seed == 8; }, kPatienceMs));
    waitUntilLoaded();
    action("edit.undo")->trigger();
    EXPECT_EQ(window->session().document().recipe().pages.poolPages, 9) << "the edit can be had back";
}

TEST_F(MainJobTest, OffersTheEditsThatACrashLeftBehind)
{
    ASSERT_NO_FATAL_FAILURE(createFromSample());
    window->session().file().setAutosaveDelay(1);
    ASSERT_TRUE(window->session().document().set(QStringLiteral("pages.poolPages"), QStringLiteral("9")));
    ASSERT_TRUE(QTest::qWaitFor([&] { return fs::exists(recoveryFile(project())); }, kPatienceMs));
    window.reset(); // without closing the project, as kill -9 does
    makeWindow();
    open(project());
    EXPECT_EQ(window->session().document().recipe().pages.poolPages, 8)
        << "the file's, until one says otherwise";
    const QString recovery = QStringLiteral("recovery");
    EXPECT_TRUE(window->notices().text(recovery).contains(QStringLiteral("not saved")))
        << window->notices().texts().join(QLatin1Char('\n')).toStdString();
    window->notices().button(recovery, QStringLiteral("Recover"))->click();
    EXPECT_EQ(window->session().document().recipe().pages.poolPages, 9);
    waitUntilLoaded();
}

TEST_F(MainJobTest, OpensTheBackupOfADamagedProject)
{
    ASSERT_NO_FATAL_FAILURE(createFromSample());
    ASSERT_TRUE(window->session().document().set(QStringLiteral("pages.poolPages"), QStringLiteral("9")));
    action("project.save")->trigger(); // leaves a backup
    waitUntilLoaded();
    action("project.close")->trigger();
    const std::string text = fileText(project() / "project.json");
    fs::resize_file(project() / "project.json", text.size() / 2); // half written by another program
    open(project());
    EXPECT_FALSE(window->session().hasProject());
    const QString file = QStringLiteral("file");
    ASSERT_NE(window->notices().button(file, QStringLiteral("Open the backup")), nullptr)
        << window->notices().texts().join(QLatin1Char('\n')).toStdString();
    window->notices().button(file, QStringLiteral("Open the backup"))->click();
    ASSERT_TRUE(QTest::qWaitFor([&] { return window->session().hasProject(); }, kPatienceMs));
    EXPECT_EQ(window->session().document().recipe().pages.poolPages, 8);
    waitUntilLoaded();
}

TEST_F(MainJobTest, ASecondWindowReadsOnlyAndSaysWhy)
{
    ASSERT_NO_FATAL_FAILURE(createFromSample());
    QSettings others(QString::fromStdString((root / "others.ini").string()), QSettings::IniFormat);
    MainWindow second(others, themes);
    second.show();
    second.commands().open(QString::fromStdString(project().string()));
    ASSERT_TRUE(QTest::qWaitFor([&] { return second.session().hasProject(); }, kPatienceMs));
    EXPECT_FALSE(second.notices().text(QStringLiteral("readOnly")).isEmpty());
    EXPECT_FALSE(second.session().document().set(QStringLiteral("seed"), QStringLiteral("3")));
    ASSERT_TRUE(QTest::qWaitFor([&] { return !second.session().isLoading(); }, kPatienceMs));
}

} // namespace
} // namespace palimpsest
