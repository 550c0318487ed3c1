// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/weights_file.h"

#include <memory>

namespace palimpsest {

/// Checkpoints of TensorFlow 1 in version 2 of their format: PREFIX.index, PREFIX.data-0000i-of-0000n and, for the architecture,
/// PREFIX.meta. Any of the three may be named. Where ImportOptions::layers names a layer list, the graph is not read.
[[nodiscard]] std::shared_ptr<const NetworkImporter> tensorflowImporter();

/// All tensors of a checkpoint that can be weights; the state of optimisers, counters and what is no floating-point number are skipped.
/// @param index  the .index file
[[nodiscard]] Result<WeightsFile> readTensorflowWeights(const std::filesystem::path& index);

} // namespace palimpsest
