// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/network_builder.h"
#include "core/formats/onnx_graph.h"
#include "core/formats/onnx_tensor.h"

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace palimpsest::onnx {

/// In lists of whole numbers: the number of samples, which is not known.
inline constexpr std::int64_t kSampleCount = std::numeric_limits<std::int64_t>::min();

/// Whole numbers with which a graph works out shapes.
struct Integers {
    Shape shape; ///< of the list itself: [], [n] or [n, m]
    std::vector<std::int64_t> values;
};

/// A tensor of the file, perhaps after nodes that change its shape alone.
struct Constant {
    const Tensor* tensor = nullptr;
    std::string name;
    Shape shape;
    bool isTransposed = false; ///< a matrix whose numbers are read in the other order
};

/// What a name in the graph stands for. Nothing is set where the name is not known.
struct Value {
    std::optional<GraphValue> activation;
    std::optional<Integers> integers;
    std::optional<Constant> constant;
};

/// The values of a graph that are known so far, and the inputs and attributes of nodes in the form that an operator needs.
/// Errors do not name the node: Operators puts it before them.
class Values {
public:
    Values(const Graph& graph, TensorReader& reader)
        : m_graph(graph)
        , m_reader(reader)
    {
    }

    void set(const std::string& name, Value value) { m_values[name] = std::move(value); }
    void set(const Node& node, GraphValue value);

    /// None where the name stands for no activation.
    [[nodiscard]] std::optional<GraphValue> activationOf(const std::string& name) const
    {
        return find(name).activation;
    }
    [[nodiscard]] bool has(const Node& node, std::size_t index) const;
    [[nodiscard]] bool isActivation(const Node& node, std::size_t index) const;
    [[nodiscard]] Result<GraphValue> activation(const Node& node, std::size_t index) const;
    /// A tensor of the file.
    [[nodiscard]] Result<Constant> constant(const Node& node, std::size_t index) const;
    [[nodiscard]] Result<Integers> integers(const Node& node, std::size_t index) const;
    [[nodiscard]] Result<Integers> integers(const Tensor& tensor) const;
    /// The only number of a tensor of the file, or `fallback` where the input is left out.
    [[nodiscard]] Result<double> number(const Node& node, std::size_t index, double fallback) const;
    /// The attribute `key` or, where the node has none, its input `index`; empty where it has neither.
    [[nodiscard]] Result<std::vector<std::int64_t>> integersOf(
        const Node& node, std::string_view key, std::size_t index) const;

    /// The numbers of a tensor, in the order of its shape.
    [[nodiscard]] Result<std::vector<float>> numbers(const Constant& constant) const;
    /// Of a matrix, those of its transpose. @pre its shape has two sizes
    [[nodiscard]] Result<std::vector<float>> transposedNumbers(const Constant& constant) const;

    [[nodiscard]] static std::int64_t integer(const Node& node, std::string_view key, std::int64_t fallback);
    [[nodiscard]] static double number(const Node& node, std::string_view key, double fallback);
    [[nodiscard]] static std::string text(const Node& node, std::string_view key);
    /// An axis of the value with its axis of samples, from 1 on, counted without that. Negative ones count from the end.
    [[nodiscard]] static Result<std::size_t> sampleAxis(std::int64_t axis, std::size_t rank);

private:
    [[nodiscard]] Value find(const std::string& name) const;
    [[nodiscard]] Result<Value> need(const Node& node, std::size_t index) const;

    const Graph& m_graph;
    TensorReader& m_reader;
    std::unordered_map<std::string, Value> m_values;
};

/// What a node gives that reads no activation, or of one only its shape: an operator on shapes and tensors of the file.
/// None where the operator is not known for such inputs.
[[nodiscard]] Result<std::optional<Value>> foldNode(
    const Node& node, const Values& values, const NetworkBuilder& builder);

} // namespace palimpsest::onnx
