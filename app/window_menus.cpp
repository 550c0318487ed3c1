// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window_menus.h"

#include "app/window_actions.h"

#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>
#include <QToolBar>
#include <QToolButton>

namespace palimpsest {

void makeMenus(QMainWindow& window, const WindowActions& actions, const QList<QAction*>& views,
    const QList<QAction*>& panes, QMenu* recent, QWidget* device)
{
    QMenuBar* const bar = window.menuBar();
    QMenu* const project = bar->addMenu(QMainWindow::tr("&Project"));
    project->addActions({ actions.create, actions.open });
    project->addMenu(recent);
    project->addSeparator();
    project->addActions({ actions.save, actions.reload, actions.close });
    project->addSeparator();
    project->addActions({ actions.importNetwork, actions.dataSets });
    project->addSeparator();
    project->addActions({ actions.exportReport, actions.exportBundle, actions.exportView, actions.copyPicture,
        actions.copyData });
    project->addSeparator();
    project->addAction(actions.quit);

    bar->addMenu(QMainWindow::tr("&Edit"))->addActions({ actions.undo, actions.redo });

    QMenu* const run = bar->addMenu(QMainWindow::tr("&Run"));
    run->addActions({ actions.runAll, actions.runUpTo, actions.runStage });
    run->addSeparator();
    run->addActions({ actions.targetSize, actions.search });
    run->addSeparator();
    run->addAction(actions.cancel);

    QMenu* const view = bar->addMenu(QMainWindow::tr("&View"));
    view->addActions(views);
    view->addSeparator();
    view->addActions({ actions.find, actions.findNext, actions.findPrevious });
    view->addSeparator();
    view->addActions({ actions.selectionBack, actions.selectionForward, actions.clearSelection });
    view->addSeparator();
    view->addActions({ actions.largerText, actions.smallerText, actions.normalText });
    view->addSeparator();
    view->addActions({ actions.systemTheme, actions.lightTheme, actions.darkTheme });
    view->addSeparator();
    view->addAction(actions.fullScreen);

    QMenu* const panesMenu = bar->addMenu(QMainWindow::tr("&Window"));
    panesMenu->addActions(panes);
    panesMenu->addSeparator();
    panesMenu->addActions({ actions.nextPane, actions.previousPane, actions.filterLog });
    panesMenu->addSeparator();
    panesMenu->addAction(actions.resetLayout);

    QMenu* const settings = bar->addMenu(QMainWindow::tr("&Settings"));
    settings->addAction(actions.shortcuts);
    settings->addMenu(QMainWindow::tr("&Language"))
        ->addActions({ actions.systemLanguage, actions.english, actions.german });

    QMenu* const help = bar->addMenu(QMainWindow::tr("&Help"));
    help->addActions({ actions.helpHere, actions.helpContents });
    help->addSeparator();
    help->addAction(actions.about);

    auto* const tools = new QToolBar(QMainWindow::tr("Tools"), &window);
    tools->setObjectName(QStringLiteral("tools"));
    tools->addActions({ actions.create, actions.open, actions.save, actions.undo, actions.redo });
    tools->addSeparator();
    tools->addActions({ actions.runAll, actions.runUpTo, actions.runStage, actions.cancel });
    tools->addSeparator();
    tools->addActions({ actions.targetSize, actions.search });
    tools->addWidget(device);
    // What one needs most says its name.
    for (QAction* action : { actions.runAll, actions.targetSize })
        if (auto* const button = qobject_cast<QToolButton*>(tools->widgetForAction(action)))
            button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    window.addToolBar(tools);
}

} // namespace palimpsest
