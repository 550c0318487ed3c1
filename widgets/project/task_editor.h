// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/project/add_task_dialog.h"
#include "widgets/project/preview_data.h"

#include <QList>
#include <QString>
#include <QWidget>

class QTabWidget;

namespace palimpsest {

class RecipeDocument;
class SettingsForm;
class TaskList;
class TaskPreview;

/// The tasks of a project: their list, the settings of the selected one, and what its files hold.
class TaskEditor : public QWidget {
    Q_OBJECT
public:
    /// `document` outlives the editor.
    TaskEditor(RecipeDocument& document, PreviewReaders readers, QWidget* parent = nullptr);

    void setFolder(const QString& folder); ///< the project folder
    /// Data sets that the dialog for a new task offers by name.
    void setKnownData(QList<KnownData> known) { m_known = std::move(known); }
    [[nodiscard]] int current() const; ///< -1: no task is selected
    void select(int task);
    void addTask(); ///< opens the dialog

    [[nodiscard]] SettingsForm& form() const { return *m_form; }
    [[nodiscard]] TaskList& list() const { return *m_list; }
    [[nodiscard]] TaskPreview& preview() const { return *m_preview; }

Q_SIGNALS:
    void currentChanged(int task);
    void importRequested();

private:
    void showTask();

    RecipeDocument& m_document;
    PreviewReaders m_readers;
    QList<KnownData> m_known;
    QString m_folder;
    TaskList* m_list;
    SettingsForm* m_form;
    TaskPreview* m_preview;
};

} // namespace palimpsest
