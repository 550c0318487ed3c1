// SPDX-License-Identifier: Apache-2.0
#include "core/data/npy.h"
#include "tests/fuzz/input_file.h"

#include <algorithm>
#include <cstring>
#include <utility>

using namespace palimpsest;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    std::size_t at = 0;
    const ByteSource source = [&](std::span<std::byte> into) -> Result<std::size_t> {
        const std::size_t count = std::min(into.size(), size - at);
        if (count > 0)
            std::memcpy(into.data(), data + at, count);
        at += count;
        return count;
    };
    if (const auto array = readNpy(source, size, "input"))
        test::require(array->size() == static_cast<std::size_t>(elementCount(array->shape())),
            "an array has as many values as its shape says");
    return 0;
}
