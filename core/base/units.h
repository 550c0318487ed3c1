// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

namespace palimpsest {

/// "812 B", "43.9 KB", "2.62 MB": three digits, 1 KB = 1,000 bytes.
[[nodiscard]] std::string formatBytes(double byteCount);
/// "0.4 s", "12 s", "1:12", "1:02:05".
[[nodiscard]] std::string formatSeconds(double seconds);
/// "1,234,567"
[[nodiscard]] std::string formatCount(std::int64_t count);

} // namespace palimpsest
