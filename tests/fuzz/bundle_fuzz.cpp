// SPDX-License-Identifier: Apache-2.0
#include "core/base/hash.h"
#include "core/io/bundle_manifest.h"
#include "tests/fuzz/input_file.h"

#include <nlohmann/json.hpp>

using namespace palimpsest;

/// The manifest of a bundle. It is sealed anew, or nothing but its hash would be tried.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    auto json = parseJson({ reinterpret_cast<const char*>(data), size }, "input");
    if (!json || !json->is_object())
        return 0;
    json->erase("sha256");
    (*json)["sha256"] = sha256(canonicalJson(*json));
    const auto manifest = manifestFromJson(*json, "input");
    if (!manifest)
        return 0;
    const auto written = parseJson(manifestToJson(manifest->bundle, manifest->files).dump(), "written");
    test::require(written.ok(), "what was written is JSON");
    const auto again = manifestFromJson(*written, "written");
    test::require(again.ok() && again->bundle == manifest->bundle && again->files == manifest->files,
        "what was written is read the same");
    test::require(!bundleHeader(manifest->bundle).empty(), "there is a header");
    return 0;
}
