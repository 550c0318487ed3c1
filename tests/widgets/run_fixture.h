// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/results/run_results.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace palimpsest::test {

/// Two tasks over five slots. Task a: pages in slots 0, 2, 2, exclusive. Task b: slots 2, 4. Slots 1 and 3 are empty. Costs 0, 0, 1, 0,
/// 0.01. Fisher of the pages: a 1, 2, 3, 4; b 10, 20. No networks.
[[nodiscard]] std::shared_ptr<RunResults> smallRun();

/// One page a slot of one task, all of cost 1.
[[nodiscard]] std::shared_ptr<RunResults> largeRun(std::uint32_t slots);

/// Random tables, costs and Fisher; about one page of ten exclusive. No networks.
[[nodiscard]] std::shared_ptr<RunResults> randomRun(
    const std::vector<std::int64_t>& pageCounts, std::int64_t slots, std::uint64_t seed);

/// Two real networks of two linear layers each ("left": 6-64-3, "right": 6-96-3), cut into pages of 64 weights, with weights, Fisher, tables
/// over `slots` slots, and a pool where `isOptimised`.
[[nodiscard]] std::shared_ptr<RunResults> networkRun(std::int64_t slots = 8, bool isOptimised = true);

} // namespace palimpsest::test
