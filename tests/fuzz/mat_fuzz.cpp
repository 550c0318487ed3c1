// SPDX-License-Identifier: Apache-2.0
#include "core/data/mat_file.h"
#include "tests/fuzz/input_file.h"

using namespace palimpsest;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (const auto arrays = readMatFile(test::inputFile(data, size, "input.mat"), { "x", "y" }))
        for (const auto& [name, array] : *arrays)
            test::require(array.size() == static_cast<std::size_t>(elementCount(array.shape())),
                "an array has as many values as its shape says");
    return 0;
}
