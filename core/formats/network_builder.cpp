// SPDX-License-Identifier: Apache-2.0
#include "core/formats/network_builder.h"

#include "core/formats/graph_axes.h"
#include "core/network/layer_names.h"
#include "core/network/layer_rules.h"

#include <algorithm>
#include <set>

namespace palimpsest {

namespace {

constexpr std::size_t kMaxLayers = 10'000;
constexpr int kOne = GraphValue::kOne;

/// A layer name out of any text: "/layer1/conv/Conv" becomes "layer1.conv.Conv".
std::string cleanName(const std::string& name)
{
    std::string clean;
    for (const char c : name)
        clean += isNameLetter(c) ? c : c == '/' || c == ':' ? '.' : '_';
    const std::size_t first = clean.find_first_not_of('.');
    if (first == std::string::npos)
        return {};
    clean = clean.substr(first, clean.find_last_not_of('.') - first + 1);
    constexpr std::size_t kLongest = kMaxNameLength - 50; // room for a number and ".running_mean"
    return clean.substr(0, kLongest);
}

/// So that a layer list says only what is out of the ordinary.
void leaveOutDefaults(Layer& layer)
{
    const auto clearAll = [](Shape& numbers, std::int64_t common) {
        if (std::all_of(
                numbers.begin(), numbers.end(), [&](std::int64_t number) { return number == common; }))
            numbers.clear();
    };
    clearAll(layer.dilation, 1);
    if (layer.kind != LayerKind::Pad)
        clearAll(layer.padding, 0);
    if (layer.kind == LayerKind::Conv1d || layer.kind == LayerKind::Conv2d)
        clearAll(layer.stride, 1);
    else if (layer.stride == layer.kernel)
        layer.stride.clear();
}

} // namespace

NetworkBuilder::NetworkBuilder(Shape input)
    : m_input(std::move(input))
{
}

GraphValue NetworkBuilder::input() const
{
    GraphValue value { kInputSource, axesOf(m_input), true };
    return value;
}

void NetworkBuilder::takeInputAs(const std::vector<int>& order)
{
    Shape taken;
    m_placeOfFileAxis.assign(m_input.size(), kOne);
    for (std::size_t i = 0; i < order.size(); ++i) {
        taken.push_back(order[i] == kOne ? 1 : m_input.at(static_cast<std::size_t>(order[i])));
        if (order[i] != kOne)
            m_placeOfFileAxis.at(static_cast<std::size_t>(order[i])) = static_cast<int>(i);
    }
    m_input = std::move(taken);
    m_inputIsTaken = true;
}

const Shape& NetworkBuilder::sourceShape(const GraphValue& value) const
{
    return value.source == kInputSource ? m_input : m_layers[value.source].output;
}

Shape NetworkBuilder::shapeOf(const GraphValue& value) const
{
    const GraphValue known = resolved(value);
    const Shape& sizes = sourceShape(known);
    Shape shape;
    for (const int axis : known.axes)
        shape.push_back(axis == kOne ? 1 : sizes[static_cast<std::size_t>(axis)]);
    return shape;
}

/// The same value with axes that count as the network has them.
GraphValue NetworkBuilder::resolved(GraphValue value) const
{
    if (value.isFileOrder && m_inputIsTaken) {
        for (int& axis : value.axes)
            if (axis != kOne)
                axis = m_placeOfFileAxis[static_cast<std::size_t>(axis)];
        value.isFileOrder = false;
    }
    return value;
}

/// A value that a layer may read in any order of its axes.
Result<GraphValue> NetworkBuilder::ready(GraphValue value)
{
    return value.isFileOrder && !m_inputIsTaken ? plain(std::move(value)) : resolved(std::move(value));
}

/// The value with its numbers as the other program has them: axis i is axis i of its source.
Result<GraphValue> NetworkBuilder::plain(GraphValue value)
{
    value = resolved(std::move(value));
    Shape shape = shapeOf(value);
    if (shape.empty())
        return badInput("it reads one number a sample without an axis; expected [samples, features]");
    if (value.isFileOrder) {
        takeInputAs(value.axes);
        return GraphValue { kInputSource, axesOf(m_input), false };
    }
    const std::pair key(value.source, value.axes);
    if (const auto known = m_plain.find(key); known != m_plain.end())
        return valueOf(known->second);
    std::size_t source = value.source;
    Shape sizes = sourceShape(value);
    const std::vector<int> order = withoutOnes(value.axes);
    if (!std::is_sorted(order.begin(), order.end())) {
        Layer layer = namedLayer(LayerKind::Permute, {});
        std::vector<int> ones; // axes of size 1, which go where the other program has some
        for (std::size_t i = sizes.size(); i-- > 0;)
            if (sizes[i] == 1)
                ones.push_back(static_cast<int>(i));
        for (int axis : value.axes) {
            if (axis == kOne && !ones.empty()) {
                axis = ones.back();
                ones.pop_back();
            }
            if (axis != kOne)
                layer.order.push_back(axis);
        }
        layer.order.insert(layer.order.end(), ones.rbegin(), ones.rend());
        PALIMPSEST_TRY(source, emit(std::move(layer), { source }));
        sizes = m_layers[source].output;
    }
    if (sizes != shape) {
        Layer layer = namedLayer(shape.size() == 1 ? LayerKind::Flatten : LayerKind::Reshape, {});
        layer.shape = shape;
        PALIMPSEST_TRY(source, emit(std::move(layer), { source }));
    }
    if (source == value.source)
        return GraphValue { source, axesOf(shape), false };
    m_plain.emplace(key, source);
    return valueOf(source);
}

/// The value with the given axis of the other program as the channels of its source.
Result<GraphValue> NetworkBuilder::withChannelsFirst(GraphValue value, std::size_t axis)
{
    PALIMPSEST_TRY(value, ready(std::move(value)));
    if (axis < value.axes.size() && value.axes[axis] == 0)
        return value;
    PALIMPSEST_TRY(value, plain(std::move(value)));
    if (axis != 0)
        return badInput("it works along axis " + std::to_string(axis + 1) + " of "
            + sampleText(shapeOf(value)) + "; expected the channels, axis 1");
    return value;
}

GraphValue NetworkBuilder::valueOf(std::size_t layer) const
{
    return { layer, axesOf(m_layers[layer].output), false };
}

Result<std::size_t> NetworkBuilder::emit(
    Layer layer, std::vector<std::size_t> sources, std::vector<GraphTensor> tensors)
{
    if (m_layers.size() >= kMaxLayers)
        return badInput("the network has more than 10,000 layers");
    leaveOutDefaults(layer);
    std::vector<Shape> inputs;
    for (const std::size_t source : sources)
        inputs.push_back(source == kInputSource ? m_input : m_layers[source].output);
    PALIMPSEST_TRY(LayerShapes shapes, inferLayer(layer, inputs, TensorLayout::Native));
    BuiltLayer built { std::move(layer), std::move(sources), {}, std::move(tensors),
        std::move(shapes.output) };
    for (std::size_t i = 0; i < shapes.tensors.size(); ++i) {
        const GraphTensor& tensor = built.tensors.at(i);
        if (tensor.shape != shapes.tensors[i].shape
            || static_cast<std::int64_t>(tensor.values.size()) != elementCount(tensor.shape))
            return badInput("its tensor \"" + tensor.name + "\" has the shape " + toString(tensor.shape)
                + ", but what it reads, " + toString(inputs.front()) + ", takes "
                + toString(shapes.tensors[i].shape));
        built.roles.push_back(shapes.tensors[i].role);
    }
    m_layers.push_back(std::move(built));
    return m_layers.size() - 1;
}

Result<GraphValue> NetworkBuilder::permute(GraphValue value, const std::vector<std::size_t>& order) const
{
    std::vector<std::size_t> sorted = order;
    std::sort(sorted.begin(), sorted.end());
    for (std::size_t i = 0; i < sorted.size(); ++i)
        if (sorted.size() != value.axes.size() || sorted[i] != i)
            return badInput("its order is none of the axes of " + sampleText(shapeOf(value)));
    GraphValue turned = value;
    for (std::size_t i = 0; i < order.size(); ++i)
        turned.axes[i] = value.axes[order[i]];
    return turned;
}

Result<GraphValue> NetworkBuilder::reshape(GraphValue value, std::string name, const Shape& shape)
{
    value = resolved(std::move(value));
    const Shape from = shapeOf(value);
    const bool isPositive
        = std::all_of(shape.begin(), shape.end(), [](std::int64_t size) { return isSize(size, 1); });
    if (!isPositive || !fitsLimits(shape) || elementCount(shape) != elementCount(from))
        return badInput("it gives " + sampleText(from) + " the shape " + sampleText(shape)
            + "; expected as many numbers a sample");
    if (withoutOnes(shape) == withoutOnes(from)) { // axes of size 1 come or go
        const std::vector<int> axes = withoutOnes(value.axes);
        value.axes.clear();
        std::size_t next = 0;
        for (const std::int64_t size : shape)
            value.axes.push_back(size == 1 ? kOne : axes[next++]);
        return value;
    }
    if (value.axes.size() > 3)
        value.axes = withoutOnes(value.axes);
    PALIMPSEST_TRY(value, plain(std::move(value)));
    Shape target = shape.size() > 3 ? withoutOnes(shape) : shape;
    Layer layer = namedLayer(target.size() == 1 ? LayerKind::Flatten : LayerKind::Reshape, std::move(name));
    layer.shape = std::move(target);
    PALIMPSEST_TRY(const std::size_t made, emit(std::move(layer), { value.source }));
    value = valueOf(made);
    return reshape(std::move(value), {}, shape);
}

/// Gives each layer a name of its own, made of the one that the other program had for it.
void NetworkBuilder::nameLayers()
{
    std::set<std::string> taken;
    std::map<std::string, int> times;
    for (BuiltLayer& built : m_layers) {
        std::string name = cleanName(built.layer.name);
        if (name.empty())
            name = std::string(toString(built.layer.kind)) + std::to_string(&built - m_layers.data());
        built.layer.name = name;
        while (!taken.insert(built.layer.name).second)
            built.layer.name = name + "_" + std::to_string(++times[name] + 1);
    }
}

void NetworkBuilder::connectLayers()
{
    const auto nameOf = [&](std::size_t source) {
        return source == kInputSource ? std::string(kNetworkInput) : m_layers[source].layer.name;
    };
    for (std::size_t i = 0; i < m_layers.size(); ++i) {
        Layer& layer = m_layers[i].layer;
        const std::vector<std::size_t>& sources = m_layers[i].sources;
        if (layer.kind == LayerKind::Concat) {
            std::transform(sources.begin(), sources.end(), layer.parts.begin(), nameOf);
            continue;
        }
        if (sources[0] != (i == 0 ? kInputSource : i - 1))
            layer.input = nameOf(sources[0]);
        if (layer.kind == LayerKind::Add)
            layer.from = nameOf(sources[1]);
    }
}

Result<NetworkImport> NetworkBuilder::finish(GraphValue output, std::string name, const std::string& where)
{
    NetworkImport result;
    output = resolved(std::move(output));
    if (output.source == kInputSource)
        return badInput("the output is the input itself: there is no layer between them", where);
    if (m_layers[output.source].layer.kind == LayerKind::Softmax) {
        const std::size_t softmax = output.source;
        output.source = m_layers[softmax].sources.front();
        if (softmax + 1 == m_layers.size())
            m_layers.pop_back();
        result.notes.emplace_back("The soft-max at the end was left out: a network gives logits here.");
        if (output.source == kInputSource)
            return badInput("there is no layer before the soft-max at the end", where);
    }
    if (withoutOnes(sourceShape(output)).size() > 1)
        return badInput("the output has the shape " + sampleText(shapeOf(output))
                + "; expected [samples, classes], one number a class",
            where);
    if (sourceShape(output).size() > 1) {
        PALIMPSEST_TRY(output.source, emit(namedLayer(LayerKind::Flatten, {}), { output.source }));
    }
    nameLayers();
    connectLayers();

    Network& network = result.network.network;
    network.name = std::move(name);
    network.inputShape = m_input;
    for (BuiltLayer& built : m_layers)
        network.layers.push_back(std::move(built.layer));
    PALIMPSEST_CHECK(completeNetwork(network, where));
    Weights weights;
    std::vector<std::size_t> used(m_layers.size(), 0);
    for (const TensorSpec& spec : network.tensors) {
        GraphTensor& tensor = m_layers[spec.layer].tensors.at(used[spec.layer]++);
        if (!tensor.name.empty())
            result.tensors.push_back({ std::move(tensor.name), std::move(tensor.fileShape), spec.name,
                spec.shape, std::move(tensor.note) });
        weights.tensors.push_back({ spec.name, spec.shape, std::move(tensor.values) });
    }
    PALIMPSEST_TRY(result.network.weights, checkWeights(network, std::move(weights), where));
    return result;
}

} // namespace palimpsest
