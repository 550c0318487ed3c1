// SPDX-License-Identifier: Apache-2.0
#pragma once

// For the sources of core/nn alone: this header names LibTorch.

#include "core/nn/evaluate.h"
#include "core/nn/torch_headers.h"

#include <functional>
#include <span>
#include <stop_token>

namespace palimpsest::nn {

/// Scores tensors that somebody else owns, in evaluation mode and without gradients.
/// @param tensors   as of forward()
/// @param inputs    [count, inputShape...]
/// @param labels    int64 [count]
/// @param progress  called with the share that is done, in (0, 1]; may be empty
/// @return Canceled when the stop token is set
[[nodiscard]] Result<Score> scoreTensors(const Network& network, std::span<const at::Tensor> tensors,
    const at::Tensor& inputs, const at::Tensor& labels, const std::stop_token& stop,
    const std::function<void(double)>& progress = {});

} // namespace palimpsest::nn
