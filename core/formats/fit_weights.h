// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/weights_file.h"

#include <string>

namespace palimpsest {

/// Gives the tensors of a file to the layers of a network: by name or, where no name of the file is one of the network's, in
/// order. In order means: both sides are divided into tensors of two and more axes and tensors of one axis, and the n-th of
/// the file (names sorted as people count: weight_2 before weight_10) goes to the n-th of the network; all shapes must agree,
/// and no layer may have more than one tensor of one axis.
/// @param where  the file, for messages
[[nodiscard]] Result<NetworkImport> fitWeights(Network network, WeightsFile file, const std::string& where);

/// Gives Fisher information in the same way to the weights of a network, its state left out, and checks it with checkFisher().
[[nodiscard]] Result<Weights> fitFisher(Network network, WeightsFile file, const std::string& where);

/// Puts Fisher information into the network's order. As checkWeights(), for all but the state; values below 0 are BadInput too.
[[nodiscard]] Result<Weights> checkFisher(Network network, Weights fisher, const std::string& where);

} // namespace palimpsest
