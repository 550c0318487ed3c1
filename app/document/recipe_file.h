// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"
#include "core/base/result.h"
#include "core/project/settings.h"

#include <filesystem>
#include <string>

namespace palimpsest {

/// A recipe as it was read from a file.
struct RecipeFile {
    Recipe recipe;
    std::string hash; ///< SHA-256 of the file: tells whether somebody has changed it since
};

[[nodiscard]] std::filesystem::path recipeBackup(const std::filesystem::path& folder); ///< project.json.bak

/// Reads project.json or its backup; a recipe without tasks will do. The error of a file that is damaged, newer or half
/// written names line or key. @param file  project.json of a folder, or its backup
[[nodiscard]] Result<RecipeFile> readRecipeFile(const std::filesystem::path& file);
/// SHA-256 of what project.json holds; empty where there is none.
[[nodiscard]] std::string recipeFileHash(const std::filesystem::path& folder);

/// What became of a save.
struct RecipeSave {
    /// Another program has changed project.json since it was read: nothing was written.
    bool isConflict = false;
    std::string hash; ///< of what was written
};

/// Saves a recipe as project.json: temporary file, flush, read back and compare, rename. What stood there before is kept as
/// project.json.bak, or as project.json.unreadable where it is none. A person's order of keys, and the keys they left at their
/// defaults, stay as they are.
/// @param expected  hash that project.json must have; where it has another one, the result is a conflict
/// @param overwrite  save in spite of a conflict
[[nodiscard]] Result<RecipeSave> saveRecipeFile(const std::filesystem::path& folder, const Recipe& recipe,
    const std::string& expected, bool overwrite = false);

/// The JSON that stands for `recipe` and is as near as it can be to `previous`: keys keep their order, a key that is not there
/// is added only where its value is not the default. Tasks are found by name.
[[nodiscard]] Json recipeAsWritten(const Recipe& recipe, const Json& previous);

} // namespace palimpsest
