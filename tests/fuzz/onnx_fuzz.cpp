// SPDX-License-Identifier: Apache-2.0
#include "core/formats/onnx_importer.h"
#include "tests/fuzz/input_file.h"

#include <nlohmann/json.hpp>

using namespace palimpsest;

/// Whatever is read is a whole network: its description is read again the same, and its weights are those that it needs.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto imported = onnxImporter()->read(test::inputFile(data, size, "net.onnx"), {});
    if (!imported)
        return 0;
    const auto again = parseNetwork(toJson(imported->network.network), "again");
    test::require(
        again.ok() && again->tensors == imported->network.network.tensors, "the layer list is read the same");
    test::require(checkWeights(*again, imported->network.weights, "again").ok(), "the weights fit");
    return 0;
}
