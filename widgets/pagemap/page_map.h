// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pages/page_table.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace palimpsest {

/// A page of a task that uses a slot.
struct SlotTenant {
    std::uint32_t task = 0; ///< index into PageMap::tasks
    std::uint32_t page = 0; ///< of that task
    bool operator==(const SlotTenant&) const = default;
};

/// Who uses which slot of the pool, in the form that views read. Immutable after makePageMap(): share it between threads as
/// std::shared_ptr<const PageMap>. Flat arrays, 8 bytes a tenant and 8 a slot: a million slots stay small.
struct PageMap {
    std::vector<std::string> tasks;
    std::int64_t pageSize = 0; ///< weights
    std::vector<std::uint32_t> firstTenant { 0 }; ///< [slotCount + 1]: where a slot's tenants begin
    std::vector<SlotTenant> tenants; ///< by slot, then task, then page
    std::vector<float> costs; ///< J_bary of each slot, [slotCount]
    std::int64_t exclusivePages = 0; ///< of all tasks, outside the pool

    [[nodiscard]] int slotCount() const { return static_cast<int>(costs.size()); }
    [[nodiscard]] std::span<const SlotTenant> tenantsOf(int slot) const
    {
        const std::size_t first = firstTenant[static_cast<std::size_t>(slot)];
        return { tenants.data() + first, firstTenant[static_cast<std::size_t>(slot) + 1] - first };
    }
    [[nodiscard]] int taskCountOf(int slot) const; ///< tasks that have a page in it
};

/// @param tables     one a task, in the order of `tasks`
/// @param slotCosts  one a slot
/// @throws std::invalid_argument if there is not one table a task, or an entry names a slot that is not there
[[nodiscard]] PageMap makePageMap(std::vector<std::string> tasks, std::span<const PageTable> tables,
    std::span<const double> slotCosts, std::int64_t pageSize);

} // namespace palimpsest
