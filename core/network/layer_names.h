// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>

namespace palimpsest {

inline constexpr std::size_t kMaxNameLength = 200;

/// A letter, digit, "_", "-" or ".".
[[nodiscard]] bool isNameLetter(char c);
/// Layer names become parts of paths in result files, so they hold no slash.
[[nodiscard]] bool isLayerName(const std::string& name);
/// Tensor names of other tools may hold slashes and colons ("block1/conv/kernel:0"), but no empty part.
[[nodiscard]] bool isTensorName(const std::string& name);

} // namespace palimpsest
