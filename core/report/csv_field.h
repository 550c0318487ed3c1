// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace palimpsest {

/// A field of a CSV line, quoted where it must be (RFC 4180).
[[nodiscard]] inline std::string csvField(const std::string& text)
{
    if (text.find_first_of(",\"\r\n") == std::string::npos)
        return text;
    std::string quoted = "\"";
    for (const char c : text)
        quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
    return quoted + "\"";
}

} // namespace palimpsest
