// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/network_builder.h"
#include "core/formats/onnx_values.h"

#include <string>
#include <vector>

namespace palimpsest::onnx {

/// Turns nodes into layers, one after the other.
class Operators {
public:
    /// All outlive the object.
    /// @param opset  version of ONNX's operators that the model names
    Operators(const Graph& graph, std::int64_t opset, Values& values, NetworkBuilder& builder)
        : m_graph(graph)
        , m_opset(opset)
        , m_values(values)
        , m_builder(builder)
    {
    }

    /// An operator that is not known is BadInput that names the node and those that are.
    [[nodiscard]] Status apply(const Node& node);
    /// Sentences about what was left out.
    [[nodiscard]] const std::vector<std::string>& notes() const { return m_notes; }

private:
    using Output = Result<GraphValue>;

    Output convolution(const Node& node);
    Output gemm(const Node& node);
    Output matMul(const Node& node);
    Output batchNormalization(const Node& node);
    Output activation(const Node& node);
    Output leakyRelu(const Node& node);
    Output clip(const Node& node);
    Output dropout(const Node& node);
    Output pool(const Node& node);
    Output globalPool(const Node& node);
    Output reduceMean(const Node& node);
    Output add(const Node& node);
    Output sum(const Node& node);
    Output subtract(const Node& node);
    Output multiply(const Node& node);
    Output divide(const Node& node);
    Output concat(const Node& node);
    Output pad(const Node& node);
    Output softmax(const Node& node);
    Output logSoftmax(const Node& node);
    Output identity(const Node& node);
    Output cast(const Node& node);
    Output flatten(const Node& node);
    Output reshape(const Node& node);
    Output squeeze(const Node& node);
    Output unsqueeze(const Node& node);
    Output transpose(const Node& node);

    /// The activation among two inputs, and the other one as a constant.
    struct Operands {
        GraphValue value;
        GraphConstant constant;
        bool isConstantFirst = false;
        bool isOnlyReader = false; ///< no other node reads the activation
    };

    [[nodiscard]] std::string layerName(const Node& node, const std::string& weight = {}) const;
    [[nodiscard]] Status readWindow(const Node& node, const Shape& input, Layer& layer) const;
    [[nodiscard]] Result<GraphTensor> tensor(const Constant& constant) const;
    [[nodiscard]] Result<std::optional<GraphTensor>> optionalTensor(
        const Node& node, std::size_t index) const;
    [[nodiscard]] Result<Operands> operands(const Node& node) const;
    [[nodiscard]] bool isOnlyReader(const std::string& name) const;
    [[nodiscard]] Result<Shape> reshaped(const Node& node, const Shape& from) const;

    const Graph& m_graph;
    std::int64_t m_opset;
    Values& m_values;
    NetworkBuilder& m_builder;
    std::vector<std::string> m_notes;
};

} // namespace palimpsest::onnx
