// SPDX-License-Identifier: Apache-2.0
#include "core/nn/joint_schedule.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace palimpsest::nn {

double learningRate(const OptimisationSettings& settings, std::int64_t step)
{
    const auto steps = static_cast<double>(settings.steps);
    const double warm = std::floor(settings.warmup * steps);
    const auto now = static_cast<double>(step);
    if (now < warm)
        return settings.learningRate * (now + 1.0) / (warm + 1.0);
    if (!settings.cosine)
        return settings.learningRate;
    return settings.learningRate * 0.5 * (1.0 + std::cos(std::numbers::pi * (now - warm) / (steps - warm)));
}

TurnPosition turnPosition(
    const OptimisationSettings& settings, std::size_t taskCount, std::int64_t minibatches)
{
    const auto tasks = static_cast<std::int64_t>(taskCount);
    const std::int64_t round = minibatches / (settings.turnSteps * tasks);
    const std::int64_t before = round * settings.turnSteps; // of each task, in whole rounds
    TurnPosition position;
    position.turnLength = std::min(settings.turnSteps, settings.steps - before);
    const std::int64_t inRound = minibatches - before * tasks;
    position.task = static_cast<std::size_t>(inRound / position.turnLength);
    position.inTurn = inRound % position.turnLength;
    position.done = before + position.inTurn;
    return position;
}

std::int64_t minibatchesOfTask(
    const OptimisationSettings& settings, std::size_t taskCount, std::size_t task, std::int64_t minibatches)
{
    const auto tasks = static_cast<std::int64_t>(taskCount);
    if (settings.schedule == Schedule::Simultaneous || minibatches >= settings.steps * tasks)
        return minibatches / tasks;
    const TurnPosition position = turnPosition(settings, taskCount, minibatches);
    if (task == position.task)
        return position.done;
    const std::int64_t before = position.done - position.inTurn;
    return task < position.task ? before + position.turnLength : before;
}

} // namespace palimpsest::nn
