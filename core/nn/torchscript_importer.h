// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/network_importer.h"

#include <memory>

namespace palimpsest {

/// Reads TorchScript modules (.pt, .pth, saved by torch.jit.trace or torch.jit.script) whose forward() is made of known layers.
/// They are programs: read() asks for trust first. The file does not say how large its samples are; ImportOptions::inputShape
/// does, or it is found where only one size fits.
[[nodiscard]] std::shared_ptr<const NetworkImporter> torchScriptImporter();

} // namespace palimpsest
