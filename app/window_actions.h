// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QAction;

namespace palimpsest {

class ActionRegistry;

/// The actions of the window that are no view's own. All are made in one place, so that the menus, the tool bar, the shortcut
/// editor and the help page of shortcuts have the same ones. The window connects them.
struct WindowActions {
    /// Adds them to `registry`, which owns them.
    explicit WindowActions(ActionRegistry& registry);

    // Project
    QAction* create; ///< a new project
    QAction* open;
    QAction* save;
    QAction* reload;
    QAction* close;
    QAction* importNetwork;
    QAction* dataSets;
    QAction* exportReport;
    QAction* exportBundle;
    QAction* exportView;
    QAction* copyPicture;
    QAction* copyData;
    QAction* quit;
    // Edit
    QAction* undo;
    QAction* redo;
    // Run
    QAction* runAll;
    QAction* runUpTo;
    QAction* runStage;
    QAction* targetSize; ///< of the next run
    QAction* search; ///< for a packing
    QAction* cancel;
    // View
    QAction* find; ///< a page, slot, layer or task
    QAction* findNext;
    QAction* findPrevious;
    QAction* selectionBack;
    QAction* selectionForward;
    QAction* clearSelection;
    QAction* largerText;
    QAction* smallerText;
    QAction* normalText;
    QAction* systemTheme;
    QAction* lightTheme;
    QAction* darkTheme;
    QAction* fullScreen;
    // Window
    QAction* nextPane;
    QAction* previousPane;
    QAction* filterLog;
    QAction* resetLayout;
    // Settings
    QAction* shortcuts;
    QAction* systemLanguage;
    QAction* english;
    QAction* german;
    // Help
    QAction* helpHere;
    QAction* helpContents;
    QAction* about;
};

} // namespace palimpsest
