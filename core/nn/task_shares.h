// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/network/network.h"

#include <span>
#include <vector>

namespace palimpsest {

/// How much a forward pass of one sample costs beside others: multiplications of its convolutions and linear layers, and one
/// operation for every number that any layer gives.
[[nodiscard]] double forwardCost(const Network& network);

/// Divides tasks among ranks: the dearest first, each to the rank that has least so far. Depends on nothing but its arguments.
/// @return the rank of each task
[[nodiscard]] std::vector<int> shareTasks(std::span<const double> costs, int ranks);

} // namespace palimpsest
