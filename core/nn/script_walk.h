// SPDX-License-Identifier: Apache-2.0
#pragma once

// For the sources of core/nn alone: this header names LibTorch.

#include "core/formats/network_builder.h"
#include "core/nn/torch_headers.h"
#include "core/nn/torch_jit_headers.h"

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace palimpsest::nn {

/// Follows the program of a module's forward() once, in evaluation mode, and turns the layers that it calls into those of a
/// NetworkBuilder. Numbers, shapes and branches on them are worked out on the way.
class ScriptWalk {
public:
    ScriptWalk(const torch::jit::Module& module, NetworkBuilder& builder)
        : m_module(module)
        , m_builder(builder)
    {
    }

    /// @param graph  of forward(), inlined
    /// @return the output; BadInput where something is met that is no known layer
    [[nodiscard]] Result<GraphValue> run(const torch::jit::Graph& graph);

private:
    /// What a value of the program holds.
    struct Item {
        std::optional<GraphValue> activation;
        c10::IValue constant; ///< a number, a text, a module or a tensor of it; none: nothing
        std::vector<Item> list;
        bool isList = false;
        std::string path; ///< of a module or tensor in the file: "layer1.0.conv1.weight"
        bool isTransposed = false; ///< of a matrix: the file has it the other way round
    };
    using Node = torch::jit::Node;
    using Output = Result<Item>;

    [[nodiscard]] Status runBlock(const torch::jit::Block& block);
    [[nodiscard]] Status runNode(const Node& node);
    [[nodiscard]] Status runIf(const Node& node);
    [[nodiscard]] Output evaluate(const Node& node);
    [[nodiscard]] std::optional<Output> compute(const Node& node);
    [[nodiscard]] Output callLayer(const Node& node);
    [[nodiscard]] Output convolution(const Node& node, bool isGeneral);
    [[nodiscard]] Output linear(const Node& node);
    /// value matrix, or shift + value matrix
    [[nodiscard]] Output product(const Node& node, std::size_t value, std::size_t matrix, bool hasShift);
    [[nodiscard]] Output batchNorm(const Node& node);
    [[nodiscard]] Output pool(const Node& node, bool isMax, std::size_t axes);
    [[nodiscard]] Output adaptivePool(const Node& node, bool isMax);
    [[nodiscard]] Output largest(const Node& node);
    [[nodiscard]] Output prelu(const Node& node);
    [[nodiscard]] Output arithmetic(const Node& node, const std::string& op);
    [[nodiscard]] Output pad(const Node& node);
    [[nodiscard]] Output changeShape(const Node& node, const std::string& op);

    [[nodiscard]] const Item& input(const Node& node, std::size_t index) const;
    [[nodiscard]] Result<GraphValue> activation(const Node& node, std::size_t index) const;
    [[nodiscard]] Result<GraphTensor> tensor(const Node& node, std::size_t index) const;
    [[nodiscard]] Result<std::optional<GraphTensor>> optionalTensor(
        const Node& node, std::size_t index) const;
    [[nodiscard]] std::optional<std::int64_t> integer(const Node& node, std::size_t index) const;
    [[nodiscard]] double number(const Node& node, std::size_t index, double fallback) const;
    [[nodiscard]] Shape integers(const Node& node, std::size_t index) const;
    void replaceAliases(std::size_t source, std::size_t by);

    const torch::jit::Module& m_module;
    NetworkBuilder& m_builder;
    std::unordered_map<const torch::jit::Value*, Item> m_items;
};

} // namespace palimpsest::nn
