// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/project/settings.h"

#include <filesystem>
#include <vector>

namespace palimpsest {

/// The files of formats with one file a split: data.path and, where it is set, data.test.
[[nodiscard]] inline std::vector<std::filesystem::path> trainAndTestFile(
    const DataSettings& settings, const std::filesystem::path& base)
{
    std::vector<std::filesystem::path> paths { base / settings.path };
    if (!settings.test.empty())
        paths.push_back(base / settings.test);
    return paths;
}

} // namespace palimpsest
