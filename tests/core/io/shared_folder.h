// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdlib>
#include <filesystem>
#include <system_error>

namespace palimpsest {

/// The folder with real data for development, if there is one: $PALIMPSEST_SHARED, else `shared` beside the source tree.
inline std::filesystem::path sharedFolder()
{
    const char* named = std::getenv("PALIMPSEST_SHARED");
    const std::filesystem::path folder = named != nullptr
        ? std::filesystem::path(named)
        : std::filesystem::path(PALIMPSEST_SOURCE_DIR).parent_path() / "shared";
    std::error_code ignored;
    return std::filesystem::is_directory(folder, ignored) ? folder : std::filesystem::path();
}

} // namespace palimpsest
