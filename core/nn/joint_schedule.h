// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/project/settings.h"

#include <cstddef>
#include <cstdint>

namespace palimpsest::nn {

/// Rate of a task's minibatch number `step` (from 0) of settings.steps: a linear rise over the first `warmup`
/// share of the steps, then constant, or half a cosine that would reach 0 one step after the last (Loshchilov
/// & Hutter 2017, eq. 5).
[[nodiscard]] double learningRate(const OptimisationSettings& settings, std::int64_t step);

/// Where `turns` stands after some minibatches of all tasks together.
struct TurnPosition {
    std::size_t task = 0; ///< whose minibatch comes next
    std::int64_t inTurn = 0; ///< minibatches of its turn so far
    std::int64_t turnLength = 0; ///< of its turn: turnSteps, fewer in the last round
    std::int64_t done = 0; ///< minibatches the task was given so far
    bool operator==(const TurnPosition&) const = default;
};

/// Rounds of one turn a task, in the order of the tasks, until each has had settings.steps.
/// @pre 0 <= minibatches < steps * taskCount
[[nodiscard]] TurnPosition turnPosition(
    const OptimisationSettings& settings, std::size_t taskCount, std::int64_t minibatches);

/// Minibatches of one task among the first `minibatches` of all tasks together.
[[nodiscard]] std::int64_t minibatchesOfTask(
    const OptimisationSettings& settings, std::size_t taskCount, std::size_t task, std::int64_t minibatches);

} // namespace palimpsest::nn
