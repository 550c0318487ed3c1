// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/network_importer.h"

#include <filesystem>
#include <string>
#include <vector>

namespace palimpsest {

/// The tensors of a file that says nothing about layers.
struct WeightsFile {
    std::string format; ///< "safetensors", as a user would say it
    Weights weights; ///< in the file's order, under the file's names, float32
    std::vector<TensorMapping> skipped; ///< what holds no weights, with the reason
};

/// Whether readWeightsFile() knows the file, by its name.
[[nodiscard]] bool isWeightsFile(const std::filesystem::path& file);
/// The files that hold the weights, `file` first.
[[nodiscard]] std::vector<std::filesystem::path> filesOfWeights(const std::filesystem::path& file);
/// Reads safetensors, npz, npy and checkpoints of TensorFlow.
[[nodiscard]] Result<WeightsFile> readWeightsFile(const std::filesystem::path& file);

} // namespace palimpsest
