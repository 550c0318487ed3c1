// SPDX-License-Identifier: Apache-2.0
#include "core/network/safetensors.h"
#include "tests/fuzz/input_file.h"

using namespace palimpsest;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::span bytes(reinterpret_cast<const std::byte*>(data), size);
    const auto read = parseSafetensors(bytes, "input");
    if (!read)
        return 0;
    const std::string written = safetensorsBytes(*read);
    const auto again = parseSafetensors(std::as_bytes(std::span(written)), "written");
    test::require(again.ok(), "what was written can be read");
    test::require(safetensorsBytes(*again) == written, "what was written is read the same");
    return 0;
}
