// SPDX-License-Identifier: Apache-2.0
#include "core/data/idx_reader.h"
#include "tests/fuzz/input_file.h"

using namespace palimpsest;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static_cast<void>(readIdx(test::inputFile(data, size, "train-images-idx3-ubyte")).ok());
    return 0;
}
