// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/network/network.h"

#include <cstdint>
#include <functional>
#include <vector>

namespace palimpsest {

/// The same network with narrower hidden layers: each width (channels of a convolution, features of a linear layer) becomes
/// round(factor x width), never below 1. Input and classes stay, and so do widths that cannot be changed alone: what reaches
/// an Add of differently made inputs, a Reshape to more than one axis or a Permute that moves the first axis. Inputs of one
/// Add keep a common width, a depthwise convolution stays depthwise, and the widths on both sides of another grouped
/// convolution stay multiples of its groups.
/// @param factor   0 < factor <= 1; no width grows where it shrinks
/// @param network  completed
/// @throws std::invalid_argument if factor is out of range
[[nodiscard]] Network scaleWidths(const Network& network, double factor);

/// The networks, all scaled by the one greatest factor with which they take at most `bytes` together.
/// @param bytesOf  bytes of one network as stored; must not grow where widths shrink
/// @return BadInput where even the smallest factor gives more, with the bytes of that
[[nodiscard]] Result<std::vector<Network>> scaleToFit(const std::vector<const Network*>& networks,
    std::int64_t bytes, const std::function<std::int64_t(const Network&)>& bytesOf);

} // namespace palimpsest
