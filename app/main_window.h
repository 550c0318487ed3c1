// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/session.h"

#include <QMainWindow>

class QAction;
class QLabel;
class QPlainTextEdit;
class QTabWidget;

namespace palimpsest {

class AccuracyModel;
class EmptyPage;
class MemoryModel;
class PageMapPanel;
class ProjectSummary;
class StageModel;
class TableView;

/// The one window: the project and its stages at the left, results in tabs at the right, jobs and the log below.
class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    explicit MainWindow(QWidget* parent = nullptr);

    [[nodiscard]] Session& session() { return m_session; }
    /// Asks for a folder.
    void chooseProject();

protected:
    /// While a job runs it asks; "cancel and close" cancels the job and closes when it has ended.
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void createActions();
    [[nodiscard]] QWidget* createProjectPage();
    [[nodiscard]] QWidget* createResults();
    void showSnapshot();
    void logFinishedStages(const ProjectSnapshot& snapshot);
    void showLoadError(const Error& error);
    void updateActions();
    void askBeforeClosing();
    void log(const QString& text);
    [[nodiscard]] std::optional<Stage> selectedStage() const;

    Session m_session;
    StageModel* m_stageModel;
    AccuracyModel* m_accuracyModel;
    MemoryModel* m_memoryModel;
    QAction* m_open = nullptr;
    QAction* m_reload = nullptr;
    QAction* m_run = nullptr;
    QAction* m_runUntil = nullptr;
    QAction* m_cancel = nullptr;
    EmptyPage* m_pages = nullptr; ///< the project, or why none is shown
    ProjectSummary* m_summary = nullptr;
    TableView* m_stages = nullptr;
    QLabel* m_note = nullptr;
    TableView* m_accuracy = nullptr;
    TableView* m_memory = nullptr;
    PageMapPanel* m_pageMap = nullptr;
    EmptyPage* m_accuracyPage = nullptr;
    EmptyPage* m_memoryPage = nullptr;
    EmptyPage* m_pageMapPage = nullptr;
    QPlainTextEdit* m_log = nullptr;
    QString m_runningStage;
    std::filesystem::path m_loggedFolder;
    std::vector<StageStatus> m_loggedStages; ///< as the log knows them
    bool m_closeWhenIdle = false;
};

} // namespace palimpsest
