// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace palimpsest {

/// What files that were dropped on the window are.
struct DroppedFiles {
    enum class Kind { Network, Data, Unknown } kind = Kind::Unknown;
    std::vector<std::filesystem::path>
        files; ///< of a network: one, or its weights and layer list; of data: the file or folder
    std::string problem; ///< Unknown: why, a sentence that says what can be dropped
};

/// Looks at names, at the first bytes of files and at the names of arrays inside. For worker threads: a folder may hold many files.
[[nodiscard]] DroppedFiles sortDropped(const std::vector<std::filesystem::path>& files);

} // namespace palimpsest
