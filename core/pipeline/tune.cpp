// SPDX-License-Identifier: Apache-2.0
#include "core/pipeline/tune.h"

#include "core/matching/placement.h"
#include "core/network/network.h"
#include "core/pages/page_layout.h"
#include "core/pipeline/pipeline.h"
#include "core/pipeline/run_session.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <string>

namespace palimpsest {

namespace {

/// What is known of the sizes before anything is run.
struct Sizes {
    std::vector<Network> networks;
    std::vector<PageLayout> layouts;
    std::int64_t pageCount = 0; ///< of all tasks
};

Result<Sizes> sizesOf(const Project& project)
{
    Sizes sizes;
    for (const TaskSettings& task : project.recipe().tasks) {
        PALIMPSEST_TRY(Network network, readNetwork(project.file(task.network)));
        PALIMPSEST_TRY(PageLayout layout, formPages(network, project.recipe().pages));
        sizes.pageCount += layout.pageCount;
        sizes.networks.push_back(std::move(network));
        sizes.layouts.push_back(std::move(layout));
    }
    return sizes;
}

/// Bytes with a pool of `slots` pages: they do not depend on which page takes which slot.
Result<MemoryPlan> planWith(const Sizes& sizes, const Recipe& recipe, std::int64_t slots)
{
    PlacementInput input;
    std::vector<PageTable> tables;
    const std::int64_t exclusive
        = recipe.separation.strategy == SeparationStrategy::Price ? recipe.separation.exclusivePages : 0;
    for (const PageLayout& layout : sizes.layouts) {
        PageTable& table = tables.emplace_back();
        table.entries.resize(static_cast<std::size_t>(layout.pageCount));
    }
    for (std::size_t i = 0; i < sizes.networks.size(); ++i) {
        input.networks.push_back(&sizes.networks[i]);
        input.layouts.push_back(&sizes.layouts[i]);
        input.tables.push_back(&tables[i]);
    }
    input.slotCount = slots;
    input.exclusiveCount = exclusive;
    return placePages(input, recipe.pages, {});
}

Result<TunePoint> tryPages(const std::filesystem::path& folder, Recipe recipe, std::int64_t slots,
    JobChannel& channel, const std::stop_token& stop)
{
    recipe.pages.poolPages = slots;
    PALIMPSEST_TRY(const Project project,
        Project::fromRecipe(folder, recipe, { "pages.poolPages=" + std::to_string(slots) }));
    channel.addMessage("trying a pool of " + std::to_string(slots) + " pages");
    RunOptions options;
    options.until = Stage::Optimise;
    PALIMPSEST_TRY(const JobEnd end, runPipeline(project, options, channel, stop));
    if (end == JobEnd::Canceled)
        return canceled();
    try {
        RunSession session(project);
        PALIMPSEST_TRY(const Sizes sizes, sizesOf(project));
        PALIMPSEST_TRY(const MemoryPlan plan, planWith(sizes, recipe, slots));
        TunePoint point { slots, plan.virtualizedBytes(), plan.ratio(), 0.0, 1.0 };
        const bool fair = hasBaseline(recipe, "sameSteps");
        for (std::size_t i = 0; i < session.taskCount(); ++i) {
            const double alone = fair ? session.baseline("sameSteps", i).outcome.validationAccuracy
                                      : session.trained(i).validationAccuracy;
            const double change = session.optimised().validationAccuracy.at(i) - alone;
            point.meanChange += change / static_cast<double>(session.taskCount());
            point.worstChange = std::min(point.worstChange, change);
        }
        return point;
    } catch (const DecodeError& e) {
        return badInput(e.what());
    }
}

} // namespace

Result<TuneOutcome> tuneProject(const std::filesystem::path& folder, const Recipe& recipe,
    const TuneTarget& target, JobChannel& channel, std::stop_token stop)
{
    const auto start = std::chrono::steady_clock::now();
    const auto timeIsUp = [&] {
        const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - start;
        return spent.count() > target.minutes * 60.0;
    };
    PALIMPSEST_TRY(const Project project, Project::fromRecipe(folder, recipe, {}));
    PALIMPSEST_TRY(const Sizes sizes, sizesOf(project));

    TuneOutcome outcome;
    const auto reaches = [&](const TunePoint& point) {
        return target.bytes ? point.virtualizedBytes <= *target.bytes : point.meanChange >= -*target.maxDrop;
    };
    const auto attempt = [&](std::int64_t slots) -> Result<TunePoint> {
        PALIMPSEST_TRY(const TunePoint point, tryPages(folder, recipe, slots, channel, stop));
        outcome.points.push_back(point);
        return point;
    };

    if (target.bytes) {
        // More pages are never worse: take as many as fit.
        std::int64_t low = 0;
        std::int64_t high = sizes.pageCount;
        while (low < high) {
            const std::int64_t middle = (low + high + 1) / 2;
            PALIMPSEST_TRY(const MemoryPlan plan, planWith(sizes, recipe, middle));
            if (plan.virtualizedBytes() <= *target.bytes)
                low = middle;
            else
                high = middle - 1;
        }
        if (low == 0) {
            PALIMPSEST_TRY(const MemoryPlan smallest, planWith(sizes, recipe, 1));
            return badInput("expected a target of at least " + std::to_string(smallest.virtualizedBytes())
                + " bytes (a pool of one page), got " + std::to_string(*target.bytes));
        }
        PALIMPSEST_TRY(outcome.best, attempt(low));
    } else {
        // Bisection between the ratios 2 and 64; the change is not strictly monotone, so the answer is the smallest that was
        // seen to do.
        std::int64_t high = std::max<std::int64_t>(1, sizes.pageCount / 2);
        std::int64_t low = std::max<std::int64_t>(0, sizes.pageCount / 64);
        while (high - low > std::max<std::int64_t>(1, high / 20) && !timeIsUp()) {
            const std::int64_t middle = (low + high) / 2;
            PALIMPSEST_TRY(const TunePoint point, attempt(middle));
            (reaches(point) ? high : low) = middle;
        }
        for (const TunePoint& point : outcome.points)
            if (reaches(point) && (!outcome.best || point.virtualizedBytes < outcome.best->virtualizedBytes))
                outcome.best = point;
        if (!outcome.best) {
            PALIMPSEST_TRY(const TunePoint point, attempt(std::max<std::int64_t>(1, sizes.pageCount / 2)));
            if (reaches(point))
                outcome.best = point;
        }
    }
    std::sort(outcome.points.begin(), outcome.points.end(),
        [](const TunePoint& a, const TunePoint& b) { return a.virtualizedBytes < b.virtualizedBytes; });
    return outcome;
}

} // namespace palimpsest
