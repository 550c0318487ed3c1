// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/results/run_results.h"
#include "widgets/view/selection.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace palimpsest {

/// How a page map is laid out.
enum class PageMapMode {
    Pool, ///< one cell a slot of the pool
    Tasks, ///< one row a task, one cell a page
};

/// What the colour of a cell says.
enum class PageQuantity {
    Tenants, ///< pages that share the slot
    Tasks, ///< tasks that share the slot
    Cost, ///< J_bary of the slot, nats
    Fisher, ///< of the page, or of all pages of the slot, nats per squared weight
    Level, ///< memory level 1 (shared) or 2 (exclusive)
    Change, ///< against another run
};

/// What a cell is coloured by, in 7 bits: a category, or from kFirstShade on one of kShadeCount shades. Where one pixel shows
/// several cells it shows the highest code, so categories stand in order of what must not be lost.
namespace cell {
inline constexpr std::uint8_t kNone = 0; ///< no cell
inline constexpr std::uint8_t kEmpty = 1; ///< a slot that no page uses
inline constexpr std::uint8_t kUnknown = 2; ///< a page of which the quantity is not known
inline constexpr std::uint8_t kShared = 3; ///< level 1
inline constexpr std::uint8_t kExclusive = 4; ///< level 2
inline constexpr std::uint8_t kSame = 5; ///< change: same neighbours in the slot as in the other run
inline constexpr std::uint8_t kOtherNeighbours = 6;
inline constexpr std::uint8_t kNowShared = 7; ///< was exclusive
inline constexpr std::uint8_t kNowExclusive = 8; ///< was shared
inline constexpr std::uint8_t kNotComparable = 9; ///< the other run has no such page
inline constexpr std::uint8_t kCategoryCount = 10;
inline constexpr std::uint8_t kFirstShade = 16;
inline constexpr std::uint8_t kShadeCount = 112;
inline constexpr std::uint8_t kHighlight = 128; ///< the eighth bit: the cell belongs to what is selected
} // namespace cell

/// Which values the shades stand for: linear for tenants and tasks, otherwise by the logarithm.
struct ValueScale {
    double low = 0.0; ///< smallest value above 0
    double high = 0.0;
    bool isLogarithmic = false;
    [[nodiscard]] bool isEmpty() const { return high <= 0.0; }
    /// In [0, 1]. 0 for values at or below `low`.
    [[nodiscard]] double shade(double value) const;
    bool operator==(const ValueScale&) const = default;
};

/// The codes of all cells of a page map, one byte each, row by row. A plain value: it may be made on any thread.
struct PageCells {
    PageMapMode mode = PageMapMode::Pool;
    PageQuantity quantity = PageQuantity::Tenants;
    std::vector<std::uint8_t>
        codes; ///< pool: [slotCount]; tasks: [rows, columns], kNone past a task's last page
    std::int64_t rows = 0; ///< tasks: one a task
    std::int64_t columns = 0; ///< tasks: pages of the largest task
    ValueScale scale; ///< empty where the quantity has categories only
    std::uint16_t categories = 0; ///< bit c: code c occurs
    [[nodiscard]] bool has(std::uint8_t category) const { return (categories >> category & 1U) != 0; }
};

/// Codes of every cell.
/// @param other  what Change compares with; nullptr: every page is not comparable
[[nodiscard]] PageCells makePageCells(
    const RunResults& results, PageMapMode mode, PageQuantity quantity, const RunResults* other = nullptr);

/// The value that a cell's colour stands for; empty where it has none (an empty slot, an exclusive page, a category).
[[nodiscard]] std::optional<double> cellValue(const RunResults& results, PageMapMode mode,
    PageQuantity quantity, std::int64_t row, std::int64_t column);

/// Whether a run has what a mode and a quantity need.
[[nodiscard]] bool isThere(const RunResults& results, PageMapMode mode, PageQuantity quantity);

} // namespace palimpsest
