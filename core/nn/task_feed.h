// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/nn/compute_device.h"
#include "core/nn/functional.h"
#include "core/nn/joint.h"

#include <cstdint>

namespace palimpsest::nn {

/// The training samples of one task as an endless stream of minibatches, and the random numbers of its
/// dropout. Seeded by the task's name, so that a task sees the same minibatches in every kind of run.
class TaskFeed {
public:
    /// The samples are copied to the device once.
    TaskFeed(const JointTask& task, std::int64_t batch, std::uint64_t seed, const ComputeDevice& device);

    struct Minibatch {
        at::Tensor input, labels;
    };
    [[nodiscard]] Minibatch next();
    /// Positions of the next minibatches, int64 [minibatches, batch] on the CPU: for minibatchAt().
    [[nodiscard]] at::Tensor nextPositions(std::int64_t minibatches);
    /// The minibatch at `positions`, int64 [batch] on the device.
    [[nodiscard]] Minibatch minibatchAt(const at::Tensor& positions) const;
    void skip(std::int64_t minibatches) { m_stream.skip(minibatches); }
    /// Samples of a minibatch: fewer than asked for where the set is smaller.
    [[nodiscard]] std::int64_t batch() const { return m_stream.batch(); }
    [[nodiscard]] at::Generator& generator() { return m_generator; }

private:
    at::Tensor m_input, m_labels;
    BatchStream m_stream;
    at::Generator m_generator;
};

} // namespace palimpsest::nn
