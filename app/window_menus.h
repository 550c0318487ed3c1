// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>

class QAction;
class QMainWindow;
class QMenu;

namespace palimpsest {

struct WindowActions;

/// Fills menu bar and tool bar of the window.
/// @param views  actions that show a view
/// @param panes  actions that show or hide a dock
void makeMenus(QMainWindow& window, const WindowActions& actions, const QList<QAction*>& views,
    const QList<QAction*>& panes);

} // namespace palimpsest
