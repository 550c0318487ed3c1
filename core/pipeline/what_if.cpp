// SPDX-License-Identifier: Apache-2.0
#include "core/pipeline/what_if.h"

#include "core/base/random.h"
#include "core/pipeline/project.h"
#include "core/pipeline/run_session.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace palimpsest {

namespace {

std::int64_t pagesOf(const std::vector<PageLayout>& layouts)
{
    return std::accumulate(layouts.begin(), layouts.end(), std::int64_t { 0 },
        [](std::int64_t sum, const PageLayout& layout) { return sum + layout.pageCount; });
}

/// Slots of the pool, and why the budget does not hold them.
struct Slots {
    std::int64_t count = 0;
    std::string problem;
};

Result<Slots> chooseSlots(const PlacementInput& input, const WhatIfRequest& request)
{
    const auto slots = poolSlots(
        input.networks, input.layouts, request.pages, request.budgets, request.separation.exclusivePages);
    if (slots)
        return Slots { *slots, {} };
    if (request.pages.poolPages > 0) // they can be counted all the same
        return Slots { request.pages.poolPages, slots.error().text() };
    return slots.error();
}

} // namespace

WhatIfRequest WhatIfRequest::from(const Recipe& recipe)
{
    return { recipe.pages, recipe.separation, recipe.matching, recipe.budgets, recipe.seed };
}

Result<WhatIf> WhatIf::load(const std::filesystem::path& folder, const Recipe& recipe)
{
    if (recipe.tasks.empty())
        return badInput("the project has no task; add one first", folder.string());
    WhatIf whatIf;
    for (const TaskSettings& settings : recipe.tasks) {
        Task& task = whatIf.m_tasks.emplace_back();
        task.name = settings.name;
        PALIMPSEST_TRY(task.network, readNetwork(folder / settings.network));
    }
    if (const Status read = whatIf.readResults(folder, recipe); !read) {
        whatIf.m_costProblem = read.error().text();
        for (Task& task : whatIf.m_tasks)
            task.weights = task.fisher = {};
    }
    return whatIf;
}

Status WhatIf::readResults(const std::filesystem::path& folder, const Recipe& recipe)
{
    PALIMPSEST_TRY(const Project project, Project::fromRecipe(folder, recipe, {}));
    for (const Task& task : m_tasks) {
        if (!project.isDone("train/" + task.name))
            return badInput("the cost is not known before " + task.name + " is trained; run the stage train");
        if (!project.isDone("fisher/" + task.name))
            return badInput("the cost is not known before the Fisher information of " + task.name
                + " is computed; run the stage fisher");
    }
    try {
        for (std::size_t i = 0; i < m_tasks.size(); ++i) {
            RunSession session(project); // of its own for each task: it keeps what it has read
            Task& task = m_tasks[i];
            task.weights = session.trained(i).weights;
            task.fisher = session.fisher(i).fisher;
            const auto weight = static_cast<float>(recipe.tasks[i].weight);
            for (Tensor& tensor : task.fisher.tensors)
                for (float& value : tensor.values)
                    value *= weight;
            // Results that do not fit their network are damaged; what is read from them later has been checked here.
            const PageLayout layout = formPages(task.network, PagesSettings {}).value();
            std::vector<float> page(static_cast<std::size_t>(layout.pageSize));
            if (layout.pageCount > 0) {
                fillPage(layout, task.weights, 0, page);
                fillPage(layout, task.fisher, 0, page);
            }
        }
    } catch (const std::exception& damaged) { // DecodeError, or tensors of other sizes
        return badInput(std::string("damaged result: ") + damaged.what(), folder.string());
    }
    return success();
}

Result<std::vector<PageLayout>> WhatIf::layouts(const PagesSettings& pages) const
{
    std::vector<PageLayout> layouts;
    for (const Task& task : m_tasks) {
        PALIMPSEST_TRY(PageLayout layout, formPages(task.network, pages));
        layouts.push_back(std::move(layout));
    }
    return layouts;
}

/// Without level 2's budget: placement checks it, and the bytes are wanted all the same.
Result<Separation> WhatIf::separate(
    const std::vector<PageLayout>& layouts, const WhatIfRequest& request) const
{
    Separation separation;
    if (request.separation.strategy == SeparationStrategy::Price) {
        separation.exclusiveLimit = std::min(pagesOf(layouts), request.separation.exclusivePages);
        return separation;
    }
    for (std::size_t t = 0; t < m_tasks.size() && canPredictCost(); ++t) { // one image at a time
        std::vector<float> fisher(static_cast<std::size_t>(layouts[t].imageSize()));
        fillImage(layouts[t], m_tasks[t].fisher, fisher);
        const TaskPages pages { fisher, fisher, {}, layouts[t].pageCount };
        PALIMPSEST_TRY(
            Separation one, separatePages({ pages }, layouts[t].pageSize, request.separation, 0, 0));
        separation.exclusive.push_back(std::move(one.exclusive.front()));
    }
    return separation;
}

Result<WhatIfBytes> WhatIf::bytes(const WhatIfRequest& request) const
{
    PALIMPSEST_TRY(const std::vector<PageLayout> cut, layouts(request.pages));
    PALIMPSEST_TRY(const Separation separation, separate(cut, request));
    const PageTable unused; // bytes do not depend on which page takes which slot
    PlacementInput input;
    for (std::size_t t = 0; t < m_tasks.size(); ++t) {
        input.networks.push_back(&m_tasks[t].network);
        input.layouts.push_back(&cut[t]);
        input.tables.push_back(&unused);
    }
    WhatIfBytes bytes;
    bytes.pageCount = pagesOf(cut);
    bytes.exclusivePages = separation.exclusiveLimit;
    for (const std::vector<std::uint8_t>& flags : separation.exclusive)
        bytes.exclusivePages += std::count(flags.begin(), flags.end(), std::uint8_t { 1 });
    if (request.separation.strategy == SeparationStrategy::Density && !canPredictCost())
        bytes.note = "separation by density decides about exclusive pages by the Fisher information, which "
                     "is not known yet: "
                     "none is counted";
    PALIMPSEST_TRY(const Slots slots, chooseSlots(input, request));
    bytes.slotCount = input.slotCount = slots.count;
    input.exclusiveCount = bytes.exclusivePages;
    PALIMPSEST_TRY(bytes.plan, placePages(input, request.pages, {}));
    bytes.budgetProblem = slots.problem;
    if (const auto fits = placePages(input, request.pages, request.budgets);
        !fits && bytes.budgetProblem.empty())
        bytes.budgetProblem = fits.error().text();
    return bytes;
}

Result<CostEstimate> WhatIf::cost(
    const WhatIfRequest& request, double workLimit, const JobContext& context) const
{
    if (!canPredictCost())
        return badInput(m_costProblem);
    PALIMPSEST_TRY(const WhatIfBytes known, bytes(request));
    PALIMPSEST_TRY(const std::vector<PageLayout> cut, layouts(request.pages));
    PALIMPSEST_TRY(Separation separation, separate(cut, request));
    EstimateProblem problem;
    problem.pageSize = request.pages.pageSize;
    problem.slotCount = known.slotCount;
    problem.exclusive = std::move(separation.exclusive);
    problem.exclusiveLimit = separation.exclusiveLimit;
    problem.readPage
        = [&](std::size_t t, std::int64_t page, std::span<float> weights, std::span<float> fisher) {
              fillPage(cut[t], m_tasks[t].weights, page, weights);
              fillPage(cut[t], m_tasks[t].fisher, page, fisher);
          };
    std::vector<float> page(static_cast<std::size_t>(request.pages.pageSize));
    for (std::size_t t = 0; t < m_tasks.size(); ++t) {
        problem.names.push_back(m_tasks[t].name);
        problem.apart.push_back(outputLayerPages(m_tasks[t].network, cut[t]));
        std::vector<double>& sums = problem.pageFisher.emplace_back();
        for (std::int64_t i = 0; i < cut[t].pageCount; ++i) {
            if (context.isCanceled())
                return canceled();
            fillPage(cut[t], m_tasks[t].fisher, i, page);
            sums.push_back(std::accumulate(page.begin(), page.end(), 0.0));
        }
    }
    return estimateCost(problem, request.matching, deriveSeed(request.seed, "match"), workLimit, context);
}

} // namespace palimpsest
