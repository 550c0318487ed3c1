// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <nlohmann/json_fwd.hpp>

#include <filesystem>
#include <string>
#include <string_view>

namespace palimpsest {

/// JSON whose objects keep the order in which a person wrote them.
using Json = nlohmann::ordered_json;

/// Strict reader for text from outside (RFC 8259): comments, duplicate keys, more than 64 levels and more than 64 MiB are
/// refused; the error names `where` and the line, or no place where `where` is empty.
[[nodiscard]] Result<Json> parseJson(std::string_view text, const std::string& where);
[[nodiscard]] Result<Json> readJsonFile(const std::filesystem::path& path);

/// Text with sorted keys and no spaces: equal values give equal text. For fingerprints.
[[nodiscard]] std::string canonicalJson(const Json& value);

} // namespace palimpsest
