// SPDX-License-Identifier: Apache-2.0
#include "core/matching/matching.h"

#include "core/matching/exclusive_choice.h"
#include "core/matching/strategy.h"

#include <stdexcept>

namespace palimpsest {

std::unique_ptr<Strategy> makeStrategy(MatchingStrategy strategy)
{
    switch (strategy) {
    case MatchingStrategy::Identity:
        return makeIdentityStrategy();
    case MatchingStrategy::Random:
        return makeRandomStrategy();
    case MatchingStrategy::Reference:
        return makeReferenceStrategy();
    case MatchingStrategy::Sequential:
        return makeSequentialStrategy();
    case MatchingStrategy::Descent:
        return makeDescentStrategy();
    }
    throw std::logic_error("makeStrategy: unknown matching strategy");
}

Result<MatchResult> matchPages(const MatchProblem& problem, const MatchingSettings& settings,
    std::uint64_t seed, const JobContext& context)
{
    PALIMPSEST_TRY(const PageSet pages, PageSet::create(problem, context.device()));
    const std::unique_ptr<Strategy> strategy = makeStrategy(settings.strategy);
    PALIMPSEST_TRY(StrategyResult matched, strategy->match({ problem, pages, settings, seed, context }));
    if (problem.exclusiveLimit > 0 && !strategy->choosesExclusivePages()) {
        SlotState state(pages, settings.cost, std::move(matched.tables));
        if (!makeExclusiveByGain(state, problem.exclusiveLimit, context.stopToken()))
            return canceled();
        matched.tables = state.tables();
    }
    MatchResult result;
    result.tables = makePageTables(matched.tables);
    for (const PageTable& table : result.tables)
        result.exclusiveCount += table.exclusiveCount();
    result.costBarycentre = barycentreCost(problem.tasks, result.tables, problem.pageSize, problem.slotCount);
    result.costPairwise = pairwiseCost(problem.tasks, result.tables, problem.pageSize, problem.slotCount);
    result.sweeps = matched.sweeps;
    context.setProgress(1.0, "matched");
    return result;
}

} // namespace palimpsest
