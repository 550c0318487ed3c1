// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace palimpsest {

/// SHA-256 (FIPS 180-4) of what is added, in pieces of any size. Uses OpenSSL.
class Sha256 {
public:
    Sha256();
    ~Sha256();
    Sha256(const Sha256&) = delete;
    Sha256& operator=(const Sha256&) = delete;

    void add(std::span<const std::byte> bytes);
    void add(std::string_view text);
    /// 64 lower-case hexadecimal digits. Call it once, last.
    [[nodiscard]] std::string hex();

private:
    struct Context;
    std::unique_ptr<Context> m_context;
};

[[nodiscard]] std::string sha256(std::string_view text);
/// Reads the file in pieces; memory use does not grow with it. A missing file is BadInput.
[[nodiscard]] Result<std::string> sha256File(const std::filesystem::path& path);

} // namespace palimpsest
