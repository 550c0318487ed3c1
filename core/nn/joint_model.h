// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/nn/compute_device.h"
#include "core/nn/evaluate.h"
#include "core/nn/functional.h"
#include "core/nn/joint.h"
#include "core/nn/soft_penalty.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace palimpsest::nn {

/// The trained parameters of some tasks and the joint step on them.
///
/// A step is: zeroGradients(); addGradient() for each task that takes part; applyGradients(). Each task's
/// weights lie in one flat buffer [page image | private weights | state]; addGradient() gathers the image
/// from pool and exclusive pages, runs one minibatch, and scatter-adds the image's gradient back. The
/// optimiser sees [pool, exclusive pages, private weights of task 0, of task 1, ...] and nothing else: state
/// is no parameter, and slots and exclusive pages that no member uses are left out, so that neither a moment
/// nor weight decay ever moves them.
class JointModel {
public:
    /// @param tasks  outlive the model
    JointModel(std::span<const JointTask> tasks, std::vector<std::size_t> members, ComputeDevice device,
        double weightDecay);

    /// Takes the members' pages and private runs from a whole state / puts them back into it.
    void load(const VirtualizedState& state);
    void store(VirtualizedState& state) const;

    void zeroGradients();
    /// Adds the gradient of lossWeight x cross entropy (+ penalty) of one minibatch.
    /// @param member   index into `members`
    /// @return         mean cross entropy of the minibatch, a scalar without gradient
    at::Tensor addGradient(std::size_t member, const at::Tensor& input, const at::Tensor& labels,
        const at::Generator& generator, const SoftPenalty* penalty = nullptr);
    void applyGradients(double rate);
    /// @param rate  scalar on the device: for a step that is recorded once and run often
    void applyGradients(const at::Tensor& rate);

    /// Forgets the moments.
    void restartOptimiser();
    [[nodiscard]] std::vector<at::Tensor> optimiserState() const { return m_adam->state(); }
    void setOptimiserState(const std::vector<at::Tensor>& state) { m_adam->setState(state); }

    /// The page image that the member reads now, [imageSize].
    [[nodiscard]] at::Tensor image(std::size_t member);
    /// Scores a member in evaluation mode on what it reads now.
    [[nodiscard]] Result<Score> score(
        std::size_t member, const at::Tensor& input, const at::Tensor& labels, const JobContext& context);

    /// [slots in use x pageSize] in the order of their slots; for tests.
    [[nodiscard]] const at::Tensor& poolGradient() const { return m_poolGradient; }

private:
    /// A tensor of the private run and where it lies in the flat buffer.
    struct PrivatePart {
        std::int64_t run = 0;
        std::int64_t buffer = 0;
        std::int64_t size = 0;
    };
    struct Member {
        const JointTask* task = nullptr;
        std::size_t index = 0; ///< among all tasks
        FlatNetwork flat;
        at::Tensor lossWeight;
        at::Tensor
            codes; ///< int32 [pages] on the device, read as uint32: of the compacted pool and exclusive pages
        std::vector<PrivatePart> privateParts;
        std::int64_t privateWeights = 0; ///< of the private run, without state
    };

    void compactTables(std::span<const JointTask> tasks, const std::vector<std::size_t>& members);
    void addMember(const JointTask& task, std::size_t index);
    void gather(Member& member);

    ComputeDevice m_device;
    double m_weightDecay;
    std::int64_t m_pageSize = 0;
    std::vector<std::uint32_t> m_slots; ///< slot of each row of m_pool, ascending
    std::vector<std::uint32_t> m_exclusivePages; ///< index of each row of m_exclusive, ascending
    at::Tensor m_pool, m_poolGradient; ///< [slots in use x pageSize]
    at::Tensor m_exclusive, m_exclusiveGradient; ///< [exclusive pages in use x pageSize]
    std::vector<Member> m_members;
    std::vector<at::Tensor> m_parameters, m_gradients; ///< what the optimiser sees; views
    std::optional<FusedAdam> m_adam;
};

} // namespace palimpsest::nn
