// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pagemap/page_difference.h"

#include "widgets/pagemap/page_cells.h"

#include <algorithm>
#include <optional>
#include <unordered_map>

namespace palimpsest {

namespace {

/// Index of each of the run's tasks in the other run, where its pages can be compared.
std::vector<std::optional<std::size_t>> commonTasks(const RunResults& run, const RunResults& other)
{
    std::unordered_map<std::string, std::size_t> byName;
    for (std::size_t task = 0; task < other.tasks.size(); ++task)
        byName[other.tasks[task].name] = task;
    std::vector<std::optional<std::size_t>> common;
    for (const TaskResults& task : run.tasks) {
        const auto found = byName.find(task.name);
        const bool fits = found != byName.end() && run.pageMap && other.pageMap
            && run.pageMap->pageSize == other.pageMap->pageSize
            && other.tasks[found->second].table.entries.size() == task.table.entries.size();
        common.push_back(fits ? std::optional(found->second) : std::nullopt);
    }
    return common;
}

std::uint8_t compareSlot(const RunResults& run, const RunResults& other, int slot,
    const std::vector<std::optional<std::size_t>>& common)
{
    const std::span<const SlotTenant> tenants = run.pageMap->tenantsOf(slot);
    std::vector<SlotTenant> before; // the slot's tenants as the other run names them
    for (const SlotTenant& tenant : tenants) {
        if (const std::optional<std::size_t>& task = common[tenant.task])
            before.push_back({ static_cast<std::uint32_t>(*task), tenant.page });
    }
    if (before.empty())
        return cell::kNotComparable;
    const auto placeOf
        = [&](const SlotTenant& tenant) { return other.tasks[tenant.task].table.entries[tenant.page]; };
    if (std::any_of(before.begin(), before.end(),
            [&](const SlotTenant& tenant) { return placeOf(tenant).exclusive; }))
        return cell::kNowShared;
    if (before.size() != tenants.size())
        return cell::kOtherNeighbours;
    std::sort(before.begin(), before.end(), [](const SlotTenant& a, const SlotTenant& b) {
        return a.task != b.task ? a.task < b.task : a.page < b.page;
    });
    const std::span<const SlotTenant> there
        = other.pageMap->tenantsOf(static_cast<int>(placeOf(before.front()).index));
    return std::equal(before.begin(), before.end(), there.begin(), there.end()) ? cell::kSame
                                                                                : cell::kOtherNeighbours;
}

} // namespace

PageDifference::PageDifference(const RunResults& run, const RunResults& other)
{
    const std::vector<std::optional<std::size_t>> common = commonTasks(run, other);
    const int slotCount = run.pageMap ? run.pageMap->slotCount() : 0;
    for (int slot = 0; slot < slotCount; ++slot)
        m_slots.push_back(compareSlot(run, other, slot, common));
    for (std::size_t task = 0; task < run.tasks.size(); ++task) {
        const std::vector<PageRef>& entries = run.tasks[task].table.entries;
        std::vector<std::uint8_t>& codes = m_pages.emplace_back(entries.size(), cell::kNotComparable);
        if (!common[task])
            continue;
        const std::vector<PageRef>& before = other.tasks[*common[task]].table.entries;
        for (std::size_t page = 0; page < entries.size(); ++page) {
            if (entries[page].exclusive)
                codes[page] = before[page].exclusive ? cell::kSame : cell::kNowExclusive;
            else if (before[page].exclusive)
                codes[page] = cell::kNowShared;
            else
                codes[page]
                    = m_slots[entries[page].index] == cell::kSame ? cell::kSame : cell::kOtherNeighbours;
        }
    }
}

std::uint8_t PageDifference::pageCode(std::size_t task, std::int64_t page) const
{
    const auto index = static_cast<std::size_t>(page);
    return task < m_pages.size() && index < m_pages[task].size() ? m_pages[task][index]
                                                                 : cell::kNotComparable;
}

std::uint8_t PageDifference::slotCode(int slot) const
{
    const auto index = static_cast<std::size_t>(slot);
    return index < m_slots.size() ? m_slots[index] : cell::kNotComparable;
}

std::int64_t PageDifference::changedPages() const
{
    std::int64_t count = 0;
    for (const std::vector<std::uint8_t>& codes : m_pages)
        count += std::count_if(codes.begin(), codes.end(),
            [](std::uint8_t code) { return code != cell::kSame && code != cell::kNotComparable; });
    return count;
}

std::int64_t PageDifference::comparablePages() const
{
    std::int64_t count = 0;
    for (const std::vector<std::uint8_t>& codes : m_pages)
        count += std::count_if(
            codes.begin(), codes.end(), [](std::uint8_t code) { return code != cell::kNotComparable; });
    return count;
}

} // namespace palimpsest
