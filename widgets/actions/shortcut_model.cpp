// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/actions/shortcut_model.h"

#include "widgets/style/fonts.h"

#include <QAction>
#include <QFont>

namespace palimpsest {

QString plainActionText(const QAction& action)
{
    QString text = action.text();
    text.replace(QStringLiteral("&&"), QStringLiteral("\x01"));
    text.remove(QLatin1Char('&'));
    text.replace(QLatin1Char('\x01'), QLatin1Char('&'));
    text.remove(QChar(0x2026));
    text.remove(QStringLiteral("..."));
    return text.trimmed();
}

QString shortcutText(const QList<QKeySequence>& shortcuts)
{
    return QKeySequence::listToString(shortcuts, QKeySequence::NativeText)
        .replace(QStringLiteral("; "), QStringLiteral(", "));
}

ShortcutModel::ShortcutModel(const ActionRegistry& registry, QObject* parent)
    : QAbstractTableModel(parent)
    , m_registry(registry)
{
    connect(&registry, &ActionRegistry::shortcutsChanged, this, [this] {
        if (rowCount() > 0)
            Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    });
}

int ShortcutModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_registry.entries().size());
}

int ShortcutModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ShortcutModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const ActionRegistry::Entry& entry = m_registry.entries()[index.row()];
    const QList<QKeySequence> shortcuts = entry.action->shortcuts();
    switch (role) {
    case IdRole:
        return entry.action->objectName();
    case SearchRole:
        return QStringList { entry.group, plainActionText(*entry.action), entry.tip, shortcutText(shortcuts) }
            .join(QLatin1Char('\n'));
    case Qt::ToolTipRole:
        return entry.tip;
    case Qt::FontRole:
        if (index.column() == ShortcutColumn && shortcuts != entry.defaults)
            return boldFont();
        return {};
    case Qt::DisplayRole:
        break;
    default:
        return {};
    }
    switch (static_cast<Column>(index.column())) {
    case GroupColumn:
        return entry.group;
    case ActionColumn:
        return plainActionText(*entry.action);
    case ShortcutColumn:
        return shortcutText(shortcuts);
    case DefaultColumn:
        return shortcutText(entry.defaults);
    case ColumnCount:
        break;
    }
    return {};
}

QVariant ShortcutModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case GroupColumn:
        return tr("Menu");
    case ActionColumn:
        return tr("Action");
    case ShortcutColumn:
        return tr("Shortcut");
    case DefaultColumn:
        return tr("Default");
    default:
        return {};
    }
}

} // namespace palimpsest
