// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/network_importer.h"

#include <memory>

namespace palimpsest {

/// Reads ONNX models (.onnx, with external data beside them) whose operators are those of feed-forward networks.
[[nodiscard]] std::shared_ptr<const NetworkImporter> onnxImporter();

} // namespace palimpsest
