// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/data/dataset.h"

#include <filesystem>
#include <vector>

namespace palimpsest {

/// A reader of a format with one file a split: data.path and, where it is set, data.test.
class FilePairReader : public DataReader {
public:
    [[nodiscard]] Result<std::vector<std::filesystem::path>> files(
        const DataSettings& settings, const std::filesystem::path& base) const override
    {
        std::vector<std::filesystem::path> paths { base / settings.path };
        if (!settings.test.empty())
            paths.push_back(base / settings.test);
        return paths;
    }

    [[nodiscard]] Result<bool> hasTest(
        const DataSettings& settings, const std::filesystem::path& /*base*/) const override
    {
        return !settings.test.empty();
    }
};

} // namespace palimpsest
