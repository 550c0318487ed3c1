// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/tensorflow_flow.h"
#include "core/formats/tensorflow_function.h"
#include "core/formats/tensorflow_network.h"
#include "core/formats/tensorflow_parameters.h"

#include <array>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace palimpsest::tensorflow {

inline constexpr std::int64_t kMaxSize = (std::int64_t { 1 } << 31) - 1; ///< of an axis, and elements of a tensor

/// Whether there are sizes, and all of them are those of an axis.
[[nodiscard]] bool isKnown(const Shape& dims);
/// Number of elements, or -1 where it is unknown or beyond any network.
[[nodiscard]] std::int64_t countOf(const Shape& dims);

/// Turns the operators of a graph into layers, in the order of the data.
class LayerBuilder {
public:
    /// All references must outlive the builder.
    /// @param inputShape  of one sample, channels first, for graphs that do not say it; empty: not given
    LayerBuilder(const Graph& graph, const Flow& flow, const VariableShapes& variables,
        const std::string& where, const Shape& inputShape);

    /// The nodes whose layers a node's layer reads. An operator that is not known is BadInput that names the node.
    [[nodiscard]] Result<std::vector<std::size_t>> operandsOf(std::size_t node);
    /// Says once for each operand how often it is read.
    void countReader(std::size_t node) { ++m_readers[node]; }

    /// Takes the input's shape from the source.
    [[nodiscard]] Status begin();
    /// @pre its operands were added
    [[nodiscard]] Status add(std::size_t node, const std::vector<std::size_t>& operands);
    /// The network without its name, not completed yet.
    [[nodiscard]] Result<GraphNetwork> finish(std::size_t logits);

private:
    /// Which axis of `dims` holds the channels; Open: nothing has said it yet, and no layer was made.
    enum class Order : std::uint8_t { Open, Last, First };
    /// What flows along an edge.
    struct Value {
        std::ptrdiff_t layer = -1; ///< that gives it; -1: the samples
        Shape dims; ///< of one sample, in the order of the graph
        Shape real; ///< as the layer gives it: dims may leave out, or put in, axes of size 1
        Order order = Order::Open;
        double scale = 1.0, offset = 0.0; ///< what the graph does to samples whose order is still open
    };
    /// Batch normalisation as a product and a sum: the nodes of its input and of its variables.
    struct WrittenNorm {
        std::size_t input = 0;
        std::size_t gamma = kNoNode, beta = kNoNode; ///< kNoNode: none
        std::size_t mean = 0, variance = 0;
        double epsilon = 0.0;
    };

    const Graph& m_graph;
    const Flow& m_flow;
    const VariableShapes& m_variables;
    const std::string& m_where;
    const Shape& m_inputShape;
    std::shared_ptr<const Parameters> m_parameters; ///< shared with what computes tensors later
    GraphNetwork m_result;
    std::map<std::size_t, Value> m_values;
    std::map<std::size_t, int> m_readers;
    std::map<std::size_t, UnaryFunction> m_functions; ///< of nodes that operandsOf() recognised as one
    std::map<std::size_t, WrittenNorm> m_norms; ///< likewise

    [[nodiscard]] const Node& node(std::size_t index) const { return m_graph.nodes[index]; }
    [[nodiscard]] Error problem(std::size_t index, const std::string& text) const;
    /// The node from which on `index` is a function of one number; that function goes to m_functions.
    [[nodiscard]] std::optional<std::size_t> findFunction(std::size_t index);
    void noteOnce(const std::string& note);
    [[nodiscard]] bool isData(std::size_t index, std::size_t input) const;
    [[nodiscard]] const Value& operand(std::size_t index, std::size_t input) const;

    /// Appends a layer that reads `from` and gives its output dims.
    void append(std::size_t index, Layer layer, const Value& from, Shape dims);
    void pass(std::size_t index, const Value& value) { m_values[index] = value; }
    [[nodiscard]] std::string nameOf(std::ptrdiff_t layer) const;
    /// Fixes the input's shape as the first layer reads it.
    [[nodiscard]] Status settle(Value& value, Order order);
    /// A value as images in the order that the node's data_format says.
    [[nodiscard]] Result<Value> image(std::size_t index, Value value);
    [[nodiscard]] Result<Shape> variableShape(std::size_t index, std::size_t input) const;
    [[nodiscard]] std::string variableOf(std::size_t index, std::size_t input) const;
    /// The checkpoint's name of the variable whose value a node gives; empty where it gives none.
    [[nodiscard]] std::string variableAt(std::size_t node) const;
    [[nodiscard]] Result<Shape> shapeOfVariable(std::size_t index, const std::string& name) const;
    [[nodiscard]] Result<std::vector<std::int64_t>> constant(std::size_t index, std::size_t input) const;
    /// Sizes that a Reshape asks for; -1 for those that the graph computes.
    [[nodiscard]] std::vector<std::int64_t> wantedShape(std::size_t index) const;

    [[nodiscard]] Status addKind(std::size_t index, const std::vector<std::size_t>& operands);
    [[nodiscard]] Status addFunction(std::size_t index, const UnaryFunction& function, std::size_t operand);
    /// A convolution between SpaceToBatchND and BatchToSpaceND, as TensorFlow 1 writes dilation.
    struct Dilated {
        std::size_t convolution = 0, source = 0;
        Shape dilation, padding; ///< of Layer
    };
    [[nodiscard]] Result<Dilated> dilatedBefore(std::size_t index) const;
    /// @param result  the node whose value it is; `index` but for a dilated one
    [[nodiscard]] Status convolution(
        std::size_t index, std::size_t result, const Value& from, const Dilated* dilated = nullptr);
    [[nodiscard]] Status matrix(std::size_t index);
    [[nodiscard]] bool takesBias(std::size_t index, std::size_t operand) const;
    [[nodiscard]] Status bias(std::size_t index, std::size_t operand);
    /// The input of a sum, difference, product or quotient that comes from the samples, where the other one is numbers that the
    /// graph has or computes.
    [[nodiscard]] std::optional<std::size_t> arithmeticData(std::size_t index) const;
    [[nodiscard]] Status arithmetic(std::size_t index, std::size_t operand);
    [[nodiscard]] Status pool(std::size_t index);
    [[nodiscard]] Status batchNorm(std::size_t index);
    /// The node behind those that pass a value on, on the side "not training" of conditions.
    [[nodiscard]] std::size_t behindPassing(std::size_t node) const;
    [[nodiscard]] std::optional<WrittenNorm> findNorm(std::size_t index) const;
    /// gamma / sqrt(variance + epsilon); its parts go to `norm`.
    [[nodiscard]] bool isNormScale(std::size_t node, WrittenNorm& norm) const;
    [[nodiscard]] std::optional<double> numberAt(std::size_t node) const;
    [[nodiscard]] Status writtenNorm(std::size_t index, const WrittenNorm& norm);
    /// @param sources  weight, bias, mean, variance: a variable each, or none and what fills it
    [[nodiscard]] Status appendNorm(
        std::size_t index, const Value& value, double epsilon, std::array<TensorSource, 4> sources);
    [[nodiscard]] Status reshape(std::size_t index);
    [[nodiscard]] Status expand(std::size_t index);
    [[nodiscard]] Status slice(std::size_t index);
    /// x scale + offset, the same for all channels.
    void appendScale(std::size_t index, const Value& value, double scale, double offset);
    [[nodiscard]] Status squeeze(std::size_t index);
    [[nodiscard]] Status flatten(std::size_t index, const Value& value);
    [[nodiscard]] Status transpose(std::size_t index);
    [[nodiscard]] Status pad(std::size_t index);
    [[nodiscard]] Status mean(std::size_t index);
    [[nodiscard]] Status sum(std::size_t index, const std::vector<std::size_t>& operands);
    [[nodiscard]] Status concat(std::size_t index, const std::vector<std::size_t>& operands);

    /// Height and width of a window's attribute ("strides", "ksize", "dilations"), 1 where it is missing.
    [[nodiscard]] Result<Shape> windowAttribute(std::size_t index, const char* key, Order order) const;
    [[nodiscard]] Result<Shape> explicitPadding(std::size_t index, Order order) const;
    /// Padding of SAME or VALID, unless the layer has its own already, and the positions that come out.
    [[nodiscard]] Status placeWindow(
        std::size_t index, Layer& layer, const Shape& size, Shape& positions) const;
};

} // namespace palimpsest::tensorflow
