// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pagemap/page_items.h"

#include "widgets/style/text.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace palimpsest {

namespace {

/// Where the texts of this file are found by translators.
struct Text {
    Q_DECLARE_TR_FUNCTIONS(PageMap)
};

bool hasSlot(const RunResults& results, int slot)
{
    return results.pageMap && slot >= 0 && slot < results.pageMap->slotCount();
}

const TaskResults* taskOf(const RunResults& results, int task)
{
    return task >= 0 && static_cast<std::size_t>(task) < results.tasks.size()
        ? &results.tasks[static_cast<std::size_t>(task)]
        : nullptr;
}

std::int64_t pageCountOf(const TaskResults& task)
{
    return task.table.entries.empty() ? task.layout.pageCount
                                      : static_cast<std::int64_t>(task.table.entries.size());
}

QString nats(double cost)
{
    return Text::tr("%1 nats").arg(costText(cost));
}

QString slotText(const RunResults& results, int slot)
{
    const PageMap& map = *results.pageMap;
    const auto count = static_cast<std::int64_t>(map.tenantsOf(slot).size());
    if (count == 0)
        return Text::tr("Slot %1: no page uses it.").arg(slot);
    return Text::tr("Slot %1\nPages (%2, of %3 tasks): %4\nCost: %5")
        .arg(QString::number(slot), countText(count), countText(map.taskCountOf(slot)),
            tenantsText(results, slot, 12),
            nats(static_cast<double>(map.costs[static_cast<std::size_t>(slot)])));
}

QString pageText(const RunResults& results, std::size_t task, std::int64_t page)
{
    const TaskResults& owner = results.tasks[task];
    QStringList lines { Text::tr("Page %1").arg(pageName(results, task, page)) };
    if (const QString layers = layersText(owner, page); !layers.isEmpty())
        lines << Text::tr("Layer: %1").arg(layers);
    if (!owner.pageFisher.empty())
        lines << Text::tr("Fisher: %1 nats per squared weight")
                     .arg(costText(owner.pageFisher[static_cast<std::size_t>(page)]));
    if (!owner.table.entries.empty()) {
        const PageRef& place = owner.table.entries[static_cast<std::size_t>(page)];
        lines << (place.exclusive ? Text::tr("Exclusive: kept in memory level 2 for this task alone")
                                  : slotText(results, static_cast<int>(place.index)));
    }
    return lines.join(QLatin1Char('\n'));
}

} // namespace

SelectedItem pageItem(const RunResults& results, std::size_t task, std::int64_t page)
{
    SelectedItem item;
    item.task = static_cast<int>(task);
    item.page = static_cast<int>(page);
    const std::vector<PageRef>& entries = results.tasks[task].table.entries;
    if (static_cast<std::size_t>(page) < entries.size() && !entries[static_cast<std::size_t>(page)].exclusive)
        item.slot = static_cast<int>(entries[static_cast<std::size_t>(page)].index);
    return item;
}

SelectedItem itemAt(const RunResults& results, PageMapMode mode, const CellIndex& cell)
{
    if (mode == PageMapMode::Tasks) {
        const TaskResults* const task = taskOf(results, static_cast<int>(cell.row));
        return task != nullptr && cell.column >= 0 && cell.column < pageCountOf(*task)
            ? pageItem(results, static_cast<std::size_t>(cell.row), cell.column)
            : SelectedItem {};
    }
    SelectedItem item;
    if (cell.row == 0 && hasSlot(results, static_cast<int>(cell.column)))
        item.slot = static_cast<int>(cell.column);
    return item;
}

CellIndex cellOf(const RunResults& results, PageMapMode mode, const SelectedItem& item)
{
    if (mode == PageMapMode::Pool)
        return hasSlot(results, item.slot) ? CellIndex { 0, item.slot } : CellIndex {};
    const TaskResults* const task = taskOf(results, item.task);
    return task != nullptr && item.page >= 0 && item.page < pageCountOf(*task)
        ? CellIndex { item.task, item.page }
        : CellIndex {};
}

std::vector<CellIndex> cellsOfGroup(const RunResults& results, PageMapMode mode, const SelectedItem& item)
{
    std::vector<CellIndex> cells;
    const TaskResults* const task = taskOf(results, item.task);
    if (task == nullptr || item.page >= 0)
        return cells;
    const auto add = [&](std::int64_t page) {
        if (mode == PageMapMode::Tasks) {
            cells.push_back({ item.task, page });
        } else if (const int slot = pageItem(results, static_cast<std::size_t>(item.task), page).slot;
                   hasSlot(results, slot)) {
            cells.push_back({ 0, slot });
        }
    };
    if (item.layer >= 0) {
        for (const std::int64_t page : task->pagesOf(static_cast<std::size_t>(item.layer)))
            add(page);
        return cells;
    }
    for (std::int64_t page = 0; page < pageCountOf(*task); ++page)
        add(page);
    return cells;
}

std::vector<CellIndex> cellsOfSlot(const RunResults& results, PageMapMode mode, const SelectedItem& item)
{
    std::vector<CellIndex> cells;
    if (mode != PageMapMode::Tasks || !hasSlot(results, item.slot))
        return cells;
    for (const SlotTenant& tenant : results.pageMap->tenantsOf(item.slot))
        cells.push_back({ tenant.task, tenant.page });
    return cells;
}

QString pageName(const RunResults& results, std::size_t task, std::int64_t page)
{
    return QStringLiteral("%1:%2").arg(QString::fromStdString(results.tasks[task].name)).arg(page);
}

QString tenantsText(const RunResults& results, int slot, int most)
{
    QStringList texts;
    const std::span<const SlotTenant> tenants = results.pageMap->tenantsOf(slot);
    for (const SlotTenant& tenant : tenants.first(std::min(tenants.size(), static_cast<std::size_t>(most))))
        texts << pageName(results, tenant.task, tenant.page);
    if (tenants.size() > static_cast<std::size_t>(most))
        texts << Text::tr("and %1 more").arg(countText(static_cast<std::int64_t>(tenants.size()) - most));
    return texts.join(QStringLiteral(", "));
}

QString layersText(const TaskResults& task, std::int64_t page)
{
    QStringList names;
    for (const std::size_t layer : task.layersOf(page))
        names << QString::fromStdString(task.network.layers[layer].name);
    return names.join(QStringLiteral(", "));
}

QString cellText(const RunResults& results, PageMapMode mode, const CellIndex& cell)
{
    if (itemAt(results, mode, cell).isEmpty())
        return {};
    return mode == PageMapMode::Pool ? slotText(results, static_cast<int>(cell.column))
                                     : pageText(results, static_cast<std::size_t>(cell.row), cell.column);
}

} // namespace palimpsest
