// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

/// The least cost of assigning every row to a column of its own, by LEMON's network simplex: an independent exact solver.
///
/// @param cost   [rows, columns], row-major, integers
/// @param price  of a row that stays without a column; empty: none may
[[nodiscard]] std::int64_t networkSimplexOptimum(
    const std::vector<int>& cost, int rows, int columns, std::optional<int> price);
