// SPDX-License-Identifier: Apache-2.0
#include "core/formats/tensorflow_network.h"
#include "tests/fuzz/input_file.h"

#include <map>
#include <span>

using namespace palimpsest;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto graph
        = tensorflow::parseMetaGraph(std::span(reinterpret_cast<const std::byte*>(data), size), "input");
    if (!graph)
        return 0;
    std::map<std::string, Shape> variables; // as the graph itself says
    for (std::size_t i = 0; i < graph->nodes.size(); ++i) {
        for (const tensorflow::Input& input : graph->nodes[i].inputs)
            test::require(input.node < i, "each node comes after what it reads");
        if (const tensorflow::Attribute* shape = graph->nodes[i].attribute("shape");
            shape != nullptr && shape->shape)
            variables[graph->nodes[i].name] = *shape->shape;
    }
    const auto network = tensorflow::networkFromGraph(
        *graph,
        [&](const std::string& name) {
            const auto found = variables.find(name);
            return found == variables.end() ? std::nullopt : std::optional(found->second);
        },
        "net", "input");
    if (network)
        test::require(network->tensors.size() == network->network.tensors.size(), "each tensor has a source");
    return 0;
}
