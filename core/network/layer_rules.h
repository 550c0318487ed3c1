// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/network/network.h"

#include <cstdint>
#include <span>
#include <vector>

namespace palimpsest {

inline constexpr std::int64_t kMaxElements
    = (std::int64_t { 1 } << 31) - 1; ///< of one tensor, one activation, one network

/// minimum <= value <= kMaxElements
[[nodiscard]] bool isSize(std::int64_t value, std::int64_t minimum);
/// False where the product exceeds kMaxElements. @pre every size is 1 or more
[[nodiscard]] bool fitsLimits(const Shape& shape);

/// A tensor that a layer needs.
struct LayerTensor {
    TensorRole role = TensorRole::Weight;
    Shape shape; ///< in the layout
};

struct LayerShapes {
    Shape output;
    std::vector<LayerTensor> tensors; ///< in the order of Network::tensors
};

/// Checks one layer and works out its output and its tensors, as completeNetwork() does with each. Spreads its numbers over
/// all axes.
/// @param inputs  shapes of what it reads: one; Add: two; Concat: one a part
/// @return BadInput whose message says nothing of the layer's name or place
[[nodiscard]] Result<LayerShapes> inferLayer(
    Layer& layer, std::span<const Shape> inputs, TensorLayout layout);

} // namespace palimpsest
