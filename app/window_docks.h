// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QObject>

#include <vector>

class QAction;
class QDockWidget;
class QMainWindow;

namespace palimpsest {

class ActionRegistry;
class Inspector;
class LogModel;
class LogView;
class Selection;
class Session;
class EmptyPage;
class SettingsForm;
class TaskEditor;
class WhatIfPanel;

/// The docks of the window: project and tasks at the left, inspector and what-if at the right, jobs and the log below. The window owns
/// what is made here.
class WindowDocks : public QObject {
    Q_OBJECT
public:
    /// Puts the docks at their places by default, for the size that `window` has now. All four outlive this object.
    WindowDocks(QMainWindow& window, Session& session, Selection& selection, LogModel& log);

    [[nodiscard]] SettingsForm& settings() { return *m_settings; }
    [[nodiscard]] TaskEditor& tasks() { return *m_tasks; }
    [[nodiscard]] Inspector& inspector() { return *m_inspector; }
    [[nodiscard]] WhatIfPanel& whatIf() { return *m_whatIf; }

    /// Without a project, its docks say so instead of showing settings that cannot be changed.
    void setHasProject(bool hasProject);

    /// One action a dock, which shows or hides it.
    [[nodiscard]] QList<QAction*> makeActions(ActionRegistry& registry);
    /// What lies in the docks, in the order in which the keyboard walks them.
    [[nodiscard]] std::vector<QWidget*> panes() const;
    void showTask(int task); ///< in its editor, in front
    void askTargetSize(); ///< shows what-if with the keyboard in its target size
    /// Shows the log with the keyboard in its filter.
    void filterLog();

Q_SIGNALS:
    void statusChanged(const QString& text); ///< a sentence for the status line

private:
    QDockWidget* add(Qt::DockWidgetArea area, const QString& id, const QString& title, QWidget* content);
    void linkTasks(Selection& selection);
    void bringForward(const QWidget* content); ///< the dock that it lies in

    QMainWindow& m_window;
    std::vector<QDockWidget*> m_docks;
    SettingsForm* m_settings;
    TaskEditor* m_tasks;
    Inspector* m_inspector;
    WhatIfPanel* m_whatIf;
    LogView* m_log;
    EmptyPage* m_settingsPage;
    EmptyPage* m_tasksPage;
};

} // namespace palimpsest
