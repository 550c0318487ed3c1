// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/formats/network_importer.h"

#include <filesystem>
#include <memory>

namespace palimpsest {

/// Reads an HDF5 file of the references' networks: /weights/<tensor>, /fisher/<tensor>, attributes `order` (of flattening), `layers`
/// (one text a layer, "Conv2D weight_0 (3, 3, 1, 8) stride [1, 1, 1, 1] VALID -> (26, 26, 8)") and `input_shape_nhwc`.
/// The result has layout TensorFlow, and its tensors keep the file's names and order.
[[nodiscard]] Result<ImportedNetwork> readReferenceNetwork(const std::filesystem::path& path);

/// The same behind the interface of all importers.
[[nodiscard]] std::shared_ptr<const NetworkImporter> referenceNetworkImporter();

} // namespace palimpsest
