// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QWidget>

#include <vector>

class QLabel;
class QLineEdit;
class QScrollArea;
class QToolButton;

namespace palimpsest {

class RecipeDocument;
class SectionBox;
class SettingRow;

/// A form for the settings of the recipe, or of one of its tasks. It is made from recipeSettings(): a setting that is described
/// there has a row here.
class SettingsForm : public QWidget {
    Q_OBJECT
public:
    enum class Scope { Project, Task };
    /// `document` outlives the form. A form for a task shows none until setTask().
    SettingsForm(RecipeDocument& document, Scope scope, QWidget* parent = nullptr);

    /// Which task is shown, an index; -1: none.
    void setTask(int index);
    /// The project folder: file names are shown relative to it, or to the recipe's dataRoot.
    void setFolder(const QString& folder);

    /// Shows the settings whose name or help has every word of `text`; all without words.
    void setFilter(const QString& text);
    void setOnlyChanged(bool onlyChanged); ///< hides what is at its default
    /// Unfolds, scrolls to and focuses the setting: "pages.pageSize", "tasks[].weight". False: it has no row here.
    bool focusSetting(const QString& path);

    [[nodiscard]] SettingRow* row(const QString& schemaPath) const; ///< nullptr: there is none
    [[nodiscard]] const std::vector<SettingRow*>& rows() const { return m_rows; }

private:
    struct Section {
        SectionBox* box = nullptr;
        std::vector<SettingRow*> rows;
    };
    [[nodiscard]] QWidget* createSearch();
    void createRows(QWidget* content);
    void refresh(); ///< shows the document as it is
    void updateBaseFolders();
    void applyFilter();

    RecipeDocument& m_document;
    Scope m_scope;
    int m_task = -1;
    QString m_folder;
    QLineEdit* m_search = nullptr;
    QToolButton* m_changed = nullptr;
    QLabel* m_readOnly = nullptr;
    QLabel* m_nothing = nullptr;
    QScrollArea* m_area = nullptr;
    std::vector<Section> m_sections;
    std::vector<SettingRow*> m_rows;
};

} // namespace palimpsest
