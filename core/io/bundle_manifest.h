// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/json.h"
#include "core/io/bundle.h"

#include <cstdint>
#include <map>
#include <string>

namespace palimpsest {

/// What the manifest says of one file of the bundle.
struct BundleFile {
    std::int64_t bytes = 0;
    std::string sha256;
    bool operator==(const BundleFile&) const = default;
};
/// Path inside of the bundle -> file.
using BundleFiles = std::map<std::string, BundleFile>;

// Paths inside of a bundle.
inline constexpr const char* kManifestFile = "manifest.json";
inline constexpr const char* kPoolFile = "pool.bin";
inline constexpr const char* kExclusiveFile = "exclusive.bin";
inline constexpr const char* kHeaderFile = "palimpsest_pages.h";
[[nodiscard]] std::string tableFile(const std::string& task);
[[nodiscard]] std::string privateFile(const std::string& task);

/// Everything of a bundle but the numbers, which lie in the binary files.
struct Manifest {
    Bundle bundle; ///< pages and private runs have their forms and counts but no bytes; tables are empty
    BundleFiles files;
};

/// With its own SHA-256 under the key "sha256", over the canonical JSON of all other keys.
[[nodiscard]] Json manifestToJson(const Bundle& bundle, const BundleFiles& files);
/// Checks the manifest's own hash and that sizes, layouts and networks fit each other.
[[nodiscard]] Result<Manifest> manifestFromJson(const Json& json, const std::string& where);

/// The C header: sizes, the place of each tensor and what decodes a page, for a program that reads the binary files without JSON.
[[nodiscard]] std::string bundleHeader(const Bundle& bundle);

} // namespace palimpsest
