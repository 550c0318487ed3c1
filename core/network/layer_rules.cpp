// SPDX-License-Identifier: Apache-2.0
#include "core/network/layer_rules.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>
#include <utility>

namespace palimpsest {

namespace {

/// Checks one layer, works out its output and lists its tensors.
class Rules {
public:
    Rules(std::span<const Shape> inputs, TensorLayout layout)
        : m_inputs(inputs)
        , m_layout(layout)
    {
    }

    Result<LayerShapes> run(Layer& layer)
    {
        PALIMPSEST_TRY(m_shapes.output, output(layer));
        if (!fitsLimits(m_shapes.output))
            return badInput(
                "its output " + toString(m_shapes.output) + " is larger than 2,147,483,647 numbers");
        return std::move(m_shapes);
    }

private:
    std::span<const Shape> m_inputs;
    TensorLayout m_layout;
    LayerShapes m_shapes;

    void addTensor(TensorRole role, Shape shape) { m_shapes.tensors.push_back({ role, std::move(shape) }); }

    Result<Shape> output(Layer& layer)
    {
        const Shape& in = m_inputs[0];
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
                return badInput(
                    "expected an input [channels, length] or [channels, height, width], got " + toString(in));
            return Shape { in[0] };
        case LayerKind::BatchNorm:
            return batchNorm(layer, in);
        case LayerKind::LeakyRelu:
            if (!std::isfinite(layer.slope))
                return badInput("slope must be a finite number");
            return in;
        case LayerKind::Dropout:
            if (!(layer.probability >= 0.0 && layer.probability < 1.0))
                return badInput(
                    "probability must be at least 0 and below 1, got " + std::to_string(layer.probability));
            return in;
        case LayerKind::Add:
            return add(layer, in);
        case LayerKind::Concat:
            return concat(layer);
        case LayerKind::Scale:
            addTensor(TensorRole::NormScale, { in[0] });
            addTensor(TensorRole::NormShift, { in[0] });
            return in;
        case LayerKind::Clip:
            if (!(layer.minimum <= layer.maximum)) // also where one is no number
                return badInput("minimum must be at most maximum");
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
            return badInput("expected an input "
                + std::string(axes == 1 ? "[channels, length]" : "[channels, height, width]") + ", got "
                + toString(in));
        if (!isSize(layer.outputs, 1))
            return badInput("outputs must be 1 or more, got " + std::to_string(layer.outputs));
        PALIMPSEST_CHECK(spread(layer.dilation, axes, "dilation", 1, false));
        PALIMPSEST_TRY(const Shape positions, slide(layer, in, Shape(axes, 1)));
        if (layer.groups < 1 || in[0] % layer.groups != 0 || layer.outputs % layer.groups != 0)
            return badInput("groups: expected a number that divides the " + std::to_string(in[0])
                + " channels that come in and the " + std::to_string(layer.outputs) + " outputs, got "
                + std::to_string(layer.groups));
        const bool isNative = m_layout == TensorLayout::Native;
        const std::int64_t inputs = in[0] / layer.groups;
        Shape weight = isNative ? Shape { layer.outputs, inputs } : Shape { inputs, layer.outputs };
        weight.insert(isNative ? weight.end() : weight.begin(), layer.kernel.begin(), layer.kernel.end());
        addTensor(TensorRole::Weight, std::move(weight));
        if (layer.bias)
            addTensor(TensorRole::Bias, { layer.outputs });
        Shape out { layer.outputs };
        out.insert(out.end(), positions.begin(), positions.end());
        return out;
    }

    Result<Shape> pool(Layer& layer, const Shape& in)
    {
        if (in.size() < 2)
            return badInput(
                "expected an input [channels, length] or [channels, height, width], got " + toString(in));
        layer.dilation.clear(); // a pool has none
        PALIMPSEST_TRY(const Shape positions, slide(layer, in, layer.kernel));
        for (std::size_t axis = 0; axis < positions.size(); ++axis) {
            const Sides sides = paddingOf(layer, axis, positions.size());
            if (std::max(sides.before, sides.after) >= layer.kernel[axis])
                return badInput("padding " + toString(layer.padding) + " is not less than the kernel "
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
                return badInput("a kernel of " + toString(layer.kernel) + " does not fit into the input "
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
        const bool inRange
            = std::all_of(value.begin(), value.end(), [&](std::int64_t v) { return isSize(v, minimum); });
        if (value.size() != axes || !inRange)
            return badInput(std::string(key) + ": expected one number or " + std::to_string(axes) + ", each "
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
            return badInput(
                "expected an input [features], got " + toString(in) + "; put a flatten layer before it");
        if (!isSize(layer.outputs, 1))
            return badInput("outputs must be 1 or more, got " + std::to_string(layer.outputs));
        const bool isNative = m_layout == TensorLayout::Native;
        Shape weight = isNative ? Shape { layer.outputs, in[0] } : Shape { in[0], layer.outputs };
        addTensor(TensorRole::Weight, std::move(weight));
        if (layer.bias)
            addTensor(TensorRole::Bias, { layer.outputs });
        return Shape { layer.outputs };
    }

    Result<Shape> batchNorm(const Layer& layer, const Shape& in)
    {
        if (!(std::isfinite(layer.epsilon) && layer.epsilon > 0.0))
            return badInput("epsilon must be above 0, got " + std::to_string(layer.epsilon));
        if (!(layer.momentum >= 0.0 && layer.momentum <= 1.0))
            return badInput("momentum must be from 0 to 1, got " + std::to_string(layer.momentum));
        addTensor(TensorRole::NormScale, { in[0] });
        addTensor(TensorRole::NormShift, { in[0] });
        addTensor(TensorRole::RunningMean, { in[0] });
        addTensor(TensorRole::RunningVariance, { in[0] });
        return in;
    }

    Result<Shape> add(const Layer& layer, const Shape& in) const
    {
        if (m_inputs[1] != in)
            return badInput("its input " + toString(in) + " and the output " + toString(m_inputs[1])
                + " of layer \"" + layer.from + "\" must have the same shape");
        return in;
    }

    Result<Shape> concat(const Layer& layer) const
    {
        Shape out = m_inputs[0];
        for (std::size_t i = 1; i < layer.parts.size(); ++i) {
            const Shape& part = m_inputs[i];
            if (part.size() != out.size() || !std::equal(part.begin() + 1, part.end(), out.begin() + 1))
                return badInput("the outputs " + toString(m_inputs[0]) + " of layer \"" + layer.parts[0]
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
            return badInput(
                "expected an input [channels, length] or [channels, height, width], got " + toString(in));
        PALIMPSEST_CHECK(spreadPadding(layer.padding, axes));
        if (layer.padding.empty())
            return badInput("padding is missing");
        if (layer.padding.size() == axes)
            layer.padding.insert(layer.padding.end(), layer.padding.begin(), layer.padding.end());
        if (!std::isfinite(layer.value))
            return badInput("value must be a finite number");
        Shape out = in;
        for (std::size_t axis = 0; axis < axes; ++axis)
            out[axis + 1] += layer.padding[axis] + layer.padding[axes + axis];
        return out;
    }

    Result<Shape> reshape(const Layer& layer, const Shape& in) const
    {
        const Shape& shape = layer.shape;
        const bool positive
            = std::all_of(shape.begin(), shape.end(), [](std::int64_t size) { return isSize(size, 1); });
        if (shape.empty() || shape.size() > 3 || !positive || !fitsLimits(shape)
            || elementCount(shape) != elementCount(in))
            return badInput("shape: expected 1 to 3 sizes that hold as many numbers as the input "
                + toString(in) + ", got " + toString(shape));
        return shape;
    }

    Result<Shape> permute(const Layer& layer, const Shape& in) const
    {
        Shape axes(in.size());
        std::iota(axes.begin(), axes.end(), 0);
        if (!std::is_permutation(layer.order.begin(), layer.order.end(), axes.begin(), axes.end()))
            return badInput("order: expected each axis of the input " + toString(in)
                + " once, counted from 0, got " + toString(layer.order));
        Shape out;
        for (const std::int64_t axis : layer.order)
            out.push_back(in[static_cast<std::size_t>(axis)]);
        return out;
    }
};

} // namespace

bool isSize(std::int64_t value, std::int64_t minimum)
{
    return value >= minimum && value <= kMaxElements;
}

bool fitsLimits(const Shape& shape)
{
    std::int64_t count = 1;
    for (const std::int64_t size : shape) {
        if (count > kMaxElements / size)
            return false;
        count *= size;
    }
    return true;
}

Result<LayerShapes> inferLayer(Layer& layer, std::span<const Shape> inputs, TensorLayout layout)
{
    return Rules(inputs, layout).run(layer);
}

} // namespace palimpsest
