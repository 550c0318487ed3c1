// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/export_commands.h"
#include "app/import/import_commands.h"
#include "app/project_commands.h"
#include "app/session.h"
#include "app/window_actions.h"
#include "app/window_help.h"
#include "app/window_layout.h"
#include "widgets/actions/action_registry.h"
#include "widgets/log/log_model.h"
#include "widgets/view/selection.h"

#include <QMainWindow>

#include <memory>
#include <vector>

class QSettings;
class QStackedWidget;
class QTabWidget;

namespace palimpsest {

class CompareController;
class DevicePicker;
class NoticeBar;
class PipelineBar;
class ResultStrip;
class StartPage;
class ThemeSwitch;
class TuneController;
class View;
class WindowDocks;

/// The one window: the pipeline on top, the project at the left, views of the results in tabs, jobs and the log below.
class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    /// Both outlive the window. Layout, shortcuts and looks are read from `settings` now, and written when the window closes.
    MainWindow(QSettings& settings, ThemeSwitch& themes, QWidget* parent = nullptr);
    ~MainWindow() override;

    [[nodiscard]] Session& session() { return m_session; }
    [[nodiscard]] ActionRegistry& actionRegistry() { return m_registry; }
    [[nodiscard]] Selection& selection() { return m_selection; }
    [[nodiscard]] LogModel& log() { return m_log; }
    [[nodiscard]] const std::vector<View*>& views() const { return m_views; }
    /// Brings a view to the front: "pageMap". Nothing happens where there is none of that id.
    void showView(const QString& id);
    [[nodiscard]] View* currentView() const; ///< in front
    [[nodiscard]] NoticeBar& notices() { return *m_notices; }
    [[nodiscard]] ProjectCommands& commands() { return m_commands; }
    [[nodiscard]] ImportCommands& imports() { return m_import; }
    [[nodiscard]] ExportCommands& exports() { return m_exports; }
    [[nodiscard]] WindowHelp& help() { return m_help; }

protected:
    /// While a job runs it asks; "cancel and close" cancels the jobs and closes when they have ended.
    void closeEvent(QCloseEvent* event) override;
    void changeEvent(QEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void makeCentre();
    void showDataSets();
    [[nodiscard]] QList<QAction*> makeViewActions();
    void connectActions();
    void connectSession();
    void connectViews();
    void connectImport();

    void showProject();
    void showTitle();
    void showStates();
    void showResults();
    void followPage(const RunResults* results); ///< a page that is selected may have another slot in this run
    void showWhatToRun(); ///< beside the views: that nothing was run yet, or that what is shown is of before
    void showEdit(const Status& edited); ///< of an edit that a view asked for
    void updateActions();
    void editShortcuts();
    void askBeforeClosing();
    [[nodiscard]] std::optional<Stage> selectedStage() const;
    [[nodiscard]] std::vector<QWidget*> panes() const; ///< in the order in which the keyboard walks them

    QSettings& m_settings;
    Selection m_selection;
    ActionRegistry m_registry;
    WindowActions m_actions { m_registry };
    LogModel m_log;
    Session m_session;
    NoticeBar* m_notices;
    ProjectCommands m_commands;
    ExportCommands m_exports;
    ImportCommands m_import;
    WindowHelp m_help { m_registry, *this };
    PipelineBar* m_pipeline = nullptr;
    DevicePicker* m_device = nullptr;
    QStackedWidget* m_centre = nullptr; ///< the start page, or the project
    StartPage* m_start = nullptr;
    QWidget* m_project = nullptr; ///< the strip over the views
    ResultStrip* m_strip = nullptr;
    QTabWidget* m_tabs = nullptr;
    std::vector<View*> m_views;
    CompareController* m_compare = nullptr;
    TuneController* m_tune = nullptr;
    std::unique_ptr<WindowDocks> m_docks;
    std::unique_ptr<WindowLayout> m_layout;
    QString m_whatToRun; ///< the notice that was shown last
    bool m_closeWhenIdle = false;
};

} // namespace palimpsest
