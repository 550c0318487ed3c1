// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/project/settings.h"
#include "core/report/tune_front.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace palimpsest {

// Searches that a project keeps, in DIR/tune.json (core/io/FORMAT.md): what was tried outlives the program, and the recipe's edits. A search
// belongs to recipes that differ in nothing but what it varies.

/// The key of the recipe's search. @return BadInput where the recipe cannot be planned: a file is missing
[[nodiscard]] Result<std::string> searchKey(const std::filesystem::path& folder, const Recipe& recipe);

/// What is kept under a key; empty: nothing. A file that does not read counts as none: the tries can be made again.
[[nodiscard]] std::optional<TuneFront> readTuneFront(
    const std::filesystem::path& folder, const std::string& key);

/// Keeps a front in place of the key's earlier one. Atomic. For those who hold the project's lock.
[[nodiscard]] Status keepTuneFront(
    const std::filesystem::path& folder, const std::string& key, const TuneFront& front);

/// Names of the result files of all points that are on a kept front.
[[nodiscard]] std::vector<std::string> filesOfTuneFronts(const std::filesystem::path& folder);

} // namespace palimpsest
