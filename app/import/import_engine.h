// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/import/import_values.h"

#include <cstdint>
#include <filesystem>

namespace palimpsest {

/// What the import assistant has done for it, by the engine: the same functions as behind `palimpsest import`. The data that were
/// read last are kept, so that another preprocessing is tried at once.
/// @param project  folder of the open project
/// @param dataRoot  that data paths of its recipe are relative to
/// @param seed  of the project: the samples that are tried are of its own validation split
[[nodiscard]] ImportEngine importEngine(
    const std::filesystem::path& project, const std::filesystem::path& dataRoot, std::uint64_t seed);

} // namespace palimpsest
