// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/nn/task_feed.h"

namespace palimpsest::nn {

/// The loss of one minibatch: core/nn/joint.h says which.
struct JointLoss {
    at::Tensor hard; ///< mean cross entropy of the rows that have a label
    at::Tensor total; ///< what is minimised
};
/// @param outputs  logits [batch, classes]
[[nodiscard]] inline JointLoss jointLoss(
    const at::Tensor& outputs, const TaskFeed::Minibatch& batch, double distillation, double temperature)
{
    JointLoss loss;
    loss.hard = at::cross_entropy_loss(outputs.narrow(0, 0, batch.labels.size(0)), batch.labels);
    if (!batch.targets.defined()) {
        loss.total = loss.hard;
        return loss;
    }
    // The cross entropy with the teacher's outputs is their divergence and a constant.
    const at::Tensor soft = at::cross_entropy_loss(outputs / temperature, batch.targets);
    loss.total = at::add(loss.hard * (1.0 - distillation), soft, distillation * temperature * temperature);
    return loss;
}

} // namespace palimpsest::nn
