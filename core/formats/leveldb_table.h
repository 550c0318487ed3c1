// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace palimpsest {

/// Hands every pair of a leveldb table (of one file in memory) to `visit`, keys strictly ascending. CRCs are checked. An error
/// of `visit` ends the walk and is given back. Compressed blocks are refused: nothing that is read here has them.
/// @param where  names the file in errors
[[nodiscard]] Status readLeveldbTable(std::span<const std::byte> bytes, const std::string& where,
    const std::function<Status(std::string_view key, std::string_view value)>& visit);

} // namespace palimpsest
