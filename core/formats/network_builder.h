// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/network_importer.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace palimpsest {

/// A tensor on its way through the graph of another program: the output of a layer under construction, or the network's input,
/// and how that program sees its axes. The first axis of that program, the samples, is left out everywhere.
struct GraphValue {
    static constexpr int kOne = -1;
    std::size_t source = kInputSource; ///< index of the layer
    std::vector<int> axes; ///< for each axis the one of the source, or kOne where its size is 1
    bool isFileOrder = false; ///< of the input, before it is known how the network takes it
};

/// A tensor of a file that becomes a tensor of a layer.
struct GraphTensor {
    std::string name; ///< in the file; empty: made here, and in no report
    Shape fileShape; ///< as the file has it
    Shape shape; ///< in the native layout
    std::vector<float> values; ///< in the native layout
    std::string note; ///< "transposed"
};

/// Numbers that a graph adds or multiplies.
struct GraphConstant {
    std::string name;
    Shape shape; ///< broadcast as by NumPy against the value with its axis of samples
    std::vector<float> values;
    std::string note; ///< "negated"
};

/// Makes a Network out of the operators of another program's graph, one call an operator, in the order of the graph.
///
/// Changes of shape cost nothing until a layer needs the numbers in another order: then a permute, reshape or flatten layer is
/// put before it, or, where the network's input is concerned, the network takes its samples in that order.
/// Errors are one sentence without place: the caller knows the operator.
class NetworkBuilder {
public:
    /// @param input  shape of one sample as the file states it
    explicit NetworkBuilder(Shape input);

    [[nodiscard]] GraphValue input() const;
    /// Decides, before a layer reads the input, how the network takes it: axis i is axis order[i] of the file.
    void takeInputAs(const std::vector<int>& order);
    /// As the other program sees it, without the axis of samples.
    [[nodiscard]] Shape shapeOf(const GraphValue& value) const;

    /// @param layer  its numbers, with padding before all axes and then after all axes, or none; its kind is found here
    /// @param weight [out, in / groups, kernel...]
    [[nodiscard]] Result<GraphValue> convolution(
        GraphValue value, Layer layer, GraphTensor weight, std::optional<GraphTensor> bias);
    /// @param weight [out, in]
    [[nodiscard]] Result<GraphValue> linear(
        GraphValue value, std::string name, GraphTensor weight, std::optional<GraphTensor> bias);
    /// @param tensors  scale, shift, mean, variance
    [[nodiscard]] Result<GraphValue> batchNorm(
        GraphValue value, Layer layer, std::vector<GraphTensor> tensors);
    /// Activations, Clip, Dropout.
    [[nodiscard]] Result<GraphValue> elementwise(GraphValue value, Layer layer);
    /// MaxPool, AveragePool. @param ceil  a last window may lie partly behind the padding, as in PyTorch
    [[nodiscard]] Result<GraphValue> pool(GraphValue value, Layer layer, bool ceil);
    /// The mean or maximum over all positions; they stay as axes of size 1.
    [[nodiscard]] Result<GraphValue> globalPool(GraphValue value, std::string name, LayerKind kind);
    /// The mean over some axes, which must be all positions.
    [[nodiscard]] Result<GraphValue> mean(
        GraphValue value, std::string name, const std::vector<std::size_t>& axes, bool keepAxes);
    [[nodiscard]] Result<GraphValue> add(GraphValue left, GraphValue right, std::string name);
    [[nodiscard]] Result<GraphValue> concat(
        std::vector<GraphValue> values, std::string name, std::size_t axis);
    /// @param before, after  one number an axis
    [[nodiscard]] Result<GraphValue> pad(
        GraphValue value, std::string name, const Shape& before, const Shape& after, double number);
    [[nodiscard]] Result<GraphValue> softmax(GraphValue value, std::string name, std::size_t axis);
    /// value factor; a scalar, or one number a channel.
    [[nodiscard]] Result<GraphValue> multiply(
        GraphValue value, std::string name, const GraphConstant& factor);
    /// value + shift. @param isOnlyReader  nothing else reads the value, so the shift may become the bias of its layer
    [[nodiscard]] Result<GraphValue> shift(
        GraphValue value, std::string name, const GraphConstant& shift, bool isOnlyReader);
    [[nodiscard]] Result<GraphValue> permute(GraphValue value, const std::vector<std::size_t>& order) const;
    /// @param shape  of one sample
    [[nodiscard]] Result<GraphValue> reshape(GraphValue value, std::string name, const Shape& shape);

    /// The whole network with `output` as its logits; a soft-max there is left out, and `notes` say so. Ends the builder.
    [[nodiscard]] Result<NetworkImport> finish(GraphValue output, std::string name, const std::string& where);

private:
    struct BuiltLayer {
        Layer layer;
        std::vector<std::size_t> sources;
        std::vector<TensorRole> roles;
        std::vector<GraphTensor> tensors;
        Shape output;
        bool isShiftOpen = false; ///< Scale: its shift is still 0 and may be set
    };
    /// A value before a layer with windows. An axis of size 1 that its windows do not reach beyond may be left out.
    struct Windowed {
        GraphValue value;
        std::optional<std::size_t> dropped; ///< where that axis was
    };

    [[nodiscard]] const Shape& sourceShape(const GraphValue& value) const;
    [[nodiscard]] GraphValue resolved(GraphValue value) const;
    [[nodiscard]] Result<GraphValue> ready(GraphValue value);
    [[nodiscard]] Result<GraphValue> plain(GraphValue value);
    [[nodiscard]] Result<GraphValue> withChannelsFirst(GraphValue value, std::size_t axis);
    [[nodiscard]] Result<Windowed> windowed(GraphValue value, Layer& layer);
    [[nodiscard]] Result<std::vector<float>> perChannel(GraphValue& value, const GraphConstant& constant);
    [[nodiscard]] Result<GraphValue> scaleAndShift(
        GraphValue value, std::string name, GraphTensor factor, std::optional<GraphTensor> shift);
    [[nodiscard]] Result<std::size_t> emit(
        Layer layer, std::vector<std::size_t> sources, std::vector<GraphTensor> tensors = {});
    [[nodiscard]] GraphValue valueOf(std::size_t layer) const;
    void nameLayers();
    void connectLayers();

    Shape m_input;
    bool m_inputIsTaken = false;
    std::vector<int> m_placeOfFileAxis; ///< of the input, once it is taken: where each axis of the file lies
    std::vector<BuiltLayer> m_layers;
    std::map<std::pair<std::size_t, std::vector<int>>, std::size_t> m_plain; ///< layers that plain() added
};

} // namespace palimpsest
