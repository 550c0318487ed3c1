// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QAction;
class QListView;

namespace palimpsest {

class EmptyPage;
class ProblemLabel;
class RecipeDocument;
class TaskListModel;

/// The tasks of a recipe: select, add, duplicate, remove, rename, reorder by buttons, keys or dragging. All but add is done here.
class TaskList : public QWidget {
    Q_OBJECT
public:
    /// `document` outlives the list.
    explicit TaskList(RecipeDocument& document, QWidget* parent = nullptr);

    [[nodiscard]] int current() const; ///< -1: none
    void select(int task); ///< emits currentChanged() where it was another one
    [[nodiscard]] QListView* view() const { return m_view; }

Q_SIGNALS:
    void currentChanged(int task);
    void addRequested();
    void importRequested(); ///< of a network, as a new task

private:
    void createActions();
    void duplicate();
    void remove();
    void move(int by);
    void showState();
    void report(const QString& problem);

    RecipeDocument& m_document;
    TaskListModel* m_model;
    QListView* m_view;
    EmptyPage* m_page;
    ProblemLabel* m_problem;
    QAction* m_add = nullptr;
    QAction* m_import = nullptr;
    QAction* m_duplicate = nullptr;
    QAction* m_remove = nullptr;
    QAction* m_up = nullptr;
    QAction* m_down = nullptr;
    int m_current = -1;
};

} // namespace palimpsest
