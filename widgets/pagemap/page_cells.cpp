// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pagemap/page_cells.h"

#include "widgets/pagemap/page_difference.h"

#include <algorithm>
#include <cmath>

namespace palimpsest {

namespace {

std::int64_t pageCountOf(const TaskResults& task)
{
    return task.table.entries.empty() ? task.layout.pageCount
                                      : static_cast<std::int64_t>(task.table.entries.size());
}

double slotFisher(const RunResults& results, int slot)
{
    double sum = 0.0;
    for (const SlotTenant& tenant : results.pageMap->tenantsOf(slot))
        sum += results.tasks[tenant.task].pageFisher[tenant.page];
    return sum;
}

std::optional<double> slotValue(const RunResults& results, PageQuantity quantity, int slot)
{
    const PageMap& map = *results.pageMap;
    const std::size_t tenants = map.tenantsOf(slot).size();
    if (tenants == 0)
        return std::nullopt;
    switch (quantity) {
    case PageQuantity::Tenants:
        return static_cast<double>(tenants);
    case PageQuantity::Tasks:
        return static_cast<double>(map.taskCountOf(slot));
    case PageQuantity::Cost:
        return static_cast<double>(map.costs[static_cast<std::size_t>(slot)]);
    case PageQuantity::Fisher:
        return slotFisher(results, slot);
    case PageQuantity::Level:
    case PageQuantity::Change:
        break;
    }
    return std::nullopt;
}

std::optional<double> pageValue(
    const RunResults& results, PageQuantity quantity, std::size_t task, std::int64_t page)
{
    const TaskResults& owner = results.tasks[task];
    if (quantity == PageQuantity::Fisher)
        return owner.pageFisher.empty() ? std::nullopt
                                        : std::optional(owner.pageFisher[static_cast<std::size_t>(page)]);
    if (owner.table.entries.empty())
        return std::nullopt;
    const PageRef& place = owner.table.entries[static_cast<std::size_t>(page)];
    return place.exclusive ? std::nullopt : slotValue(results, quantity, static_cast<int>(place.index));
}

/// Makes codes of values: first the ends of the scale, then the shades.
class Shader {
public:
    Shader(PageCells& cells, PageQuantity quantity)
        : m_cells(cells)
    {
        m_cells.scale.isLogarithmic = quantity != PageQuantity::Tenants && quantity != PageQuantity::Tasks;
    }

    void look(const std::optional<double>& value)
    {
        if (!value || !(*value > 0.0) || !std::isfinite(*value))
            return;
        ValueScale& scale = m_cells.scale;
        scale.low = scale.high == 0.0 ? *value : std::min(scale.low, *value);
        scale.high = std::max(scale.high, *value);
    }

    [[nodiscard]] std::uint8_t code(double value)
    {
        const double shade = m_cells.scale.shade(value) * (cell::kShadeCount - 1);
        return static_cast<std::uint8_t>(cell::kFirstShade + std::lround(shade));
    }

    std::uint8_t category(std::uint8_t category)
    {
        m_cells.categories = static_cast<std::uint16_t>(m_cells.categories | 1U << category);
        return category;
    }

private:
    PageCells& m_cells;
};

std::uint8_t slotCategory(
    const RunResults& results, PageQuantity quantity, int slot, const PageDifference& change)
{
    if (results.pageMap->tenantsOf(slot).empty())
        return cell::kEmpty;
    if (quantity == PageQuantity::Change)
        return change.slotCode(slot);
    return quantity == PageQuantity::Level ? cell::kShared : cell::kUnknown;
}

std::uint8_t pageCategory(const RunResults& results, PageQuantity quantity, std::size_t task,
    std::int64_t page, const PageDifference& change)
{
    const PageTable& table = results.tasks[task].table;
    if (quantity == PageQuantity::Change)
        return change.pageCode(task, page);
    if (table.entries.empty())
        return cell::kUnknown;
    const bool isExclusive = table.entries[static_cast<std::size_t>(page)].exclusive;
    if (isExclusive && quantity != PageQuantity::Fisher)
        return cell::kExclusive;
    return quantity == PageQuantity::Level ? cell::kShared : cell::kUnknown;
}

void fillPool(PageCells& cells, const RunResults& results, const PageDifference& change)
{
    const int slotCount = results.pageMap ? results.pageMap->slotCount() : 0;
    cells.codes.resize(static_cast<std::size_t>(slotCount));
    Shader shader(cells, cells.quantity);
    for (int slot = 0; slot < slotCount; ++slot)
        shader.look(slotValue(results, cells.quantity, slot));
    for (int slot = 0; slot < slotCount; ++slot) {
        const std::optional<double> value = slotValue(results, cells.quantity, slot);
        cells.codes[static_cast<std::size_t>(slot)] = value
            ? shader.code(*value)
            : shader.category(slotCategory(results, cells.quantity, slot, change));
    }
}

void fillTasks(PageCells& cells, const RunResults& results, const PageDifference& change)
{
    cells.rows = static_cast<std::int64_t>(results.tasks.size());
    for (const TaskResults& task : results.tasks)
        cells.columns = std::max(cells.columns, pageCountOf(task));
    cells.codes.assign(static_cast<std::size_t>(cells.rows * cells.columns), cell::kNone);
    Shader shader(cells, cells.quantity);
    for (std::size_t task = 0; task < results.tasks.size(); ++task)
        for (std::int64_t page = 0; page < pageCountOf(results.tasks[task]); ++page)
            shader.look(pageValue(results, cells.quantity, task, page));
    for (std::size_t task = 0; task < results.tasks.size(); ++task) {
        const std::size_t row = task * static_cast<std::size_t>(cells.columns);
        for (std::int64_t page = 0; page < pageCountOf(results.tasks[task]); ++page) {
            const std::optional<double> value = pageValue(results, cells.quantity, task, page);
            cells.codes[row + static_cast<std::size_t>(page)] = value
                ? shader.code(*value)
                : shader.category(pageCategory(results, cells.quantity, task, page, change));
        }
    }
}

} // namespace

double ValueScale::shade(double value) const
{
    if (!(value > low) || high <= low)
        return 0.0;
    const double place
        = isLogarithmic ? std::log(value / low) / std::log(high / low) : (value - low) / (high - low);
    return std::min(place, 1.0);
}

PageCells makePageCells(
    const RunResults& results, PageMapMode mode, PageQuantity quantity, const RunResults* other)
{
    PageCells cells;
    cells.mode = mode;
    cells.quantity = quantity;
    if (!isThere(results, mode, quantity))
        return cells;
    const PageDifference change = quantity == PageQuantity::Change && other != nullptr
        ? PageDifference(results, *other)
        : PageDifference();
    if (mode == PageMapMode::Pool)
        fillPool(cells, results, change);
    else
        fillTasks(cells, results, change);
    return cells;
}

std::optional<double> cellValue(
    const RunResults& results, PageMapMode mode, PageQuantity quantity, std::int64_t row, std::int64_t column)
{
    if (mode == PageMapMode::Pool)
        return slotValue(results, quantity, static_cast<int>(column));
    return pageValue(results, quantity, static_cast<std::size_t>(row), column);
}

bool isThere(const RunResults& results, PageMapMode mode, PageQuantity quantity)
{
    const bool hasFisher = std::all_of(results.tasks.begin(), results.tasks.end(),
        [](const TaskResults& task) { return !task.pageFisher.empty() || pageCountOf(task) == 0; });
    const bool hasPages = std::any_of(results.tasks.begin(), results.tasks.end(),
        [](const TaskResults& task) { return pageCountOf(task) > 0; });
    if (quantity == PageQuantity::Fisher)
        return hasFisher && hasPages && (results.pageMap || mode == PageMapMode::Tasks);
    return results.pageMap != nullptr;
}

} // namespace palimpsest
