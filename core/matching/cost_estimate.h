// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/matching/matching.h"

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace palimpsest {

/// A matching problem whose pages are read when they are needed, so that a problem of any size can be sampled.
struct EstimateProblem {
    std::int64_t pageSize = 0;
    std::int64_t slotCount = 0;
    /// Fisher information of each page of each task, nats per squared weight: pages of all sizes of it are sampled evenly.
    std::vector<std::vector<double>> pageFisher;
    // As in MatchProblem.
    std::vector<std::vector<std::uint8_t>> exclusive;
    std::vector<std::vector<std::uint8_t>> apart;
    std::int64_t exclusiveLimit = 0;
    std::vector<std::string> names;
    /// Writes one page: weights and Fisher [pageSize], both 0 where there is padding.
    std::function<void(
        std::size_t task, std::int64_t page, std::span<float> weights, std::span<float> fisher)>
        readPage;
};

struct CostEstimate {
    double cost = 0.0; ///< of the kind that the settings minimise
    std::int64_t exclusiveCount = 0; ///< of all tasks together
    bool isExact = false; ///< matched as a whole: what matchPages() gives for the same seed
    std::int64_t blocks = 1; ///< that the problem was cut into
    std::int64_t matchedBlocks = 1; ///< of these
};

/// Estimates what matchPages() would cost with about `workLimit` terms of a cost matrix, a billion of which take half a second or so.
///
/// What fits the limit is matched as a whole: the result is exact. Otherwise slots and pages are dealt into blocks of the same mixture, as
/// many of these as fit the limit are matched by themselves with the same settings, and their costs stand for all. A page that may only
/// choose among the slots of its block pays more than among all, the more the smaller the blocks are: for strategies that
/// choose, the same blocks are matched once more in halves, and what the cost gained by that is taken back for every halving that led
/// to the blocks (see the .cpp). So it is a typical value, not a bound. Deterministic for a seed. Memory: two copies of the pages of
/// one block. Accuracy: tests/core/matching/cost_estimate_test.cpp.
///
/// @return as matchPages(); canceled within 1 s
[[nodiscard]] Result<CostEstimate> estimateCost(const EstimateProblem& problem,
    const MatchingSettings& settings, std::uint64_t seed, double workLimit, const JobContext& context);

} // namespace palimpsest
