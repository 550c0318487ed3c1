// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QKeySequenceEdit;
class QLabel;
class QLineEdit;
class QPushButton;
class QSortFilterProxyModel;

namespace palimpsest {

class ActionRegistry;
class ShortcutModel;
class TableView;

/// Lists every action of the window; shows, records, removes and resets their shortcuts. Changes act at once.
class ShortcutEditor : public QDialog {
    Q_OBJECT
public:
    /// `registry` outlives the dialog.
    explicit ShortcutEditor(ActionRegistry& registry, QWidget* parent = nullptr);

private:
    [[nodiscard]] QString selectedId() const; ///< empty: no action is selected
    void showSelected();
    void showConflict();
    void assign();

    ActionRegistry& m_registry;
    ShortcutModel* m_model;
    QSortFilterProxyModel* m_proxy;
    QLineEdit* m_search;
    TableView* m_table;
    QKeySequenceEdit* m_record;
    QLabel* m_sentence; ///< what pressing "Assign" will do
    QPushButton* m_assign;
    QPushButton* m_remove;
    QPushButton* m_reset;
};

} // namespace palimpsest
