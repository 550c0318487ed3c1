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

std::optional<Storage> roundedBaseline(const std::string& name)
{
    static constexpr std::array<std::pair<std::string_view, Storage>, 4> kRounded { {
        { "float16", Storage::Float16 },
        { "int8", Storage::Int8 },
        { "int6", Storage::Int6 },
        { "int4", Storage::Int4 },
    } };
    for (const auto& [known, storage] : kRounded)
        if (name == known)
            return storage;
    return std::nullopt;
}

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

Result<PartOutcome> runPlace(RunSession& session, const JobContext& context)
{
    context.setProgress(0.0, "counting bytes");
    const Recipe& recipe = session.recipe();
    PlacementInput input;
    input.networks = networksOf(session);
    input.layouts = pointersTo(session.pages().layouts);
    input.tables = pointersTo(session.matched().match.tables);
    input.slotCount = session.pages().slotCount;
    input.exclusiveCount = session.matched().match.exclusiveCount;

    PlaceResult result;
    PALIMPSEST_TRY(result.plan, placePages(input, recipe.pages, recipe.budgets));
    for (const std::string& baseline : recipe.baselines)
        if (const auto storage = roundedBaseline(baseline))
            for (const Network* network : input.networks)
                result.baselineBytes[baseline] += roundedBytes(*network, *storage);
    return PartOutcome { encode(result), {} };
}

} // namespace palimpsest
