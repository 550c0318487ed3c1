// SPDX-License-Identifier: Apache-2.0
#include "core/formats/onnx_operators.h"

#include "core/network/layer_rules.h"

#include <algorithm>
#include <limits>
#include <map>
#include <utility>

namespace palimpsest::onnx {

namespace {

/// Operators that change no number of their first input, only how it is seen.
bool isView(const std::string& op)
{
    return op == "Identity" || op == "Cast" || op == "Transpose" || op == "Reshape" || op == "Flatten"
        || op == "Squeeze" || op == "Unsqueeze";
}

Layer layerOf(LayerKind kind, std::string name)
{
    Layer layer;
    layer.kind = kind;
    layer.name = std::move(name);
    return layer;
}

void scaleBy(std::vector<float>& values, double factor)
{
    for (float& value : values)
        value = static_cast<float>(static_cast<double>(value) * factor);
}

} // namespace

Status Operators::apply(const Node& node)
{
    using Apply = Output (Operators::*)(const Node&);
    static const std::map<std::string_view, Apply> table {
        { "Add", &Operators::add },
        { "AveragePool", &Operators::pool },
        { "BatchNormalization", &Operators::batchNormalization },
        { "Cast", &Operators::cast },
        { "Clip", &Operators::clip },
        { "Concat", &Operators::concat },
        { "Conv", &Operators::convolution },
        { "Div", &Operators::divide },
        { "Dropout", &Operators::dropout },
        { "Flatten", &Operators::flatten },
        { "Gemm", &Operators::gemm },
        { "GlobalAveragePool", &Operators::globalPool },
        { "GlobalMaxPool", &Operators::globalPool },
        { "Identity", &Operators::identity },
        { "LeakyRelu", &Operators::leakyRelu },
        { "LogSoftmax", &Operators::logSoftmax },
        { "MatMul", &Operators::matMul },
        { "MaxPool", &Operators::pool },
        { "Mul", &Operators::multiply },
        { "Pad", &Operators::pad },
        { "ReduceMean", &Operators::reduceMean },
        { "Relu", &Operators::activation },
        { "Reshape", &Operators::reshape },
        { "Sigmoid", &Operators::activation },
        { "Softmax", &Operators::softmax },
        { "Squeeze", &Operators::squeeze },
        { "Sub", &Operators::subtract },
        { "Sum", &Operators::sum },
        { "Tanh", &Operators::activation },
        { "Transpose", &Operators::transpose },
        { "Unsqueeze", &Operators::unsqueeze },
    };
    const auto named = [&](const Error& error) {
        return error.where.empty() ? badInput(m_graph.nodeText(node) + ": " + error.message) : error;
    };
    if (node.domain.empty()) {
        Result<std::optional<Value>> folded = foldNode(node, m_values, m_builder);
        if (!folded)
            return named(folded.error());
        if (*folded) {
            if (!node.outputs.empty())
                m_values.set(node.outputs.front(), std::move(**folded));
            return success();
        }
    }
    const auto known = table.find(node.op);
    if (known == table.end() || !node.domain.empty()) {
        std::string names;
        for (const auto& [name, function] : table)
            names += (names.empty() ? "" : ", ") + std::string(name);
        return badInput(m_graph.nodeText(node) + ": this operator is not supported; supported are " + names);
    }
    Output output = (this->*known->second)(node);
    if (!output)
        return named(output.error());
    m_values.set(node, std::move(*output));
    return success();
}

/// "layer1.0.conv1.weight" is the weight of layer1.0.conv1; without such a name the node's counts.
std::string Operators::layerName(const Node& node, const std::string& weight) const
{
    constexpr std::string_view kSuffix = ".weight";
    if (weight.size() > kSuffix.size() && weight.ends_with(kSuffix))
        return weight.substr(0, weight.size() - kSuffix.size());
    return !node.name.empty() || node.outputs.empty() ? node.name : node.outputs.front();
}

Result<GraphTensor> Operators::tensor(const Constant& constant) const
{
    PALIMPSEST_TRY(std::vector<float> values, m_values.numbers(constant));
    return GraphTensor { constant.name, constant.tensor->dims, constant.shape, std::move(values),
        constant.isTransposed ? "transposed" : "" };
}

Result<std::optional<GraphTensor>> Operators::optionalTensor(const Node& node, std::size_t index) const
{
    if (!m_values.has(node, index))
        return std::optional<GraphTensor>();
    PALIMPSEST_TRY(const Constant constant, m_values.constant(node, index));
    PALIMPSEST_TRY(GraphTensor found, tensor(constant));
    return std::optional(std::move(found));
}

/// strides, dilations and pads, or auto_pad, of a window of layer.kernel.
/// @param input  of one sample
Status Operators::readWindow(const Node& node, const Shape& input, Layer& layer) const
{
    const std::size_t axes = layer.kernel.size();
    const auto read = [&](std::string_view key, Shape fallback) {
        const Attribute* attribute = node.attribute(key);
        return attribute == nullptr || attribute->integers.empty() ? fallback : attribute->integers;
    };
    layer.stride = read("strides", Shape(axes, 1));
    layer.dilation = read("dilations", Shape(axes, 1));
    layer.padding = read("pads", Shape(2 * axes, 0));
    const std::string mode = Values::text(node, "auto_pad");
    if (mode.empty() || mode == "NOTSET")
        return success();
    layer.padding.assign(2 * axes, 0);
    if (mode == "VALID")
        return success();
    if (mode != "SAME_UPPER" && mode != "SAME_LOWER")
        return badInput(
            "its auto_pad is \"" + printable(mode) + "\"; expected NOTSET, VALID, SAME_UPPER or SAME_LOWER");
    for (std::size_t axis = 0; axis < axes; ++axis) {
        if (layer.stride.size() != axes || layer.dilation.size() != axes || input.size() != axes + 1
            || !isSize(layer.stride[axis], 1) || !isSize(layer.dilation[axis], 1)
            || !isSize(layer.kernel[axis], 1))
            return badInput("its kernel, strides or dilations are none of a window over what it reads");
        const std::int64_t size = input[axis + 1];
        const std::int64_t positions = (size + layer.stride[axis] - 1) / layer.stride[axis];
        const std::int64_t span = (layer.kernel[axis] - 1) * layer.dilation[axis] + 1;
        const std::int64_t total
            = std::max<std::int64_t>((positions - 1) * layer.stride[axis] + span - size, 0);
        const std::int64_t larger = total - total / 2;
        layer.padding[axis] = mode == "SAME_UPPER" ? total - larger : larger;
        layer.padding[axes + axis] = total - layer.padding[axis];
    }
    return success();
}

Operators::Output Operators::convolution(const Node& node)
{
    PALIMPSEST_TRY(GraphValue value, m_values.activation(node, 0));
    PALIMPSEST_TRY(const Constant weight, m_values.constant(node, 1));
    if (weight.shape.size() < 3 || weight.shape.size() > 4)
        return badInput("its weight has the shape " + toString(weight.shape)
            + "; expected [out, in, height, width] or [out, in, length]");
    Layer layer = layerOf(LayerKind::Conv2d, layerName(node, weight.name));
    layer.kernel.assign(weight.shape.begin() + 2, weight.shape.end());
    if (const Attribute* kernel = node.attribute("kernel_shape");
        kernel != nullptr && kernel->integers != layer.kernel)
        return badInput("its kernel_shape " + toString(kernel->integers) + " is not that of its weight "
            + toString(weight.shape));
    layer.outputs = weight.shape.front();
    layer.groups = Values::integer(node, "group", 1);
    PALIMPSEST_CHECK(readWindow(node, m_builder.shapeOf(value), layer));
    PALIMPSEST_TRY(GraphTensor weights, tensor(weight));
    PALIMPSEST_TRY(std::optional<GraphTensor> bias, optionalTensor(node, 2));
    return m_builder.convolution(std::move(value), std::move(layer), std::move(weights), std::move(bias));
}

Operators::Output Operators::gemm(const Node& node)
{
    PALIMPSEST_TRY(GraphValue value, m_values.activation(node, 0));
    PALIMPSEST_TRY(const Constant weight, m_values.constant(node, 1));
    if (Values::integer(node, "transA", 0) != 0 || weight.shape.size() != 2)
        return badInput("expected samples times a matrix of the file, not transposed samples");
    const bool isTransposed = Values::integer(node, "transB", 0) != 0;
    GraphTensor weights { weight.name, weight.tensor->dims, weight.shape, {},
        isTransposed == weight.isTransposed ? "transposed" : "" };
    if (!isTransposed)
        std::swap(weights.shape[0], weights.shape[1]);
    PALIMPSEST_TRY(
        weights.values, isTransposed ? m_values.numbers(weight) : m_values.transposedNumbers(weight));
    if (const double alpha = Values::number(node, "alpha", 1.0); alpha != 1.0)
        scaleBy(weights.values, alpha);
    PALIMPSEST_TRY(std::optional<GraphTensor> bias, optionalTensor(node, 2));
    if (bias) {
        if (bias->values.size() == 1)
            bias->values.assign(static_cast<std::size_t>(weights.shape[0]), bias->values.front());
        if (static_cast<std::int64_t>(bias->values.size()) != weights.shape[0])
            return badInput("its third input has the shape " + toString(bias->fileShape)
                + "; expected a bias [" + std::to_string(weights.shape[0]) + "]");
        bias->shape = { weights.shape[0] };
        if (const double beta = Values::number(node, "beta", 1.0); beta != 1.0)
            scaleBy(bias->values, beta);
    }
    return m_builder.linear(
        std::move(value), layerName(node, weight.name), std::move(weights), std::move(bias));
}

Operators::Output Operators::matMul(const Node& node)
{
    PALIMPSEST_TRY(GraphValue value, m_values.activation(node, 0));
    PALIMPSEST_TRY(const Constant weight, m_values.constant(node, 1));
    if (weight.shape.size() != 2)
        return badInput("its second input has the shape " + toString(weight.shape) + "; expected a matrix");
    GraphTensor weights { weight.name, weight.tensor->dims, { weight.shape[1], weight.shape[0] }, {},
        weight.isTransposed ? "" : "transposed" };
    PALIMPSEST_TRY(weights.values, m_values.transposedNumbers(weight));
    return m_builder.linear(std::move(value), layerName(node, weight.name), std::move(weights), {});
}

Operators::Output Operators::batchNormalization(const Node& node)
{
    PALIMPSEST_TRY(GraphValue value, m_values.activation(node, 0));
    if (Values::integer(node, "spatial", 1) == 0)
        return badInput("it normalises each position on its own (spatial = 0), which is not supported");
    std::vector<GraphTensor> tensors;
    for (std::size_t i = 1; i <= 4; ++i) {
        PALIMPSEST_TRY(const Constant constant, m_values.constant(node, i));
        PALIMPSEST_TRY(GraphTensor found, tensor(constant));
        tensors.push_back(std::move(found));
    }
    Layer layer = layerOf(LayerKind::BatchNorm, layerName(node, tensors.front().name));
    layer.epsilon = Values::number(node, "epsilon", 1e-5);
    layer.momentum = std::clamp(1.0 - Values::number(node, "momentum", 0.9), 0.0, 1.0);
    return m_builder.batchNorm(std::move(value), std::move(layer), std::move(tensors));
}

Operators::Output Operators::activation(const Node& node)
{
    PALIMPSEST_TRY(GraphValue value, m_values.activation(node, 0));
    const LayerKind kind = node.op == "Relu" ? LayerKind::Relu
        : node.op == "Sigmoid"               ? LayerKind::Sigmoid
                                             : LayerKind::Tanh;
    return m_builder.elementwise(std::move(value), layerOf(kind, layerName(node)));
}

Operators::Output Operators::leakyRelu(const Node& node)
{
    PALIMPSEST_TRY(GraphValue value, m_values.activation(node, 0));
    Layer layer = layerOf(LayerKind::LeakyRelu, layerName(node));
    layer.slope = Values::number(node, "alpha", 0.01);
    return m_builder.elementwise(std::move(value), std::move(layer));
}

/// min and max are attributes before operator set 11, inputs from then on.
Operators::Output Operators::clip(const Node& node)
{
    PALIMPSEST_TRY(GraphValue value, m_values.activation(node, 0));
    const auto isOpen = [](double bound) { // some exporters write the largest float for "no bound"
        return std::abs(bound) >= static_cast<double>(std::numeric_limits<float>::max());
    };
    Layer layer = layerOf(LayerKind::Clip, layerName(node));
    PALIMPSEST_TRY(
        const double minimum, m_values.number(node, 1, Values::number(node, "min", layer.minimum)));
    PALIMPSEST_TRY(
        const double maximum, m_values.number(node, 2, Values::number(node, "max", layer.maximum)));
    if (!isOpen(minimum))
        layer.minimum = minimum;
    if (!isOpen(maximum))
        layer.maximum = maximum;
    return m_builder.elementwise(std::move(value), std::move(layer));
}

Operators::Output Operators::dropout(const Node& node)
{
    PALIMPSEST_TRY(GraphValue value, m_values.activation(node, 0));
    Layer layer = layerOf(LayerKind::Dropout, layerName(node));
    PALIMPSEST_TRY(layer.probability, m_values.number(node, 1, Values::number(node, "ratio", 0.5)));
    return m_builder.elementwise(std::move(value), std::move(layer));
}

Operators::Output Operators::pool(const Node& node)
{
    PALIMPSEST_TRY(GraphValue value, m_values.activation(node, 0));
    const bool isMax = node.op == "MaxPool";
    Layer layer = layerOf(isMax ? LayerKind::MaxPool : LayerKind::AveragePool, layerName(node));
    const Attribute* kernel = node.attribute("kernel_shape");
    if (kernel == nullptr)
        return badInput("its attribute kernel_shape is missing");
    layer.kernel = kernel->integers;
    PALIMPSEST_CHECK(readWindow(node, m_builder.shapeOf(value), layer));
    if (std::any_of(
            layer.dilation.begin(), layer.dilation.end(), [](std::int64_t step) { return step != 1; }))
        return badInput("its dilations are " + toString(layer.dilation) + "; expected 1 in a pool");
    layer.dilation.clear();
    layer.countPadding = isMax || Values::integer(node, "count_include_pad", 0) != 0;
    return m_builder.pool(std::move(value), std::move(layer), Values::integer(node, "ceil_mode", 0) != 0);
}

Operators::Output Operators::globalPool(const Node& node)
{
    PALIMPSEST_TRY(GraphValue value, m_values.activation(node, 0));
    return m_builder.globalPool(std::move(value), layerName(node),
        node.op == "GlobalMaxPool" ? LayerKind::MaxPool : LayerKind::GlobalAveragePool);
}

Operators::Output Operators::reduceMean(const Node& node)
{
    PALIMPSEST_TRY(GraphValue value, m_values.activation(node, 0));
    PALIMPSEST_TRY(const std::vector<std::int64_t> named, m_values.integersOf(node, "axes", 1));
    if (named.empty())
        return badInput("it takes a mean over the samples too, which must stay apart from each other");
    std::vector<std::size_t> axes;
    for (const std::int64_t axis : named) {
        PALIMPSEST_TRY(const std::size_t counted, Values::sampleAxis(axis, value.axes.size() + 1));
        axes.push_back(counted);
    }
    return m_builder.mean(std::move(value), layerName(node), axes, Values::integer(node, "keepdims", 1) != 0);
}

bool Operators::isOnlyReader(const std::string& name) const
{
    const std::string* value = &name;
    while (m_graph.readers(*value) == 1) {
        const Node* producer = m_graph.producer(*value);
        if (producer == nullptr || !isView(producer->op) || producer->inputs.empty())
            return true;
        value = &producer->inputs.front();
    }
    return false;
}

Result<Operators::Operands> Operators::operands(const Node& node) const
{
    Operands found;
    found.isConstantFirst = !m_values.isActivation(node, 0);
    const std::size_t place = found.isConstantFirst ? 1 : 0;
    PALIMPSEST_TRY(found.value, m_values.activation(node, place));
    PALIMPSEST_TRY(const Constant constant, m_values.constant(node, 1 - place));
    found.constant = { constant.name, constant.shape, {}, {} };
    PALIMPSEST_TRY(found.constant.values, m_values.numbers(constant));
    found.isOnlyReader = isOnlyReader(node.inputs[place]);
    if (Values::integer(node, "broadcast", 0)
        != 0) { // before operator set 7: the axis where the constant begins
        const std::size_t rank = found.value.axes.size() + 1;
        const auto first = static_cast<std::size_t>(
            std::clamp<std::int64_t>(Values::integer(node, "axis", 0), 0, static_cast<std::int64_t>(rank)));
        while (first > 0 && first + found.constant.shape.size() < rank)
            found.constant.shape.push_back(1);
    }
    return found;
}

Operators::Output Operators::add(const Node& node)
{
    if (m_values.isActivation(node, 0) && m_values.isActivation(node, 1))
        return sum(node);
    PALIMPSEST_TRY(Operands given, operands(node));
    return m_builder.shift(std::move(given.value), layerName(node), given.constant, given.isOnlyReader);
}

Operators::Output Operators::sum(const Node& node)
{
    PALIMPSEST_TRY(GraphValue total, m_values.activation(node, 0));
    for (std::size_t i = 1; i < node.inputs.size(); ++i) {
        PALIMPSEST_TRY(GraphValue next, m_values.activation(node, i));
        PALIMPSEST_TRY(total, m_builder.add(std::move(total), std::move(next), layerName(node)));
    }
    return total;
}

Operators::Output Operators::subtract(const Node& node)
{
    if (m_values.isActivation(node, 0) && m_values.isActivation(node, 1))
        return badInput("it subtracts one computed value from another, which is not supported");
    PALIMPSEST_TRY(Operands given, operands(node));
    if (given.isConstantFirst) {
        PALIMPSEST_TRY(given.value,
            m_builder.multiply(std::move(given.value), layerName(node), { {}, {}, { -1.0F }, {} }));
        given.isOnlyReader = true;
    } else {
        scaleBy(given.constant.values, -1.0);
        given.constant.note = "negated";
    }
    return m_builder.shift(std::move(given.value), layerName(node), given.constant, given.isOnlyReader);
}

Operators::Output Operators::multiply(const Node& node)
{
    if (m_values.isActivation(node, 0) && m_values.isActivation(node, 1))
        return badInput("it multiplies two computed values, which is not supported");
    PALIMPSEST_TRY(Operands given, operands(node));
    return m_builder.multiply(std::move(given.value), layerName(node), given.constant);
}

Operators::Output Operators::divide(const Node& node)
{
    PALIMPSEST_TRY(Operands given, operands(node));
    if (given.isConstantFirst)
        return badInput("it divides by a computed value, which is not supported");
    for (float& value : given.constant.values)
        value = 1.0F / value;
    given.constant.note = "inverted";
    return m_builder.multiply(std::move(given.value), layerName(node), given.constant);
}

Operators::Output Operators::softmax(const Node& node)
{
    PALIMPSEST_TRY(GraphValue value, m_values.activation(node, 0));
    const Shape shape = m_builder.shapeOf(value);
    constexpr std::int64_t kOneAxis
        = 13; // from this operator set on; before, over all axes from the named one on
    const std::int64_t named = Values::integer(node, "axis", m_opset < kOneAxis ? 1 : -1);
    PALIMPSEST_TRY(const std::size_t axis, Values::sampleAxis(named, shape.size() + 1));
    const bool isOverMore = std::any_of(shape.begin() + static_cast<std::ptrdiff_t>(axis) + 1, shape.end(),
        [](std::int64_t size) { return size != 1; });
    if (m_opset < kOneAxis && isOverMore)
        return badInput("it is a soft-max over several axes together, which is not supported");
    return m_builder.softmax(std::move(value), layerName(node), axis);
}

Operators::Output Operators::logSoftmax(const Node& node)
{
    if (node.outputs.empty() || node.outputs.front() != m_graph.output())
        return badInput("it is supported as the last operator alone");
    m_notes.emplace_back("The log-soft-max at the end was left out: a network gives logits here.");
    return m_values.activation(node, 0);
}

} // namespace palimpsest::onnx
