// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>

namespace palimpsest {

/// No data file may grow beyond this in memory: a few kilobytes of gzip can claim to hold any amount.
inline constexpr std::uint64_t kMaxDecodedBytes = std::uint64_t { 8 } << 30U;

/// The content of a file from the front to the back. A gzip file (RFC 1952, known by its first two bytes,
/// whatever its name; of one or more members) gives its decompressed content, with checked CRC. Memory use
/// does not grow with the file.
class ByteStream {
public:
    /// Missing, unreadable or no regular file: BadInput.
    [[nodiscard]] static Result<ByteStream> open(const std::filesystem::path& path);
    ByteStream(ByteStream&&) noexcept;
    ByteStream& operator=(ByteStream&&) noexcept;
    ~ByteStream();

    /// Fills `into` and returns its size, or less where the content ends first. Damaged or cut gzip is
    /// BadInput.
    [[nodiscard]] Result<std::size_t> read(std::span<std::byte> into);

    [[nodiscard]] bool isCompressed() const;
    /// No content can be longer: the size of a plain file; 1,032 times that of a gzip file, the most that
    /// deflate reaches.
    [[nodiscard]] std::uint64_t maxContentBytes() const;

private:
    struct State;
    explicit ByteStream(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

/// The whole content as text, decompressed where it is gzip. More than `maxBytes`: BadInput.
[[nodiscard]] Result<std::string> readText(
    const std::filesystem::path& path, std::uint64_t maxBytes = kMaxDecodedBytes);

} // namespace palimpsest
