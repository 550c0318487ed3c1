// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>

class QAction;
class QMainWindow;
class QMenu;
class QWidget;

namespace palimpsest {

struct WindowActions;

/// Fills menu bar and tool bar of the window.
/// @param views  actions that show a view
/// @param panes  actions that show or hide a dock
/// @param recent  menu of recent projects
/// @param device  control that says where jobs run
void makeMenus(QMainWindow& window, const WindowActions& actions, const QList<QAction*>& views,
    const QList<QAction*>& panes, QMenu* recent, QWidget* device);

} // namespace palimpsest
