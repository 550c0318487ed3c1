// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/job/job_channel.h"
#include "core/matching/slot_state.h"
#include "core/project/settings.h"

#include <cstdint>
#include <memory>

namespace palimpsest {

/// What a strategy is given.
struct StrategyInput {
    const MatchProblem& problem; ///< for names and the limit; its pages are read from `pages`
    const PageSet& pages;
    const MatchingSettings& settings;
    std::uint64_t seed;
    const JobContext& context;
};

struct StrategyResult {
    SlotTables tables; ///< every sharable page has a slot, or is exclusive within the limit
    int sweeps = 0;
};

/// A way to match pages with slots. A new one is one class in a file of its own and one line in makeStrategy().
class Strategy {
public:
    virtual ~Strategy() = default;
    [[nodiscard]] virtual Result<StrategyResult> match(const StrategyInput& input) const = 0;
    /// Whether match() spends MatchProblem::exclusiveLimit itself. Otherwise the pages that gain most become exclusive
    /// after the match: see makeExclusiveByGain().
    [[nodiscard]] virtual bool choosesExclusivePages() const { return false; }
};

/// Sharable page number i takes slot i mod M.
[[nodiscard]] std::unique_ptr<Strategy> makeIdentityStrategy();
/// A seeded permutation of the slots for each task; a task with more pages than slots goes on with a new one.
[[nodiscard]] std::unique_ptr<Strategy> makeRandomStrategy();
/// The references' greedy (ALGORITHMS.md 1.5), on page contents N(0, 0.01^2) drawn from the seed. A task with more sharable pages
/// than slots is BadInput: the paper has no rule for it.
[[nodiscard]] std::unique_ptr<Strategy> makeReferenceStrategy();
/// Tasks in order of decreasing page count, each by one exact assignment against the tasks before it.
[[nodiscard]] std::unique_ptr<Strategy> makeSequentialStrategy();
/// From the sequential tables: each task anew against all others, in random order, until a sweep gains less than the tolerance.
[[nodiscard]] std::unique_ptr<Strategy> makeDescentStrategy();

[[nodiscard]] std::unique_ptr<Strategy> makeStrategy(MatchingStrategy strategy);

} // namespace palimpsest
