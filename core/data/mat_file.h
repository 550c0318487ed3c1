// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/array.h"
#include "core/base/result.h"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace palimpsest {

/// The arrays of numbers in a MATLAB file of level 5 (-v6 and -v7; read by matio) whose names are among `names`
/// (lower case; upper and lower case count as the same), by their names in lower case. MATLAB's sizes are
/// kept, but the values stand column-major as in the file: the first index is the fastest.
///
/// int8 comes as int16, uint16 as int32, logical as uint8. BadInput: level 4, -v7.3 (which is HDF5), a damaged or cut
/// file, a variable of one of the names that is no real array of such numbers, more than can be held.
[[nodiscard]] Result<std::map<std::string, Array>> readMatFile(
    const std::filesystem::path& path, const std::vector<std::string>& names);

} // namespace palimpsest
