// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/array.h"
#include "core/base/result.h"

#include <filesystem>
#include <string>
#include <string_view>

namespace palimpsest {

/// Writes a record as a result file (core/io/FORMAT.md): a header with a SHA-256, then HDF5 with one dataset an array or a text.
/// Saved atomically: temporary file, flush, fsync, re-opened and compared, renamed. Equal records give equal bytes.
/// @throws std::invalid_argument where a name is no path of groups ("", "a//b", "../a")
[[nodiscard]] Status writeRecord(const std::filesystem::path& path, const Record& record);
/// A truncated, damaged or newer file is BadInput that names the file and the object path, never a crash.
[[nodiscard]] Result<Record> readRecord(const std::filesystem::path& path);

/// The bytes of the file that writeRecord() writes. `where` names them in errors.
[[nodiscard]] Result<std::string> serializeRecord(const Record& record, const std::string& where);
/// What readRecord() does with the file's bytes.
[[nodiscard]] Result<Record> parseRecord(std::string_view bytes, const std::string& where);

} // namespace palimpsest
