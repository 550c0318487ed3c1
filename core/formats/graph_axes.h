// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/network_builder.h"

#include <string>
#include <vector>

// What the sources of NetworkBuilder share.
namespace palimpsest {

/// The axes of a shape as they stand.
[[nodiscard]] std::vector<int> axesOf(const Shape& shape);
[[nodiscard]] std::vector<int> withoutOnes(std::vector<int> axes);
[[nodiscard]] Shape withoutOnes(Shape shape);
/// "[samples, 3, 32, 32]", as the other program sees it.
[[nodiscard]] std::string sampleText(const Shape& shape);
[[nodiscard]] Layer namedLayer(LayerKind kind, std::string name);

} // namespace palimpsest
