// SPDX-License-Identifier: Apache-2.0
#include "core/formats/tensorflow_layers.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>
#include <utility>

namespace palimpsest::tensorflow {

namespace {


template <std::size_t N> bool isOneOf(std::string_view text, const std::array<std::string_view, N>& names)
{
    return std::find(names.begin(), names.end(), text) != names.end();
}

constexpr std::array<std::string_view, 6> kPassing { "Identity", "StopGradient", "Snapshot", "CheckNumerics",
    "Switch", "PlaceholderWithDefault" };
constexpr std::array<std::string_view, 20> kFirstInput { "Conv2D", "DepthwiseConv2dNative", "MatMul",
    "MaxPool", "AvgPool", "FusedBatchNorm", "FusedBatchNormV2", "FusedBatchNormV3", "Reshape", "Squeeze",
    "ExpandDims", "Transpose", "Pad", "PadV2", "Mean", "Flatten", "StridedSlice", "BatchMatMul",
    "BatchMatMulV2", "BatchMatMulV3" };
constexpr std::array<std::string_view, 3> kAdditions { "BiasAdd", "Add", "AddV2" };

} // namespace

bool isKnown(const Shape& dims)
{
    return !dims.empty() && std::all_of(dims.begin(), dims.end(), [](std::int64_t size) {
        return size > 0 && size <= kMaxSize;
    });
}

std::int64_t countOf(const Shape& dims)
{
    std::int64_t count = 1;
    for (const std::int64_t size : dims) {
        if (size <= 0 || size > kMaxSize || count > kMaxSize / size)
            return -1;
        count *= size;
    }
    return count;
}

LayerBuilder::LayerBuilder(const Graph& graph, const Flow& flow, const VariableShapes& variables,
    const std::string& where, const Shape& inputShape)
    : m_graph(graph)
    , m_flow(flow)
    , m_variables(variables)
    , m_where(where)
    , m_inputShape(inputShape)
    , m_parameters(std::make_shared<const Parameters>(graph, flow))
{
    m_result.network.layout = TensorLayout::TensorFlow;
    m_result.notes = flow.notes;
}

Error LayerBuilder::problem(std::size_t index, const std::string& text) const
{
    return badInput("node \"" + node(index).name + "\" (" + node(index).op + "): " + text
            + "; a layer list (--layers FILE.json) can take the graph's place",
        m_where);
}

void LayerBuilder::noteOnce(const std::string& note)
{
    std::vector<std::string>& notes = m_result.notes;
    if (std::find(notes.begin(), notes.end(), note) == notes.end())
        notes.push_back(note);
}

bool LayerBuilder::isData(std::size_t index, std::size_t input) const
{
    return m_flow.isInside[node(index).inputs[input].node];
}

const LayerBuilder::Value& LayerBuilder::operand(std::size_t index, std::size_t input) const
{
    return m_values.at(node(index).inputs[input].node);
}

Result<std::vector<std::size_t>> LayerBuilder::operandsOf(std::size_t index)
{
    const Node& op = node(index);
    const auto one = [&](std::size_t input) -> Result<std::vector<std::size_t>> {
        if (input >= op.inputs.size() || !isData(index, input))
            return problem(index, "it does not read what comes from the samples");
        return std::vector { op.inputs[input].node };
    };
    if (isOneOf(op.op, kPassing) || isOneOf(op.op, kFirstInput))
        return one(0);
    if (op.op == "Merge") {
        const std::size_t branch = op.inputs.empty() ? 0 : falseBranch(m_graph, index);
        noteOnce("Where the graph asks a flag (training or not), its side \"not\" was taken");
        return one(branch);
    }
    if (isOneOf(op.op, kAdditions) && op.inputs.size() == 2)
        for (std::size_t input = 0; input < 2; ++input)
            if (isData(index, input) && m_flow.variable[op.inputs[1 - input].node] != kNoNode)
                return one(input);
    if (op.op == "BatchToSpaceND") {
        PALIMPSEST_TRY(const Dilated dilated, dilatedBefore(index));
        return std::vector { dilated.source };
    }
    if (const std::optional<WrittenNorm> norm = findNorm(index)) {
        m_norms.emplace(index, *norm);
        return std::vector { norm->input };
    }
    if (op.op == "ConcatV2" && op.inputs.size() >= 2) {
        std::vector<std::size_t> operands;
        for (std::size_t input = 0; input + 1 < op.inputs.size(); ++input) {
            PALIMPSEST_TRY(const auto operand, one(input));
            operands.push_back(operand.front());
        }
        return operands;
    }
    if (const std::optional<std::size_t> from = findFunction(index))
        return std::vector { *from };
    if (const std::optional<std::size_t> data = arithmeticData(index))
        return std::vector { *data };
    if ((isOneOf(op.op, kAdditions) || op.op == "AddN") && op.inputs.size() >= 2) {
        std::vector<std::size_t> operands;
        for (std::size_t input = 0; input < op.inputs.size(); ++input) {
            PALIMPSEST_TRY(const auto operand, one(input));
            operands.push_back(operand.front());
        }
        return operands;
    }
    return problem(index, "this operator, or this use of it, is not known");
}

std::optional<std::size_t> LayerBuilder::findFunction(std::size_t index)
{
    constexpr int kMaxSteps = 8; // 1 / (1 + exp(-x)) begins four nodes before its end
    // Scaling, and a mask without its scaling, may be parts of something: 0.5 + 0.5 tanh(x / 2), x / keep * mask.
    const auto isPart = [](const UnaryFunction& function) {
        return function.kind == UnaryFunction::Kind::Affine
            || (function.kind == UnaryFunction::Kind::Dropout && !function.probability);
    };
    std::optional<std::size_t> part;
    std::size_t from = index;
    for (int step = 0; step < kMaxSteps && from != m_flow.source; ++step) {
        from = m_flow.dominator[from];
        if (from == kNoNode)
            break;
        const std::optional<UnaryFunction> function = recogniseFunction(m_graph, from, index);
        if (!function || (part && isPart(*function)))
            continue;
        m_functions[index] = *function;
        if (!isPart(*function))
            return from;
        part = from;
    }
    return part;
}

Status LayerBuilder::begin()
{
    const Node& source = node(m_flow.source);
    const Attribute* shape = source.attribute("shape");
    if (shape == nullptr || !shape->shape)
        shape = source.attribute("_output_shapes");
    Value value;
    if (shape != nullptr && shape->shape && !shape->shape->empty())
        value.dims.assign(shape->shape->begin() + 1, shape->shape->end()); // without the batch
    m_values[m_flow.source] = std::move(value);
    return success();
}

Status LayerBuilder::add(std::size_t index, const std::vector<std::size_t>& operands)
{
    if (const auto function = m_functions.find(index); function != m_functions.end())
        return addFunction(index, function->second, operands.front());
    if (const auto norm = m_norms.find(index); norm != m_norms.end())
        return writtenNorm(index, norm->second);
    return addKind(index, operands);
}

Status LayerBuilder::addKind(std::size_t index, const std::vector<std::size_t>& operands)
{
    const std::string& op = node(index).op;
    if (isOneOf(op, kPassing) || op == "Merge") {
        pass(index, m_values.at(operands.front()));
        return success();
    }
    if (op == "Conv2D" || op == "DepthwiseConv2dNative")
        return convolution(index, index, operand(index, 0));
    if (op == "BatchToSpaceND") {
        PALIMPSEST_TRY(const Dilated dilated, dilatedBefore(index));
        return convolution(dilated.convolution, index, m_values.at(dilated.source), &dilated);
    }
    if (op == "MatMul" || op.starts_with("BatchMatMul"))
        return matrix(index);
    if (op == "MaxPool" || op == "AvgPool")
        return pool(index);
    if (op.starts_with("FusedBatchNorm"))
        return batchNorm(index);
    if (op == "Reshape")
        return reshape(index);
    if (op == "Flatten")
        return flatten(index, m_values.at(operands.front()));
    if (op == "Squeeze")
        return squeeze(index);
    if (op == "ExpandDims")
        return expand(index);
    if (op == "StridedSlice")
        return slice(index);
    if (op == "Transpose")
        return transpose(index);
    if (op == "Pad" || op == "PadV2")
        return pad(index);
    if (op == "Mean")
        return mean(index);
    if (op == "ConcatV2")
        return concat(index, operands);
    if (operands.size() == 1)
        return takesBias(index, operands.front()) ? bias(index, operands.front())
                                                  : arithmetic(index, operands.front());
    return sum(index, operands);
}

Result<GraphNetwork> LayerBuilder::finish(std::size_t logits)
{
    if (m_result.network.inputShape.empty())
        return problem(logits, "nothing on the way to it has weights");
    const Value last = m_values.at(logits);
    const auto ones = std::count(last.real.begin(), last.real.end(), 1);
    if (last.real.size() > 1
        && ones + 1 >= static_cast<std::ptrdiff_t>(last.real.size())) // one position is left
        PALIMPSEST_CHECK(flatten(logits, last));
    if (m_values.at(logits).layer + 1 != static_cast<std::ptrdiff_t>(m_result.network.layers.size()))
        return problem(logits, "it is not the last layer of the graph");
    return std::move(m_result);
}

// --- What flows -----------------------------------------------------------------------------------------------------------

std::string LayerBuilder::nameOf(std::ptrdiff_t layer) const
{
    return layer < 0 ? std::string(kNetworkInput)
                     : m_result.network.layers[static_cast<std::size_t>(layer)].name;
}

void LayerBuilder::append(std::size_t index, Layer layer, const Value& from, Shape dims)
{
    std::vector<Layer>& layers = m_result.network.layers;
    layer.name = std::string(toString(layer.kind)) + std::to_string(layers.size());
    if (layer.kind != LayerKind::Concat && from.layer + 1 != static_cast<std::ptrdiff_t>(layers.size()))
        layer.input = nameOf(from.layer);
    layers.push_back(std::move(layer));
    const Order order = from.order == Order::Open ? Order::Last : from.order;
    m_values[index] = { static_cast<std::ptrdiff_t>(layers.size()) - 1, dims, dims, order };
}

Status LayerBuilder::settle(Value& value, Order order)
{
    if (value.order != Order::Open)
        return success();
    value.order = order;
    if (!isKnown(value.dims) && !m_inputShape.empty()) {
        value.dims = m_inputShape;
        if (value.dims.size() > 1 && order == Order::Last)
            std::rotate(value.dims.begin(), value.dims.begin() + 1, value.dims.end());
    }
    const Shape dims = value.dims;
    if (!isKnown(dims) || dims.size() > 3 || countOf(dims) < 0)
        return problem(m_flow.source,
            "expected samples of 1 to 3 axes with known sizes, got " + toString(dims)
                + "; say them with --input-shape, as in --input-shape 3,32,32");
    Shape shape = dims;
    if (dims.size() > 1 && order == Order::Last)
        std::rotate(shape.begin(), shape.end() - 1, shape.end());
    Shape& input = m_result.network.inputShape;
    if (!input.empty() && input != shape)
        return problem(
            m_flow.source, "its samples are read both as " + toString(input) + " and as " + toString(shape));
    input = std::move(shape);
    value.real = dims;
    if (value.scale != 1.0 || value.offset != 0.0) {
        const Value source = m_values.at(m_flow.source); // which others read as it is
        appendScale(m_flow.source, value, value.scale, value.offset);
        value = std::exchange(m_values.at(m_flow.source), source);
    }
    return success();
}

Result<LayerBuilder::Value> LayerBuilder::image(std::size_t index, Value value)
{
    const Attribute* format = node(index).attribute("data_format");
    const std::string text = format == nullptr || format->text.empty() ? "NHWC" : format->text;
    if (text != "NHWC" && text != "NCHW")
        return problem(index, "expected data_format NHWC or NCHW, got " + text.substr(0, 20));
    const Order order = text == "NHWC" ? Order::Last : Order::First;
    PALIMPSEST_CHECK(settle(value, order));
    if (value.dims.size() != 3)
        return problem(index, "expected images, got " + toString(value.dims));
    if (value.order != order)
        return problem(index,
            "the channels of what it reads stand on the other side than its data_format " + text + " says");
    if (value.dims != value.real) { // axes of size 1 elsewhere
        Layer layer;
        layer.kind = LayerKind::Reshape;
        layer.shape = value.dims;
        if (order == Order::Last)
            std::rotate(layer.shape.begin(), layer.shape.end() - 1, layer.shape.end());
        const Shape dims = value.dims;
        append(index, std::move(layer), value, dims);
        value = m_values.at(index);
    }
    return value;
}

std::string LayerBuilder::variableOf(std::size_t index, std::size_t input) const
{
    if (input >= node(index).inputs.size())
        return {};
    return variableAt(node(index).inputs[input].node);
}

std::string LayerBuilder::variableAt(std::size_t index) const
{
    const std::size_t variable = m_flow.variable[index];
    if (variable == kNoNode)
        return {};
    std::string name = variableName(node(variable));
    if (const std::string whole = partitionedName(name); !whole.empty() && !m_variables(name))
        return whole;
    return name;
}

Result<Shape> LayerBuilder::variableShape(std::size_t index, std::size_t input) const
{
    const std::string name = variableOf(index, input);
    if (name.empty())
        return problem(index, "its weights are computed, or constants, where a variable was expected");
    return shapeOfVariable(index, name);
}

Result<Shape> LayerBuilder::shapeOfVariable(std::size_t index, const std::string& name) const
{
    const std::optional<Shape> shape = m_variables(name);
    if (!shape)
        return problem(index, "its variable \"" + name + "\" is not in the checkpoint");
    if (!isKnown(*shape) && !shape->empty())
        return problem(index, "its variable \"" + name + "\" has the shape " + toString(*shape));
    return *shape;
}

Result<std::vector<std::int64_t>> LayerBuilder::constant(std::size_t index, std::size_t input) const
{
    const std::string text = "its input " + std::to_string(input) + " must be a constant";
    if (input >= node(index).inputs.size())
        return problem(index, text);
    const Attribute* value = node(node(index).inputs[input].node).attribute("value");
    if (value == nullptr || !value->values)
        return problem(index, text);
    std::vector<std::int64_t> numbers;
    for (const double number : *value->values) {
        if (!(std::abs(number) <= static_cast<double>(kMaxSize)))
            return problem(index, text + " of whole numbers");
        numbers.push_back(static_cast<std::int64_t>(number));
    }
    return numbers;
}

// --- Layers ---------------------------------------------------------------------------------------------------------------

Status LayerBuilder::addFunction(std::size_t index, const UnaryFunction& function, std::size_t from)
{
    Value value = m_values.at(from);
    using Kind = UnaryFunction::Kind;
    if (function.kind == Kind::Identity) {
        pass(index, value);
        return success();
    }
    if (function.kind == Kind::Affine) {
        if (value.layer < 0)
            noteOnce("The graph computes " + std::to_string(function.scale) + " x + "
                + std::to_string(function.offset)
                + " of its samples; a scale layer does it, so no preprocessing must");
        if (value.order != Order::Open) {
            const Shape dims = value.dims;
            appendScale(index, value, function.scale, function.offset);
            m_values[index].dims = dims;
            return success();
        }
        value.scale *= function.scale; // the image's channels are not known yet
        value.offset = value.offset * function.scale + function.offset;
        pass(index, value);
        return success();
    }
    PALIMPSEST_CHECK(settle(value, Order::Last));
    Layer layer;
    switch (function.kind) {
    case Kind::LeakyRelu:
        layer.kind = function.slope == 0.0 ? LayerKind::Relu : LayerKind::LeakyRelu;
        layer.slope = function.slope == 0.0 ? layer.slope : function.slope;
        break;
    case Kind::Sigmoid:
        layer.kind = LayerKind::Sigmoid;
        break;
    case Kind::Tanh:
        layer.kind = LayerKind::Tanh;
        break;
    case Kind::Clip:
        layer.kind = LayerKind::Clip;
        layer.minimum = function.minimum;
        layer.maximum = function.maximum;
        break;
    default: // Dropout
        layer.kind = LayerKind::Dropout;
        layer.probability = function.probability.value_or(0.5);
        if (!function.probability)
            noteOnce(
                "How much dropout drops is fed in at run time; 0.5 is taken, and it is off in evaluation");
        break;
    }
    append(index, std::move(layer), value, value.real);
    m_values[index].dims = value.dims;
    return success();
}

Result<Shape> LayerBuilder::windowAttribute(std::size_t index, const char* key, Order order) const
{
    const Attribute* attribute = node(index).attribute(key);
    if (attribute == nullptr || attribute->integers.empty())
        return Shape { 1, 1 };
    const std::vector<std::int64_t>& numbers = attribute->integers;
    const bool inRange
        = std::all_of(numbers.begin(), numbers.end(), [](std::int64_t n) { return n >= 1 && n <= kMaxSize; });
    const std::size_t channels = order == Order::Last ? 3 : 1;
    if (numbers.size() != 4 || !inRange || numbers[0] != 1 || numbers[channels] != 1)
        return problem(index,
            std::string(key) + ": expected four numbers, 1 for batch and channels, got " + toString(numbers));
    return order == Order::Last ? Shape { numbers[1], numbers[2] } : Shape { numbers[2], numbers[3] };
}

Status LayerBuilder::placeWindow(std::size_t index, Layer& layer, const Shape& size, Shape& positions) const
{
    const Attribute* padding = node(index).attribute("padding");
    const std::string text = padding == nullptr ? std::string() : padding->text;
    const bool isPlaced = layer.padding.size() == 4;
    if (!isPlaced && text != "SAME" && text != "VALID")
        return problem(index, "expected padding SAME or VALID, got \"" + text.substr(0, 20) + "\"");
    Shape before;
    Shape after;
    for (std::size_t axis = 0; axis < 2; ++axis) {
        const std::int64_t dilation = layer.dilation.empty() ? 1 : layer.dilation[axis];
        if (layer.kernel[axis] > kMaxSize / dilation)
            return problem(index, "its window is larger than any image");
        const std::int64_t window = (layer.kernel[axis] - 1) * dilation + 1;
        const std::int64_t step = layer.stride[axis];
        // SAME: ceil(size / step) positions; an odd number of zeros has one more at the end.
        const std::int64_t zeros = isPlaced ? layer.padding[axis] + layer.padding[axis + 2]
            : text == "SAME"
            ? std::max(((size[axis] + step - 1) / step - 1) * step + window - size[axis], std::int64_t { 0 })
            : 0;
        before.push_back(isPlaced ? layer.padding[axis] : zeros / 2);
        after.push_back(zeros - before.back());
        if (size[axis] + zeros < window)
            return problem(
                index, "a window of " + toString(layer.kernel) + " does not fit into " + toString(size));
        positions.push_back((size[axis] + zeros - window) / step + 1);
    }
    layer.padding.clear();
    if (before != after || before != Shape { 0, 0 }) {
        layer.padding = before;
        layer.padding.insert(layer.padding.end(), after.begin(), after.end());
    }
    return success();
}

Result<LayerBuilder::Dilated> LayerBuilder::dilatedBefore(std::size_t index) const
{
    const Error unknown
        = problem(index, "it is known around a convolution of images alone, after SpaceToBatchND");
    const Node& back = node(index);
    if (back.inputs.size() != 3)
        return unknown;
    Dilated result;
    result.convolution = back.inputs[0].node;
    const Node& convolution = node(result.convolution);
    if ((convolution.op != "Conv2D" && convolution.op != "DepthwiseConv2dNative")
        || convolution.inputs.size() < 2)
        return unknown;
    const std::size_t forth = convolution.inputs[0].node;
    const Attribute* padding = convolution.attribute("padding");
    if (node(forth).op != "SpaceToBatchND" || node(forth).inputs.size() != 3 || padding == nullptr
        || padding->text != "VALID")
        return unknown;
    result.source = node(forth).inputs[0].node;
    PALIMPSEST_TRY(result.dilation, constant(forth, 1));
    PALIMPSEST_TRY(const Shape backwards, constant(index, 1));
    PALIMPSEST_TRY(const Shape pads, constant(forth, 2)); // before and after the height, then the width
    PALIMPSEST_TRY(const Shape crops, constant(index, 2));
    const auto isSmall = [](const Shape& numbers, std::int64_t least) {
        constexpr std::int64_t kMost = std::int64_t { 1 } << 20;
        return std::all_of(
            numbers.begin(), numbers.end(), [&](std::int64_t n) { return n >= least && n < kMost; });
    };
    if (result.dilation.size() != 2 || backwards != result.dilation || pads.size() != 4 || crops.size() != 4
        || !m_flow.isInside[result.source] || !isSmall(result.dilation, 1) || !isSmall(pads, 0)
        || !isSmall(crops, 0) || crops[0] != 0 || crops[2] != 0)
        return unknown;
    result.padding = { pads[0], pads[2], pads[1] - crops[1], pads[3] - crops[3] };
    if (!isSmall(result.padding, 0))
        return unknown;
    return result;
}

Status LayerBuilder::convolution(
    std::size_t index, std::size_t result, const Value& from, const Dilated* dilated)
{
    PALIMPSEST_TRY(const Value value, image(index, from));
    const bool isLast = value.order == Order::Last;
    const Shape size
        = isLast ? Shape { value.dims[0], value.dims[1] } : Shape { value.dims[1], value.dims[2] };
    const std::int64_t channels = isLast ? value.dims[2] : value.dims[0];
    PALIMPSEST_TRY(Shape kernel, variableShape(index, 1));
    if (m_flow.isTurned[node(index).inputs[1].node])
        return problem(index, "its kernel is a transposed variable");
    if (kernel.size() == 3) // of a sequence, which the graph treats as an image of height 1
        kernel.insert(kernel.begin(), 1);
    if (kernel.size() != 4 || kernel[2] != channels)
        return problem(index,
            "its kernel \"" + variableOf(index, 1) + "\" has the shape " + toString(kernel)
                + " (height, width, in, out), and what it reads has " + std::to_string(channels)
                + " channels");
    Layer layer;
    layer.kind = LayerKind::Conv2d;
    layer.kernel = { kernel[0], kernel[1] };
    layer.outputs = kernel[3];
    Shape shape = kernel;
    if (node(index).op == "DepthwiseConv2dNative") {
        if (kernel[3] > kMaxSize / kernel[2])
            return problem(index, "it has more channels than any image");
        layer.groups = channels;
        layer.outputs = kernel[2] * kernel[3];
        shape = { kernel[0], kernel[1], 1, layer.outputs }; // the same numbers in the same order
    }
    layer.bias = false;
    layer.weightName = variableOf(index, 1);
    PALIMPSEST_TRY(layer.stride, windowAttribute(index, "strides", value.order));
    PALIMPSEST_TRY(layer.dilation, windowAttribute(index, "dilations", value.order));
    const Attribute* padding = node(index).attribute("padding");
    if (dilated != nullptr) {
        if (layer.stride != Shape { 1, 1 } || layer.dilation != Shape { 1, 1 })
            return problem(index, "it has a stride or dilation of its own beside SpaceToBatchND");
        layer.dilation = dilated->dilation;
        layer.padding = dilated->padding;
    } else if (padding != nullptr && padding->text == "EXPLICIT") {
        PALIMPSEST_TRY(layer.padding, explicitPadding(index, value.order));
    }
    Shape positions;
    PALIMPSEST_CHECK(placeWindow(index, layer, size, positions));
    if (layer.dilation == Shape { 1, 1 })
        layer.dilation.clear();
    m_result.tensors.push_back({ layer.weightName, layer.weightName, false, 0.0, std::move(shape) });
    Shape dims = isLast ? Shape { positions[0], positions[1], layer.outputs }
                        : Shape { layer.outputs, positions[0], positions[1] };
    append(result, std::move(layer), value, std::move(dims));
    return success();
}

/// Of Layer: before height and width, then after them.
Result<Shape> LayerBuilder::explicitPadding(std::size_t index, Order order) const
{
    const Attribute* attribute = node(index).attribute("explicit_paddings");
    const Shape sides = attribute == nullptr ? Shape {} : attribute->integers;
    const bool inRange
        = std::all_of(sides.begin(), sides.end(), [](std::int64_t n) { return n >= 0 && n < kMaxSize / 4; });
    const std::size_t height = order == Order::Last ? 2 : 4; // a pair an axis
    const std::size_t channels = order == Order::Last ? 6 : 2;
    if (sides.size() != 8 || !inRange || sides[0] + sides[1] + sides[channels] + sides[channels + 1] != 0)
        return problem(index, "expected explicit padding of height and width alone");
    return Shape { sides[height], sides[height + 2], sides[height + 1], sides[height + 3] };
}

Status LayerBuilder::matrix(std::size_t index)
{
    Value value = operand(index, 0);
    const auto flag = [&](const char* key) {
        const Attribute* attribute = node(index).attribute(key);
        return attribute != nullptr && attribute->integer.value_or(0) != 0;
    };
    if (flag("transpose_a") || flag("adj_x"))
        return problem(index, "it transposes the batch");
    PALIMPSEST_TRY(Shape kernel, variableShape(index, 1)); // so it has a second input
    const bool isTransposed
        = (flag("transpose_b") || flag("adj_y")) != m_flow.isTurned[node(index).inputs[1].node];
    const bool isUnknown = value.dims.empty() || value.dims == Shape { -1 };
    if (value.order == Order::Open && isUnknown
        && kernel.size() == 2) // nothing else says how large a sample is
        value.dims = { kernel[isTransposed ? 1 : 0] };
    PALIMPSEST_CHECK(settle(value, Order::Last));
    if (value.dims.size() != 1)
        return problem(index, "expected features, got " + toString(value.dims));
    const std::int64_t inputs = value.dims[0];
    const std::int64_t count = countOf(kernel);
    if (kernel.size() != 2 && !isTransposed && count > 0 && count % inputs == 0)
        kernel = { inputs, count / inputs }; // reshaped on the way
    if (kernel.size() != 2 || kernel[isTransposed ? 1 : 0] != inputs)
        return problem(index,
            "its matrix \"" + variableOf(index, 1) + "\" has the shape " + toString(kernel)
                + ", and what it reads has " + std::to_string(inputs) + " features");
    Layer layer;
    layer.kind = LayerKind::Linear;
    layer.outputs = kernel[isTransposed ? 0 : 1];
    layer.bias = false;
    layer.weightName = variableOf(index, 1);
    const Shape dims { layer.outputs };
    m_result.tensors.push_back(
        { layer.weightName, layer.weightName, isTransposed, 0.0, { inputs, layer.outputs } });
    append(index, std::move(layer), value, dims);
    return success();
}

/// Whether the node adds a variable to a convolution or matrix product that has no bias yet and that nothing else reads.
bool LayerBuilder::takesBias(std::size_t index, std::size_t from) const
{
    const Value& value = m_values.at(from);
    const std::size_t input = node(index).inputs[0].node == from ? 1 : 0;
    if (value.layer < 0 || !isOneOf(node(index).op, kAdditions) || variableOf(index, input).empty()
        || m_readers.at(from) != 1)
        return false;
    const Layer& layer = m_result.network.layers[static_cast<std::size_t>(value.layer)];
    return (layer.kind == LayerKind::Conv2d || layer.kind == LayerKind::Linear) && !layer.bias;
}

Status LayerBuilder::bias(std::size_t index, std::size_t from)
{
    const Value& value = m_values.at(from);
    const std::size_t input = node(index).inputs[0].node == from ? 1 : 0;
    PALIMPSEST_TRY(const Shape shape, variableShape(index, input));
    Layer* layer = &m_result.network.layers[static_cast<std::size_t>(value.layer)];
    if (countOf(shape) != layer->outputs)
        return problem(index,
            "its bias \"" + variableOf(index, input) + "\" has the shape " + toString(shape)
                + ", and the layer has " + std::to_string(layer->outputs) + " outputs");
    layer->bias = true;
    layer->biasName = variableOf(index, input);
    m_result.tensors.push_back({ layer->biasName, layer->biasName, false, 0.0, { layer->outputs } });
    pass(index, Value(value));
    return success();
}

Status LayerBuilder::pool(std::size_t index)
{
    PALIMPSEST_TRY(const Value value, image(index, operand(index, 0)));
    const bool isLast = value.order == Order::Last;
    const Shape size
        = isLast ? Shape { value.dims[0], value.dims[1] } : Shape { value.dims[1], value.dims[2] };
    Layer layer;
    layer.kind = node(index).op == "MaxPool" ? LayerKind::MaxPool : LayerKind::AveragePool;
    layer.countPadding = layer.kind == LayerKind::MaxPool; // TensorFlow's mean is over the image alone
    PALIMPSEST_TRY(layer.kernel, windowAttribute(index, "ksize", value.order));
    PALIMPSEST_TRY(layer.stride, windowAttribute(index, "strides", value.order));
    Shape positions;
    PALIMPSEST_CHECK(placeWindow(index, layer, size, positions));
    Shape dims = isLast ? Shape { positions[0], positions[1], value.dims[2] }
                        : Shape { value.dims[0], positions[0], positions[1] };
    append(index, std::move(layer), value, std::move(dims));
    return success();
}

Status LayerBuilder::pad(std::size_t index)
{
    Value value = operand(index, 0);
    PALIMPSEST_CHECK(settle(value, Order::Last));
    PALIMPSEST_TRY(const std::vector<std::int64_t> sides, constant(index, 1));
    const bool inRange
        = std::all_of(sides.begin(), sides.end(), [](std::int64_t n) { return n >= 0 && n < kMaxSize / 4; });
    const std::size_t channels = value.order == Order::Last ? 3 : 1;
    if (value.dims.size() != 3 || value.dims != value.real || sides.size() != 8 || !inRange
        || sides[0] + sides[1] + sides[2 * channels] + sides[2 * channels + 1] != 0)
        return problem(index, "expected zeros around the height and width of images alone");
    const std::size_t height = value.order == Order::Last ? 1 : 2;
    Layer layer;
    layer.kind = LayerKind::Pad;
    layer.padding
        = { sides[2 * height], sides[2 * height + 2], sides[2 * height + 1], sides[2 * height + 3] };
    if (node(index).op == "PadV2") {
        PALIMPSEST_TRY(const auto filler, constant(index, 2));
        if (filler.size() != 1 || filler[0] != 0)
            return problem(index, "expected padding by zeros");
    }
    Shape dims = value.dims;
    dims[height - 1] += sides[2 * height] + sides[2 * height + 1];
    dims[height] += sides[2 * height + 2] + sides[2 * height + 3];
    append(index, std::move(layer), value, std::move(dims));
    return success();
}

Status LayerBuilder::mean(std::size_t index)
{
    Value value = operand(index, 0);
    PALIMPSEST_CHECK(settle(value, Order::Last));
    PALIMPSEST_TRY(std::vector<std::int64_t> axes, constant(index, 1));
    for (std::int64_t& axis : axes)
        axis += axis < 0 ? 4 : 0;
    std::sort(axes.begin(), axes.end());
    const bool isLast = value.order == Order::Last;
    if (value.dims.size() != 3 || value.dims != value.real
        || axes != (isLast ? std::vector<std::int64_t> { 1, 2 } : std::vector<std::int64_t> { 2, 3 }))
        return problem(index, "only the mean over height and width of images is known");
    Layer layer;
    layer.kind = LayerKind::GlobalAveragePool;
    append(index, std::move(layer), value, { value.dims[isLast ? 2 : 0] });
    return success();
}

Status LayerBuilder::sum(std::size_t index, const std::vector<std::size_t>& operands)
{
    Value total = m_values.at(operands.front());
    PALIMPSEST_CHECK(settle(total, Order::Last));
    for (std::size_t i = 1; i < operands.size(); ++i) {
        Value other = m_values.at(operands[i]);
        PALIMPSEST_CHECK(settle(other, Order::Last));
        if (other.dims != total.dims || other.real != total.real
            || (total.dims.size() > 1 && other.order != total.order))
            return problem(index,
                "it adds " + toString(total.dims) + " and " + toString(other.dims)
                    + "; only equal shapes are known");
        Layer layer;
        layer.kind = LayerKind::Add;
        layer.from = nameOf(other.layer);
        Shape dims = total.dims;
        append(index, std::move(layer), total, total.real);
        total = m_values.at(index);
        total.dims = std::move(dims);
        pass(index, total);
    }
    return success();
}

Status LayerBuilder::concat(std::size_t index, const std::vector<std::size_t>& operands)
{
    Value first = m_values.at(operands.front());
    PALIMPSEST_CHECK(settle(first, Order::Last));
    PALIMPSEST_TRY(const auto axes, constant(index, node(index).inputs.size() - 1));
    const auto rank = static_cast<std::int64_t>(first.dims.size()) + 1;
    const std::size_t channels
        = first.order == Order::First || first.dims.size() == 1 ? 0 : first.dims.size() - 1;
    if (axes.size() != 1
        || (axes[0] < 0 ? axes[0] + rank : axes[0]) != static_cast<std::int64_t>(channels) + 1)
        return problem(index, "only joining channels or features is known");
    if (operands.size() == 1) {
        pass(index, first);
        return success();
    }
    Layer layer;
    layer.kind = LayerKind::Concat;
    Shape dims = first.dims;
    dims[channels] = 0;
    for (const std::size_t part : operands) {
        Value value = m_values.at(part);
        PALIMPSEST_CHECK(settle(value, Order::Last));
        if (value.dims != value.real || value.dims.size() != dims.size()
            || (dims.size() > 1 && value.order != first.order))
            return problem(index, "it joins " + toString(first.dims) + " and " + toString(value.dims));
        dims[channels] += value.dims[channels];
        layer.parts.push_back(nameOf(value.layer));
    }
    append(index, std::move(layer), first, std::move(dims));
    return success();
}

} // namespace palimpsest::tensorflow
