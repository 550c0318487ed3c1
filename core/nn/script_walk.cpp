// SPDX-License-Identifier: Apache-2.0
#include "core/nn/script_walk.h"

#include <algorithm>
#include <limits>
#include <set>
#include <utility>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wsign-conversion"
#pragma GCC diagnostic ignored "-Wshadow"
#include <torch/csrc/jit/ir/constants.h>
#pragma GCC diagnostic pop

namespace palimpsest::nn {
namespace {

constexpr std::int64_t kSampleCount
    = std::numeric_limits<std::int64_t>::min(); ///< stands for the number of samples

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

Result<GraphValue> ScriptWalk::run(const torch::jit::Graph& graph)
{
    if (graph.inputs().size() != 2 || graph.outputs().size() != 1)
        return badInput("its forward() takes " + std::to_string(graph.inputs().size() - 1)
            + " values and gives " + std::to_string(graph.outputs().size())
            + "; expected the samples and the logits");
    Item self;
    self.constant = m_module._ivalue();
    m_items[graph.inputs()[0]] = std::move(self);
    Item samples;
    samples.activation = m_builder.input();
    m_items[graph.inputs()[1]] = std::move(samples);
    PALIMPSEST_CHECK(runBlock(*graph.block()));
    const auto output = m_items.find(graph.outputs()[0]);
    if (output == m_items.end() || !output->second.activation)
        return badInput("its forward() gives no tensor that its layers compute");
    return *output->second.activation;
}

Status ScriptWalk::runBlock(const torch::jit::Block& block)
{
    for (const Node* node : block.nodes())
        PALIMPSEST_CHECK(runNode(*node));
    return success();
}

Status ScriptWalk::runNode(const Node& node)
{
    if (node.kind() == c10::prim::If)
        return runIf(node);
    Output made = evaluate(node);
    if (!made)
        return badInput("\"" + std::string(node.kind().toDisplayString()) + "\": " + made.error().message);
    if (node.outputs().size() == 1)
        m_items[node.output()] = std::move(*made);
    return success();
}

Status ScriptWalk::runIf(const Node& node)
{
    const Item& condition = input(node, 0);
    if (!condition.constant.isBool())
        return badInput(
            "it decides by values of the samples which way to go, which cannot be described as layers");
    const torch::jit::Block* taken = node.blocks()[condition.constant.toBool() ? 0 : 1];
    PALIMPSEST_CHECK(runBlock(*taken));
    for (std::size_t i = 0; i < node.outputs().size(); ++i)
        m_items[node.outputs()[i]] = m_items[taken->outputs()[i]];
    return success();
}

const ScriptWalk::Item& ScriptWalk::input(const Node& node, std::size_t index) const
{
    static const Item nothing;
    const auto found = index < node.inputs().size() ? m_items.find(node.inputs()[index]) : m_items.end();
    return found == m_items.end() ? nothing : found->second;
}

Result<GraphValue> ScriptWalk::activation(const Node& node, std::size_t index) const
{
    const Item& item = input(node, index);
    if (!item.activation)
        return badInput("its argument " + std::to_string(index) + " is not computed from the samples");
    return *item.activation;
}

Result<GraphTensor> ScriptWalk::tensor(const Node& node, std::size_t index) const
{
    const Item& item = input(node, index);
    if (!item.constant.isTensor())
        return badInput("its argument " + std::to_string(index) + " is no tensor of the file");
    const at::Tensor values = item.constant.toTensor().detach().to(at::kCPU, at::kFloat).contiguous();
    const auto* first = values.const_data_ptr<float>();
    const Shape shape = values.sizes().vec();
    return GraphTensor { item.path, shape, shape, { first, first + values.numel() }, {} };
}

Result<std::optional<GraphTensor>> ScriptWalk::optionalTensor(const Node& node, std::size_t index) const
{
    if (input(node, index).constant.isNone())
        return std::optional<GraphTensor>();
    PALIMPSEST_TRY(GraphTensor found, tensor(node, index));
    return std::optional(std::move(found));
}

std::optional<std::int64_t> ScriptWalk::integer(const Node& node, std::size_t index) const
{
    const c10::IValue& value = input(node, index).constant;
    if (value.isBool())
        return value.toBool() ? 1 : 0;
    return value.isInt() ? std::optional(value.toInt()) : std::nullopt;
}

double ScriptWalk::number(const Node& node, std::size_t index, double fallback) const
{
    const c10::IValue& value = input(node, index).constant;
    return value.isDouble() ? value.toDouble()
        : value.isInt()     ? static_cast<double>(value.toInt())
                            : fallback;
}

/// A list of whole numbers, or one; empty for anything else.
Shape ScriptWalk::integers(const Node& node, std::size_t index) const
{
    const Item& item = input(node, index);
    if (item.constant.isInt())
        return { item.constant.toInt() };
    if (item.constant.isIntList())
        return item.constant.toIntVector();
    Shape numbers;
    for (const Item& one : item.list) {
        if (!one.constant.isInt())
            return {};
        numbers.push_back(one.constant.toInt());
    }
    return numbers;
}

/// An operator that writes into its argument changes everything that looks at the same numbers.
void ScriptWalk::replaceAliases(std::size_t source, std::size_t by)
{
    for (auto& [value, item] : m_items)
        if (item.activation && item.activation->source == source)
            item.activation->source = by;
}

ScriptWalk::Output ScriptWalk::evaluate(const Node& node)
{
    Item made;
    switch (node.kind()) {
    case c10::prim::Constant: {
        const std::optional<c10::IValue> value = torch::jit::toIValue(node.output());
        if (value)
            made.constant = *value;
        return made;
    }
    case c10::prim::GetAttr: {
        const Item& owner = input(node, 0);
        if (!owner.constant.isObject())
            return badInput("it takes a part of something that is no module");
        const std::string& name = node.s(c10::attr::name);
        made.constant = owner.constant.toObjectRef().getAttr(name);
        made.path = owner.path.empty() ? name : owner.path + "." + name;
        return made;
    }
    case c10::prim::ListConstruct:
    case c10::prim::TupleConstruct:
        made.isList = true;
        for (std::size_t i = 0; i < node.inputs().size(); ++i)
            made.list.push_back(input(node, i));
        return made;
    case c10::prim::NumToTensor:
        return input(node, 0);
    case c10::prim::RaiseException:
        return badInput("its forward() would end in an error for samples of this size");
    default:
        break;
    }
    if (std::optional<Output> computed = compute(node))
        return std::move(*computed);
    return callLayer(node);
}

/// Numbers, shapes and truth values; none where the operator is another one.
std::optional<ScriptWalk::Output> ScriptWalk::compute(const Node& node)
{
    const std::string op = node.kind().toUnqualString();
    const auto whole = [](std::int64_t value) {
        Item made;
        made.constant = value;
        return Output(std::move(made));
    };
    const auto truth = [](bool value) {
        Item made;
        made.constant = value;
        return Output(std::move(made));
    };
    if (op == "Int" || op == "IntImplicit" || op == "ScalarImplicit")
        return Output(input(node, 0));
    if (op == "format" || op == "warn")
        return Output(Item());
    if (input(node, 0).activation && (op == "size" || op == "dim")) {
        const Shape shape = m_builder.shapeOf(*input(node, 0).activation);
        const auto rank = static_cast<std::int64_t>(shape.size()) + 1;
        if (op == "dim")
            return whole(rank);
        const auto sizeOf = [&](std::int64_t axis) {
            return axis == 0 ? kSampleCount : shape[static_cast<std::size_t>(axis - 1)];
        };
        if (const std::optional<std::int64_t> axis = integer(node, 1)) {
            const std::int64_t counted = *axis < 0 ? *axis + rank : *axis;
            if (counted < 0 || counted >= rank)
                return Output(badInput("it asks for an axis that is not there"));
            return whole(sizeOf(counted));
        }
        Item list;
        list.isList = true;
        for (std::int64_t axis = 0; axis < rank; ++axis) {
            Item size;
            size.constant = sizeOf(axis);
            list.list.push_back(std::move(size));
        }
        return Output(std::move(list));
    }
    if (op == "len" && input(node, 0).isList)
        return whole(static_cast<std::int64_t>(input(node, 0).list.size()));
    if (op == "__getitem__" && input(node, 0).isList) {
        const auto size = static_cast<std::int64_t>(input(node, 0).list.size());
        const std::int64_t place = integer(node, 1).value_or(size);
        const std::int64_t counted = place < 0 ? place + size : place;
        if (counted < 0 || counted >= size)
            return Output(badInput("it takes a part of a list that is not there"));
        return Output(input(node, 0).list[static_cast<std::size_t>(counted)]);
    }
    if (op == "__is__" || op == "__isnot__") {
        const bool areBothNone = input(node, 0).constant.isNone() && !input(node, 0).activation
            && !input(node, 0).isList && input(node, 1).constant.isNone();
        return truth(areBothNone == (op == "__is__"));
    }
    if (op == "__not__" && input(node, 0).constant.isBool())
        return truth(!input(node, 0).constant.toBool());
    const std::optional<std::int64_t> a = integer(node, 0);
    const std::optional<std::int64_t> b = integer(node, 1);
    if (!a || !b || input(node, 0).activation || input(node, 1).activation)
        return std::nullopt;
    constexpr std::int64_t kLargest = std::int64_t { 1 } << 31;
    const bool isSmall = std::max(*a, *b) <= kLargest && std::min(*a, *b) >= -kLargest;
    if (op == "eq" || op == "ne")
        return truth((*a == *b) == (op == "eq"));
    if (op == "lt" || op == "gt" || op == "le" || op == "ge")
        return truth(op == "lt" ? *a < *b : op == "gt" ? *a > *b : op == "le" ? *a <= *b : *a >= *b);
    if (op == "mul" && (*a == 1 || *b == 1))
        return whole(*a == 1 ? *b : *a);
    if (!isSmall)
        return Output(
            badInput("it computes with the number of samples, which must stay apart from each other"));
    if (op == "mul")
        return whole(*a * *b);
    if (op == "add" || op == "sub")
        return whole(op == "add" ? *a + *b : *a - *b);
    if (op == "floordiv" && *a >= 0 && *b > 0)
        return whole(*a / *b);
    return std::nullopt;
}

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
    if (op == "_convolution" || op == "conv1d" || op == "conv2d")
        return convolution(node, op == "_convolution");
    if (op == "batch_norm")
        return batchNorm(node);
    if (op == "relu")
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
    if (op == "dropout") {
        Layer layer = layerOf(LayerKind::Dropout);
        layer.probability = number(node, 1, 0.5);
        return elementwise(std::move(layer));
    }
    if (op == "max_pool1d" || op == "max_pool2d" || op == "avg_pool1d" || op == "avg_pool2d")
        return pool(node, op[0] == 'm', op.ends_with("1d") ? 1 : 2);
    if (op == "contiguous" || op == "detach" || op == "clone" || op == "alias") {
        PALIMPSEST_TRY(GraphValue value, activation(node, 0));
        return finished(std::move(value));
    }
    if (op == "adaptive_avg_pool1d" || op == "adaptive_avg_pool2d") {
        const Shape sizes = integers(node, 1);
        if (sizes.empty()
            || std::any_of(sizes.begin(), sizes.end(), [](std::int64_t size) { return size != 1; }))
            return badInput(
                "it asks for the size " + toString(sizes) + "; expected 1, the mean over all positions");
        PALIMPSEST_TRY(GraphValue value, activation(node, 0));
        return finished(m_builder.globalPool(std::move(value), {}, LayerKind::GlobalAveragePool));
    }
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
    if (op == "cat") {
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
    if (op == "add" || op == "sub" || op == "mul" || op == "div") {
        PALIMPSEST_TRY(Item made, arithmetic(node, op));
        return finished(std::move(*made.activation));
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
    std::vector<GraphTensor> tensors;
    for (std::size_t i = 1; i <= 4; ++i) {
        if (input(node, i).constant.isNone())
            return badInput("it has no scale and shift, or no running statistics; expected both");
        PALIMPSEST_TRY(GraphTensor found, tensor(node, i));
        tensors.push_back(std::move(found));
    }
    Layer layer = layerOf(LayerKind::BatchNorm);
    layer.name = layerName(tensors.front().name);
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

ScriptWalk::Output ScriptWalk::arithmetic(const Node& node, const std::string& op)
{
    Item made;
    const Item& left = input(node, 0);
    const Item& right = input(node, 1);
    const double alpha = number(node, 2, 1.0); // add, sub: left + alpha right
    if (left.activation && right.activation) {
        if (op != "add" || alpha != 1.0)
            return badInput(
                "it combines two computed values other than by adding them, which is not supported");
        PALIMPSEST_TRY(made.activation, m_builder.add(*left.activation, *right.activation, {}));
        return made;
    }
    PALIMPSEST_TRY(GraphValue value, activation(node, 0));
    GraphConstant constant;
    if (right.constant.isTensor()) {
        PALIMPSEST_TRY(GraphTensor found, tensor(node, 1));
        constant = { found.name, found.shape, std::move(found.values), {} };
    } else if (right.constant.isDouble() || right.constant.isInt()) {
        constant.values = { static_cast<float>(number(node, 1, 0.0)) };
    } else {
        return badInput(
            "it combines a computed value with something that is no number and no tensor of the file");
    }
    for (float& one : constant.values)
        one = op == "div" ? 1.0F / one : op == "sub" ? -one : one;
    if (op == "mul" || op == "div") {
        PALIMPSEST_TRY(made.activation, m_builder.multiply(std::move(value), {}, constant));
    } else {
        for (float& one : constant.values)
            one *= static_cast<float>(alpha);
        PALIMPSEST_TRY(made.activation, m_builder.shift(std::move(value), {}, constant, false));
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
        "squeeze", "unsqueeze" };
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
    if (op == "squeeze") {
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
