// SPDX-License-Identifier: Apache-2.0
#pragma once

// For the sources of core/nn alone: this header names LibTorch.

#include "core/network/network.h"
#include "core/nn/torch_headers.h"

#include <cstddef>
#include <span>
#include <vector>

namespace palimpsest::nn {

/// Sums over a batch the squares of each sample's gradient of a layer's weights, exactly (ALGORITHMS.md 5.2).
///
///     linear      sum_n (g_n a_n^T)^2 = (g*g)^T (a*a)
///     conv        sum_n (g_n U_n^T)^2 with U = the windows that the kernel sees: positions are summed inside the square
///     batch norm  sum_n (sum over positions of g x^)^2, x^ normalised by the running statistics (evaluation mode)
///     scale       sum_n (sum over positions of g a)^2
///     bias, shift sum_n (sum over positions of g)^2
///
/// @param layer     index of a layer with tensors
/// @param tensors   all tensors of the network
/// @param input     the layer's input as forward() recorded it
/// @param gradient  at its output, of one scalar a sample; same first size
/// @return one tensor a trainable tensor of the layer, in order and in the network's layout, float32
[[nodiscard]] std::vector<at::Tensor> squaredGradients(const Network& network, std::size_t layer,
    std::span<const at::Tensor> tensors, const at::Tensor& input, const at::Tensor& gradient);

} // namespace palimpsest::nn
