// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/main_window.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/tiny_project.h"
#include "widgets/pipeline/pipeline_bar.h"
#include "widgets/style/theme.h"

#include <QAction>
#include <QDir>
#include <QSettings>
#include <QTest>
#include <gtest/gtest.h>

#include <filesystem>
#include <memory>

namespace palimpsest::test {

inline constexpr int kPatienceMs = 120'000; // for loaded machines; nothing here measures time

/// The real window, shown, with settings of its own, and how a test waits for it.
class WindowFixture : public testing::Test {
protected:
    void SetUp() override { makeWindow(); }

    void makeWindow()
    {
        window.reset();
        window = std::make_unique<MainWindow>(settings, themes);
        window->show();
    }
    /// Opens a folder and waits until it is read, with success or not.
    void open(const std::filesystem::path& folder)
    {
        window->commands().open(QString::fromStdString(folder.string()));
        waitUntilLoaded();
    }
    /// A tiny project in root / "tiny", open and run to its end.
    void runTiny()
    {
        writeTinyProject(root / "tiny");
        open(root / "tiny");
        action("run.all")->trigger();
        waitUntilIdle();
        ASSERT_EQ(lastJob().state, JobState::Finished) << lastJob().error.text();
    }
    void waitUntilLoaded()
    {
        ASSERT_TRUE(QTest::qWaitFor([&] { return !window->session().isLoading(); }, kPatienceMs));
    }
    void waitUntilIdle()
    {
        ASSERT_TRUE(QTest::qWaitFor(
            [&] { return !window->session().isRunning() && !window->session().jobs().isBusy(); },
            kPatienceMs));
        waitUntilLoaded();
    }
    void waitUntilStageRuns(const QString& stage)
    {
        bool runs = false;
        const auto connection = QObject::connect(&window->session(), &Session::runningStageChanged,
            window.get(), [&](const QString& running) { runs = runs || running == stage; });
        const bool seen = QTest::qWaitFor([&] { return runs; }, kPatienceMs);
        QObject::disconnect(connection);
        ASSERT_TRUE(seen) << stage.toStdString();
    }
    QAction* action(const char* id) { return window->actionRegistry().action(QLatin1String(id)); }
    PipelineBar* pipeline() { return window->findChild<PipelineBar*>(); }
    StageLook look(const char* stage) { return pipeline()->look(QLatin1String(stage)); }
    const JobEntry& lastJob() { return window->session().jobs().entries().back(); }
    /// A picture for people, where PALIMPSEST_SHOTS names a folder.
    void shoot(const QString& name) { shoot(*window, name); }
    static void shoot(QWidget& widget, const QString& name)
    {
        const QString folder = qEnvironmentVariable("PALIMPSEST_SHOTS");
        if (!folder.isEmpty()) {
            QTest::qWait(200); // plots paint at the next turn of the event loop
            EXPECT_TRUE(widget.grab().save(QDir(folder).filePath(name + QStringLiteral(".png"))));
        }
    }

    TemporaryFolder root;
    QSettings settings { QString::fromStdString((root / "settings.ini").string()), QSettings::IniFormat };
    ThemeSwitch themes;
    std::unique_ptr<MainWindow> window;
};

} // namespace palimpsest::test
