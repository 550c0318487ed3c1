// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>

namespace palimpsest {

/// Which archives are opened.
enum class ArchiveKind : std::uint8_t {
    Zip, ///< zip alone
    Any, ///< zip, or tar, plain or compressed by gzip, bzip2, xz or zstd
};

/// One member of an archive, as its header declares it. Nothing of it can be trusted.
struct ArchiveEntry {
    std::string name; ///< path within the archive, UTF-8
    std::optional<std::uint64_t> bytes; ///< declared size, where the header has one
    bool isFile = false; ///< a regular file; links and devices are neither file nor folder
    bool isFolder = false;
};

/// Walks through the members of an archive, front to back. Damage, wrong checksums and encrypted members are
/// BadInput that names the archive and the member.
class ArchiveReader {
public:
    [[nodiscard]] static Result<ArchiveReader> open(const std::filesystem::path& path, ArchiveKind kind);
    ArchiveReader(ArchiveReader&&) noexcept;
    ArchiveReader& operator=(ArchiveReader&&) noexcept;
    ~ArchiveReader();

    /// The next member, or nothing at the end. What is left of the one before is passed over.
    [[nodiscard]] Result<std::optional<ArchiveEntry>> next();
    /// Content of the member that next() gave: fills `into` and returns its size, or less where it ends.
    [[nodiscard]] Result<std::size_t> read(std::span<std::byte> into);
    /// Share of the archive's own bytes that has been read, in [0, 1].
    [[nodiscard]] double fraction() const;

private:
    struct State;
    explicit ArchiveReader(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace palimpsest
