// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pagemap/page_map.h"

#include <stdexcept>
#include <utility>

namespace palimpsest {

int PageMap::taskCountOf(int slot) const
{
    int count = 0;
    const std::span<const SlotTenant> all = tenantsOf(slot);
    for (std::size_t i = 0; i < all.size(); ++i) // they are sorted by task
        if (i == 0 || all[i].task != all[i - 1].task)
            ++count;
    return count;
}

PageMap makePageMap(std::vector<std::string> tasks, std::span<const PageTable> tables,
    std::span<const double> slotCosts, std::int64_t pageSize)
{
    if (tables.size() != tasks.size())
        throw std::invalid_argument("makePageMap: " + std::to_string(tables.size()) + " tables for "
            + std::to_string(tasks.size()) + " tasks");
    PageMap map;
    map.tasks = std::move(tasks);
    map.pageSize = pageSize;
    map.costs.assign(slotCosts.begin(), slotCosts.end());
    map.firstTenant.assign(slotCosts.size() + 1, 0);

    // Counting sort by slot: first how many each has, then where each begins, then the tenants themselves.
    for (const PageTable& table : tables) {
        for (const PageRef& entry : table.entries) {
            if (entry.exclusive) {
                ++map.exclusivePages;
                continue;
            }
            if (entry.index >= slotCosts.size())
                throw std::invalid_argument("makePageMap: slot " + std::to_string(entry.index) + " of "
                    + std::to_string(slotCosts.size()));
            ++map.firstTenant[entry.index + 1];
        }
    }
    for (std::size_t slot = 0; slot < slotCosts.size(); ++slot)
        map.firstTenant[slot + 1] += map.firstTenant[slot];
    map.tenants.resize(map.firstTenant.back());
    std::vector<std::uint32_t> next(map.firstTenant.begin(), map.firstTenant.end() - 1);
    for (std::uint32_t task = 0; task < tables.size(); ++task) {
        const std::vector<PageRef>& entries = tables[task].entries;
        for (std::uint32_t page = 0; page < entries.size(); ++page) {
            if (!entries[page].exclusive)
                map.tenants[next[entries[page].index]++] = { task, page };
        }
    }
    return map;
}

} // namespace palimpsest
