// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/network/network.h"

#include <optional>
#include <span>
#include <string_view>

namespace palimpsest {

/// Type names as they stand in a layer list, in the order of LayerKind.
[[nodiscard]] std::span<const std::string_view> layerTypeNames();
[[nodiscard]] std::optional<LayerKind> layerKindFromName(std::string_view name);

/// The keys that a layer of this kind may have, "type" and "name" first, in the order in which they are
/// written.
[[nodiscard]] std::span<const std::string_view> layerKeys(LayerKind kind);

} // namespace palimpsest
