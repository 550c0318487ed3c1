// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/pages/page_table.h"
#include "core/project/settings.h"

#include <cstdint>
#include <span>
#include <vector>

namespace palimpsest {

/// One task's pages as matching sees them. Views: the caller keeps the storage alive.
/// All spans are [pageCount, pageSize], row-major.
struct TaskPages {
    std::span<const float> weights;
    std::span<const float> fisher; ///< >= 0, nats per squared weight, times the task's loss weight
    std::span<const std::uint8_t> valid; ///< 0: padding, never counted; empty: all count
    std::int64_t pageCount = 0;
};

// The functions of this header throw std::invalid_argument where a span has another size than stated, there
// is not one table a task, a table has another number of entries than its task has pages, or a slot is not
// below slotCount.

/// J_bary: exact quadratic rise of the summed losses when every slot holds its tenants' Fisher barycentre,
///     sum over slots and positions k of  sum_t F_tk (w_tk - m_k)^2,   m_k = sum_t F_tk w_tk / sum_t F_tk
/// (ALGORITHMS.md 4.1; no factor 1/2). Exclusive pages cost nothing. Sums in double, in a fixed order.
[[nodiscard]] double barycentreCost(std::span<const TaskPages> tasks, std::span<const PageTable> tables,
    std::int64_t pageSize, std::int64_t slotCount);

/// J_pair, the references' total_network_cost: over every pair of tenants (task, page) of a slot
///     sum_k [F_tk > 0][F_uk > 0] (F_tk + F_uk) (w_tk - w_uk)^2        (ALGORITHMS.md 1.5)
[[nodiscard]] double pairwiseCost(std::span<const TaskPages> tasks, std::span<const PageTable> tables,
    std::int64_t pageSize, std::int64_t slotCount);

/// J_bary of each slot; sums to barycentreCost(). For page maps.
[[nodiscard]] std::vector<double> slotCosts(std::span<const TaskPages> tasks,
    std::span<const PageTable> tables, std::int64_t pageSize, std::int64_t slotCount);

/// The value of every slot after merging, [slotCount, pageSize]: barycentre (plain mean where all Fisher
/// terms are zero), mean, or the last task's weights. A position without tenants is 0.
[[nodiscard]] std::vector<float> mergePages(std::span<const TaskPages> tasks,
    std::span<const PageTable> tables, std::int64_t pageSize, std::int64_t slotCount, PageValue value);

} // namespace palimpsest
