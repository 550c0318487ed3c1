// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/array.h"
#include "core/base/result.h"
#include "core/network/network.h"

#include <string>
#include <vector>

namespace palimpsest {

/// What the layer texts of a reference file describe.
struct LayerTexts {
    std::vector<Layer> layers; ///< with the names of the file's tensors
    std::vector<std::string> tensors; ///< in the order in which the layers use them
    std::vector<Shape> shapes; ///< of these tensors, as the texts state them
};

/// Reads texts such as
///     Conv2D weight_0 (3, 3, 1, 8) stride [1, 1, 1, 1] VALID -> (26, 26, 8)
///     + bias_0 (8,)
///     LeakyRelu alpha 0.2 (LeakyRelu)
///     MaxPool [1, 2, 2, 1] stride [1, 2, 2, 1] VALID -> (13, 13, 8) (neuron_1)
///     Reshape -> (128,)
///     dropout
///     MatMul weight_3 (128, 128) -> (128,)
/// (also Relu, Sigmoid, Tanh). Padding SAME is taken where it is the same on both sides, because only such padding can be described.
/// Every stated shape must be the one that comes out.
///
/// @param inputShape  [height, width, channels] or [features]
/// @return BadInput that names `where`, the number of the text and the text
[[nodiscard]] Result<LayerTexts> parseLayerTexts(
    const std::vector<std::string>& texts, const Shape& inputShape, const std::string& where);

} // namespace palimpsest
