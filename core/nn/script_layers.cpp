// SPDX-License-Identifier: Apache-2.0
// The calls of ScriptWalk that are layers, or change the shape of what a layer gives.
#include "core/nn/script_walk.h"

#include <algorithm>
#include <limits>
#include <set>
#include <utility>

namespace palimpsest::nn {
namespace {

Layer layerOf(LayerKind kind)
{
    Layer layer;
    layer.kind = kind;
    return layer;
}

/// "layer1.0.conv1.weight" is the weight of layer1.0.conv1.
std::string layerName(const std::string& path)
{
    const std::size_t dot = path.rfind('.');
    return dot == std::string::npos ? std::string() : path.substr(0, dot);
}

/// Whether an argument is what a layer with weights gives, and the node alone reads it.
bool isMadeFor(const torch::jit::Node& node, std::size_t index)
{
    static const std::set<std::string> layers { "matmul", "mm", "linear", "_convolution", "_convolution_mode",
        "conv1d", "conv2d" };
    const torch::jit::Value* value = node.inputs()[index];
    return value->uses().size() == 1 && layers.contains(value->node()->kind().toUnqualString());
}

/// An axis counted without that of the samples.
Result<std::size_t> sampleAxis(std::int64_t axis, std::size_t rank)
{
    const auto axes = static_cast<std::int64_t>(rank);
    const std::int64_t counted = axis < 0 ? axis + axes : axis;
    if (counted == 0)
        return badInput("it works along axis 0, the samples, which must stay apart from each other");
    if (counted < 0 || counted >= axes)
        return badInput("it names axis " + std::to_string(axis) + " of " + std::to_string(axes));
    return static_cast<std::size_t>(counted - 1);
}

} // namespace

ScriptWalk::Output ScriptWalk::callLayer(const Node& node)
{
    const std::string name = node.kind().toUnqualString();
    const bool isInPlace = name.size() > 1 && name.back() == '_' && name.front() != '_';
    const std::string op = isInPlace ? name.substr(0, name.size() - 1) : name;
    const auto finished = [&](Result<GraphValue> value) -> Output {
        if (!value)
            return value.error();
        if (isInPlace && input(node, 0).activation)
            replaceAliases(input(node, 0).activation->source, value->source);
        Item made;
        made.activation = std::move(*value);
        return made;
    };
    const auto elementwise = [&](Layer layer) -> Output {
        PALIMPSEST_TRY(GraphValue value, activation(node, 0));
        return finished(m_builder.elementwise(std::move(value), std::move(layer)));
    };
    const auto clip = [&](double minimum, double maximum) {
        Layer layer = layerOf(LayerKind::Clip);
        layer.minimum = minimum;
        layer.maximum = maximum;
        return elementwise(std::move(layer));
    };
    constexpr double kOpen = std::numeric_limits<double>::infinity();
    if (op == "linear")
        return linear(node);
    if (op == "matmul" || op == "mm")
        return product(node, 0, 1, false);
    if (op == "addmm")
        return product(node, 1, 2, true);
    if (op == "_convolution" || op == "_convolution_mode" || op == "conv1d" || op == "conv2d")
        return convolution(node, op == "_convolution");
    if (op == "batch_norm")
        return batchNorm(node);
    if (op == "prelu")
        return prelu(node);
    if (op == "relu" || (op == "threshold" && number(node, 1, 1.0) == 0.0 && number(node, 2, 1.0) == 0.0))
        return elementwise(layerOf(LayerKind::Relu));
    if (op == "sigmoid")
        return elementwise(layerOf(LayerKind::Sigmoid));
    if (op == "tanh")
        return elementwise(layerOf(LayerKind::Tanh));
    if (op == "relu6")
        return clip(0.0, 6.0);
    if (op == "hardtanh")
        return clip(number(node, 1, -1.0), number(node, 2, 1.0));
    if (op == "clamp")
        return clip(number(node, 1, -kOpen), number(node, 2, kOpen));
    if (op == "clamp_min")
        return clip(number(node, 1, -kOpen), kOpen);
    if (op == "leaky_relu") {
        Layer layer = layerOf(LayerKind::LeakyRelu);
        layer.slope = number(node, 1, 0.01);
        return elementwise(std::move(layer));
    }
    if (op == "dropout" || op == "feature_dropout") {
        Layer layer = layerOf(LayerKind::Dropout);
        layer.probability = number(node, 1, 0.5);
        return elementwise(std::move(layer));
    }
    if (op == "max_pool1d" || op == "max_pool2d" || op == "avg_pool1d" || op == "avg_pool2d")
        return pool(node, op[0] == 'm', op.ends_with("1d") ? 1 : 2);
    if (op == "max_pool2d_with_indices")
        return pool(node, true, 2);
    if (op == "contiguous" || op == "detach" || op == "clone" || op == "alias" || op == "to"
        || op == "float") {
        PALIMPSEST_TRY(GraphValue value, activation(node, 0));
        return finished(std::move(value));
    }
    if (op.starts_with("adaptive_avg_pool") || op.starts_with("adaptive_max_pool"))
        return adaptivePool(node, op[9] == 'm');
    if (op == "amax")
        return largest(node);
    if (op == "mean") {
        PALIMPSEST_TRY(GraphValue value, activation(node, 0));
        std::vector<std::size_t> axes;
        for (const std::int64_t axis : integers(node, 1)) {
            PALIMPSEST_TRY(const std::size_t counted, sampleAxis(axis, value.axes.size() + 1));
            axes.push_back(counted);
        }
        return finished(m_builder.mean(std::move(value), {}, axes, integer(node, 2).value_or(0) != 0));
    }
    if (op == "softmax" || op == "log_softmax") {
        PALIMPSEST_TRY(GraphValue value, activation(node, 0));
        PALIMPSEST_TRY(
            const std::size_t axis, sampleAxis(integer(node, 1).value_or(1), value.axes.size() + 1));
        if (op == "log_softmax"
            && (node.output()->uses().size() != 1
                || node.output()->uses()[0].user->kind() != c10::prim::Return))
            return badInput("it is supported as the last operator alone");
        return finished(m_builder.softmax(std::move(value), {}, axis)); // at the end it is left out
    }
    if (op == "cat" || op == "concat" || op == "concatenate") {
        std::vector<GraphValue> values;
        for (const Item& part : input(node, 0).list) {
            if (!part.activation)
                return badInput("it joins something that is not computed from the samples");
            values.push_back(*part.activation);
        }
        if (values.empty())
            return badInput("it joins nothing");
        PALIMPSEST_TRY(
            const std::size_t axis, sampleAxis(integer(node, 1).value_or(0), values.front().axes.size() + 1));
        return finished(m_builder.concat(std::move(values), {}, axis));
    }
    if (op == "add" || op == "sub" || op == "mul" || op == "div" || op == "rsub") {
        PALIMPSEST_TRY(Item made, arithmetic(node, op));
        return finished(std::move(*made.activation));
    }
    if (op == "neg") {
        PALIMPSEST_TRY(GraphValue value, activation(node, 0));
        return finished(m_builder.multiply(std::move(value), {}, { {}, {}, { -1.0F }, {} }));
    }
    if (op == "pad" || op == "constant_pad_nd")
        return pad(node);
    return changeShape(node, op);
}

ScriptWalk::Output ScriptWalk::convolution(const Node& node, bool isGeneral)
{
    PALIMPSEST_TRY(GraphValue value, activation(node, 0));
    PALIMPSEST_TRY(GraphTensor weight, tensor(node, 1));
    PALIMPSEST_TRY(std::optional<GraphTensor> bias, optionalTensor(node, 2));
    if (weight.shape.size() < 3 || weight.shape.size() > 4
        || (isGeneral && integer(node, 6).value_or(0) != 0))
        return badInput("expected a convolution over one or two axes that is not transposed");
    const std::size_t axes = weight.shape.size() - 2;
    const auto spread = [&](Shape numbers) {
        if (numbers.size() == 1)
            numbers.resize(axes, numbers[0]);
        return numbers;
    };
    Layer layer = layerOf(LayerKind::Conv2d);
    layer.name = layerName(weight.name);
    layer.kernel.assign(weight.shape.begin() + 2, weight.shape.end());
    layer.outputs = weight.shape.front();
    layer.stride = spread(integers(node, 3));
    layer.dilation = spread(integers(node, 5));
    layer.groups = integer(node, isGeneral ? 8 : 6).value_or(1);
    Shape padding = spread(integers(node, 4));
    if (const c10::IValue& mode = input(node, 4).constant;
        mode.isString()) { // "same" puts the odd zero behind
        for (std::size_t axis = 0; axis < axes; ++axis)
            padding.push_back(
                mode.toStringRef() == "same" ? (layer.kernel[axis] - 1) * layer.dilation.at(axis) / 2 : 0);
        for (std::size_t axis = 0; axis < axes; ++axis)
            padding.push_back(mode.toStringRef() == "same"
                    ? (layer.kernel[axis] - 1) * layer.dilation.at(axis) - padding[axis]
                    : 0);
    } else {
        const Shape both = padding;
        padding.insert(padding.end(), both.begin(), both.end());
    }
    layer.padding = std::move(padding);
    Item made;
    PALIMPSEST_TRY(made.activation,
        m_builder.convolution(std::move(value), std::move(layer), std::move(weight), std::move(bias)));
    return made;
}

ScriptWalk::Output ScriptWalk::linear(const Node& node)
{
    PALIMPSEST_TRY(GraphValue value, activation(node, 0));
    PALIMPSEST_TRY(GraphTensor weight, tensor(node, 1));
    PALIMPSEST_TRY(std::optional<GraphTensor> bias, optionalTensor(node, 2));
    std::string name = layerName(weight.name);
    Item made;
    PALIMPSEST_TRY(made.activation,
        m_builder.linear(std::move(value), std::move(name), std::move(weight), std::move(bias)));
    return made;
}

ScriptWalk::Output ScriptWalk::batchNorm(const Node& node)
{
    PALIMPSEST_TRY(GraphValue value, activation(node, 0));
    if (input(node, 3).constant.isNone() || input(node, 4).constant.isNone())
        return badInput("it has no running statistics, so it would mix samples; train it with "
                        "track_running_stats=True");
    std::vector<GraphTensor> tensors;
    for (std::size_t i = 1; i <= 4; ++i) {
        PALIMPSEST_TRY(GraphTensor statistics, tensor(node, i < 3 ? 3 : i));
        if (i < 3 && input(node, i).constant.isNone()) { // affine=False
            std::fill(statistics.values.begin(), statistics.values.end(), i == 1 ? 1.0F : 0.0F);
            statistics.name.clear();
            tensors.push_back(std::move(statistics));
            continue;
        }
        PALIMPSEST_TRY(GraphTensor found, tensor(node, i));
        tensors.push_back(std::move(found));
    }
    Layer layer = layerOf(LayerKind::BatchNorm);
    layer.name = layerName(tensors.back().name);
    layer.momentum = number(node, 6, 0.1);
    layer.epsilon = number(node, 7, 1e-5);
    Item made;
    PALIMPSEST_TRY(
        made.activation, m_builder.batchNorm(std::move(value), std::move(layer), std::move(tensors)));
    return made;
}

/// max_pool(x, kernel, stride, padding, dilation, ceil), avg_pool(x, kernel, stride, padding, ceil, countPadding, divisor)
ScriptWalk::Output ScriptWalk::pool(const Node& node, bool isMax, std::size_t axes)
{
    PALIMPSEST_TRY(GraphValue value, activation(node, 0));
    const auto spread = [&](Shape numbers) {
        if (numbers.size() == 1)
            numbers.resize(axes, numbers[0]);
        return numbers;
    };
    Layer layer = layerOf(isMax ? LayerKind::MaxPool : LayerKind::AveragePool);
    layer.kernel = spread(integers(node, 1));
    layer.stride = spread(integers(node, 2)); // empty: the kernel
    layer.padding = spread(integers(node, 3));
    const Shape both = layer.padding;
    layer.padding.insert(layer.padding.end(), both.begin(), both.end());
    const Shape dilation = isMax ? integers(node, 4) : Shape {};
    if (std::any_of(dilation.begin(), dilation.end(), [](std::int64_t step) { return step != 1; })
        || (!isMax && !input(node, 6).constant.isNone()))
        return badInput("it has a dilation or a divisor of its own, which is not supported");
    layer.countPadding = isMax || integer(node, 5).value_or(1) != 0;
    const bool ceil = integer(node, isMax ? 5 : 4).value_or(0) != 0;
    Item made;
    PALIMPSEST_TRY(made.activation, m_builder.pool(std::move(value), std::move(layer), ceil));
    return made;
}

ScriptWalk::Output ScriptWalk::product(const Node& node, std::size_t value, std::size_t matrix, bool hasShift)
{
    PALIMPSEST_TRY(GraphValue from, activation(node, value));
    const Item& factor = input(node, matrix);
    if (!factor.constant.isTensor() || factor.constant.toTensor().dim() != 2)
        return badInput("expected a matrix of the file as its second factor");
    if (hasShift && (number(node, 3, 1.0) != 1.0 || number(node, 4, 1.0) != 1.0))
        return badInput("it scales what it adds, which is not supported");
    const at::Tensor native = factor.constant.toTensor().t().detach().to(at::kCPU, at::kFloat).contiguous();
    const auto* first = native.const_data_ptr<float>();
    const Shape shape = native.sizes().vec(); // [out, in]
    GraphTensor weight { factor.path, factor.isTransposed ? shape : Shape { shape[1], shape[0] }, shape,
        { first, first + native.numel() }, factor.isTransposed ? "" : "transposed" };
    std::optional<GraphTensor> bias;
    if (hasShift) {
        PALIMPSEST_TRY(bias, optionalTensor(node, 0));
        if (!bias || bias->shape != Shape { shape[0] })
            return badInput("expected one number for each of its " + std::to_string(shape[0]) + " outputs");
    }
    Item made;
    PALIMPSEST_TRY(made.activation,
        m_builder.linear(std::move(from), layerName(factor.path), std::move(weight), std::move(bias)));
    return made;
}

/// All windows are equally large where the positions are a multiple of those wanted; others are no layer.
ScriptWalk::Output ScriptWalk::adaptivePool(const Node& node, bool isMax)
{
    PALIMPSEST_TRY(GraphValue value, activation(node, 0));
    const Shape shape = m_builder.shapeOf(value);
    const Shape wanted = integers(node, 1);
    Item made;
    if (!wanted.empty()
        && std::all_of(wanted.begin(), wanted.end(), [](std::int64_t size) { return size == 1; })) {
        PALIMPSEST_TRY(made.activation,
            m_builder.globalPool(
                std::move(value), {}, isMax ? LayerKind::MaxPool : LayerKind::GlobalAveragePool));
        return made;
    }
    if (wanted.empty() || wanted.size() + 1 != shape.size())
        return badInput("it asks for the size " + toString(wanted) + " of " + toString(shape)
            + "; expected one number for each axis behind the channels");
    Layer layer = layerOf(isMax ? LayerKind::MaxPool : LayerKind::AveragePool);
    for (std::size_t axis = 0; axis < wanted.size(); ++axis) {
        const std::int64_t size = shape[axis + 1];
        if (wanted[axis] < 1 || size % wanted[axis] != 0)
            return badInput("it makes " + std::to_string(wanted[axis]) + " of " + std::to_string(size)
                + " positions, with windows of several sizes; choose a divisor, or a pooling with a fixed "
                  "window");
        layer.kernel.push_back(size / wanted[axis]);
    }
    layer.stride = layer.kernel;
    if (std::all_of(layer.kernel.begin(), layer.kernel.end(), [](std::int64_t size) { return size == 1; }))
        return input(node, 0);
    PALIMPSEST_TRY(made.activation, m_builder.pool(std::move(value), std::move(layer), false));
    return made;
}

/// amax(x, axes, keepAxes)
ScriptWalk::Output ScriptWalk::largest(const Node& node)
{
    PALIMPSEST_TRY(GraphValue value, activation(node, 0));
    const Shape shape = m_builder.shapeOf(value);
    std::set<std::size_t> axes;
    for (const std::int64_t axis : integers(node, 1)) {
        PALIMPSEST_TRY(const std::size_t counted, sampleAxis(axis, shape.size() + 1));
        axes.insert(counted);
    }
    if (axes.empty() || axes.contains(0) || axes.size() + 1 != shape.size())
        return badInput("it takes the maximum over some axes; expected all positions and not the channels");
    Item made;
    PALIMPSEST_TRY(made.activation, m_builder.globalPool(std::move(value), {}, LayerKind::MaxPool));
    if (integer(node, 2).value_or(0) == 0) {
        PALIMPSEST_TRY(
            made.activation, m_builder.reshape(std::move(*made.activation), {}, { shape.front() }));
    }
    return made;
}

/// Its slope is learned in PyTorch; here it stays as it is.
ScriptWalk::Output ScriptWalk::prelu(const Node& node)
{
    PALIMPSEST_TRY(GraphValue value, activation(node, 0));
    PALIMPSEST_TRY(const GraphTensor slopes, tensor(node, 1));
    const auto isFirst = [&](float slope) { return slope == slopes.values.front(); };
    if (slopes.values.empty() || !std::all_of(slopes.values.begin(), slopes.values.end(), isFirst))
        return badInput("it has a slope for each channel; expected one for all");
    Layer layer = layerOf(LayerKind::LeakyRelu);
    layer.slope = slopes.values.front();
    Item made;
    PALIMPSEST_TRY(made.activation, m_builder.elementwise(std::move(value), std::move(layer)));
    return made;
}

ScriptWalk::Output ScriptWalk::arithmetic(const Node& node, const std::string& op)
{
    Item made;
    // A constant may stand before a sum, a product or a difference.
    const std::size_t first = op != "div" && !input(node, 0).activation ? 1 : 0;
    const bool isReversed = op == "rsub" || (op == "sub" && first == 1); // constant - alpha value
    const Item& left = input(node, first);
    const Item& right = input(node, 1 - first);
    const double alpha = number(node, 2, 1.0); // add, sub: left + alpha right
    if (op == "add" && first == 1 && alpha != 1.0)
        return badInput("it scales what it adds, which is not supported");
    if (left.activation && right.activation) {
        if (op != "add" || alpha != 1.0)
            return badInput(
                "it combines two computed values other than by adding them, which is not supported");
        PALIMPSEST_TRY(made.activation, m_builder.add(*left.activation, *right.activation, {}));
        return made;
    }
    PALIMPSEST_TRY(GraphValue value, activation(node, first));
    GraphConstant constant;
    if (isReversed) {
        constant.values = { static_cast<float>(-alpha) };
        PALIMPSEST_TRY(value, m_builder.multiply(std::move(value), {}, constant));
    }
    if (right.constant.isTensor()) {
        PALIMPSEST_TRY(GraphTensor found, tensor(node, 1 - first));
        constant = { found.name, found.shape, std::move(found.values), {} };
    } else if (right.constant.isDouble() || right.constant.isInt()) {
        constant.values = { static_cast<float>(number(node, 1 - first, 0.0)) };
    } else {
        return badInput(
            "it combines a computed value with something that is no number and no tensor of the file");
    }
    for (float& one : constant.values)
        one = op == "div" ? 1.0F / one : op == "sub" && !isReversed ? -one : one;
    if (op == "mul" || op == "div") {
        PALIMPSEST_TRY(made.activation, m_builder.multiply(std::move(value), {}, constant));
    } else {
        for (float& one : constant.values)
            one *= static_cast<float>(isReversed ? 1.0 : alpha);
        PALIMPSEST_TRY(made.activation,
            m_builder.shift(std::move(value), {}, constant, isReversed || isMadeFor(node, first)));
    }
    return made;
}

/// Numbers before and after the last axis, then the one before it, and so on.
ScriptWalk::Output ScriptWalk::pad(const Node& node)
{
    PALIMPSEST_TRY(GraphValue value, activation(node, 0));
    const bool isGeneral = node.kind() == c10::aten::pad;
    const c10::IValue& mode = input(node, 2).constant;
    if (isGeneral && (!mode.isString() || mode.toStringRef() != "constant"))
        return badInput("its mode is not \"constant\"");
    const Shape numbers = integers(node, 1);
    Shape before(value.axes.size(), 0);
    Shape after(value.axes.size(), 0);
    if (numbers.empty() || numbers.size() % 2 != 0 || numbers.size() / 2 > before.size())
        return badInput("its padding is " + toString(numbers));
    for (std::size_t i = 0; i < numbers.size() / 2; ++i) {
        before[before.size() - 1 - i] = numbers[2 * i];
        after[after.size() - 1 - i] = numbers[2 * i + 1];
    }
    Item made;
    PALIMPSEST_TRY(made.activation,
        m_builder.pad(std::move(value), {}, before, after, number(node, isGeneral ? 3 : 2, 0.0)));
    return made;
}

ScriptWalk::Output ScriptWalk::changeShape(const Node& node, const std::string& op)
{
    static const std::set<std::string> known { "flatten", "view", "reshape", "permute", "transpose",
        "squeeze", "unsqueeze", "unflatten" };
    if (!known.contains(op))
        return badInput(
            "this operator is not among the layers that are known; export the network as ONNX, or write "
            "its layer list");
    PALIMPSEST_TRY(GraphValue value, activation(node, 0));
    const Shape from = m_builder.shapeOf(value);
    const std::size_t rank = from.size() + 1;
    Item made;
    if (op == "permute" || op == "transpose") {
        Shape order = integers(node, 1);
        if (op == "transpose") {
            PALIMPSEST_TRY(const std::size_t first, sampleAxis(integer(node, 1).value_or(0), rank));
            PALIMPSEST_TRY(const std::size_t second, sampleAxis(integer(node, 2).value_or(0), rank));
            order.clear();
            for (std::size_t axis = 0; axis < rank; ++axis)
                order.push_back(static_cast<std::int64_t>(axis));
            std::swap(order[first + 1], order[second + 1]);
        }
        std::vector<std::size_t> ofSample;
        for (std::size_t i = 1; i < order.size(); ++i) {
            PALIMPSEST_TRY(const std::size_t axis, sampleAxis(order[i], rank));
            ofSample.push_back(axis);
        }
        if (order.empty() || order.front() != 0)
            return badInput("its order of the axes is " + toString(order) + "; expected the samples first");
        PALIMPSEST_TRY(made.activation, m_builder.permute(std::move(value), ofSample));
        return made;
    }
    Shape shape = from;
    if (op == "squeeze" && node.inputs().size() == 1) {
        std::erase(shape, 1);
    } else if (op == "unflatten") {
        PALIMPSEST_TRY(const std::size_t axis, sampleAxis(integer(node, 1).value_or(0), rank));
        const Shape parts = integers(node, 2);
        if (parts.empty() || elementCount(parts) != shape[axis])
            return badInput(
                "it divides an axis of " + std::to_string(shape[axis]) + " into " + toString(parts));
        const auto place = shape.erase(shape.begin() + static_cast<std::ptrdiff_t>(axis));
        shape.insert(place, parts.begin(), parts.end());
    } else if (op == "squeeze") {
        PALIMPSEST_TRY(const std::size_t axis, sampleAxis(integer(node, 1).value_or(0), rank));
        if (shape[axis] == 1)
            shape.erase(shape.begin() + static_cast<std::ptrdiff_t>(axis));
    } else if (op == "unsqueeze") {
        PALIMPSEST_TRY(const std::size_t axis, sampleAxis(integer(node, 1).value_or(0), rank + 1));
        shape.insert(shape.begin() + static_cast<std::ptrdiff_t>(axis), 1);
    } else if (op == "flatten") {
        PALIMPSEST_TRY(const std::size_t first, sampleAxis(integer(node, 1).value_or(0), rank));
        PALIMPSEST_TRY(const std::size_t last, sampleAxis(integer(node, 2).value_or(-1), rank));
        if (first > last)
            return badInput("it flattens from an axis behind the last one");
        const auto begin = shape.begin() + static_cast<std::ptrdiff_t>(first);
        const auto end = shape.begin() + static_cast<std::ptrdiff_t>(last) + 1;
        const std::int64_t size = elementCount({ begin, end });
        shape.insert(shape.erase(begin, end), size);
    } else { // view, reshape: one -1 takes the rest
        const Shape target = integers(node, 1);
        if (target.size() < 2)
            return badInput("it leaves no axis of samples");
        shape.assign(target.begin() + 1, target.end());
        std::int64_t rest = elementCount(from);
        std::int64_t* open = nullptr;
        for (std::int64_t& size : shape) {
            if (size == -1 && open == nullptr && target.front() != -1)
                open = &size;
            else if (size < 1 || rest % size != 0)
                return badInput(
                    "it gives [samples, ...] " + toString(from) + " the shape " + toString(shape));
            else
                rest /= size;
        }
        if (open != nullptr)
            *open = rest;
    }
    PALIMPSEST_TRY(made.activation, m_builder.reshape(std::move(value), {}, shape));
    return made;
}

} // namespace palimpsest::nn
