// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/nn/compute_device.h"
#include "core/nn/functional.h"
#include "core/nn/fused_sgd.h"
#include "core/nn/joint.h"
#include "core/nn/soft_penalty.h"
#include "core/nn/task_feed.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <variant>
#include <vector>

namespace palimpsest::nn {

/// The trained parameters of some tasks and the joint step on them.
///
/// A step is: beginStep(); addGradient() for each task that takes part, in any order; foldGradients(); applyGradients(). All
/// networks lie in one flat buffer
///     [page images of all members | private weights of all members | state of all members]
/// beginStep() rounds the pages to their storage forms and gathers all images at once; foldGradients() scatter-adds the
/// gradients of all images. The optimiser sees [pages], [private weights] and, without decay, [scales] (with Sgd the
/// gradient of a scale of a group of n weights is divided by sqrt(n Q): Esser et al. 2020), and nothing else: state is
/// no parameter, and slots and exclusive pages that no member uses are left out, so that neither a moment nor weight decay ever
/// moves them.
class JointModel {
public:
    /// @param tasks  outlive the model
    JointModel(std::span<const JointTask> tasks, const std::vector<std::size_t>& members,
        const StateForms& forms, const OptimisationSettings& settings, ComputeDevice device);

    /// Takes the members' pages, scales and private runs from a whole state / puts them back into it.
    /// @pre the state has scales where a form needs them: findScales()
    void load(const VirtualizedState& state);
    void store(VirtualizedState& state) const;

    void beginStep();
    /// Adds the gradient of lossWeight x loss (+ penalty) of one minibatch. Different members may be at work at once on
    /// streams of their own.
    /// @param member   index into `members`
    /// @return         mean cross entropy of the minibatch with its labels, a scalar without gradient
    at::Tensor addGradient(std::size_t member, const TaskFeed::Minibatch& batch,
        const at::Generator& generator, const SoftPenalty* penalty = nullptr);
    /// Sums the images' gradients in the pages: dL/dw of what is read.
    void foldGradients();
    void applyGradients(double rate);
    /// @param rate  scalar on the device: for a step that is recorded once and run often
    void applyGradients(const at::Tensor& rate);

    /// Members that rest add no gradient from now on: addGradient() is not called for them. Pages that no other member reads and
    /// their private weights stay as they are, whatever moments and decay would do; their moments fade meanwhile.
    /// @param resting  one a member
    void setResting(const std::vector<bool>& resting);

    /// Forgets the moments.
    void restartOptimiser();
    [[nodiscard]] std::vector<at::Tensor> optimiserState() const;
    void setOptimiserState(const std::vector<at::Tensor>& state);

    /// Makes the parameters the `count`-th member of their running mean.
    void addToAverage(std::int64_t count);
    /// store() with the mean in place of the parameters; state is that of now.
    void storeAverage(VirtualizedState& state);
    /// Of a checkpoint: as large as the parameters, or empty before the first addToAverage().
    [[nodiscard]] const std::vector<at::Tensor>& average() const { return m_average; }
    void setAverage(const std::vector<at::Tensor>& average);
    [[nodiscard]] std::vector<at::Tensor> parameters() const { return { m_pages, m_privates, m_scales }; }

    /// The page image that the member reads now, [imageSize].
    [[nodiscard]] at::Tensor image(std::size_t member);
    /// dL/dw of the pages after foldGradients(), dL/dv after applyGradients(): [slots in use, then exclusive pages in use] x
    /// pageSize, each in the order of their indices. Ranks add theirs up between the two.
    [[nodiscard]] const at::Tensor& pageGradient() const { return m_pageGradient; }
    [[nodiscard]] const at::Tensor& scaleGradient() const { return m_scaleGradient; }
    /// What ranks add up between the two: the above, and the gradients of the private weights.
    [[nodiscard]] std::vector<at::Tensor> gradients() const { return { m_pageGradient, m_privateGradient }; }

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
        std::int64_t image = 0; ///< first value in the flat buffer
        std::vector<at::Tensor> tensors; ///< of the network, views of the flat buffer
        std::vector<at::Tensor>
            mixedTensors; ///< the same with state of its own, which mixed samples may spoil; only with state
        at::Tensor lossWeight;
        std::vector<PrivatePart> privateParts;
        std::vector<std::int32_t> rows; ///< of m_pages that it reads
        std::int64_t privateAt = 0, privateSize = 0; ///< its trained private weights in the flat buffer
    };
    using FusedOptimiser = std::variant<FusedAdam, FusedSgd>;

    void compactTables(std::span<const JointTask> tasks, const std::vector<std::size_t>& members);
    void placeMembers(std::span<const JointTask> tasks, const std::vector<std::size_t>& members);
    void gather();
    [[nodiscard]] FusedOptimiser makeOptimiser(std::vector<at::Tensor> parameters, double weightDecay) const;
    [[nodiscard]] at::Tensor logits(
        Member& member, const TaskFeed::Minibatch& batch, const at::Generator& generator) const;
    /// What belongs to slots, or to exclusive pages, of a buffer with so many values a slot first. Views.
    [[nodiscard]] at::Tensor poolPart(const at::Tensor& rows, std::int64_t poolWidth) const;
    [[nodiscard]] at::Tensor exclusivePart(const at::Tensor& rows, std::int64_t poolWidth) const;
    [[nodiscard]] TrainedPages poolPages() const;
    [[nodiscard]] TrainedPages exclusivePages() const;
    [[nodiscard]] std::int64_t poolScaleCount() const { return rowScales(m_slots, m_forms.pool); }
    [[nodiscard]] std::int64_t rowScales(const std::vector<std::uint32_t>& rows, Storage form) const
    {
        return static_cast<std::int64_t>(rows.size()) * scaleCount(form, m_pageSize);
    }

    ComputeDevice m_device;
    StateForms m_forms;
    Optimiser m_kind;
    double m_momentum, m_weightDecay, m_distillation, m_temperature, m_clip;
    std::int64_t m_pageSize = 0;
    std::vector<std::uint32_t> m_slots; ///< slot of each of the first rows of m_pages, ascending
    std::vector<std::uint32_t> m_exclusivePages; ///< index of each of the other rows, ascending
    at::Tensor m_codes; ///< int32 [pages of all members] on the device, read as uint32: rows of m_pages
    at::Tensor m_pages, m_pageGradient; ///< [rows x pageSize]
    at::Tensor m_rounded; ///< what is read of m_pages; the same tensor where both forms are Float32
    at::Tensor m_scales, m_scaleGradient; ///< of the pool's rows, then of the others
    at::Tensor m_values, m_gradients; ///< flat buffer of all networks
    at::Tensor m_privates, m_privateGradient; ///< its stretch of private weights
    std::int64_t m_imageSize = 0; ///< of all members together
    std::vector<Member> m_members;
    std::optional<FusedOptimiser> m_optimiser, m_scaleOptimiser;
    std::vector<at::Tensor> m_held; ///< parameters that no step moves: views
    std::vector<at::Tensor> m_average;
};

} // namespace palimpsest::nn
