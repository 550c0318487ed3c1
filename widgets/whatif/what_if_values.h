// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/matching/placement.h"

#include <QString>

#include <cstdint>
#include <optional>

namespace palimpsest {

/// The settings that the what-if panel varies.
struct WhatIfChoice {
    std::int64_t pageSize = 512; ///< weights
    std::int64_t poolPages = 0; ///< slots; 0: as many as level 1's budget holds
    std::int64_t exclusivePages = 0; ///< of all tasks together
    bool operator==(const WhatIfChoice&) const = default;
};

/// How much a predicted cost can be trusted (core/matching/cost_estimate.h).
enum class CostTrust {
    Exact, ///< what the stage match will find
    Estimate, ///< within 25 % of it, as a test proves
    Rough, ///< of a sample: its order of magnitude
};

/// What a choice would give, as far as it is known by now.
struct WhatIfPrediction {
    WhatIfChoice choice; ///< that it is of
    QString problem; ///< why not even the bytes are known; empty: they are
    MemoryPlan plan;
    std::int64_t pageCount = 0; ///< of all tasks
    std::int64_t slotCount = 0;
    std::int64_t exclusivePages = 0; ///< at most, where matching chooses them
    QString note; ///< what may change the bytes; empty: nothing
    QString
        budgetProblem; ///< the sentence that a stage would fail with; empty: budgets hold it, or there are none
    std::int64_t mostSlots = 0; ///< that level 1's budget holds with these pages; 0: no budget
    std::int64_t mostExclusive = 0; ///< that level 2's budget holds; 0: no budget

    std::optional<double> cost; ///< of the kind that matching minimises, nats
    CostTrust trust = CostTrust::Exact;
    bool isCostPending = false; ///< a cost, or a better one, is being computed
    QString costProblem; ///< why there is none; empty: there is, or will be
};

/// How large a pool a target size leaves.
struct WhatIfFit {
    WhatIfChoice asked; ///< page size and exclusive pages that it is for
    std::int64_t targetBytes = 0;
    std::int64_t poolPages = 0; ///< the most that fit; 0: there is a problem
    QString problem; ///< why the target cannot be met; empty: it can
};

} // namespace palimpsest
