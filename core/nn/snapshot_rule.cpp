// SPDX-License-Identifier: Apache-2.0
#include "core/nn/snapshot_rule.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace palimpsest::nn {

double quality(const Score& score)
{
    return score.samples < kFewSamples ? std::exp(-score.loss) : score.accuracy();
}

double shortfall(const SnapshotGoal& goal, const Score& score)
{
    const double wanted = score.samples < kFewSamples ? std::exp(-goal.loss) : goal.accuracy;
    return std::min(0.0, quality(score) - wanted + goal.tolerance);
}

SnapshotGrade gradeSnapshot(std::span<const SnapshotGoal> goals, std::span<const Score> scores)
{
    if (goals.size() != scores.size() || goals.empty())
        throw std::invalid_argument("gradeSnapshot: one score a task is needed");
    SnapshotGrade grade;
    for (std::size_t i = 0; i < goals.size(); ++i) {
        grade.shortfall += shortfall(goals[i], scores[i]);
        grade.quality += quality(scores[i]);
        grade.loss += scores[i].loss;
    }
    grade.shortfall /= static_cast<double>(goals.size());
    grade.quality /= static_cast<double>(goals.size());
    grade.loss /= static_cast<double>(goals.size());
    return grade;
}

} // namespace palimpsest::nn
