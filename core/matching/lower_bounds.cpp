// SPDX-License-Identifier: Apache-2.0
#include "core/backend/assignment.h"
#include "core/matching/matching.h"
#include "core/matching/page_set.h"
#include "core/matching/slot_state.h"

#include <algorithm>
#include <utility>

namespace palimpsest {
namespace {

/// The least cost of two tasks that share the pool alone: pages of u take slots that hold t's pages, at a cost, or empty ones, at none.
/// @return nothing if `stop` was requested
std::optional<double> twoTaskOptimum(
    const PageSet& pages, std::size_t t, std::size_t u, CostKind kind, const std::stop_token& stop)
{
    SlotState state(pages, kind);
    std::int32_t next = 0;
    for (const std::int32_t page : pages.sharable(t))
        state.move(t, page, next++);
    const std::vector<std::int32_t>& list = pages.sharable(u);
    const std::optional<std::vector<float>> costs = state.costs(u, list, stop);
    if (!costs)
        return std::nullopt;
    const auto rows = static_cast<std::int64_t>(list.size());
    const std::optional<std::vector<std::int32_t>> columns = assign(*costs, rows, pages.slotCount(), stop);
    if (!columns)
        return std::nullopt;
    double optimum = 0.0;
    for (std::size_t n = 0; n < list.size(); ++n) {
        optimum += double { (*costs)[n * static_cast<std::size_t>(pages.slotCount())
            + static_cast<std::size_t>((*columns)[n])] };
    }
    return optimum;
}

} // namespace

Result<std::optional<LowerBounds>> lowerBounds(const MatchProblem& problem, const JobContext& context)
{
    PALIMPSEST_TRY(const PageSet pages, PageSet::create(problem, context.device()));
    const std::size_t taskCount = pages.taskCount();
    if (problem.exclusiveLimit > 0)
        return std::optional<LowerBounds> {};
    for (std::size_t t = 0; t < taskCount; ++t) {
        if (pages.repeatsSlots(t))
            return std::optional<LowerBounds> {};
    }
    LowerBounds bounds;
    const double pairCount = static_cast<double>(taskCount * (taskCount - 1)) / 2.0;
    double done = 0.0;
    for (std::size_t t = 0; t < taskCount; ++t) {
        for (std::size_t u = t + 1; u < taskCount; ++u) {
            context.setProgress(
                done++ / pairCount, "bound of " + taskName(problem, t) + " and " + taskName(problem, u));
            const auto barycentre = twoTaskOptimum(pages, t, u, CostKind::Barycentre, context.stopToken());
            const auto pairwise = twoTaskOptimum(pages, t, u, CostKind::Pairwise, context.stopToken());
            if (!barycentre || !pairwise)
                return canceled();
            bounds.barycentre += *barycentre;
            bounds.pairwise += *pairwise;
        }
    }
    if (taskCount > 1)
        bounds.barycentre /= static_cast<double>(taskCount - 1);
    return std::optional<LowerBounds> { bounds };
}

} // namespace palimpsest
