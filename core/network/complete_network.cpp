// SPDX-License-Identifier: Apache-2.0
#include "core/network/layer_names.h"
#include "core/network/network.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>
#include <utility>

namespace palimpsest {

namespace {

constexpr std::int64_t kMaxElements
    = (std::int64_t { 1 } << 31) - 1; ///< of one tensor, one activation, one network
constexpr std::size_t kMaxLayers = 10'000;

bool isInteger32(std::int64_t value, std::int64_t minimum)
{
    return value >= minimum && value <= kMaxElements;
}

/// False where the product exceeds kMaxElements. @pre every size is 1 to kMaxElements
bool fits(const Shape& shape)
{
    std::int64_t count = 1;
    for (const std::int64_t size : shape) {
        if (count > kMaxElements / size)
            return false;
        count *= size;
    }
    return true;
}

/// Walks through the layers in order: checks each, works out its shape and lists its tensors.
class Completion {
public:
    Completion(Network& network, const std::string& where)
        : m_network(network)
        , m_where(where)
    {
    }

    Status run()
    {
        m_network.outputShapes.clear();
        m_network.tensors.clear();
        m_network.sources.clear();
        PALIMPSEST_CHECK(checkInput());
        PALIMPSEST_CHECK(nameLayers());
        for (m_index = 0; m_index < m_network.layers.size(); ++m_index) {
            PALIMPSEST_TRY(std::vector<std::size_t> sources, findSources(m_network.layers[m_index]));
            m_network.sources.push_back(std::move(sources));
            PALIMPSEST_TRY(Shape output, layerOutput(m_network.layers[m_index], input()));
            if (!fits(output))
                return problem("its output " + toString(output) + " is larger than 2,147,483,647 numbers");
            m_network.outputShapes.push_back(std::move(output));
        }
        return checkWhole();
    }

private:
    Network& m_network;
    const std::string& m_where;
    std::size_t m_index = 0; ///< of the layer under work
    std::map<std::string, std::size_t> m_layerIndex; ///< by name, all layers
    std::set<std::string> m_tensorNames;
    std::int64_t m_elements = 0; ///< of all tensors so far

    /// Of what the layer under work reads, the first or another one.
    const Shape& input(std::size_t which = 0) const
    {
        const std::size_t source = m_network.sources[m_index][which];
        return source == kInputSource ? m_network.inputShape : m_network.outputShapes[source];
    }

    Error problem(const std::string& message) const
    {
        const Layer& layer = m_network.layers[m_index];
        return badInput("layer \"" + layer.name + "\" (" + std::string(toString(layer.kind)) + ", layers["
                + std::to_string(m_index) + "]): " + message,
            m_where);
    }

    Status checkInput() const
    {
        const Shape& shape = m_network.inputShape;
        const bool positive
            = std::all_of(shape.begin(), shape.end(), [](std::int64_t size) { return isInteger32(size, 1); });
        if (shape.empty() || shape.size() > 3 || !positive || !fits(shape))
            return badInput(
                "inputShape: expected [channels, height, width], [channels, length] or [features], each 1 or "
                "more and 2,147,483,647 numbers at most, got "
                    + toString(shape),
                m_where);
        return success();
    }

    /// Gives unnamed layers their default name, the type and the place in the list: "conv2d0", "relu1".
    Status nameLayers()
    {
        std::vector<Layer>& layers = m_network.layers;
        if (layers.empty() || layers.size() > kMaxLayers)
            return badInput("expected 1 to 10,000 layers, got " + std::to_string(layers.size()), m_where);
        for (m_index = 0; m_index < layers.size(); ++m_index) {
            const std::string& name = layers[m_index].name;
            if (name.empty())
                continue;
            if (!isLayerName(name))
                return problem("a name takes up to 200 letters, digits, \"_\", \"-\" and \".\"");
            if (const auto [other, isNew] = m_layerIndex.emplace(name, m_index); !isNew)
                return problem(
                    "layers[" + std::to_string(other->second) + "] has the same name; names must be unique");
        }
        for (std::size_t i = 0; i < layers.size(); ++i) {
            if (!layers[i].name.empty())
                continue;
            std::string name = std::string(toString(layers[i].kind)) + std::to_string(i);
            while (m_layerIndex.count(name) > 0)
                name += '_';
            m_layerIndex.emplace(name, i);
            layers[i].name = std::move(name);
        }
        return success();
    }

    /// What the layer reads: its `input` (the layer before it, where it names none) and Add's `from`; Concat: its parts.
    Result<std::vector<std::size_t>> findSources(const Layer& layer) const
    {
        std::vector<std::size_t> sources;
        const auto add = [&](const char* key, const std::string& name) -> Status {
            const auto found = m_layerIndex.find(name);
            if (name != kNetworkInput && (found == m_layerIndex.end() || found->second >= m_index))
                return problem(
                    std::string(key) + ": expected the name of an earlier layer, got \"" + name + "\"");
            sources.push_back(name == kNetworkInput ? kInputSource : found->second);
            return success();
        };
        if (layer.kind == LayerKind::Concat) {
            if (layer.parts.size() < 2 || layer.parts.size() > kMaxLayers)
                return problem("parts: expected the names of two or more layers, got "
                    + std::to_string(layer.parts.size()));
            for (const std::string& part : layer.parts)
                PALIMPSEST_CHECK(add("parts", part));
            return sources;
        }
        if (layer.input.empty())
            sources.push_back(m_index == 0 ? kInputSource : m_index - 1);
        else
            PALIMPSEST_CHECK(add("input", layer.input));
        if (layer.kind == LayerKind::Add)
            PALIMPSEST_CHECK(add("from", layer.from));
        return sources;
    }

    Result<Shape> layerOutput(Layer& layer, const Shape& in)
    {
        switch (layer.kind) {
        case LayerKind::Conv1d:
            return convolution(layer, in, 1);
        case LayerKind::Conv2d:
            return convolution(layer, in, 2);
        case LayerKind::Linear:
            return linear(layer, in);
        case LayerKind::MaxPool:
        case LayerKind::AveragePool:
            return pool(layer, in);
        case LayerKind::GlobalAveragePool:
            if (in.size() < 2)
                return problem(
                    "expected an input [channels, length] or [channels, height, width], got " + toString(in));
            return Shape { in[0] };
        case LayerKind::BatchNorm:
            return batchNorm(layer, in);
        case LayerKind::LeakyRelu:
            if (!std::isfinite(layer.slope))
                return problem("slope must be a finite number");
            return in;
        case LayerKind::Dropout:
            if (!(layer.probability >= 0.0 && layer.probability < 1.0))
                return problem(
                    "probability must be at least 0 and below 1, got " + std::to_string(layer.probability));
            return in;
        case LayerKind::Add:
            return add(layer, in);
        case LayerKind::Concat:
            return concat(layer);
        case LayerKind::Clip:
            if (!(layer.minimum <= layer.maximum)) // also where one is no number
                return problem("minimum must be at most maximum");
            return in;
        case LayerKind::Pad:
            return pad(layer, in);
        case LayerKind::Flatten:
            return Shape { elementCount(in) };
        case LayerKind::Reshape:
            return reshape(layer, in);
        case LayerKind::Permute:
            return permute(layer, in);
        case LayerKind::Relu:
        case LayerKind::Sigmoid:
        case LayerKind::Tanh:
        case LayerKind::Softmax:
            return in;
        }
        throw std::invalid_argument("unknown LayerKind");
    }

    Result<Shape> convolution(Layer& layer, const Shape& in, std::size_t axes)
    {
        if (in.size() != axes + 1)
            return problem("expected an input "
                + std::string(axes == 1 ? "[channels, length]" : "[channels, height, width]") + ", got "
                + toString(in));
        if (!isInteger32(layer.outputs, 1))
            return problem("outputs must be 1 or more, got " + std::to_string(layer.outputs));
        PALIMPSEST_CHECK(spread(layer.dilation, axes, "dilation", 1, false));
        PALIMPSEST_TRY(const Shape positions, slide(layer, in, Shape(axes, 1)));
        if (layer.groups < 1 || in[0] % layer.groups != 0 || layer.outputs % layer.groups != 0)
            return problem("groups: expected a number that divides the " + std::to_string(in[0])
                + " channels that come in and the " + std::to_string(layer.outputs) + " outputs, got "
                + std::to_string(layer.groups));
        const bool isNative = m_network.layout == TensorLayout::Native;
        const std::int64_t inputs = in[0] / layer.groups;
        Shape weight = isNative ? Shape { layer.outputs, inputs } : Shape { inputs, layer.outputs };
        weight.insert(isNative ? weight.end() : weight.begin(), layer.kernel.begin(), layer.kernel.end());
        PALIMPSEST_CHECK(addTensor(weightName(layer), std::move(weight), TensorRole::Weight));
        if (layer.bias)
            PALIMPSEST_CHECK(addTensor(biasName(layer), { layer.outputs }, TensorRole::Bias));
        Shape out { layer.outputs };
        out.insert(out.end(), positions.begin(), positions.end());
        return out;
    }

    Result<Shape> pool(Layer& layer, const Shape& in)
    {
        if (in.size() < 2)
            return problem(
                "expected an input [channels, length] or [channels, height, width], got " + toString(in));
        PALIMPSEST_TRY(const Shape positions, slide(layer, in, layer.kernel));
        for (std::size_t axis = 0; axis < positions.size(); ++axis) {
            const Sides sides = paddingOf(layer, axis, positions.size());
            if (std::max(sides.before, sides.after) >= layer.kernel[axis])
                return problem("padding " + toString(layer.padding) + " is not less than the kernel "
                    + toString(layer.kernel) + ", so a window could lie wholly outside");
        }
        Shape out { in[0] };
        out.insert(out.end(), positions.begin(), positions.end());
        return out;
    }

    /// Positions of a window of the layer's kernel over the axes after the first. Single numbers are spread
    /// over all axes.
    Result<Shape> slide(Layer& layer, const Shape& in, const Shape& defaultStride)
    {
        const std::size_t axes = in.size() - 1;
        PALIMPSEST_CHECK(spread(layer.kernel, axes, "kernel", 1, true));
        PALIMPSEST_CHECK(spread(layer.stride, axes, "stride", 1, false));
        PALIMPSEST_CHECK(spreadPadding(layer.padding, axes));
        const Shape& stride = layer.stride.empty() ? defaultStride : layer.stride;
        Shape positions;
        for (std::size_t axis = 0; axis < axes; ++axis) {
            const Sides sides = paddingOf(layer, axis, axes);
            const std::int64_t padded = in[axis + 1] + sides.before + sides.after;
            const std::int64_t step = layer.dilation.empty() ? 1 : layer.dilation[axis];
            if ((layer.kernel[axis] - 1) * step + 1 > padded)
                return problem("a kernel of " + toString(layer.kernel) + " does not fit into the input "
                    + toString(in)
                    + (layer.padding.empty() ? std::string() : " with padding " + toString(layer.padding))
                    + (layer.dilation.empty() ? std::string() : " and dilation " + toString(layer.dilation)));
            positions.push_back((padded - (layer.kernel[axis] - 1) * step - 1) / stride[axis] + 1);
        }
        return positions;
    }

    Status spread(Shape& value, std::size_t axes, const char* key, std::int64_t minimum, bool isNeeded) const
    {
        if (value.empty() && !isNeeded)
            return success();
        if (value.size() == 1)
            value.resize(axes, value[0]);
        const bool inRange = std::all_of(
            value.begin(), value.end(), [&](std::int64_t v) { return isInteger32(v, minimum); });
        if (value.size() != axes || !inRange)
            return problem(std::string(key) + ": expected one number or " + std::to_string(axes) + ", each "
                + std::to_string(minimum) + " or more, got " + toString(value));
        return success();
    }

    /// One number for all axes, one an axis, or those before all axes and then those after them.
    Status spreadPadding(Shape& padding, std::size_t axes) const
    {
        if (padding.size() != 2 * axes)
            return spread(padding, axes, "padding", 0, false);
        const auto middle = padding.begin() + static_cast<std::ptrdiff_t>(axes);
        if (std::equal(padding.begin(), middle, middle))
            padding.erase(middle, padding.end());
        return spread(padding, padding.size(), "padding", 0, false);
    }

    Result<Shape> linear(const Layer& layer, const Shape& in)
    {
        if (in.size() != 1)
            return problem(
                "expected an input [features], got " + toString(in) + "; put a flatten layer before it");
        if (!isInteger32(layer.outputs, 1))
            return problem("outputs must be 1 or more, got " + std::to_string(layer.outputs));
        const bool isNative = m_network.layout == TensorLayout::Native;
        Shape weight = isNative ? Shape { layer.outputs, in[0] } : Shape { in[0], layer.outputs };
        PALIMPSEST_CHECK(addTensor(weightName(layer), std::move(weight), TensorRole::Weight));
        if (layer.bias)
            PALIMPSEST_CHECK(addTensor(biasName(layer), { layer.outputs }, TensorRole::Bias));
        return Shape { layer.outputs };
    }

    Result<Shape> batchNorm(const Layer& layer, const Shape& in)
    {
        if (!(std::isfinite(layer.epsilon) && layer.epsilon > 0.0))
            return problem("epsilon must be above 0, got " + std::to_string(layer.epsilon));
        if (!(layer.momentum >= 0.0 && layer.momentum <= 1.0))
            return problem("momentum must be from 0 to 1, got " + std::to_string(layer.momentum));
        const Shape channels { in[0] };
        PALIMPSEST_CHECK(addTensor(weightName(layer), channels, TensorRole::NormScale));
        PALIMPSEST_CHECK(addTensor(biasName(layer), channels, TensorRole::NormShift));
        PALIMPSEST_CHECK(addTensor(layer.name + ".running_mean", channels, TensorRole::RunningMean));
        PALIMPSEST_CHECK(addTensor(layer.name + ".running_var", channels, TensorRole::RunningVariance));
        return in;
    }

    Result<Shape> add(const Layer& layer, const Shape& in) const
    {
        if (input(1) != in)
            return problem("its input " + toString(in) + " and the output " + toString(input(1))
                + " of layer \"" + layer.from + "\" must have the same shape");
        return in;
    }

    Result<Shape> concat(const Layer& layer) const
    {
        Shape out = input();
        for (std::size_t i = 1; i < layer.parts.size(); ++i) {
            const Shape& part = input(i);
            if (part.size() != out.size() || !std::equal(part.begin() + 1, part.end(), out.begin() + 1))
                return problem("the outputs " + toString(input()) + " of layer \"" + layer.parts[0]
                    + "\" and " + toString(part) + " of layer \"" + layer.parts[i]
                    + "\" must have the same shape but for the first axis");
            out[0] += part[0]; // at most 10,000 times 2^31
        }
        return out;
    }

    Result<Shape> pad(Layer& layer, const Shape& in) const
    {
        const std::size_t axes = in.size() - 1;
        if (axes == 0)
            return problem(
                "expected an input [channels, length] or [channels, height, width], got " + toString(in));
        PALIMPSEST_CHECK(spreadPadding(layer.padding, axes));
        if (layer.padding.empty())
            return problem("padding is missing");
        if (layer.padding.size() == axes)
            layer.padding.insert(layer.padding.end(), layer.padding.begin(), layer.padding.end());
        if (!std::isfinite(layer.value))
            return problem("value must be a finite number");
        Shape out = in;
        for (std::size_t axis = 0; axis < axes; ++axis)
            out[axis + 1] += layer.padding[axis] + layer.padding[axes + axis];
        return out;
    }

    Result<Shape> reshape(const Layer& layer, const Shape& in) const
    {
        const Shape& shape = layer.shape;
        const bool positive
            = std::all_of(shape.begin(), shape.end(), [](std::int64_t size) { return isInteger32(size, 1); });
        if (shape.empty() || shape.size() > 3 || !positive || !fits(shape)
            || elementCount(shape) != elementCount(in))
            return problem("shape: expected 1 to 3 sizes that hold as many numbers as the input "
                + toString(in) + ", got " + toString(shape));
        return shape;
    }

    Result<Shape> permute(const Layer& layer, const Shape& in) const
    {
        Shape axes(in.size());
        std::iota(axes.begin(), axes.end(), 0);
        if (!std::is_permutation(layer.order.begin(), layer.order.end(), axes.begin(), axes.end()))
            return problem("order: expected each axis of the input " + toString(in)
                + " once, counted from 0, got " + toString(layer.order));
        Shape out;
        for (const std::int64_t axis : layer.order)
            out.push_back(in[static_cast<std::size_t>(axis)]);
        return out;
    }

    static std::string weightName(const Layer& layer)
    {
        return layer.weightName.empty() ? layer.name + ".weight" : layer.weightName;
    }
    static std::string biasName(const Layer& layer)
    {
        return layer.biasName.empty() ? layer.name + ".bias" : layer.biasName;
    }

    Status addTensor(std::string name, Shape shape, TensorRole role)
    {
        if (!isTensorName(name))
            return problem("\"" + name
                + "\" is no tensor name: up to 200 letters, digits, \"_\", \"-\", \".\", \":\" and single "
                  "\"/\" inside");
        if (!m_tensorNames.insert(name).second)
            return problem("another layer already has a tensor of the name \"" + name + "\"");
        if (!fits(shape) || elementCount(shape) > kMaxElements - m_elements)
            return problem("with its tensor \"" + name + "\" " + toString(shape)
                + " the network has more than 2,147,483,647 weights");
        m_elements += elementCount(shape);
        m_network.tensors.push_back({ std::move(name), std::move(shape), role, m_index });
        return success();
    }

    Status checkWhole()
    {
        m_index = m_network.layers.size() - 1;
        if (m_network.layers.back().kind == LayerKind::Softmax)
            return problem(
                "the last layer must give logits; leave this one out, soft-max is part of the loss");
        const Shape& last = m_network.outputShapes.back();
        if (last.size() != 1)
            return problem(
                "the last layer must give [classes], got " + toString(last) + "; end with a linear layer");
        if (m_network.tensors.empty())
            return badInput("the network has no weights: expected at least one layer that has some", m_where);
        return checkAllRead();
    }

    /// Every layer but the last must be read: the others would have weights without a gradient.
    Status checkAllRead()
    {
        std::vector<bool> isRead(m_network.layers.size(), false);
        for (const std::vector<std::size_t>& sources : m_network.sources)
            for (const std::size_t source : sources)
                if (source != kInputSource)
                    isRead[source] = true;
        for (m_index = 0; m_index + 1 < isRead.size(); ++m_index)
            if (!isRead[m_index])
                return problem("no later layer reads its output; remove it, or name it as the input of one");
        return success();
    }
};

} // namespace

Status completeNetwork(Network& network, const std::string& where)
{
    return Completion(network, where).run();
}

} // namespace palimpsest
