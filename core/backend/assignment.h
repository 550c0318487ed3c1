// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <stop_token>
#include <vector>

namespace palimpsest {

/// Exact minimum-cost assignment of every row to a column of its own, by shortest augmenting paths with dual
/// variables (Jonker & Volgenant 1987). Time O(rows^2 columns).
///
/// @param cost  [rows, columns], row-major, finite; rows <= columns
/// @return column of each row
/// @throws std::invalid_argument if the span has another size, a cost is not finite, or rows > columns
[[nodiscard]] std::vector<std::int32_t> assign(
    std::span<const float> cost, std::int64_t rows, std::int64_t columns);

constexpr std::int32_t kUnassigned = -1;

/// As assign(), but a row may also stay without a column, at the price `price`: the minimum of the cost of
/// the assigned rows plus `price` times the number of the others. Exact. Rows may outnumber columns.
///
/// @return column of each row or kUnassigned; nothing if `stop` was requested, which is polled every few
/// milliseconds
/// @throws std::invalid_argument if the span has another size, or a cost or the price is not finite
[[nodiscard]] std::optional<std::vector<std::int32_t>> assignPriced(std::span<const float> cost,
    std::int64_t rows, std::int64_t columns, double price, const std::stop_token& stop = {});

/// As assign(), with a stop token.
/// @return nothing if `stop` was requested
[[nodiscard]] std::optional<std::vector<std::int32_t>> assign(
    std::span<const float> cost, std::int64_t rows, std::int64_t columns, const std::stop_token& stop);

} // namespace palimpsest
