// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/nn/evaluate.h"

#include <cstdint>
#include <span>
#include <vector>

namespace palimpsest::nn {

/// Below this many validation samples an accuracy is too coarse to choose by.
inline constexpr std::int64_t kFewSamples = 100;

/// What one task's validation is measured against.
struct SnapshotGoal {
    double accuracy = 0.0; ///< stand-alone, on validation
    double loss = 0.0; ///< stand-alone, on validation, nats; only read where the samples are few
    double tolerance = 0.0; ///< a fraction
};

/// How good a state is; greater is better.
struct SnapshotGrade {
    double shortfall = 0.0; ///< <= 0: mean over the tasks of shortfall()
    double quality = 0.0; ///< mean over the tasks of q
    double loss = 0.0; ///< mean over the tasks of the validation loss, nats
    bool operator==(const SnapshotGrade&) const = default;
    [[nodiscard]] bool isBetterThan(const SnapshotGrade& other) const
    {
        if (shortfall != other.shortfall)
            return shortfall > other.shortfall;
        return quality != other.quality ? quality > other.quality : loss < other.loss;
    }
};

/// q of one task. It is the accuracy; with fewer than 100 samples it is exp(-loss), the geometric mean of the probability that the
/// network gives to the true class: also a fraction, but it moves with every sample.
[[nodiscard]] double quality(const Score& score);
/// min(0, q - q_standalone + tolerance) of one task.
[[nodiscard]] double shortfall(const SnapshotGoal& goal, const Score& score);

/// @param goals, scores  one a task
[[nodiscard]] SnapshotGrade gradeSnapshot(std::span<const SnapshotGoal> goals, std::span<const Score> scores);

} // namespace palimpsest::nn
