// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/actions/action_registry.h"

#include <QAbstractTableModel>

namespace palimpsest {

/// The actions of a registry with their shortcuts, one row each.
class ShortcutModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { GroupColumn, ActionColumn, ShortcutColumn, DefaultColumn, ColumnCount };
    enum Role {
        IdRole = Qt::UserRole, ///< the action's object name
        SearchRole, ///< all that a search looks at
    };

    /// `registry` outlives the model; its actions do not change in number meanwhile.
    explicit ShortcutModel(const ActionRegistry& registry, QObject* parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(
        int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    const ActionRegistry& m_registry;
};

/// The action's text without mnemonic and dots: "Open".
[[nodiscard]] QString plainActionText(const QAction& action);
/// "Ctrl+R, F5" as the platform writes it; empty where there is none.
[[nodiscard]] QString shortcutText(const QList<QKeySequence>& shortcuts);

} // namespace palimpsest
