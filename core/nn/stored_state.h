// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/array.h"
#include "core/base/result.h"
#include "core/nn/virtualized_state.h"
#include "core/pages/page_codec.h"
#include "core/pages/page_layout.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace palimpsest {

/// What a device keeps of all tasks, in the forms in which it keeps it.
struct StoredState {
    StoredPages pool; ///< level 1
    StoredPages exclusive; ///< level 2
    std::vector<StoredPages>
        privateRuns; ///< level 1, one a task: one page as long as the run; none where it is empty

    /// Values of a private run.
    [[nodiscard]] std::int64_t privateSize(std::size_t task) const
    {
        return privateRuns.at(task).pageSize * privateRuns.at(task).pageCount;
    }
    bool operator==(const StoredState&) const = default;
};

/// Rounds a trained state to its storage forms, with the scales that the state brings along, or else those of encodePages().
/// @param layouts  one a task
/// @throws std::invalid_argument where layouts, pages and scales do not fit each other
[[nodiscard]] StoredState storeState(
    const VirtualizedState& state, const StateForms& forms, std::span<const PageLayout* const> layouts);
/// Fills in the scales that the forms need and the state lacks: of the least squared error (leastSquaresScales()).
void findScales(VirtualizedState& state, const StateForms& forms);

/// The values that every reader of the stored state sees, with their scales: storing them again gives the same bits.
[[nodiscard]] VirtualizedState readState(const StoredState& stored);

/// Writes a stored state into a record under `prefix`, and reads it back: empty where an entry is missing or does not fit.
///     <prefix>/forms                            text: JSON, [storage, page size, pages] of each
///     <prefix>/pool, exclusive, private/<task>  uint8: packed bits
///     <prefix>/scales/pool, ...                 uint8: float16, two bytes each
void putStoredState(Record& record, const std::string& prefix, const StoredState& state);
[[nodiscard]] std::optional<StoredState> takeStoredState(const Record& record, const std::string& prefix);

/// Writes level 2 as a file that can be mapped (core/pages/page_file.h). Saved atomically.
[[nodiscard]] Status writeExclusivePages(const std::filesystem::path& path, const StoredPages& exclusive);

} // namespace palimpsest
