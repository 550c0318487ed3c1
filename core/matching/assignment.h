// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace palimpsest {

/// Exact minimum-cost assignment of every row to a column of its own, by shortest augmenting paths with dual variables
/// (Jonker & Volgenant 1987). Time O(rows^2 columns).
///
/// @param cost  [rows, columns], row-major, finite; rows <= columns
/// @return column of each row
/// @throws std::invalid_argument if the span has another size or rows > columns
[[nodiscard]] std::vector<std::int32_t> assign(std::span<const float> cost, std::int64_t rows, std::int64_t columns);

} // namespace palimpsest
