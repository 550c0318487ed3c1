// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/array.h"
#include "core/base/result.h"

#include <filesystem>

namespace palimpsest {

/// Writes a record as an HDF5 file (core/io/FORMAT.md): one dataset an array, one string attribute of the root a text.
/// Saved atomically: temporary file, flush, fsync, re-opened and compared, renamed. Equal records give equal bytes.
[[nodiscard]] Status writeRecord(const std::filesystem::path& path, const Record& record);
/// A truncated, damaged or newer file is BadInput that names the file and the object path, never a crash.
[[nodiscard]] Result<Record> readRecord(const std::filesystem::path& path);

} // namespace palimpsest
