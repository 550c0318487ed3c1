// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/network/network.h"

#include <filesystem>
#include <optional>

namespace palimpsest {

/// A network with weights and, where the file has it, its Fisher information.
struct ImportedNetwork {
    Network network;
    Weights weights;
    std::optional<Weights> fisher;
};

/// Reads an HDF5 file of the references' networks: /weights/<tensor>, /fisher/<tensor>, attributes `order` (of flattening), `layers`
/// (one text a layer, "Conv2D weight_0 (3, 3, 1, 8) stride [1, 1, 1, 1] VALID -> (26, 26, 8)") and `input_shape_nhwc`.
/// The result has layout TensorFlow, and its tensors keep the file's names and order.
[[nodiscard]] Result<ImportedNetwork> readReferenceNetwork(const std::filesystem::path& path);

} // namespace palimpsest
