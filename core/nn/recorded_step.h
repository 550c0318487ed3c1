// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/nn/joint_model.h"
#include "core/nn/task_feed.h"

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace palimpsest::nn {

/// The joint step of all of a model's tasks as one recorded graph, for CUDA: hundreds of small kernels cost one launch, and
/// the host never waits for a step.
///
/// Tasks do not wait for each other between the gather of all images and the sum of their gradients: each is a branch of the graph.
/// What changes from step to step lies on the device, a block of steps at a time: draws of the minibatches, rates, and
/// the losses that come back. A counter on the device says which row is next. The first steps are run plainly, because
/// libraries set themselves up at their first calls; then the step is recorded.
class RecordedStep {
public:
    static constexpr std::int64_t kBlock = 100; ///< steps of a block at most

    /// @param feeds  one a member of the model; outlive this, as does `model`
    RecordedStep(JointModel& model, std::vector<TaskFeed>& feeds, const ComputeDevice& device);

    /// Members that rest are left out from now on: setResting() of the model, and another graph where one was recorded. Their feeds
    /// go on. @pre the block is at its end, or none began
    void setResting(const std::vector<bool>& resting);
    /// Sends what the next steps need. @param rates  one a step, at most kBlock
    void beginBlock(std::span<const float> rates);
    /// Queues one step; the block must not be at its end.
    void run();
    /// Losses of the block's steps so far, float64 [steps, members] on the CPU; those of members that rest mean nothing. Waits for the device.
    [[nodiscard]] at::Tensor losses() const;
    [[nodiscard]] std::int64_t stepsLeft() const { return m_blockSize - m_done; }

private:
    void step();
    void addGradient(std::size_t member);

    JointModel& m_model;
    std::vector<TaskFeed>& m_feeds;
    std::vector<bool> m_resting; ///< one a member
    ComputeDevice m_device;
    at::Tensor m_next; ///< int64 [1]: row of the next step
    at::Tensor m_rates; ///< float32 [kBlock]
    std::vector<TaskFeed::Draws> m_draws; ///< one a member, kBlock rows
    at::Tensor m_losses; ///< float64 [kBlock, members]
    std::int64_t m_blockSize = 0;
    std::int64_t m_done = 0; ///< steps of this block
    std::int64_t m_plainSteps = 0; ///< run before the step was recorded
    std::unique_ptr<Backend::Graph> m_graph;
};

} // namespace palimpsest::nn
