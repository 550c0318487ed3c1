// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window_docks.h"

#include "app/document/data_preview.h"
#include "app/session.h"
#include "widgets/actions/action_registry.h"
#include "widgets/inspector/inspector.h"
#include "widgets/job/job_list.h"
#include "widgets/log/log_view.h"
#include "widgets/project/settings_form.h"
#include "widgets/project/task_editor.h"
#include "widgets/style/empty_page.h"
#include "widgets/view/selection.h"
#include "widgets/whatif/what_if_panel.h"

#include <QAction>
#include <QApplication>
#include <QDockWidget>
#include <QMainWindow>

namespace palimpsest {

WindowDocks::WindowDocks(QMainWindow& window, Session& session, Selection& selection, LogModel& log)
    : m_window(window)
    , m_settings(new SettingsForm(session.document(), SettingsForm::Scope::Project))
    , m_tasks(new TaskEditor(session.document(), previewReaders()))
    , m_inspector(new Inspector(selection))
    , m_whatIf(new WhatIfPanel)
    , m_log(new LogView(log))
    , m_settingsPage(new EmptyPage(m_settings))
    , m_tasksPage(new EmptyPage(m_tasks))
{
    QDockWidget* const project
        = add(Qt::LeftDockWidgetArea, QStringLiteral("project"), tr("Project"), m_settingsPage);
    window.tabifyDockWidget(
        project, add(Qt::LeftDockWidgetArea, QStringLiteral("tasks"), tr("Tasks"), m_tasksPage));
    project->raise();
    QDockWidget* const jobs
        = add(Qt::BottomDockWidgetArea, QStringLiteral("jobs"), tr("Jobs"), new JobList(session.jobs()));
    QDockWidget* const inspector
        = add(Qt::RightDockWidgetArea, QStringLiteral("inspector"), tr("Inspector"), m_inspector);
    QDockWidget* const whatIf
        = add(Qt::RightDockWidgetArea, QStringLiteral("whatIf"), tr("What if"), m_whatIf);
    window.tabifyDockWidget(inspector, whatIf);
    inspector->raise();
    QDockWidget* const logDock = add(Qt::BottomDockWidgetArea, QStringLiteral("log"), tr("Log"), m_log);
    window.splitDockWidget(jobs, logDock, Qt::Horizontal);
    window.resizeDocks({ project, whatIf }, { window.width() / 4, window.width() / 5 }, Qt::Horizontal);
    window.resizeDocks({ jobs, logDock }, { window.width() / 2, window.width() / 2 }, Qt::Horizontal);
    window.resizeDocks({ jobs }, { window.height() / 5 }, Qt::Vertical);

    linkTasks(selection);
    connect(m_inspector, &Inspector::statusChanged, this, &WindowDocks::statusChanged);
}

QDockWidget* WindowDocks::add(
    Qt::DockWidgetArea area, const QString& id, const QString& title, QWidget* content)
{
    auto* const dock = new QDockWidget(title, &m_window);
    dock->setObjectName(QStringLiteral("dock.") + id);
    dock->setWidget(content);
    m_window.addDockWidget(area, dock);
    m_docks.push_back(dock);
    return dock;
}

void WindowDocks::linkTasks(Selection& selection)
{
    connect(m_tasks, &TaskEditor::currentChanged, this, [this, &selection](int task) {
        // Only what the user selects: a project that is opened shows its first task, and selects nothing.
        if (task >= 0 && task != selection.item().task
            && m_tasks->isAncestorOf(QApplication::focusWidget())) {
            SelectedItem item;
            item.task = task;
            selection.set(item);
        }
    });
    connect(&selection, &Selection::changed, this, [this](const SelectedItem& item) {
        if (item.task >= 0)
            m_tasks->select(item.task);
    });
}

void WindowDocks::setHasProject(bool hasProject)
{
    m_settings->setEnabled(hasProject); // no shortcut of theirs acts
    m_tasks->setEnabled(hasProject);
    if (hasProject) {
        m_settingsPage->showContent();
        m_tasksPage->showContent();
    } else {
        m_settingsPage->showHint(tr("No project is open.\n\nThe settings of a project stand here."));
        m_tasksPage->showHint(
            tr("No project is open.\n\nThe tasks of a project, with their networks and data, stand here."));
    }
}

QList<QAction*> WindowDocks::makeActions(ActionRegistry& registry)
{
    QList<QAction*> actions;
    for (QDockWidget* dock : m_docks) {
        QAction* const action
            = registry.add(QStringLiteral("window.show.") + dock->objectName().section(QLatin1Char('.'), 1),
                tr("Window"), dock->windowTitle(), tr("Shows or hides this part of the window"));
        QAction* const toggle = dock->toggleViewAction();
        action->setCheckable(true);
        action->setChecked(toggle->isChecked());
        connect(toggle, &QAction::toggled, action, &QAction::setChecked);
        connect(action, &QAction::triggered, dock, [dock](bool show) {
            dock->setVisible(show);
            if (show)
                dock->raise();
        });
        actions << action;
    }
    return actions;
}

std::vector<QWidget*> WindowDocks::panes() const
{
    std::vector<QWidget*> panes;
    panes.reserve(m_docks.size());
    for (const QDockWidget* dock : m_docks)
        panes.push_back(dock->widget());
    return panes;
}

void WindowDocks::bringForward(const QWidget* content)
{
    for (QDockWidget* dock : m_docks)
        if (dock->widget() == content) {
            dock->show();
            dock->raise();
        }
}

void WindowDocks::showTask(int task)
{
    bringForward(m_tasksPage);
    m_tasks->select(task);
}

void WindowDocks::askTargetSize()
{
    bringForward(m_whatIf);
    m_whatIf->focusTarget();
}

void WindowDocks::filterLog()
{
    bringForward(m_log);
    m_log->focusFilter();
}

} // namespace palimpsest
