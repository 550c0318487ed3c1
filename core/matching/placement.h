// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/pages/page_layout.h"
#include "core/pages/page_table.h"
#include "core/project/settings.h"

#include <cstdint>
#include <vector>

namespace palimpsest {

/// What placement counts; one entry of each vector a task.
struct PlacementInput {
    std::vector<const Network*> networks;
    std::vector<const PageLayout*> layouts;
    std::vector<const PageTable*> tables;
    std::int64_t slotCount = 0;
    std::int64_t exclusiveCount = 0;
};

/// Bytes on both levels (DESIGN.md 6 and 10). Scratch is one network of the largest task, float32.
struct MemoryPlan {
    std::int64_t standaloneBytes = 0; ///< all networks, float32, weights and state
    std::int64_t poolBytes = 0;
    std::int64_t exclusiveBytes = 0;
    std::int64_t privateBytes = 0;
    std::int64_t tableBytes = 0;
    std::int64_t scaleBytes = 0;
    std::int64_t scratchBytes = 0;
    [[nodiscard]] std::int64_t virtualizedBytes() const
    {
        return poolBytes + exclusiveBytes + privateBytes + tableBytes + scaleBytes;
    }
    [[nodiscard]] double ratio() const
    {
        return static_cast<double>(standaloneBytes) / static_cast<double>(virtualizedBytes());
    }
    [[nodiscard]] std::int64_t
    level1Bytes() const; ///< all but the exclusive pages and their scales; with scratch
    std::int64_t level2Bytes = 0; ///< exclusive pages and their scales
};

/// @return BadInput where a budget is too small, with the smallest that would do
[[nodiscard]] Result<MemoryPlan> placePages(
    const PlacementInput& input, const PagesSettings& pages, const BudgetSettings& budgets);

/// Number of pool slots: settings.poolPages, or what B1 leaves after scratch, private tensors and tables.
/// Never more than there are pages, where B1 decides.
/// @return BadInput where neither is given, or B1 leaves no slot or not those that are asked for (the smallest B1 that would do is
///         named)
[[nodiscard]] Result<std::int64_t> poolSlots(const std::vector<const Network*>& networks,
    const std::vector<const PageLayout*>& layouts, const PagesSettings& pages, const BudgetSettings& budgets,
    std::int64_t exclusiveLimit);

} // namespace palimpsest
