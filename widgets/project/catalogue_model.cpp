// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/project/catalogue_model.h"

#include "widgets/style/text.h"

#include <utility>

namespace palimpsest {

CatalogueModel::CatalogueModel(std::vector<CatalogueEntry> entries, QObject* parent)
    : QAbstractTableModel(parent)
    , m_entries(std::move(entries))
    , m_presence(m_entries.size(), Presence::Unknown)
{
}

void CatalogueModel::setPresence(int row, Presence presence)
{
    Presence& known = m_presence.at(static_cast<std::size_t>(row));
    if (std::exchange(known, presence) != presence)
        Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
}

int CatalogueModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

int CatalogueModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString CatalogueModel::stateText(std::size_t row) const
{
    if (m_presence[row] == Presence::Unknown)
        return QStringLiteral("…");
    if (m_presence[row] == Presence::Present)
        return tr("here");
    if (!m_entries[row].downloads.empty())
        return tr("can be fetched");
    return m_entries[row].files.empty() ? tr("by hand") : tr("missing");
}

QVariant CatalogueModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto row = static_cast<std::size_t>(index.row());
    const CatalogueEntry& entry = m_entries[row];
    if (role == Qt::ToolTipRole)
        return QString::fromStdString(entry.description);
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(
            (index.column() == SizeColumn ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (static_cast<Column>(index.column())) {
    case TitleColumn:
        return tr("%1 (%2)", "data set, its name in recipes")
            .arg(QString::fromStdString(entry.title), QString::fromStdString(entry.name));
    case StateColumn:
        return stateText(row);
    case SizeColumn:
        return entry.aboutBytes() == 0 ? QString() : bytesText(static_cast<double>(entry.aboutBytes()));
    case LicenceColumn:
        return QString::fromStdString(entry.licence);
    case ColumnCount:
        break;
    }
    return {};
}

QVariant CatalogueModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case TitleColumn:
        return tr("Data set");
    case StateColumn:
        return tr("State");
    case SizeColumn:
        return tr("To fetch");
    case LicenceColumn:
        return tr("Licence");
    default:
        return {};
    }
}

} // namespace palimpsest
