// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/inspector/inspector_model.h"

#include "widgets/pagemap/page_items.h"
#include "widgets/style/palette.h"
#include "widgets/style/text.h"

#include <utility>

namespace palimpsest {

namespace {

// Columns of tenants and of pages; layers have the first four places for name, kind, weights, pages.
constexpr int kColumns = 4;

} // namespace

void InspectorModel::setItem(std::shared_ptr<const RunResults> results, const SelectedItem& item)
{
    beginResetModel();
    m_results = std::move(results);
    m_kind = Kind::Nothing;
    m_rows.clear();
    m_fisher = 0.0;
    const bool hasTask = m_results && item.task >= 0 && std::cmp_less(item.task, m_results->tasks.size());
    const bool hasSlot
        = m_results && m_results->pageMap && item.slot >= 0 && item.slot < m_results->pageMap->slotCount();
    if (hasSlot)
        addTenants(item.slot);
    else if (hasTask && item.page < 0 && item.layer >= 0)
        addPages(item.task, item.layer);
    else if (hasTask && item.page < 0)
        addLayers(item.task);
    endResetModel();
}

void InspectorModel::addTenants(int slot)
{
    m_kind = Kind::Tenants;
    for (const SlotTenant& tenant : m_results->pageMap->tenantsOf(slot)) {
        Row row;
        row.item = pageItem(*m_results, tenant.task, tenant.page);
        row.value = fisherOf(row.item.task, row.item.page);
        m_fisher += std::max(row.value, 0.0);
        m_rows.push_back(row);
    }
}

void InspectorModel::addLayers(int task)
{
    m_kind = Kind::Layers;
    const TaskResults& owner = m_results->tasks[static_cast<std::size_t>(task)];
    std::vector<std::int64_t> weights(owner.network.layers.size(), 0);
    for (const TensorSpec& tensor : owner.network.tensors)
        weights[tensor.layer] += tensor.size();
    for (std::size_t layer = 0; layer < weights.size(); ++layer) {
        if (weights[layer] == 0)
            continue; // an activation, a pooling
        Row row;
        row.item.task = task;
        row.item.layer = static_cast<int>(layer);
        row.value = static_cast<double>(weights[layer]);
        row.pages = static_cast<std::int64_t>(owner.pagesOf(layer).size());
        m_rows.push_back(row);
    }
}

void InspectorModel::addPages(int task, int layer)
{
    m_kind = Kind::Pages;
    const auto index = static_cast<std::size_t>(task);
    for (const std::int64_t page : m_results->tasks[index].pagesOf(static_cast<std::size_t>(layer))) {
        Row row;
        row.item = pageItem(*m_results, index, page);
        row.value = fisherOf(task, page);
        m_fisher += std::max(row.value, 0.0);
        m_rows.push_back(row);
    }
}

double InspectorModel::fisherOf(int task, std::int64_t page) const
{
    const std::vector<double>& fisher = m_results->tasks[static_cast<std::size_t>(task)].pageFisher;
    return std::cmp_less(page, fisher.size()) ? fisher[static_cast<std::size_t>(page)] : -1.0;
}

QString InspectorModel::caption() const
{
    switch (m_kind) {
    case Kind::Tenants:
        return tr("Pages in the slot");
    case Kind::Layers:
        return tr("Layers with weights");
    case Kind::Pages:
        return tr("Pages of the layer");
    case Kind::Nothing:
        break;
    }
    return {};
}

int InspectorModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int InspectorModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() || m_kind == Kind::Nothing ? 0 : kColumns;
}

QString InspectorModel::text(const Row& row, int column) const
{
    const TaskResults& task = m_results->tasks[static_cast<std::size_t>(row.item.task)];
    if (m_kind == Kind::Layers) {
        const Layer& layer = task.network.layers[static_cast<std::size_t>(row.item.layer)];
        switch (column) {
        case 0:
            return QString::fromStdString(layer.name);
        case 1: {
            const std::string_view kind = toString(layer.kind);
            return QString::fromUtf8(kind.data(), static_cast<qsizetype>(kind.size()));
        }
        case 2:
            return countText(static_cast<std::int64_t>(row.value));
        default:
            return countText(row.pages);
        }
    }
    switch (column) {
    case 0:
        return pageName(*m_results, static_cast<std::size_t>(row.item.task), row.item.page);
    case 1:
        if (m_kind == Kind::Tenants)
            return layersText(task, row.item.page);
        if (row.item.slot >= 0)
            return QString::number(row.item.slot);
        return task.table.entries.empty() ? QString() : tr("exclusive");
    case 2:
        return row.value < 0.0 ? QString() : costText(row.value);
    default:
        return row.value < 0.0 || m_fisher <= 0.0 ? QString() : percentText(row.value / m_fisher);
    }
}

QVariant InspectorModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return text(row, index.column());
    case Qt::DecorationRole: // the task's colour; its name beside it is the other cue
        return index.column() == 0 && m_kind == Kind::Tenants ? QVariant(taskColor(row.item.task))
                                                              : QVariant();
    case Qt::TextAlignmentRole:
        return index.column() >= 2 ? QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
    case Qt::ToolTipRole:
        return tr("Double-click, or Enter, selects this in every view.");
    default:
        return {};
    }
}

QVariant InspectorModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || (role != Qt::DisplayRole && role != Qt::ToolTipRole))
        return {};
    const bool isTip = role == Qt::ToolTipRole;
    if (m_kind == Kind::Layers) {
        switch (section) {
        case 0:
            return isTip ? tr("Name of the layer.") : tr("Layer");
        case 1:
            return isTip ? tr("What the layer does.") : tr("Kind");
        case 2:
            return isTip ? tr("Weights and biases of the layer.") : tr("Weights");
        default:
            return isTip ? tr("Pages that hold weights of the layer; private tensors are on none.")
                         : tr("Pages");
        }
    }
    switch (section) {
    case 0:
        return isTip ? tr("The page, as task and number.") : tr("Page");
    case 1:
        if (m_kind == Kind::Tenants)
            return isTip ? tr("Layers that have weights on the page.") : tr("Layer");
        return isTip ? tr("The slot of the pool that the page takes, or that it is exclusive.") : tr("Slot");
    case 2:
        return isTip ? tr("Fisher information of the page, in nats per squared weight: how much the task "
                          "minds a change of it.")
                     : tr("Fisher");
    default:
        return isTip ? tr("Share of the Fisher information of all these pages.") : tr("Share");
    }
}

} // namespace palimpsest
