// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pagemap/slot_model.h"

#include "widgets/pagemap/page_items.h"
#include "widgets/style/text.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace palimpsest {

namespace {

constexpr std::size_t kRowsAtOnce = 20'000; ///< more are sorted on the worker thread

double keyOf(const RunResults& results, int column, int slot)
{
    const PageMap& map = *results.pageMap;
    const std::span<const SlotTenant> tenants = map.tenantsOf(slot);
    switch (column) {
    case SlotModel::TenantCountColumn:
        return static_cast<double>(tenants.size());
    case SlotModel::TaskCountColumn:
        return map.taskCountOf(slot);
    case SlotModel::CostColumn:
        return static_cast<double>(map.costs[static_cast<std::size_t>(slot)]);
    case SlotModel::FisherColumn:
        return cellValue(results, PageMapMode::Pool, PageQuantity::Fisher, 0, slot).value_or(-1.0);
    case SlotModel::TenantsColumn: // the first page; no task has 2^32 of them
        return tenants.empty() ? -1.0 : tenants.front().task * 4294967296.0 + tenants.front().page;
    default:
        return slot;
    }
}

bool hasFisher(const RunResults& results)
{
    return isThere(results, PageMapMode::Pool, PageQuantity::Fisher);
}

/// Slots in the order of a column; equal ones by their number. Empty: as they are.
std::vector<std::uint32_t> slotsInOrder(const RunResults& results, int column, Qt::SortOrder order)
{
    if (column == SlotModel::SlotColumn && order == Qt::AscendingOrder)
        return {};
    std::vector<std::uint32_t> slotOfRow(results.pageMap->costs.size());
    std::iota(slotOfRow.begin(), slotOfRow.end(), 0U);
    if (column == SlotModel::FisherColumn && !hasFisher(results))
        return slotOfRow;
    std::vector<double> keys;
    keys.reserve(slotOfRow.size());
    for (int slot = 0; slot < results.pageMap->slotCount(); ++slot)
        keys.push_back(keyOf(results, column, slot));
    std::stable_sort(slotOfRow.begin(), slotOfRow.end(), [&](std::uint32_t a, std::uint32_t b) {
        return order == Qt::AscendingOrder ? keys[a] < keys[b] : keys[a] > keys[b];
    });
    return slotOfRow;
}

} // namespace

SlotModel::SlotModel(QObject* parent)
    : QAbstractTableModel(parent)
{
}

void SlotModel::setResults(std::shared_ptr<const RunResults> results)
{
    m_task.cancel();
    beginResetModel();
    m_results = std::move(results);
    m_slotOfRow.clear();
    m_rowOfSlot.clear();
    endResetModel();
    if (m_sortColumn != SlotColumn || m_sortOrder != Qt::AscendingOrder)
        sort(m_sortColumn, m_sortOrder);
}

int SlotModel::slotAt(int row) const
{
    return m_slotOfRow.empty() ? row : static_cast<int>(m_slotOfRow[static_cast<std::size_t>(row)]);
}

int SlotModel::rowOf(int slot) const
{
    return m_rowOfSlot.empty() ? slot : static_cast<int>(m_rowOfSlot[static_cast<std::size_t>(slot)]);
}

int SlotModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() || !m_results || !m_results->pageMap ? 0 : m_results->pageMap->slotCount();
}

int SlotModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant SlotModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    if (role == Qt::TextAlignmentRole && index.column() != TenantsColumn)
        return QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    const int slot = slotAt(index.row());
    const PageMap& map = *m_results->pageMap;
    switch (static_cast<Column>(index.column())) {
    case SlotColumn:
        return slot;
    case TenantCountColumn:
        return QVariant::fromValue<qulonglong>(map.tenantsOf(slot).size());
    case TaskCountColumn:
        return map.taskCountOf(slot);
    case CostColumn:
        return costText(static_cast<double>(map.costs[static_cast<std::size_t>(slot)]));
    case FisherColumn:
        return hasFisher(*m_results) && !map.tenantsOf(slot).empty()
            ? costText(keyOf(*m_results, FisherColumn, slot))
            : QString();
    case TenantsColumn:
        return tenantsText(*m_results, slot);
    case ColumnCount:
        break;
    }
    return {};
}

QVariant SlotModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::DisplayRole) {
        switch (section) {
        case SlotColumn:
            return tr("Slot");
        case TenantCountColumn:
            return tr("Pages");
        case TaskCountColumn:
            return tr("Tasks");
        case CostColumn:
            return tr("Cost [nats]");
        case FisherColumn:
            return tr("Fisher [nats]", "unit shortened: nats per squared weight");
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
        case TaskCountColumn:
            return tr("How many tasks have a page in this slot.");
        case CostColumn:
            return tr("Expected rise of the summed losses, without the factor 1/2, when all pages of this "
                      "slot take its barycentre.");
        case FisherColumn:
            return tr(
                "Fisher information of all pages of this slot together, in nats per squared weight: how much "
                "their tasks mind a change of them.");
        case TenantsColumn:
            return tr("Which pages of which tasks read this slot.");
        default:
            return {};
        }
    }
    return {};
}

void SlotModel::sort(int column, Qt::SortOrder order)
{
    m_sortColumn = column;
    m_sortOrder = order;
    m_task.cancel();
    if (rowCount() == 0)
        return;
    if (m_results->pageMap->costs.size() <= kRowsAtOnce)
        return takeOrder(slotsInOrder(*m_results, column, order));
    m_task.start([this, results = m_results, column, order](const std::stop_token&) -> NewestTask::Show {
        auto slotOfRow = std::make_shared<std::vector<std::uint32_t>>(slotsInOrder(*results, column, order));
        return [this, slotOfRow] { takeOrder(std::move(*slotOfRow)); };
    });
}

void SlotModel::takeOrder(std::vector<std::uint32_t> slotOfRow)
{
    Q_EMIT layoutAboutToBeChanged({}, QAbstractItemModel::VerticalSortHint);
    const QModelIndexList before = persistentIndexList();
    std::vector<int> slotsBefore;
    for (const QModelIndex& index : before)
        slotsBefore.push_back(slotAt(index.row()));
    m_slotOfRow = std::move(slotOfRow);
    m_rowOfSlot.assign(m_slotOfRow.size(), 0U);
    for (std::size_t row = 0; row < m_slotOfRow.size(); ++row)
        m_rowOfSlot[m_slotOfRow[row]] = static_cast<std::uint32_t>(row);
    QModelIndexList after;
    for (qsizetype i = 0; i < before.size(); ++i)
        after << index(rowOf(slotsBefore[static_cast<std::size_t>(i)]), before[i].column());
    changePersistentIndexList(before, after);
    Q_EMIT layoutChanged({}, QAbstractItemModel::VerticalSortHint);
    Q_EMIT sorted();
}

} // namespace palimpsest
