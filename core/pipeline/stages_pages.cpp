// SPDX-License-Identifier: Apache-2.0
// The stages that decide where pages go: pages, separate, match, place.
#include "core/base/random.h"
#include "core/matching/matching.h"
#include "core/matching/placement.h"
#include "core/matching/separation.h"
#include "core/nn/joint.h"
#include "core/pipeline/stages.h"

#include <array>
#include <utility>

namespace palimpsest {

namespace {

std::vector<const Network*> networksOf(RunSession& session)
{
    std::vector<const Network*> networks;
    for (std::size_t i = 0; i < session.taskCount(); ++i)
        networks.push_back(&session.imported(i).network);
    return networks;
}

template <class T> std::vector<const T*> pointersTo(const std::vector<T>& items)
{
    std::vector<const T*> pointers;
    for (const T& item : items)
        pointers.push_back(&item);
    return pointers;
}

std::int64_t exclusivePageBytes(const PagesSettings& pages)
{
    return packedBytes(pages.exclusiveStorage, pages.pageSize)
        + scaleBytes(pages.exclusiveStorage, pages.pageSize);
}

} // namespace

Result<PartOutcome> runPages(RunSession& session, const JobContext& context)
{
    context.setProgress(0.0, "cutting networks into pages");
    const Recipe& recipe = session.recipe();
    PagesResult result;
    for (std::size_t i = 0; i < session.taskCount(); ++i) {
        PALIMPSEST_TRY(PageLayout layout, formPages(session.imported(i).network, recipe.pages));
        result.layouts.push_back(std::move(layout));
    }
    PALIMPSEST_TRY(result.slotCount,
        poolSlots(networksOf(session), pointersTo(result.layouts), recipe.pages, recipe.budgets,
            recipe.separation.exclusivePages));
    return PartOutcome { encode(result), {} };
}

Result<PartOutcome> runSeparate(RunSession& session, const JobContext& context)
{
    context.setProgress(0.0, "contribution density");
    const Recipe& recipe = session.recipe();
    PALIMPSEST_TRY(const Separation separation,
        separatePages(session.images().tasks, recipe.pages.pageSize, recipe.separation,
            recipe.budgets.level2Bytes, exclusivePageBytes(recipe.pages)));
    return PartOutcome { encode(separation), {} };
}

Result<PartOutcome> runMatch(RunSession& session, const JobContext& context)
{
    const Recipe& recipe = session.recipe();
    MatchProblem problem = session.matchProblem();
    problem.exclusive = session.separated().exclusive;
    problem.exclusiveLimit = session.separated().exclusiveLimit;

    MatchStageResult result;
    PALIMPSEST_TRY(result.match,
        matchPages(problem, recipe.matching, deriveSeed(recipe.seed, "match"), context.part(0.0, 0.7)));
    PALIMPSEST_TRY(result.bounds, lowerBounds(problem, context.part(0.7, 1.0, "lower bounds: ")));
    result.slotCosts = slotCosts(problem.tasks, result.match.tables, problem.pageSize, problem.slotCount);
    return PartOutcome { encode(result, problem.slotCount), {} };
}

Result<MemoryPlan> memoryPlan(RunSession& session)
{
    PlacementInput input;
    input.networks = networksOf(session);
    input.layouts = pointersTo(session.pages().layouts);
    input.tables = pointersTo(session.matched().match.tables);
    input.slotCount = session.pages().slotCount;
    input.exclusiveCount = session.matched().match.exclusiveCount;
    return placePages(input, session.recipe().pages, session.recipe().budgets);
}

Result<PartOutcome> runPlace(RunSession& session, const JobContext& context)
{
    context.setProgress(0.0, "counting bytes");
    PlaceResult result;
    PALIMPSEST_TRY(result.plan, memoryPlan(session));
    PALIMPSEST_TRY(result.baselineBytes, baselineBytes(session));
    return PartOutcome { encode(result), {} };
}

} // namespace palimpsest
