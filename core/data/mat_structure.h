// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <filesystem>
#include <span>

namespace palimpsest {

/// Walks over the elements of a MATLAB file of level 5, as its format says ("MAT-File Format", MathWorks, chapter 1), so that matio, which
/// takes declared sizes for granted, only sees files whose sizes fit into each other: header, variables, and within cell arrays and
/// structures every element. Values themselves are not looked at. Memory use is bounded by 16 MB beside the file.
/// @param path  for the sentence alone
[[nodiscard]] Status checkMatStructure(std::span<const std::byte> bytes, const std::filesystem::path& path);

} // namespace palimpsest
