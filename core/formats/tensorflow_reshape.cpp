// SPDX-License-Identifier: Apache-2.0
// The operators that give numbers another shape: Reshape, Squeeze, ExpandDims, Transpose.
#include "core/formats/tensorflow_layers.h"

#include <algorithm>
#include <numeric>

namespace palimpsest::tensorflow {

namespace {

constexpr int kMaxDepth = 8; ///< of the nodes that compute a shape

/// The whole numbers that a node gives; -1 for one that the graph computes. Empty where not even their number is known.
std::vector<std::int64_t> integersOf(const Graph& graph, std::size_t index, int depth = 0)
{
    const Node& node = graph.nodes[index];
    std::vector<std::int64_t> numbers;
    if (depth > kMaxDepth)
        return numbers;
    if (node.op == "Const") {
        const Attribute* value = node.attribute("value");
        if (value != nullptr && value->values)
            for (const double number : *value->values)
                numbers.push_back(number >= 0.0 && number <= static_cast<double>(kMaxSize)
                        ? static_cast<std::int64_t>(number)
                        : -1);
        return numbers;
    }
    if (node.op == "Identity" && node.inputs.size() == 1)
        return integersOf(graph, node.inputs[0].node, depth + 1);
    if (node.op == "Pack") {
        for (const Input& input : node.inputs) {
            const auto one = integersOf(graph, input.node, depth + 1);
            numbers.push_back(one.size() == 1 ? one.front() : -1);
            if (numbers.size() > 8)
                return {};
        }
        return numbers;
    }
    if (node.op == "ConcatV2") {
        for (std::size_t i = 0; i + 1 < node.inputs.size(); ++i) {
            const auto part = integersOf(graph, node.inputs[i].node, depth + 1);
            if (part.empty() || numbers.size() + part.size() > 8)
                return {};
            numbers.insert(numbers.end(), part.begin(), part.end());
        }
        return numbers;
    }
    return numbers;
}

std::int64_t product(const Shape& dims)
{
    std::int64_t count = 1;
    for (const std::int64_t size : dims)
        count = size > 0 && count <= kMaxSize / size ? count * size : kMaxSize;
    return count;
}

/// Replaces one unknown size by what is left of `count`.
void fillUnknown(Shape& wanted, std::int64_t count)
{
    const auto unknown
        = std::count_if(wanted.begin(), wanted.end(), [](std::int64_t size) { return size <= 0; });
    if (unknown != 1)
        return;
    const auto place
        = std::find_if(wanted.begin(), wanted.end(), [](std::int64_t size) { return size <= 0; });
    *place = 1;
    const std::int64_t others = product(wanted);
    *place = count % others == 0 ? count / others : -1;
}

} // namespace

std::vector<std::int64_t> LayerBuilder::wantedShape(std::size_t index) const
{
    return node(index).inputs.size() < 2 ? std::vector<std::int64_t> {}
                                         : integersOf(m_graph, node(index).inputs[1].node);
}

Status LayerBuilder::flatten(std::size_t index, const Value& from)
{
    Value value = from;
    PALIMPSEST_CHECK(settle(value, Order::Last));
    if (value.dims.size() == 1) {
        pass(index, value);
        return success();
    }
    Shape dims { product(value.dims) };
    if (value.order == Order::First) {
        // A layer list of layout TensorFlow runs through H, W, C; the graph runs through C, H, W.
        if (value.real.size() != 3)
            return problem(index, "expected images, got " + toString(value.dims));
        Layer permute;
        permute.kind = LayerKind::Permute;
        permute.order = { 2, 0, 1 };
        append(index, std::move(permute), value, value.real);
        value = m_values.at(index);
    }
    Layer layer;
    layer.kind = LayerKind::Flatten;
    append(index, std::move(layer), value, std::move(dims));
    return success();
}

Status LayerBuilder::reshape(std::size_t index)
{
    Value value = operand(index, 0);
    Shape wanted = wantedShape(index);
    if (wanted.size() < 2 || wanted.size() > 4)
        return problem(index,
            "expected a shape of 2 to 4 sizes that the graph states, got " + std::to_string(wanted.size()));
    wanted.erase(wanted.begin()); // the batch
    const bool isSource = value.layer < 0 && value.order == Order::Open;
    if (isKnown(value.dims))
        fillUnknown(wanted, product(value.dims));
    if (!isKnown(wanted))
        return problem(
            index, "the shape " + toString(wanted) + " (without the batch) does not follow from the graph");
    if (isKnown(value.dims) && product(wanted) != product(value.dims))
        return problem(
            index, "it makes " + toString(wanted) + " of " + toString(value.dims) + ", so it mixes samples");
    Shape wantedReal = wanted; // equal to what the layer gives but for axes of size 1?
    Shape real = value.real;
    std::erase(wantedReal, 1);
    std::erase(real, 1);
    if (wanted == value.dims || (value.order != Order::Open && wanted.size() > 1 && wantedReal == real)) {
        value.dims = std::move(wanted);
        pass(index, value);
        return success();
    }
    if (wanted.size() == 1 && value.dims.size() > 1 && isKnown(value.dims))
        return flatten(index, value);
    if (isSource) { // what the samples look like, not a layer
        value.dims = std::move(wanted);
        pass(index, value);
        return success();
    }
    if (value.order == Order::First || wanted.size() == 2)
        return problem(
            index, "this change of shape is not known: " + toString(value.dims) + " to " + toString(wanted));
    Layer layer;
    layer.kind = LayerKind::Reshape;
    layer.shape = wanted;
    std::rotate(layer.shape.begin(), layer.shape.end() - 1, layer.shape.end()); // H, W, C -> C, H, W
    append(index, std::move(layer), value, wanted);
    return success();
}

Status LayerBuilder::squeeze(std::size_t index)
{
    Value value = operand(index, 0);
    const Attribute* attribute = node(index).attribute("squeeze_dims");
    Shape axes = attribute == nullptr ? Shape {} : attribute->integers;
    for (std::int64_t& axis : axes)
        axis += axis < 0 ? static_cast<std::int64_t>(value.dims.size()) + 1 : 0;
    Shape dims;
    for (std::size_t i = 0; i < value.dims.size(); ++i) {
        const bool isNamed = axes.empty()
            || std::find(axes.begin(), axes.end(), static_cast<std::int64_t>(i) + 1) != axes.end();
        if (!(isNamed && value.dims[i] == 1))
            dims.push_back(value.dims[i]);
    }
    if (dims.size() == 1 && value.dims.size() > 1 && value.order != Order::Open)
        return flatten(index, value);
    value.dims = std::move(dims);
    pass(index, value);
    return success();
}

Status LayerBuilder::expand(std::size_t index)
{
    Value value = operand(index, 0);
    PALIMPSEST_TRY(const std::vector<std::int64_t> axes, constant(index, 1));
    const auto rank = static_cast<std::int64_t>(value.dims.size()) + 2; // with the batch and the new axis
    const std::int64_t axis = axes.size() != 1 ? 0 : axes[0] < 0 ? axes[0] + rank : axes[0];
    if (axis < 1 || axis >= rank || rank > 5)
        return problem(index, "a new axis is known after the batch alone, for up to three axes");
    value.dims.insert(value.dims.begin() + static_cast<std::ptrdiff_t>(axis) - 1, 1);
    pass(index, value);
    return success();
}

/// Known as a way to write new axes: x[:, :, :, newaxis], x[..., newaxis].
Status LayerBuilder::slice(std::size_t index)
{
    Value value = operand(index, 0);
    const auto bit = [&](const char* key, std::size_t place) {
        const Attribute* mask = node(index).attribute(key);
        return mask != nullptr && ((mask->integer.value_or(0) >> place) & 1) != 0;
    };
    constexpr std::size_t kMaxPlaces = 8;
    PALIMPSEST_TRY(const std::vector<std::int64_t> begins, constant(index, 1));
    PALIMPSEST_TRY(const std::vector<std::int64_t> steps, constant(index, 3));
    bool isWhole = begins.size() <= kMaxPlaces && steps.size() == begins.size();
    std::vector<std::size_t> newAxes; // places among those that the slice names
    std::size_t kept = 0;
    std::size_t ellipsis = kMaxPlaces;
    for (std::size_t i = 0; isWhole && i < begins.size(); ++i) {
        if (bit("ellipsis_mask", i))
            ellipsis = i;
        else if (bit("new_axis_mask", i))
            newAxes.push_back(i);
        else if (bit("begin_mask", i) && bit("end_mask", i) && !bit("shrink_axis_mask", i) && steps[i] == 1)
            ++kept;
        else
            isWhole = false;
    }
    const std::size_t rank = value.dims.size() + 1; // with the batch
    if (!isWhole || value.dims.empty() || kept > rank || rank + newAxes.size() > 4)
        return problem(index, "a part of the samples is not known, new axes alone are");
    for (std::size_t place : newAxes) {
        if (place > ellipsis) // which stands for all axes that are not named
            place += rank - kept - 1;
        if (place < 1 || place > value.dims.size() + 1)
            return problem(index, "a new axis is known after the batch alone");
        value.dims.insert(value.dims.begin() + static_cast<std::ptrdiff_t>(place) - 1, 1);
    }
    pass(index, value);
    return success();
}

Status LayerBuilder::transpose(std::size_t index)
{
    Value value = operand(index, 0);
    PALIMPSEST_TRY(const std::vector<std::int64_t> order, constant(index, 1));
    std::vector<std::int64_t> same(order.size());
    std::iota(same.begin(), same.end(), 0);
    if (order == same) {
        pass(index, value);
        return success();
    }
    const bool toFirst = order == std::vector<std::int64_t> { 0, 3, 1, 2 };
    const bool toLast = order == std::vector<std::int64_t> { 0, 2, 3, 1 };
    PALIMPSEST_CHECK(settle(value, toFirst ? Order::Last : Order::First));
    if (value.dims.size() != 3 || value.dims != value.real || !(toFirst || toLast)
        || (value.order == Order::Last) != toFirst)
        return problem(index, "only the change between NHWC and NCHW is known");
    if (toFirst)
        std::rotate(value.dims.begin(), value.dims.end() - 1, value.dims.end());
    else
        std::rotate(value.dims.begin(), value.dims.begin() + 1, value.dims.end());
    value.real = value.dims;
    value.order = toFirst ? Order::First : Order::Last;
    pass(index, value);
    return success();
}

} // namespace palimpsest::tensorflow
