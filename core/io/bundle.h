// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/data/preprocess.h"
#include "core/network/network.h"
#include "core/pages/page_codec.h"
#include "core/pages/page_layout.h"
#include "core/pages/page_table.h"

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
    StoredPages privateRun; ///< one page of layout.privateSize values; no page where that is 0
    Preprocessing preprocessing; ///< fitted
    std::int64_t classes = 0;
    std::vector<std::string> classNames; ///< empty, or one a class
    bool operator==(const BundleTask&) const = default;
};

/// The deployable outcome of a project: shared pages, page tables and what else a device needs.
struct Bundle {
    std::string project; ///< its name
    std::string version; ///< of the program that made it
    StoredPages pool; ///< the slots
    StoredPages exclusive; ///< of all tasks, with the pool's page size
    std::vector<BundleTask> tasks;
    [[nodiscard]] std::int64_t pageSize() const { return pool.pageSize; }
    bool operator==(const Bundle&) const = default;
};

/// What a bundle takes up.
struct BundleSize {
    std::int64_t storedBytes = 0; ///< pages, scales, tables and private runs: what memory plans count
    std::int64_t otherBytes = 0; ///< manifest and C header
};

/// Pages, scales, tables and private runs as the files hold them.
[[nodiscard]] std::int64_t storedBytes(const Bundle& bundle);

/// Writes a bundle as a new folder (core/io/FORMAT.md), as a whole or not at all: a folder beside it takes the name when every file is
/// flushed. A target that exists and is not an empty folder is refused. Equal bundles give equal files.
/// @throws std::invalid_argument where the parts of the bundle do not fit each other
[[nodiscard]] Result<BundleSize> writeBundle(const std::filesystem::path& target, const Bundle& bundle);

/// Reads a bundle of this version or an older one. Every file must have the size and the SHA-256 of the manifest, and all parts
/// must fit each other.
[[nodiscard]] Result<Bundle> readBundle(const std::filesystem::path& folder);

/// Where the exclusive pages lie in a bundle, as PagedExecutor maps them.
[[nodiscard]] std::filesystem::path exclusivePagesFile(const std::filesystem::path& bundle);

} // namespace palimpsest
