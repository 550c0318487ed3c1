// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace palimpsest {

/// The whole file. Missing or unreadable: BadInput with the system's reason.
[[nodiscard]] Result<std::string> readFile(const std::filesystem::path& path);

/// Replaces `path` as a whole or not at all: temporary file beside it, write, fsync, `verify`, rename, fsync of the folder.
///
/// @param verify  looks at the finished temporary file before it takes the name; an error leaves `path` as it was
/// A full disk is Failed and says so; the temporary file is removed.
[[nodiscard]] Status writeFileAtomically(const std::filesystem::path& path, std::string_view content,
    const std::function<Status(const std::filesystem::path&)>& verify = {});

/// As writeFileAtomically, for content in pieces, which are written one after the other.
[[nodiscard]] Status writePiecesAtomically(
    const std::filesystem::path& path, std::span<const std::string_view> pieces);

/// As writeFileAtomically, for content that `write` itself puts into the temporary file it is given (HDF5).
[[nodiscard]] Status replaceFileAtomically(const std::filesystem::path& path,
    const std::function<Status(const std::filesystem::path&)>& write,
    const std::function<Status(const std::filesystem::path&)>& verify = {});

/// A read-only view of a file's bytes (mmap); they come from the page cache or the disk when touched.
class MappedFile {
public:
    [[nodiscard]] static Result<MappedFile> open(const std::filesystem::path& path);
    MappedFile() = default;
    ~MappedFile();
    MappedFile(MappedFile&& other) noexcept;
    MappedFile& operator=(MappedFile&& other) noexcept;

    [[nodiscard]] std::span<const std::byte> bytes() const { return m_bytes; }
    /// Takes a part of the bytes, which were read, out of this process's memory; read again, they come back.
    void release(std::span<const std::byte> part) const;

private:
    std::span<const std::byte> m_bytes;
};

} // namespace palimpsest
