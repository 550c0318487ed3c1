// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pagemap/page_map_model.h"

#include "widgets/style/text.h"

#include <QStringList>

#include <utility>

namespace palimpsest {

void PageMapModel::setPageMap(std::shared_ptr<const PageMap> map)
{
    beginResetModel();
    m_map = std::move(map);
    endResetModel();
}

int PageMapModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() || !m_map ? 0 : m_map->slotCount();
}

int PageMapModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant PageMapModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    if (role == Qt::TextAlignmentRole && index.column() != TenantsColumn)
        return QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole && role != kSortRole)
        return {};
    const int slot = index.row();
    switch (static_cast<Column>(index.column())) {
    case SlotColumn:
        return slot;
    case TenantCountColumn:
        return QVariant::fromValue<qulonglong>(m_map->tenantsOf(slot).size());
    case CostColumn: {
        const auto cost = static_cast<double>(m_map->costs[static_cast<std::size_t>(slot)]);
        return role == Qt::DisplayRole ? QVariant(costText(cost)) : QVariant(cost);
    }
    case TenantsColumn:
        return tenantsText(*m_map, slot);
    case ColumnCount:
        break;
    }
    return {};
}

QVariant PageMapModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::DisplayRole) {
        switch (section) {
        case SlotColumn:
            return tr("Slot");
        case TenantCountColumn:
            return tr("Pages");
        case CostColumn:
            return tr("Cost [nats]");
        case TenantsColumn:
            return tr("Task and page");
        default:
            return {};
        }
    }
    if (role == Qt::ToolTipRole) {
        switch (section) {
        case SlotColumn:
            return tr("Number of the shared page in the pool.");
        case TenantCountColumn:
            return tr("How many pages of all tasks read this slot.");
        case CostColumn:
            return tr("Expected rise of the summed losses, without the factor 1/2, when all pages of this "
                      "slot take its "
                      "barycentre.");
        case TenantsColumn:
            return tr("Which pages of which tasks read this slot.");
        default:
            return {};
        }
    }
    return {};
}

QString tenantsText(const PageMap& map, int slot)
{
    QStringList texts;
    for (const Tenant& tenant : map.tenantsOf(slot))
        texts << QStringLiteral("%1 %2").arg(QString::fromStdString(map.tasks[tenant.task])).arg(tenant.page);
    return texts.join(QStringLiteral(", "));
}

} // namespace palimpsest
