// SPDX-License-Identifier: Apache-2.0
#include "core/nn/joint.h"

#include "core/nn/augmentation.h"
#include "core/nn/joint_run.h"
#include "core/nn/ranks.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>

namespace palimpsest {
namespace {

Status checkSettings(const OptimisationSettings& settings)
{
    const auto atLeast = [](const char* name, std::int64_t least, std::int64_t value) -> Status {
        if (value < least)
            return badInput("optimisation." + std::string(name) + " must be at least " + std::to_string(least)
                + ", got " + std::to_string(value));
        return success();
    };
    PALIMPSEST_CHECK(atLeast("steps", 0, settings.steps));
    PALIMPSEST_CHECK(atLeast("batch", 1, settings.batch));
    PALIMPSEST_CHECK(atLeast("validateEvery", 1, settings.validateEvery));
    PALIMPSEST_CHECK(atLeast("turnSteps", 1, settings.turnSteps));
    if (!(settings.learningRate > 0.0) || !std::isfinite(settings.learningRate))
        return badInput("optimisation.learningRate must be a positive number, got "
            + std::to_string(settings.learningRate));
    if (!(settings.momentum >= 0.0 && settings.momentum < 1.0))
        return badInput("optimisation.momentum must be a share from 0 to less than 1, got "
            + std::to_string(settings.momentum));
    if (!(settings.warmup >= 0.0 && settings.warmup <= 1.0))
        return badInput(
            "optimisation.warmup must be a share from 0 to 1, got " + std::to_string(settings.warmup));
    const auto isShare = [](double value) { return value >= 0.0 && value <= 1.0; };
    if (!isShare(settings.distillation) || !isShare(settings.mixing) || !isShare(settings.averaging))
        return badInput("optimisation.distillation, mixing and averaging must be shares from 0 to 1, got "
            + std::to_string(settings.distillation) + ", " + std::to_string(settings.mixing) + " and "
            + std::to_string(settings.averaging));
    if (!(settings.temperature > 0.0) || !(settings.clipNorm >= 0.0))
        return badInput("optimisation.temperature must be positive and clipNorm not negative, got "
            + std::to_string(settings.temperature) + " and " + std::to_string(settings.clipNorm));
    if (!(settings.softPenalty >= 0.0) || !(settings.weightDecay >= 0.0))
        return badInput("optimisation.softPenalty and optimisation.weightDecay must not be negative, got "
            + std::to_string(settings.softPenalty) + " and " + std::to_string(settings.weightDecay));
    return success();
}

void require(bool condition, const JointTask& task, const std::string& what)
{
    if (!condition)
        throw std::invalid_argument("joint optimisation: task '" + task.name + "': " + what);
}

/// Page table, layout and state of one task fit together.
void requireConsistent(const JointTask& task, std::size_t index, const VirtualizedState& state)
{
    require(task.network != nullptr && task.layout != nullptr && task.table != nullptr, task,
        "network, layout or table is missing");
    const PageLayout& layout = *task.layout;
    require(layout.places.size() == task.network->tensors.size(), task, "the layout is of another network");
    require(static_cast<std::int64_t>(task.table->entries.size()) == layout.pageCount, task,
        "the table has another length");
    require(layout.pageCount == 0 || layout.pageSize == state.pageSize, task, "the pages have another size");
    require(index < state.privateRuns.size()
            && state.privateRuns[index].size() == static_cast<std::size_t>(layout.privateSize),
        task, "the private run has another size");
    for (const PageRef& entry : task.table->entries) {
        const std::vector<float>& pages = entry.exclusive ? state.exclusive : state.pool;
        require((entry.index + std::size_t { 1 }) * static_cast<std::size_t>(state.pageSize) <= pages.size(),
            task, "the table points outside of the pages");
    }
}

} // namespace

Status nn::checkJointRequest(const JointRequest& request)
{
    PALIMPSEST_CHECK(checkSettings(request.settings));
    if (request.tasks.empty())
        return badInput("there is no task to optimise; add one to the recipe");
    if (request.ranks != nullptr && request.settings.schedule == Schedule::Turns)
        return badInput(
            "optimisation.schedule \"turns\" trains one task at a time; expected \"simultaneous\" for "
            + std::to_string(request.ranks->size()) + " processes");
    if (request.ranks != nullptr && request.ranks->size() > static_cast<int>(request.tasks.size()))
        return badInput("expected at most one process a task, got " + std::to_string(request.ranks->size())
            + " processes for " + std::to_string(request.tasks.size()) + " tasks; start fewer");
    const bool penalty = request.settings.schedule == Schedule::Turns && request.settings.softPenalty > 0.0;
    for (std::size_t i = 0; i < request.tasks.size(); ++i) {
        const JointTask& task = request.tasks[i];
        requireConsistent(task, i, request.start);
        require(task.standalone != nullptr && task.train != nullptr && task.validation != nullptr, task,
            "weights or samples are missing");
        require(!penalty || task.fisher != nullptr, task, "the soft penalty needs its Fisher information");
        PALIMPSEST_CHECK(nn::checkSamples(*task.network, *task.train, "task '" + task.name + "', train"));
        PALIMPSEST_CHECK(
            nn::checkSamples(*task.network, *task.validation, "task '" + task.name + "', validation"));
        PALIMPSEST_CHECK(
            checkAugmentation(task.augmentation, task.train->sampleShape, "task '" + task.name + "'"));
    }
    return success();
}

Weights virtualizedWeights(const JointTask& task, std::size_t index, const VirtualizedState& state)
{
    requireConsistent(task, index, state);
    const PageLayout& layout = *task.layout;
    const auto pageSize = static_cast<std::size_t>(layout.pageSize);
    std::vector<float> image(static_cast<std::size_t>(layout.imageSize()));
    for (std::size_t page = 0; page < task.table->entries.size(); ++page) {
        const PageRef& entry = task.table->entries[page];
        const std::vector<float>& pages = entry.exclusive ? state.exclusive : state.pool;
        std::copy_n(pages.data() + entry.index * pageSize, pageSize, image.data() + page * pageSize);
    }
    return assembleWeights(*task.network, layout, image, state.privateRuns[index]);
}

StoredState storeState(
    std::span<const JointTask> tasks, const VirtualizedState& state, const StateForms& forms)
{
    std::vector<const PageLayout*> layouts;
    for (const JointTask& task : tasks)
        layouts.push_back(task.layout);
    return storeState(state, forms, std::span<const PageLayout* const>(layouts));
}

Result<JointOutcome> optimiseJointly(const JointRequest& request, const JobContext& context)
{
    PALIMPSEST_CHECK(nn::checkJointRequest(request));
    return nn::JointRun(request, {}, context).run();
}

} // namespace palimpsest
