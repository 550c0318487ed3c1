// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/job/job_channel.h"
#include "core/pages/page_cost.h"
#include "core/pages/page_table.h"
#include "core/project/settings.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace palimpsest {

/// What matching decides about.
struct MatchProblem {
    std::vector<TaskPages> tasks; ///< in the recipe's order
    std::int64_t pageSize = 0;
    std::int64_t slotCount = 0; ///< M
    /// Pages that separation `density` has made exclusive: one flag a page and task; empty: none.
    std::vector<std::vector<std::uint8_t>> exclusive;
    /// Pages of one task that must not take the same slot as each other: one flag a page and task; empty: none. A task with more pages
    /// than there are slots may use a slot twice, which ties two of its weights for good; for rows of the output layer that would
    /// make two classes one (outputLayerPages()). Honoured by the strategies that minimise a cost.
    std::vector<std::vector<std::uint8_t>> apart;
    /// Separation `price`: number of exclusive pages of all tasks together that matching may choose itself.
    std::int64_t exclusiveLimit = 0;
    std::vector<std::string> names; ///< of the tasks, for messages; may be empty
};

struct MatchResult {
    std::vector<PageTable> tables; ///< exclusive pages numbered 0.. over all tasks, in task and page order
    std::int64_t exclusiveCount = 0;
    double costBarycentre = 0.0;
    double costPairwise = 0.0;
    int sweeps = 0; ///< of descent; else 0
};

/// Runs one strategy. Deterministic for a seed. Canceled within 1 s.
/// @return BadInput where there is no task, no slot, or spans of another size than stated
[[nodiscard]] Result<MatchResult> matchPages(const MatchProblem& problem, const MatchingSettings& settings,
    std::uint64_t seed, const JobContext& context);

struct LowerBounds {
    /// 1/(N-1) x the sum over task pairs of the exact two-task optimum (ALGORITHMS.md 4.2)
    double barycentre = 0.0;
    double pairwise = 0.0; ///< the sum over task pairs of the exact two-task optimum
};

/// Lower bounds of both costs over tables that use each slot at most once a task.
/// Empty where a task has more sharable pages than there are slots, or matching may choose exclusive pages (the statements do not
/// hold there).
[[nodiscard]] Result<std::optional<LowerBounds>> lowerBounds(
    const MatchProblem& problem, const JobContext& context);

} // namespace palimpsest
