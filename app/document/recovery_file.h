// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/project/settings.h"

#include <filesystem>
#include <optional>
#include <string>

namespace palimpsest {

/// Edits that were not saved when the program ended: DIR/.recovery.json.
struct Recovery {
    Recipe recipe;
    std::string base; ///< SHA-256 of the project.json that was edited
    std::string time; ///< when it was written, ISO 8601, UTC
    std::filesystem::path file; ///< it was read from
};

[[nodiscard]] std::filesystem::path recoveryFile(const std::filesystem::path& folder);
/// Where edits that were offered, and not answered, make room for new ones: DIR/.recovery-older.json.
[[nodiscard]] std::filesystem::path olderRecoveryFile(const std::filesystem::path& folder);

[[nodiscard]] Status writeRecovery(
    const std::filesystem::path& folder, const Recipe& recipe, const std::string& base);
/// From recoveryFile(), else from olderRecoveryFile(). Empty where there is none. A damaged one is BadInput.
[[nodiscard]] Result<std::optional<Recovery>> readRecovery(const std::filesystem::path& folder);
/// Renames recoveryFile() to olderRecoveryFile().
[[nodiscard]] Status shelveRecovery(const std::filesystem::path& folder);
[[nodiscard]] Status removeFile(const std::filesystem::path& file); ///< also where there is none

} // namespace palimpsest
