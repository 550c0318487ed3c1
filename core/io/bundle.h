// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/data/preprocess.h"
#include "core/network/network.h"
#include "core/pages/page_layout.h"
#include "core/pages/page_table.h"
#include "core/project/settings.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace palimpsest {

/// One task of a bundle: all that is needed to run it on the shared pages.
struct BundleTask {
    std::string name; ///< letters, digits, '_', '-': it becomes a file name
    Network network;
    PageLayout layout;
    PageTable table;
    std::vector<float> privateRun; ///< [layout.privateSize]
    Preprocessing preprocessing; ///< fitted
    std::int64_t classes = 0;
    std::vector<std::string> classNames; ///< empty, or one a class
    bool operator==(const BundleTask&) const = default;
};

/// The deployable outcome of a project: shared pages, page tables and what else a device needs.
struct Bundle {
    std::string project; ///< its name
    std::string version; ///< of the program that made it
    std::int64_t pageSize = 0; ///< weights
    std::vector<float> pool; ///< [slots, pageSize]
    std::vector<float> exclusive; ///< [exclusive pages of all tasks, pageSize]
    Storage poolStorage = Storage::Float32;
    Storage exclusiveStorage = Storage::Float32;
    std::vector<BundleTask> tasks;
    [[nodiscard]] std::int64_t slotCount() const
    {
        return pageSize > 0 ? static_cast<std::int64_t>(pool.size()) / pageSize : 0;
    }
    [[nodiscard]] std::int64_t exclusiveCount() const
    {
        return pageSize > 0 ? static_cast<std::int64_t>(exclusive.size()) / pageSize : 0;
    }
    bool operator==(const Bundle&) const = default;
};

/// Writes a bundle as a new folder (core/io/FORMAT.md), as a whole or not at all: a folder beside it takes the name when every file is
/// flushed. A target that exists and is not an empty folder is refused. Equal bundles give equal files.
/// Only Float32 pages can be written so far.
/// @throws std::invalid_argument where the parts of the bundle do not fit each other
[[nodiscard]] Status writeBundle(const std::filesystem::path& target, const Bundle& bundle);

/// Reads a bundle. Every file must have the size and the SHA-256 of the manifest, and all parts must fit each other.
[[nodiscard]] Result<Bundle> readBundle(const std::filesystem::path& folder);

} // namespace palimpsest
