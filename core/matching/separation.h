// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/pages/page_cost.h"
#include "core/project/settings.h"

#include <cstdint>
#include <vector>

namespace palimpsest {

/// What `separate` hands to `match`.
struct Separation {
    /// density: the exclusive pages, one flag a page and task; price: empty.
    std::vector<std::vector<std::uint8_t>> exclusive;
    /// price: how many pages match may make exclusive; density: 0.
    std::int64_t exclusiveLimit = 0;
    /// Contribution density of each page: its share of the task's whole Fisher; [task][page].
    std::vector<std::vector<double>> density;
};

/// density (ALGORITHMS.md 1.6): pages in order of contribution density become exclusive until those that stay
/// shared hold at most `margin` of the task's Fisher. price: only the limit; matching decides (4.1).
/// @param level2Bytes  B2, 0: none; more exclusive pages than fit are BadInput that says how many bytes would
/// do
[[nodiscard]] Result<Separation> separatePages(const std::vector<TaskPages>& tasks, std::int64_t pageSize,
    const SeparationSettings& settings, std::int64_t level2Bytes, std::int64_t storedPageBytes);

} // namespace palimpsest
