// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/nn/joint.h"
#include "core/nn/torch_headers.h"

#include <cstddef>
#include <span>
#include <vector>

namespace palimpsest::nn {

/// The references' pull of one task towards what the others last made of the shared pages
/// (ALGORITHMS.md 1.7):
///     lambda sum_k mean over u of F_uk (w_k - w'_uk)^2
/// k runs over the task's page image; u over the tenants (task, page) of other tasks on the same slot with
/// F_uk > 0. The references leave terms that are 0 out of the mean; here only F_uk = 0 does that, so that the
/// mean does not jump where a weight meets its target. Exclusive pages and private tensors have no other
/// tenants; padding of the task's own pages is not pulled.
///
/// The sum is a quadratic in w_k, kept as one strength and one centre a weight, whatever the number of
/// tenants.
class SoftPenalty {
public:
    /// @param fishers  F_u: fisherImage() of each task; that of `task` is not read
    /// @param images   w'_u: one page image a task, [imageSize]; that of `task` is not read
    SoftPenalty(std::span<const JointTask> tasks, std::size_t task,
        std::span<const std::vector<float>> fishers, std::span<const std::vector<float>> images,
        double lambda);

    /// Brings what it keeps to the device of the images.
    void moveTo(at::Device device);
    /// Adds the penalty's gradient 2 lambda S_k (w_k - c_k), S_k = mean F_uk, c_k = sum F_uk w'_uk / sum
    /// F_uk.
    /// @param image, gradient  [imageSize]
    void addGradient(const at::Tensor& image, const at::Tensor& gradient) const;

private:
    at::Tensor m_strength; ///< 2 lambda S, [imageSize]
    at::Tensor m_centre; ///< c, [imageSize]
};

/// The Fisher information of a task's weights in its page image, [imageSize]; 0 at padding.
[[nodiscard]] std::vector<float> fisherImage(const JointTask& task);

} // namespace palimpsest::nn
