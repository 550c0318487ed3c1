// SPDX-License-Identifier: Apache-2.0
#pragma once

// For the sources of core/nn alone: this header names LibTorch.

#include "core/nn/torch_headers.h"

#include <vector>

namespace palimpsest::nn {

/// Stochastic gradient descent with momentum over whole buffers by at::_fused_sgd_:
///     g' = g + weightDecay w;   b = momentum b + g';   w = w - rate b,   b = 0 at first
/// The rate is a tensor, so that a step can be captured as a graph.
class FusedSgd {
public:
    FusedSgd(std::vector<at::Tensor> parameters, double momentum, double weightDecay);
    /// @param gradients     one a parameter, same shapes
    /// @param learningRate  scalar tensor on the parameters' device
    void step(const std::vector<at::Tensor>& gradients, const at::Tensor& learningRate);
    /// b, one a parameter, for checkpoints.
    [[nodiscard]] std::vector<at::Tensor> state() const { return m_moments; }
    void setState(const std::vector<at::Tensor>& state);

private:
    std::vector<at::Tensor> m_parameters, m_moments;
    double m_momentum, m_weightDecay;
};

} // namespace palimpsest::nn
