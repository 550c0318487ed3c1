// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/array.h"
#include "core/data/byte_stream.h"

#include <filesystem>
#include <functional>
#include <map>
#include <span>
#include <string>

namespace palimpsest {

/// Fills the span with what comes next and returns its size, or less where the content ends first.
using ByteSource = std::function<Result<std::size_t>(std::span<std::byte>)>;

/// One array in NumPy's .npy form (NEP 1; versions 1.0, 2.0 and 3.0), read strictly: the header holds
/// `descr`, `fortran_order` and `shape` and nothing else, no size is 0, and the content ends with the last
/// value. Both byte orders; Fortran order comes back row-major. bool comes as uint8, int8 as int16, uint16
/// as int32, uint64 as int64 where its values fit; float16 stays float16. BadInput: objects (pickled Python code,
/// which is never run), records, texts, complex numbers, dates.
///
/// @param maxBytes  of the values; a header that declares more is refused before memory is taken
/// @param where     names the content in messages
[[nodiscard]] Result<Array> readNpy(
    const ByteSource& source, std::uint64_t maxBytes, const std::string& where);
/// A whole file, plain or gzip.
[[nodiscard]] Result<Array> readNpy(const std::filesystem::path& path);

/// The arrays of an .npz file, a zip archive of .npy files, by their names without ".npy". Two of one name
/// and members that are no .npy are BadInput, and so are more than `maxBytes` in all.
/// @param wanted  which arrays are read; the others are passed over. Empty: all
[[nodiscard]] Result<std::map<std::string, Array>> readNpz(const std::filesystem::path& path,
    const std::function<bool(const std::string&)>& wanted = {}, std::uint64_t maxBytes = kMaxDecodedBytes);
/// Their names alone, in the file's order.
[[nodiscard]] Result<std::vector<std::string>> listNpz(const std::filesystem::path& path);

} // namespace palimpsest
