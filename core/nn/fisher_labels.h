// SPDX-License-Identifier: Apache-2.0
#pragma once

// For the sources of core/nn alone: this header names LibTorch.

#include "core/nn/torch_headers.h"
#include "core/project/settings.h"

#include <cstdint>
#include <vector>

namespace palimpsest::nn {

/// The samples a Fisher information is estimated from and the random numbers that draw their labels: the same for every way
/// to compute it.
class FisherDraws {
public:
    FisherDraws(std::int64_t available, const FisherSettings& settings, std::uint64_t seed);

    [[nodiscard]] std::int64_t count() const { return static_cast<std::int64_t>(m_samples.size()); }
    /// Indices of samples [first, first + count), int64.
    [[nodiscard]] at::Tensor samples(std::int64_t first, std::int64_t count) const;
    /// Labels of the samples from `first` on, one list a backward pass: a drawn class, the most likely one, or each class
    /// in turn. int64 [batch].
    [[nodiscard]] std::vector<at::Tensor> labels(std::int64_t first, const at::Tensor& logits) const;
    /// What (d log p_y)^2 counts with: 1 where y was drawn, p_y where it was chosen. [batch]
    [[nodiscard]] at::Tensor weights(const at::Tensor& probabilities, const at::Tensor& labels) const;

private:
    FisherLabels m_kind;
    std::vector<std::int64_t> m_samples;
    std::vector<double> m_uniform; ///< one a sample where labels are drawn
};

} // namespace palimpsest::nn
