// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/network_importer.h"

#include <memory>

namespace palimpsest {

/// A layer list (.json; core/network/FORMAT.md) with the weights that ImportOptions::weights names or the file of the same
/// name beside it. Where NAME.fisher.safetensors lies beside weights NAME.safetensors, it is their Fisher information.
[[nodiscard]] std::shared_ptr<const NetworkImporter> layerListImporter();

/// Weights alone (all forms of readWeightsFile()) with the layer list that ImportOptions::layers names or the .json of the same
/// name beside them.
[[nodiscard]] std::shared_ptr<const NetworkImporter> weightsImporter();

} // namespace palimpsest
