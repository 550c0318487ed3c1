// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/nn/functional.h"
#include "core/nn/joint.h"

#include <cstdint>

namespace palimpsest::nn {

/// The training samples of one task as an endless stream of minibatches, and the random numbers of its
/// dropout. Seeded by the task's name, so that a task sees the same minibatches in every kind of run.
class TaskFeed {
public:
    TaskFeed(const JointTask& task, std::int64_t batch, std::uint64_t seed);

    struct Minibatch {
        at::Tensor input, labels;
    };
    [[nodiscard]] Minibatch next();
    void skip(std::int64_t minibatches) { m_stream.skip(minibatches); }
    [[nodiscard]] at::Generator& generator() { return m_generator; }

private:
    at::Tensor m_input, m_labels;
    BatchStream m_stream;
    at::Generator m_generator;
};

} // namespace palimpsest::nn
