// SPDX-License-Identifier: Apache-2.0
#include "core/formats/onnx_operators.h"
#include "core/network/layer_rules.h"

#include <algorithm>
#include <utility>

namespace palimpsest::onnx {

Operators::Output Operators::concat(const Node& node)
{
    std::vector<GraphValue> values;
    for (std::size_t i = 0; i < node.inputs.size(); ++i) {
        PALIMPSEST_TRY(GraphValue value, m_values.activation(node, i));
        values.push_back(std::move(value));
    }
    if (values.empty() || node.attribute("axis") == nullptr)
        return badInput("expected an axis and values to join");
    PALIMPSEST_TRY(const std::size_t axis,
        Values::sampleAxis(Values::integer(node, "axis", 1), values.front().axes.size() + 1));
    return m_builder.concat(std::move(values), layerName(node), axis);
}

/// The numbers are attributes before operator set 11 ("paddings" before 2), inputs from then on.
Operators::Output Operators::pad(const Node& node)
{
    PALIMPSEST_TRY(GraphValue value, m_values.activation(node, 0));
    if (const std::string mode = Values::text(node, "mode"); !mode.empty() && mode != "constant")
        return badInput("its mode is \"" + printable(mode) + "\"; expected constant");
    PALIMPSEST_TRY(const std::vector<std::int64_t> numbers,
        m_values.integersOf(node, node.attribute("paddings") != nullptr ? "paddings" : "pads", 1));
    PALIMPSEST_TRY(const double number, m_values.number(node, 2, Values::number(node, "value", 0.0)));
    PALIMPSEST_TRY(std::vector<std::int64_t> axes, m_values.integersOf(node, "axes", 3));
    const std::size_t rank = value.axes.size() + 1;
    for (std::size_t axis = 0; axis < rank && !m_values.has(node, 3); ++axis)
        axes.push_back(static_cast<std::int64_t>(axis));
    if (numbers.size() != 2 * axes.size()
        || std::any_of(numbers.begin(), numbers.end(), [](std::int64_t size) { return !isSize(size, 0); }))
        return badInput("its pads are " + toString(numbers) + "; expected two for each axis, each 0 or more");
    Shape before(rank - 1, 0);
    Shape after(rank - 1, 0);
    for (std::size_t i = 0; i < axes.size(); ++i) {
        const std::int64_t left = numbers[i];
        const std::int64_t right = numbers[axes.size() + i];
        if (left == 0 && right == 0)
            continue;
        PALIMPSEST_TRY(const std::size_t axis, Values::sampleAxis(axes[i], rank));
        before[axis] = left;
        after[axis] = right;
    }
    return m_builder.pad(std::move(value), layerName(node), before, after, number);
}

Operators::Output Operators::identity(const Node& node)
{
    return m_values.activation(node, 0);
}

Operators::Output Operators::cast(const Node& node)
{
    if (const std::int64_t type = Values::integer(node, "to", 1); !isFloat(type))
        return badInput("it turns computed numbers into " + typeName(type) + ", which is not supported");
    return m_values.activation(node, 0);
}

Operators::Output Operators::flatten(const Node& node)
{
    PALIMPSEST_TRY(GraphValue value, m_values.activation(node, 0));
    const Shape shape = m_builder.shapeOf(value);
    const auto rank = static_cast<std::int64_t>(shape.size()) + 1;
    const std::int64_t axis = Values::integer(node, "axis", 1);
    if (axis != 1 && axis != 1 - rank)
        return badInput("it flattens from axis " + std::to_string(axis)
            + " on; expected axis 1, so that the samples stay apart from each other");
    return m_builder.reshape(std::move(value), layerName(node), { elementCount(shape) });
}

/// The shape of one sample that a Reshape asks for: 0 copies a size, one -1 takes the rest; the samples come first.
Result<Shape> Operators::reshaped(const Node& node, const Shape& from) const
{
    PALIMPSEST_TRY(const std::vector<std::int64_t> target, m_values.integersOf(node, "shape", 1));
    const bool copiesZero = Values::integer(node, "allowzero", 0) == 0;
    const auto problem = [&] {
        std::string sizes;
        for (const std::int64_t size : target)
            sizes += (sizes.empty() ? "" : ", ")
                + (size == kSampleCount ? std::string("samples") : std::to_string(size));
        std::string sample;
        for (const std::int64_t size : from)
            sample += ", " + std::to_string(size);
        return badInput("it gives [samples" + sample + "] the shape [" + sizes
            + "]; expected as many numbers a sample, behind the axis of samples");
    };
    if (target.size() < 2 || target.size() > 8)
        return problem();
    const std::int64_t count = elementCount(from);
    std::int64_t known = 1;
    std::optional<std::size_t> open;
    Shape shape(target.begin() + 1, target.end());
    for (std::size_t axis = 0; axis < shape.size(); ++axis) {
        if (shape[axis] == 0 && copiesZero && axis < from.size())
            shape[axis] = from[axis];
        if (shape[axis] == -1 && !open && target.front() != -1) {
            open = axis;
            continue;
        }
        if (!isSize(shape[axis], 1) || known > count / shape[axis])
            return problem();
        known *= shape[axis];
    }
    if (open)
        shape[*open] = count / known;
    const std::int64_t first = target.front(); // of a model with a fixed number of samples, that number
    if ((first < 1 && first != kSampleCount && first != -1 && first != 0) || elementCount(shape) != count)
        return problem();
    return shape;
}

Operators::Output Operators::reshape(const Node& node)
{
    PALIMPSEST_TRY(GraphValue value, m_values.activation(node, 0));
    PALIMPSEST_TRY(const Shape shape, reshaped(node, m_builder.shapeOf(value)));
    return m_builder.reshape(std::move(value), layerName(node), shape);
}

Operators::Output Operators::squeeze(const Node& node)
{
    PALIMPSEST_TRY(GraphValue value, m_values.activation(node, 0));
    PALIMPSEST_TRY(const std::vector<std::int64_t> named, m_values.integersOf(node, "axes", 1));
    const Shape from = m_builder.shapeOf(value);
    std::vector<bool> isGone(from.size(), false);
    for (const std::int64_t axis : named) {
        PALIMPSEST_TRY(const std::size_t counted, Values::sampleAxis(axis, from.size() + 1));
        if (from[counted] != 1)
            return badInput("it takes away axis " + std::to_string(axis) + ", which has the size "
                + std::to_string(from[counted]) + "; expected 1");
        isGone[counted] = true;
    }
    Shape shape;
    for (std::size_t axis = 0; axis < from.size(); ++axis)
        if (named.empty() ? from[axis] != 1 : !isGone[axis])
            shape.push_back(from[axis]);
    return m_builder.reshape(std::move(value), layerName(node), shape);
}

Operators::Output Operators::unsqueeze(const Node& node)
{
    PALIMPSEST_TRY(GraphValue value, m_values.activation(node, 0));
    PALIMPSEST_TRY(const std::vector<std::int64_t> named, m_values.integersOf(node, "axes", 1));
    const Shape from = m_builder.shapeOf(value);
    if (named.size() > 4)
        return badInput("it adds more than 4 axes");
    std::vector<bool> isNew(from.size() + named.size(), false);
    for (const std::int64_t axis : named) {
        PALIMPSEST_TRY(const std::size_t counted, Values::sampleAxis(axis, isNew.size() + 1));
        if (isNew[counted])
            return badInput("it adds axis " + std::to_string(axis) + " twice");
        isNew[counted] = true;
    }
    Shape shape;
    std::size_t next = 0;
    for (const bool added : isNew)
        shape.push_back(added ? 1 : from[next++]);
    return m_builder.reshape(std::move(value), layerName(node), shape);
}

Operators::Output Operators::transpose(const Node& node)
{
    PALIMPSEST_TRY(GraphValue value, m_values.activation(node, 0));
    const std::size_t rank = value.axes.size() + 1;
    std::vector<std::int64_t> order;
    for (std::size_t axis = rank; axis-- > 0;)
        order.push_back(static_cast<std::int64_t>(axis));
    if (const Attribute* given = node.attribute("perm"); given != nullptr)
        order = given->integers;
    if (order.size() != rank || order.front() != 0)
        return badInput("its order of the axes is " + toString(order) + "; expected " + std::to_string(rank)
            + " axes, the samples first");
    std::vector<std::size_t> ofSample;
    for (auto axis = order.begin() + 1; axis != order.end(); ++axis) {
        PALIMPSEST_TRY(const std::size_t counted, Values::sampleAxis(*axis, rank));
        ofSample.push_back(counted);
    }
    return m_builder.permute(std::move(value), ofSample);
}

} // namespace palimpsest::onnx
