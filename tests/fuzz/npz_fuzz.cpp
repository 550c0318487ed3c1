// SPDX-License-Identifier: Apache-2.0
#include "core/formats/numpy_weights.h"
#include "tests/fuzz/input_file.h"

using namespace palimpsest;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto file = readNpzWeights(test::inputFile(data, size, "input.npz"));
    if (!file)
        return 0;
    for (const Tensor& tensor : file->weights.tensors)
        test::require(tensor.values.size() == static_cast<std::size_t>(elementCount(tensor.shape)),
            "a tensor has as many values as its shape says");
    return 0;
}
