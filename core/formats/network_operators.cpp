// SPDX-License-Identifier: Apache-2.0
#include "core/formats/graph_axes.h"
#include "core/formats/network_builder.h"
#include "core/network/layer_rules.h"

#include <algorithm>
#include <numeric>
#include <set>
#include <utility>

namespace palimpsest {

namespace {

constexpr std::int64_t kMaxMadeValues = 10'000'000; ///< of a tensor that a file gives by one number
constexpr int kOne = GraphValue::kOne;

/// Axis of `numbers` (one or two an axis) taken out.
void dropAxis(Shape& numbers, std::size_t axis, std::size_t axes)
{
    if (numbers.size() == 2 * axes)
        numbers.erase(numbers.begin() + static_cast<std::ptrdiff_t>(axes + axis));
    if (numbers.size() > 1)
        numbers.erase(numbers.begin() + static_cast<std::ptrdiff_t>(axis));
}

/// Padding after an axis so that a last window, which floor would leave out, is there too (PyTorch's ceil_mode).
std::int64_t ceilPadding(std::int64_t size, std::int64_t kernel, std::int64_t stride, Sides sides)
{
    const std::int64_t room = size + sides.before + sides.after - kernel;
    if (room < 0 || room % stride == 0)
        return 0;
    const std::int64_t start = (room / stride + 1) * stride; // of the further window
    return start >= size + sides.before ? 0 : start - room;
}

} // namespace

Result<NetworkBuilder::Windowed> NetworkBuilder::windowed(GraphValue value, Layer& layer)
{
    value = resolved(std::move(value));
    const std::size_t axes = layer.kernel.size();
    for (const auto& [numbers, least] : { std::pair(&layer.kernel, 1), std::pair(&layer.stride, 1),
             std::pair(&layer.dilation, 1), std::pair(&layer.padding, 0) }) {
        const bool isWhole
            = numbers->empty() || numbers->size() == axes || (least == 0 && numbers->size() == 2 * axes);
        if (!isWhole
            || !std::all_of(numbers->begin(), numbers->end(),
                [minimum = least](std::int64_t number) { return isSize(number, minimum); }))
            return badInput("its kernel, stride, padding or dilation " + toString(*numbers)
                + " is none of a window over " + std::to_string(axes) + " axes");
    }
    if (axes < 1 || axes > 2 || value.axes.size() != axes + 1)
        return badInput("it slides a window of " + toString(layer.kernel) + " over "
            + sampleText(shapeOf(value))
            + "; expected [samples, channels, length] or [samples, channels, height, width]");
    Windowed result;
    for (std::size_t axis = 1; axis <= axes && axes == 2 && !result.dropped; ++axis) {
        const bool isNarrow = sourceShape(value).size() == 2 && value.axes[axis] == kOne
            && layer.kernel[axis - 1] == 1
            && (layer.padding.empty() || (layer.padding[axis - 1] == 0 && layer.padding[axis + 1] == 0));
        if (!isNarrow)
            continue;
        result.dropped = axis;
        value.axes.erase(value.axes.begin() + static_cast<std::ptrdiff_t>(axis));
        for (Shape* numbers : { &layer.kernel, &layer.stride, &layer.padding, &layer.dilation })
            dropAxis(*numbers, axis - 1, axes);
    }
    PALIMPSEST_TRY(result.value, plain(std::move(value)));
    return result;
}

Result<GraphValue> NetworkBuilder::convolution(
    GraphValue value, Layer layer, GraphTensor weight, std::optional<GraphTensor> bias)
{
    PALIMPSEST_TRY(Windowed input, windowed(std::move(value), layer));
    layer.kind = layer.kernel.size() == 1 ? LayerKind::Conv1d : LayerKind::Conv2d;
    if (input.dropped && weight.shape.size() == 4)
        weight.shape.erase(weight.shape.begin() + static_cast<std::ptrdiff_t>(*input.dropped + 1));
    layer.bias = bias.has_value();
    std::vector<GraphTensor> tensors; // not from a list of initial values, which would be copied
    tensors.push_back(std::move(weight));
    if (bias)
        tensors.push_back(std::move(*bias));
    PALIMPSEST_TRY(
        const std::size_t made, emit(std::move(layer), { input.value.source }, std::move(tensors)));
    GraphValue output = valueOf(made);
    if (input.dropped)
        output.axes.insert(output.axes.begin() + static_cast<std::ptrdiff_t>(*input.dropped), kOne);
    return output;
}

Result<GraphValue> NetworkBuilder::linear(
    GraphValue value, std::string name, GraphTensor weight, std::optional<GraphTensor> bias)
{
    value = resolved(std::move(value));
    const std::size_t rank = value.axes.size();
    if (rank == 0
        || std::any_of(value.axes.begin(), value.axes.end() - 1, [](int axis) { return axis != kOne; }))
        return badInput(
            "it multiplies a matrix with " + sampleText(shapeOf(value)) + "; expected [samples, features]");
    value.axes.erase(value.axes.begin(), value.axes.end() - 1);
    PALIMPSEST_TRY(value, plain(std::move(value)));
    Layer layer = namedLayer(LayerKind::Linear, std::move(name));
    layer.bias = bias.has_value();
    layer.outputs = weight.shape.empty() ? 0 : weight.shape.front();
    std::vector<GraphTensor> tensors; // not from a list of initial values, which would be copied
    tensors.push_back(std::move(weight));
    if (bias)
        tensors.push_back(std::move(*bias));
    PALIMPSEST_TRY(const std::size_t made, emit(std::move(layer), { value.source }, std::move(tensors)));
    GraphValue output = valueOf(made);
    output.axes.insert(output.axes.begin(), rank - 1, kOne);
    return output;
}

Result<GraphValue> NetworkBuilder::batchNorm(GraphValue value, Layer layer, std::vector<GraphTensor> tensors)
{
    layer.kind = LayerKind::BatchNorm;
    PALIMPSEST_TRY(value, withChannelsFirst(std::move(value), 0));
    PALIMPSEST_TRY(value.source, emit(std::move(layer), { value.source }, std::move(tensors)));
    return value;
}

Result<GraphValue> NetworkBuilder::elementwise(GraphValue value, Layer layer)
{
    PALIMPSEST_TRY(value, ready(std::move(value)));
    PALIMPSEST_TRY(value.source, emit(std::move(layer), { value.source }));
    return value;
}

Result<GraphValue> NetworkBuilder::pool(GraphValue value, Layer layer, bool ceil)
{
    PALIMPSEST_TRY(Windowed input, windowed(std::move(value), layer));
    const Shape shape = sourceShape(input.value);
    const std::size_t axes = layer.kernel.size();
    const bool isPadded = std::any_of(
        layer.padding.begin(), layer.padding.end(), [](std::int64_t size) { return size != 0; });
    const bool isMean = layer.kind == LayerKind::AveragePool;
    bool isLonger = false;
    for (std::size_t axis = 0; ceil && axis < axes; ++axis) {
        const std::int64_t stride = layer.stride.empty() ? layer.kernel[axis] : layer.stride[axis];
        const std::int64_t more = stride < 1
            ? 0
            : ceilPadding(shape[axis + 1], layer.kernel[axis], stride, paddingOf(layer, axis, axes));
        if (more == 0)
            continue;
        isLonger = true;
        if (layer.padding.empty())
            layer.padding.assign(2 * axes, 0);
        layer.padding[axes + axis] += more;
    }
    if (isLonger && isMean && layer.countPadding) {
        if (isPadded)
            return badInput(
                "a mean with ceil_mode that counts its padding cannot be described; export it with "
                "ceil_mode = False, or with count_include_pad = False");
        layer.countPadding = false;
    }
    PALIMPSEST_TRY(const std::size_t made, emit(std::move(layer), { input.value.source }));
    GraphValue output = valueOf(made);
    if (input.dropped)
        output.axes.insert(output.axes.begin() + static_cast<std::ptrdiff_t>(*input.dropped), kOne);
    return output;
}

Result<GraphValue> NetworkBuilder::globalPool(GraphValue value, std::string name, LayerKind kind)
{
    const std::size_t rank = value.axes.size();
    if (rank < 2)
        return badInput("expected [samples, channels, ...], got " + sampleText(shapeOf(value)));
    if (kind == LayerKind::GlobalAveragePool) {
        std::vector<std::size_t> axes(rank - 1);
        std::iota(axes.begin(), axes.end(), std::size_t { 1 });
        return mean(std::move(value), std::move(name), axes, true);
    }
    PALIMPSEST_TRY(value, plain(std::move(value)));
    Layer layer = namedLayer(kind, std::move(name));
    layer.kernel.assign(sourceShape(value).begin() + 1, sourceShape(value).end());
    PALIMPSEST_TRY(const std::size_t made, emit(std::move(layer), { value.source }));
    return valueOf(made);
}

Result<GraphValue> NetworkBuilder::mean(
    GraphValue value, std::string name, const std::vector<std::size_t>& axes, bool keepAxes)
{
    PALIMPSEST_TRY(value, ready(std::move(value)));
    const auto isOverPositions = [&] {
        std::set<int> over; // axes of the source
        for (const std::size_t axis : axes)
            over.insert(value.axes[axis]);
        over.erase(kOne);
        const std::vector<int> all = axesOf(sourceShape(value));
        return !over.contains(0) && std::all_of(all.begin(), all.end(), [&](int axis) {
            return axis <= 0 || over.contains(axis);
        });
    };
    if (std::any_of(axes.begin(), axes.end(), [&](std::size_t axis) { return axis >= value.axes.size(); }))
        return badInput("an axis of its mean lies beyond " + sampleText(shapeOf(value)));
    if (!isOverPositions()) {
        PALIMPSEST_TRY(value, plain(std::move(value)));
    }
    if (!isOverPositions())
        return badInput("it takes a mean over some of the axes of " + sampleText(shapeOf(value))
            + "; expected all but the channels, axis 1");
    if (sourceShape(value).size() > 1) {
        PALIMPSEST_TRY(
            value.source, emit(namedLayer(LayerKind::GlobalAveragePool, std::move(name)), { value.source }));
    }
    std::vector<int> left;
    for (std::size_t axis = 0; axis < value.axes.size(); ++axis) {
        const bool isGone = std::find(axes.begin(), axes.end(), axis) != axes.end();
        if (!isGone || keepAxes)
            left.push_back(isGone ? kOne : value.axes[axis]);
    }
    value.axes = std::move(left);
    return value;
}

Result<GraphValue> NetworkBuilder::add(GraphValue left, GraphValue right, std::string name)
{
    PALIMPSEST_TRY(left, ready(std::move(left)));
    PALIMPSEST_TRY(right, ready(std::move(right)));
    if (left.axes != right.axes || sourceShape(left) != sourceShape(right)) {
        PALIMPSEST_TRY(left, plain(std::move(left)));
        PALIMPSEST_TRY(right, plain(std::move(right)));
    }
    if (sourceShape(left) != sourceShape(right))
        return badInput("it adds " + sampleText(shapeOf(left)) + " and " + sampleText(shapeOf(right))
            + "; expected two of the same shape");
    if (right.source != kInputSource && right.source + 1 == m_layers.size())
        std::swap(left, right); // the layer just before needs no name
    PALIMPSEST_TRY(
        left.source, emit(namedLayer(LayerKind::Add, std::move(name)), { left.source, right.source }));
    return left;
}

Result<GraphValue> NetworkBuilder::concat(std::vector<GraphValue> values, std::string name, std::size_t axis)
{
    if (values.empty())
        return badInput("it joins nothing");
    if (values.size() == 1)
        return std::move(values.front());
    for (GraphValue& value : values) {
        PALIMPSEST_TRY(value, ready(std::move(value)));
    }
    const bool isAlike = std::all_of(values.begin(), values.end(), [&](const GraphValue& value) {
        return value.axes == values.front().axes && axis < value.axes.size() && value.axes[axis] == 0
            && sourceShape(value).size() == sourceShape(values.front()).size();
    });
    for (GraphValue& value : values) {
        if (!isAlike) {
            PALIMPSEST_TRY(value, plain(std::move(value)));
        }
    }
    if (!isAlike && axis != 0)
        return badInput("it joins along axis " + std::to_string(axis + 1) + " of "
            + sampleText(shapeOf(values.front())) + "; expected the channels, axis 1");
    std::vector<std::size_t> sources;
    Layer layer = namedLayer(LayerKind::Concat, std::move(name));
    for (const GraphValue& value : values) {
        const Shape& first = sourceShape(values.front());
        const Shape& other = sourceShape(value);
        if (other.size() != first.size() || !std::equal(other.begin() + 1, other.end(), first.begin() + 1))
            return badInput("it joins " + sampleText(shapeOf(values.front())) + " and "
                + sampleText(shapeOf(value)) + "; expected the same shape but for the channels");
        sources.push_back(value.source);
        layer.parts.emplace_back(); // named at the end
    }
    PALIMPSEST_TRY(const std::size_t made, emit(std::move(layer), std::move(sources)));
    return isAlike ? GraphValue { made, values.front().axes, false } : valueOf(made);
}

Result<GraphValue> NetworkBuilder::pad(
    GraphValue value, std::string name, const Shape& before, const Shape& after, double number)
{
    const auto isZero = [](std::int64_t size) { return size == 0; };
    if (std::all_of(before.begin(), before.end(), isZero) && std::all_of(after.begin(), after.end(), isZero))
        return value;
    PALIMPSEST_TRY(value, plain(std::move(value)));
    if (before.size() != value.axes.size() || after.size() != value.axes.size() || before.size() < 2
        || before[0] != 0 || after[0] != 0)
        return badInput("it pads " + sampleText(shapeOf(value)) + " by " + toString(before) + " before and "
            + toString(after) + " after; expected positions to be padded, not channels");
    Layer layer = namedLayer(LayerKind::Pad, std::move(name));
    layer.value = number;
    layer.padding.assign(before.begin() + 1, before.end());
    layer.padding.insert(layer.padding.end(), after.begin() + 1, after.end());
    PALIMPSEST_TRY(const std::size_t made, emit(std::move(layer), { value.source }));
    return valueOf(made);
}

Result<GraphValue> NetworkBuilder::softmax(GraphValue value, std::string name, std::size_t axis)
{
    PALIMPSEST_TRY(value, withChannelsFirst(std::move(value), axis));
    PALIMPSEST_TRY(value.source, emit(namedLayer(LayerKind::Softmax, std::move(name)), { value.source }));
    return value;
}

/// The constant as one number a channel of the value's source; the value may be brought into another order for it.
Result<std::vector<float>> NetworkBuilder::perChannel(GraphValue& value, const GraphConstant& constant)
{
    PALIMPSEST_TRY(value, ready(std::move(value)));
    Shape shape = constant.shape;
    while (!shape.empty() && shape.front() == 1)
        shape.erase(shape.begin());
    const auto isVarying = [](std::int64_t size) { return size != 1; };
    const std::ptrdiff_t varying = std::count_if(shape.begin(), shape.end(), isVarying);
    const auto problem = [&] {
        return badInput("it combines " + sampleText(shapeOf(value)) + " with the constant \"" + constant.name
            + "\" " + toString(constant.shape) + "; expected one number, or one a channel");
    };
    if (static_cast<std::int64_t>(constant.values.size()) != elementCount(constant.shape) || varying > 1
        || shape.size() > value.axes.size())
        return problem();
    if (varying == 0) {
        const std::int64_t channels = sourceShape(value).front();
        if (channels > kMaxMadeValues)
            return problem();
        return std::vector<float>(static_cast<std::size_t>(channels), constant.values.front());
    }
    const std::size_t axis = value.axes.size() - shape.size(); // the first one of `shape` varies
    if (shapeOf(value)[axis] != shape.front())
        return problem();
    PALIMPSEST_TRY(value, withChannelsFirst(std::move(value), axis));
    return constant.values;
}

Result<GraphValue> NetworkBuilder::scaleAndShift(
    GraphValue value, std::string name, GraphTensor factor, std::optional<GraphTensor> shift)
{
    const bool isShiftOpen = !shift.has_value();
    const std::size_t channels = factor.values.size();
    std::vector<GraphTensor> tensors { std::move(factor),
        shift ? std::move(*shift) : GraphTensor { {}, {}, {}, std::vector<float>(channels, 0.0F), {} } };
    for (GraphTensor& tensor : tensors)
        tensor.shape = { static_cast<std::int64_t>(channels) };
    PALIMPSEST_TRY(value.source,
        emit(namedLayer(LayerKind::Scale, std::move(name)), { value.source }, std::move(tensors)));
    m_layers.back().isShiftOpen = isShiftOpen;
    return value;
}

Result<GraphValue> NetworkBuilder::multiply(GraphValue value, std::string name, const GraphConstant& factor)
{
    PALIMPSEST_TRY(std::vector<float> values, perChannel(value, factor));
    return scaleAndShift(std::move(value), std::move(name),
        { factor.name, factor.shape, {}, std::move(values), factor.note }, {});
}

Result<GraphValue> NetworkBuilder::shift(
    GraphValue value, std::string name, const GraphConstant& shift, bool isOnlyReader)
{
    PALIMPSEST_TRY(std::vector<float> values, perChannel(value, shift));
    GraphTensor tensor { shift.name, shift.shape, { static_cast<std::int64_t>(values.size()) },
        std::move(values), shift.note };
    if (isOnlyReader && value.source != kInputSource) {
        BuiltLayer& built = m_layers[value.source];
        const LayerKind kind = built.layer.kind;
        const bool hasBias
            = kind == LayerKind::Conv1d || kind == LayerKind::Conv2d || kind == LayerKind::Linear;
        if (hasBias && !built.layer.bias) {
            built.layer.bias = true;
            built.roles.push_back(TensorRole::Bias);
            built.tensors.push_back(std::move(tensor));
            return value;
        }
        if (built.isShiftOpen) {
            built.isShiftOpen = false;
            built.tensors[1] = std::move(tensor);
            return value;
        }
    }
    GraphTensor ones { {}, {}, {}, std::vector<float>(tensor.values.size(), 1.0F), {} };
    return scaleAndShift(std::move(value), std::move(name), std::move(ones), std::move(tensor));
}

} // namespace palimpsest
