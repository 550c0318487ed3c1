// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/matching/cost_estimate.h"
#include "core/matching/placement.h"
#include "core/matching/separation.h"
#include "core/network/network.h"
#include "core/pages/page_layout.h"
#include "core/project/settings.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace palimpsest {

/// Settings whose effect is asked for.
struct WhatIfRequest {
    PagesSettings pages;
    SeparationSettings separation;
    MatchingSettings matching;
    BudgetSettings budgets;
    std::uint64_t seed = 1;

    [[nodiscard]] static WhatIfRequest from(const Recipe& recipe);
    bool operator==(const WhatIfRequest&) const = default;
};

/// What packing would take. The same code as the stages pages, separate and place, so it is what they will find; where matching chooses the
/// exclusive pages (separation `price`), it may choose fewer than it is allowed.
struct WhatIfBytes {
    MemoryPlan plan;
    std::int64_t pageCount = 0; ///< of all tasks
    std::int64_t slotCount = 0;
    std::int64_t exclusivePages = 0;
    std::string
        note; ///< why a number is not what it will be (density without Fisher information); empty: nothing is
    std::string
        budgetProblem; ///< the sentence that a stage would fail with; empty: the budgets hold it, or there are none
};

/// Predicts what other settings would give, from whatever of a project is done: bytes always, the cost of matching as soon as the networks are
/// trained and their Fisher information is known. Runs nothing and writes nothing. Immutable once loaded: any thread may ask, and
/// no answer is kept.
class WhatIf {
public:
    /// Reads the networks that the recipe names and, where they are done, their weights and Fisher information. Where the recipe
    /// cannot be planned (a data file is missing) costProblem() says so. Long: call it on a worker thread.
    /// @return BadInput where the recipe has no task or a network does not read
    [[nodiscard]] static Result<WhatIf> load(const std::filesystem::path& folder, const Recipe& recipe);

    /// At once: some microseconds a network; with separation `density` as long as it takes to read all Fisher values.
    /// @return BadInput as the stages: a page size that is none, no room for a single slot
    [[nodiscard]] Result<WhatIfBytes> bytes(const WhatIfRequest& request) const;

    [[nodiscard]] bool canPredictCost() const { return m_costProblem.empty(); }
    /// Why there is no cost: "the Fisher information of digits is not computed yet". Empty: there is.
    [[nodiscard]] const std::string& costProblem() const { return m_costProblem; }

    /// About a second at kQuickWork; see estimateCost() for its accuracy.
    [[nodiscard]] Result<CostEstimate> cost(
        const WhatIfRequest& request, double workLimit, const JobContext& context) const;

    static constexpr double kQuickWork = 1.2e9;

private:
    struct Task {
        std::string name;
        Network network;
        Weights weights; ///< these two: empty before their stages are done
        Weights fisher; ///< times the task's loss weight
    };

    WhatIf() = default;
    [[nodiscard]] Status readResults(const std::filesystem::path& folder, const Recipe& recipe);
    [[nodiscard]] Result<std::vector<PageLayout>> layouts(const PagesSettings& pages) const;
    [[nodiscard]] Result<Separation> separate(
        const std::vector<PageLayout>& layouts, const WhatIfRequest& request) const;

    std::vector<Task> m_tasks;
    std::string m_costProblem;
};

} // namespace palimpsest
