// SPDX-License-Identifier: Apache-2.0
#include "core/nn/snapshot_rule.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace palimpsest::nn {

double shortfall(const SnapshotGoal& goal, const Score& score)
{
    const bool few = score.samples < kFewSamples;
    const double reached = few ? std::exp(-score.loss) : score.accuracy();
    const double wanted = few ? std::exp(-goal.loss) : goal.accuracy;
    return std::min(0.0, reached - wanted + goal.tolerance);
}

SnapshotGrade gradeSnapshot(std::span<const SnapshotGoal> goals, std::span<const Score> scores)
{
    if (goals.size() != scores.size() || goals.empty())
        throw std::invalid_argument("gradeSnapshot: one score a task is needed");
    SnapshotGrade grade;
    for (std::size_t i = 0; i < goals.size(); ++i) {
        grade.shortfall += shortfall(goals[i], scores[i]);
        grade.loss += scores[i].loss;
    }
    grade.shortfall /= static_cast<double>(goals.size());
    grade.loss /= static_cast<double>(goals.size());
    return grade;
}

} // namespace palimpsest::nn
