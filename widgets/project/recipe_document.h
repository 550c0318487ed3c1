// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/project/recipe.h"

#include <QList>
#include <QObject>
#include <QString>

#include <memory>

class QUndoStack;

namespace palimpsest {

/// One setting and its new value: ("pages.pageSize", "256").
struct SettingEdit {
    QString path; ///< "pages.pageSize", "tasks[0].training.batch" or "tasks.fashion.training.batch"
    QString value; ///< JSON text; a bare text for texts and choices, or a comma list, do too
};

/// The recipe that is being edited, with undo. Lives in the GUI thread.
///
/// Every edit is checked as the engine checks project.json, and nothing changes where it is refused. An edit is one step of
/// the undo stack; edits of one setting in a row are one step together, until finishEdit(). Steps hold whole recipes, so
/// undoing all of them gives the first one back to the bit.
class RecipeDocument : public QObject {
    Q_OBJECT
public:
    explicit RecipeDocument(QObject* parent = nullptr);
    /// With a stack of the window's; it outlives the document. Only the document pushes steps that change the recipe.
    explicit RecipeDocument(QUndoStack& stack, QObject* parent = nullptr);
    ~RecipeDocument() override;

    [[nodiscard]] const Recipe& recipe() const { return *m_recipe; }
    /// The same as an immutable value that a worker may keep.
    [[nodiscard]] const std::shared_ptr<const Recipe>& shared() const { return m_recipe; }
    [[nodiscard]] QUndoStack& undoStack() const { return *m_stack; }

    /// Another document: the stack is cleared, and the document is clean, or not where it stands in no file yet.
    void load(Recipe recipe, bool isSaved = true);
    /// Another recipe for the same document, as one step that can be undone: "Read project.json again".
    void replace(Recipe recipe, const QString& text);

    [[nodiscard]] bool isDirty() const;
    void setClean(); ///< it has been saved as it is
    /// The recipe that was saved is `saved`, which may be older than the one here by now. Clean only where both are the same.
    void setSaved(const std::shared_ptr<const Recipe>& saved);

    /// Not empty: every edit is refused with this sentence.
    void setReadOnly(const QString& reason);
    [[nodiscard]] const QString& readOnlyReason() const { return m_readOnlyReason; }

    /// Changes one setting. No step where the value is the one it has.
    Status set(const QString& path, const QString& value);
    /// Changes several settings in one step, all or none. Their order does not matter.
    /// @param text  the step's name: "What-if: page size 256, 40 pages"
    Status set(const QList<SettingEdit>& edits, const QString& text);
    /// As set(); gives what is wrong as a sentence for the place beside the field, empty where the value was taken.
    QString edit(const QString& path, const QString& value);
    /// Sets a setting to its default. A setting that is required has none: BadInput.
    Status reset(const QString& path);
    /// What is wrong with a value, as a sentence; empty where it would be taken.
    [[nodiscard]] QString check(const QString& path, const QString& value) const;
    /// The next edit begins a step of its own, also where it changes the same setting: the field was left, the slider let go.
    void finishEdit() { ++m_generation; }

    // Tasks. `index` is in 0 .. tasks.size() - 1.
    /// What is wrong with a new task, as a sentence; empty where addTask() would take it.
    [[nodiscard]] QString checkTask(const TaskSettings& task) const;
    /// @param at  place of the new task; -1: the end
    Status addTask(const TaskSettings& task, int at = -1);
    /// Puts a copy behind the task; it gets a name that is free ("fashion-2"). @return the copy's index
    Result<int> duplicateTask(int index);
    Status removeTask(int index);
    Status moveTask(int from, int to); ///< `to`: its index afterwards
    Status setTask(int index, const TaskSettings& task);
    /// `wanted`, or with a number behind it where a task has that name: a name that can be used.
    [[nodiscard]] QString freeTaskName(const QString& wanted) const;

Q_SIGNALS:
    void recipeChanged(); ///< by an edit, undo, redo, replace() or load()
    void loaded(); ///< after recipeChanged(): another document
    void dirtyChanged(bool isDirty);
    void readOnlyChanged();

private:
    friend class RecipeStep;
    void show(std::shared_ptr<const Recipe> recipe);
    void push(Recipe recipe, const QString& path, const QString& text);
    [[nodiscard]] Status refuseReadOnly() const;
    [[nodiscard]] Result<Recipe> edited(const SettingEdit& edit) const;
    Status pushTasks(std::vector<TaskSettings> tasks, const QString& text);

    std::shared_ptr<const Recipe> m_recipe;
    std::unique_ptr<QUndoStack> m_ownStack;
    QUndoStack* m_stack;
    QString m_readOnlyReason;
    int m_generation = 0;
};

} // namespace palimpsest
