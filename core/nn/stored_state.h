// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/nn/joint.h"
#include "core/pages/page_codec.h"

#include <cstdint>
#include <filesystem>
#include <vector>

namespace palimpsest {

/// What a device keeps of all tasks, in the forms in which it keeps it.
struct StoredState {
    StoredPages pool; ///< level 1
    StoredPages exclusive; ///< level 2
    std::vector<std::vector<std::uint8_t>>
        privateRuns; ///< level 1, one a task: float32, or float16 where privateIsHalf
    bool privateIsHalf = false;

    /// Values of a private run.
    [[nodiscard]] std::int64_t privateSize(std::size_t task) const
    {
        return static_cast<std::int64_t>(privateRuns.at(task).size()) / (privateIsHalf ? 2 : 4);
    }
};

/// Rounds a trained state to its storage forms. Private runs are float16 as soon as the pool is narrower than float32.
[[nodiscard]] StoredState storeState(const VirtualizedState& state, Storage pool, Storage exclusive);
/// The values that every reader of the stored state sees.
[[nodiscard]] VirtualizedState readState(const StoredState& stored);

/// Writes level 2 as a file that can be mapped: the pages, then their scales. Saved atomically.
[[nodiscard]] Status writeExclusivePages(const std::filesystem::path& path, const StoredPages& exclusive);

} // namespace palimpsest
