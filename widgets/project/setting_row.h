// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"
#include "core/project/recipe.h"

#include <QString>
#include <QWidget>

#include <nlohmann/json.hpp>

class QLabel;
class QToolButton;

namespace palimpsest {

class ProblemLabel;
class RecipeDocument;
class SettingEditor;

/// One setting of a form: label, editor, unit, a button that sets it back where it is not at its default, and what is wrong
/// with what one types.
///
/// A right value goes into the document at every key; a wrong one stays in the editor with its sentence until it is mended or
/// given up (Escape, undo), and the document keeps the last right one.
class SettingRow : public QWidget {
    Q_OBJECT
public:
    /// `document` outlives the row. @param editor  of `info`; the row takes it
    SettingRow(RecipeDocument& document, SettingInfo info, SettingEditor* editor, QWidget* parent = nullptr);

    [[nodiscard]] const SettingInfo& info() const { return m_info; }
    [[nodiscard]] SettingEditor* editor() const { return m_editor; }
    /// The setting of one recipe: "tasks[2].weight" where info().path is "tasks[].weight".
    void setPath(const QString& path);
    [[nodiscard]] const QString& path() const { return m_path; }
    /// Shows the value that `recipe` (toJson) has now.
    void showRecipe(const Json& recipe);

    [[nodiscard]] QString problem() const;
    [[nodiscard]] bool isDefault() const { return m_isDefault; }
    /// Whether label, name or help have all words of `words` (lower case).
    [[nodiscard]] bool matches(const QStringList& words) const;
    // Columns of one form line up: the form asks each row what it wants, in pixels, and gives all the same.
    [[nodiscard]] int labelWidth() const;
    [[nodiscard]] int unitWidth() const;
    void setColumns(int labelWidth, int unitWidth);
    void reset();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void edit(const QString& json);
    void leave();
    void giveUp();
    void setProblem(const QString& problem);
    void showUnit();

    RecipeDocument& m_document;
    SettingInfo m_info;
    QString m_path;
    Json m_value; ///< as the document has it
    Json m_default;
    bool m_isDefault = true;
    bool m_isEditing = false; ///< the change that comes from the document is our own
    QLabel* m_label;
    SettingEditor* m_editor;
    QLabel* m_unit;
    QToolButton* m_reset;
    ProblemLabel* m_problem;
};

} // namespace palimpsest
