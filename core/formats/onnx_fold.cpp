// SPDX-License-Identifier: Apache-2.0
#include "core/formats/onnx_values.h"

#include <algorithm>

namespace palimpsest::onnx {

namespace {

constexpr std::size_t kMaxIntegers = 1024;
constexpr std::size_t kMaxAxes = 8;

Value made(Integers integers)
{
    return { {}, std::move(integers), {} };
}

Integers listOf(std::vector<std::int64_t> values)
{
    return { { static_cast<std::int64_t>(values.size()) }, std::move(values) };
}

/// One operator on shapes or tensors of the file.
class Fold {
public:
    Fold(const Node& node, const Values& values, const NetworkBuilder& builder)
        : m_node(node)
        , m_values(values)
        , m_builder(builder)
    {
    }

    Result<std::optional<Value>> run() const
    {
        const std::string& op = m_node.op;
        if (op == "Constant")
            return constant();
        if (op == "Shape")
            return shape();
        for (std::size_t i = 0; i < m_node.inputs.size(); ++i)
            if (m_values.isActivation(m_node, i))
                return std::optional<Value>();
        if (op == "Identity" || op == "Cast")
            return same();
        if (op == "Gather")
            return gather();
        if (op == "Slice")
            return slice();
        if (op == "Concat")
            return concat();
        if (op == "ConstantOfShape")
            return constantOfShape();
        if (op == "Squeeze" || op == "Unsqueeze" || op == "Reshape")
            return changeShape();
        if (op == "Transpose")
            return transpose();
        if (op == "Add" || op == "Sub" || op == "Mul" || op == "Div")
            return arithmetic();
        if (op == "ReduceProd")
            return product();
        return std::optional<Value>();
    }

private:
    using Folded = Result<std::optional<Value>>;

    const Node& m_node;
    const Values& m_values;
    const NetworkBuilder& m_builder;

    Folded constant() const
    {
        const std::string name = m_node.outputs.empty() ? std::string() : m_node.outputs.front();
        if (const Attribute* value = m_node.attribute("value"); value != nullptr && value->tensor)
            return std::optional(
                Value { {}, {}, Constant { &*value->tensor, name, value->tensor->dims, false } });
        if (const Attribute* value = m_node.attribute("value_int"); value != nullptr)
            return std::optional(made({ {}, { value->integer } }));
        if (const Attribute* value = m_node.attribute("value_ints"); value != nullptr)
            return std::optional(made(listOf(value->integers)));
        return badInput("expected its value as a tensor or as whole numbers");
    }

    Folded shape() const
    {
        std::vector<std::int64_t> sizes { kSampleCount };
        if (m_values.isActivation(m_node, 0)) {
            PALIMPSEST_TRY(const GraphValue value, m_values.activation(m_node, 0));
            const Shape rest = m_builder.shapeOf(value);
            sizes.insert(sizes.end(), rest.begin(), rest.end());
        } else {
            PALIMPSEST_TRY(const Constant tensor, m_values.constant(m_node, 0));
            sizes = tensor.shape;
        }
        const auto size = static_cast<std::int64_t>(sizes.size());
        const auto place = [&](const char* key, std::int64_t fallback) {
            const std::int64_t given = Values::integer(m_node, key, fallback);
            return std::clamp<std::int64_t>(given < 0 ? given + size : given, 0, size);
        };
        const std::int64_t start = place("start", 0);
        const std::int64_t end = std::max(start, place("end", size));
        return std::optional(made(listOf({ sizes.begin() + start, sizes.begin() + end })));
    }

    Folded same() const
    {
        if (Result<Integers> integers = m_values.integers(m_node, 0))
            return std::optional(made(std::move(*integers)));
        PALIMPSEST_TRY(Constant tensor, m_values.constant(m_node, 0));
        return std::optional(Value { {}, {}, std::move(tensor) });
    }

    Folded gather() const
    {
        PALIMPSEST_TRY(const Integers data, m_values.integers(m_node, 0));
        PALIMPSEST_TRY(const Integers places, m_values.integers(m_node, 1));
        Integers picked { places.shape, {} };
        const auto size = static_cast<std::int64_t>(data.values.size());
        for (const std::int64_t place : places.values) {
            const std::int64_t counted = place < 0 && place >= -size ? place + size : place;
            if (counted < 0 || counted >= size)
                return badInput("it takes number " + std::to_string(place) + " of " + std::to_string(size));
            picked.values.push_back(data.values[static_cast<std::size_t>(counted)]);
        }
        return std::optional(made(std::move(picked)));
    }

    /// Along the first axis, forwards or backwards.
    Folded slice() const
    {
        PALIMPSEST_TRY(const Integers data, m_values.integers(m_node, 0));
        PALIMPSEST_TRY(const std::vector<std::int64_t> starts, m_values.integersOf(m_node, "starts", 1));
        PALIMPSEST_TRY(const std::vector<std::int64_t> ends, m_values.integersOf(m_node, "ends", 2));
        PALIMPSEST_TRY(const std::vector<std::int64_t> axes, m_values.integersOf(m_node, "axes", 3));
        PALIMPSEST_TRY(std::vector<std::int64_t> steps, m_values.integersOf(m_node, "steps", 4));
        if (steps.empty())
            steps = { 1 };
        const bool isForward = steps.front() == 1;
        if (starts.size() != 1 || ends.size() != 1 || steps.size() != 1 || (!isForward && steps.front() != -1)
            || data.shape.empty() || (!axes.empty() && axes != std::vector<std::int64_t> { 0 }))
            return badInput("expected one start, one end, axis 0 and steps of 1 or -1 where it cuts a shape");
        const std::int64_t rows = data.shape.front();
        const std::int64_t width = rows == 0 ? 0 : static_cast<std::int64_t>(data.values.size()) / rows;
        const auto place = [&](std::int64_t given, std::int64_t least, std::int64_t most) {
            return std::clamp<std::int64_t>(given < 0 ? given + rows : given, least, most);
        };
        Integers cut;
        const std::int64_t end = isForward ? place(ends.front(), 0, rows) : place(ends.front(), -1, rows - 1);
        std::int64_t row = isForward ? place(starts.front(), 0, rows) : place(starts.front(), -1, rows - 1);
        std::int64_t kept = 0;
        for (; isForward ? row < end : row > end; row += steps.front(), ++kept) {
            const auto first = data.values.begin() + row * width;
            cut.values.insert(cut.values.end(), first, first + width);
        }
        cut.shape = data.shape;
        cut.shape.front() = kept;
        return std::optional(made(std::move(cut)));
    }

    Folded constantOfShape() const
    {
        PALIMPSEST_TRY(const Integers sizes, m_values.integers(m_node, 0));
        const Attribute* value = m_node.attribute("value");
        if (value == nullptr || !value->tensor)
            return badInput("expected a whole number with which it fills a list");
        PALIMPSEST_TRY(const Integers filling, m_values.integers(*value->tensor));
        Shape shape = sizes.values;
        std::int64_t count = 1;
        for (const std::int64_t size : shape) {
            if (size < 0 || size > static_cast<std::int64_t>(kMaxIntegers))
                return badInput("it makes a list " + toString(shape) + "; expected a short one, for a shape");
            count = std::min<std::int64_t>(count * size, kMaxIntegers + 1);
        }
        if (filling.values.size() != 1 || shape.size() > 2 || count > static_cast<std::int64_t>(kMaxIntegers))
            return badInput("it makes a list " + toString(shape) + "; expected a short one, for a shape");
        return std::optional(made({ std::move(shape),
            std::vector<std::int64_t>(static_cast<std::size_t>(count), filling.values.front()) }));
    }

    Folded concat() const
    {
        std::vector<std::int64_t> all;
        for (std::size_t i = 0; i < m_node.inputs.size(); ++i) {
            PALIMPSEST_TRY(const Integers part, m_values.integers(m_node, i));
            if (all.size() + part.values.size() > kMaxIntegers)
                return badInput("it joins more than 1,024 whole numbers");
            all.insert(all.end(), part.values.begin(), part.values.end());
        }
        return std::optional(made(listOf(std::move(all))));
    }

    /// Squeeze, Unsqueeze and Reshape of numbers for a shape, or of a tensor.
    Folded changeShape() const
    {
        if (Result<Integers> integers = m_values.integers(m_node, 0)) {
            PALIMPSEST_TRY(const std::vector<std::int64_t> named,
                m_values.integersOf(m_node, m_node.op == "Reshape" ? "shape" : "axes", 1));
            PALIMPSEST_TRY(integers->shape, newShape(integers->shape, named));
            if (integers->shape.size() > 2
                || elementCount(integers->shape) != static_cast<std::int64_t>(integers->values.size()))
                return badInput("it gives numbers for a shape the shape " + toString(integers->shape));
            return std::optional(made(std::move(*integers)));
        }
        PALIMPSEST_TRY(Constant tensor, m_values.constant(m_node, 0));
        PALIMPSEST_TRY(const std::vector<std::int64_t> numbers,
            m_values.integersOf(m_node, m_node.op == "Reshape" ? "shape" : "axes", 1));
        PALIMPSEST_TRY(Shape shape, newShape(tensor.shape, numbers));
        if (tensor.isTransposed && shape != tensor.shape)
            return badInput(
                "it changes the shape of a transposed tensor of the file, which is not supported");
        tensor.shape = std::move(shape);
        return std::optional(Value { {}, {}, std::move(tensor) });
    }

    Result<Shape> newShape(const Shape& from, const std::vector<std::int64_t>& numbers) const
    {
        const auto isNamed = [&](std::size_t axis, std::size_t rank) {
            return std::any_of(numbers.begin(), numbers.end(), [&](std::int64_t number) {
                return number == static_cast<std::int64_t>(axis)
                    || number == static_cast<std::int64_t>(axis) - static_cast<std::int64_t>(rank);
            });
        };
        Shape shape;
        if (numbers.size() > kMaxAxes || from.size() > kMaxAxes)
            return badInput("it works on more than 8 axes");
        if (m_node.op == "Squeeze") {
            for (std::size_t axis = 0; axis < from.size(); ++axis)
                if (from[axis] != 1 || (!numbers.empty() && !isNamed(axis, from.size())))
                    shape.push_back(from[axis]);
            return shape;
        }
        if (m_node.op == "Unsqueeze") {
            const std::size_t rank = from.size() + numbers.size();
            std::size_t next = 0;
            for (std::size_t axis = 0; axis < rank; ++axis) {
                const bool isNew = isNamed(axis, rank);
                if (!isNew && next == from.size())
                    return badInput(
                        "its axes " + toString(numbers) + " are no places for new ones in " + toString(from));
                shape.push_back(isNew ? 1 : from[next++]);
            }
            return next == from.size() ? Result<Shape>(shape)
                                       : badInput("its axes " + toString(numbers) + " are named twice");
        }
        return filled(from, numbers);
    }

    /// Reshape: 0 copies a size, -1 takes the rest.
    Result<Shape> filled(const Shape& from, const std::vector<std::int64_t>& numbers) const
    {
        Shape shape = numbers;
        std::int64_t rest = 1;
        for (const std::int64_t size : from)
            rest *= std::clamp<std::int64_t>(size, 1, 1 << 20); // of weights, so small
        std::optional<std::size_t> open;
        for (std::size_t axis = 0; axis < shape.size(); ++axis) {
            if (shape[axis] == 0 && axis < from.size())
                shape[axis] = from[axis];
            if (shape[axis] == -1 && !open) {
                open = axis;
            } else if (shape[axis] < 1 || rest % shape[axis] != 0) {
                return badInput("it gives " + toString(from) + " the shape " + toString(numbers));
            } else {
                rest /= shape[axis];
            }
        }
        if (open)
            shape[*open] = rest;
        else if (rest != 1)
            return badInput("it gives " + toString(from) + " the shape " + toString(numbers));
        return shape;
    }

    Folded transpose() const
    {
        if (Result<Integers> integers = m_values.integers(m_node, 0);
            integers && integers->shape.size() == 2) {
            Integers turned { { integers->shape[1], integers->shape[0] }, {} };
            for (std::int64_t column = 0; column < turned.shape[0]; ++column)
                for (std::int64_t row = 0; row < turned.shape[1]; ++row)
                    turned.values.push_back(
                        integers->values[static_cast<std::size_t>(row * turned.shape[0] + column)]);
            return std::optional(made(std::move(turned)));
        }
        PALIMPSEST_TRY(Constant tensor, m_values.constant(m_node, 0));
        const Attribute* order = m_node.attribute("perm");
        if (tensor.shape.size() != 2 || tensor.tensor->dims.size() != 2
            || (order != nullptr && order->integers != std::vector<std::int64_t> { 1, 0 }))
            return badInput("it turns the tensor \"" + printable(tensor.name) + "\" " + toString(tensor.shape)
                + " of the file; expected a matrix and the order [1, 0]");
        std::swap(tensor.shape[0], tensor.shape[1]);
        tensor.isTransposed = !tensor.isTransposed;
        return std::optional(Value { {}, {}, std::move(tensor) });
    }

    Folded arithmetic() const
    {
        PALIMPSEST_TRY(const Integers left, m_values.integers(m_node, 0));
        PALIMPSEST_TRY(const Integers right, m_values.integers(m_node, 1));
        Integers result = left.values.size() >= right.values.size() ? left : right;
        const std::size_t count = result.values.size();
        const auto fits
            = [&](const Integers& side) { return side.values.size() == 1 || side.values.size() == count; };
        if (!fits(left) || !fits(right))
            return badInput("it computes with lists of different lengths");
        for (std::size_t i = 0; i < count; ++i) {
            const std::int64_t a = left.values[left.values.size() == 1 ? 0 : i];
            const std::int64_t b = right.values[right.values.size() == 1 ? 0 : i];
            PALIMPSEST_TRY(result.values[i], compute(a, b));
        }
        return std::optional(made(std::move(result)));
    }

    Result<std::int64_t> compute(std::int64_t a, std::int64_t b) const
    {
        constexpr std::int64_t kLargest = std::int64_t { 1 } << 31;
        const bool isProduct = m_node.op == "Mul" || m_node.op == "Div";
        if (isProduct && b == 1)
            return a;
        if (m_node.op == "Mul" && a == 1)
            return b;
        if (a == kSampleCount || b == kSampleCount)
            return badInput("it computes with the number of samples, which must stay apart from each other");
        if (a > kLargest || a < -kLargest || b > kLargest || b < -kLargest || (m_node.op == "Div" && b == 0))
            return badInput(
                "it computes " + std::to_string(a) + " and " + std::to_string(b) + " for a shape");
        if (m_node.op == "Add")
            return a + b;
        if (m_node.op == "Sub")
            return a - b;
        return m_node.op == "Mul" ? a * b : a / b;
    }

    Folded product() const
    {
        PALIMPSEST_TRY(const Integers data, m_values.integers(m_node, 0));
        std::int64_t result = 1;
        for (const std::int64_t value : data.values) {
            if (value < 0 || value > (std::int64_t { 1 } << 31) || result > (std::int64_t { 1 } << 31))
                return badInput("it multiplies sizes that no network has");
            result *= value;
        }
        const bool keepAxes = Values::integer(m_node, "keepdims", 1) != 0;
        return std::optional(made({ keepAxes ? Shape { 1 } : Shape {}, { result } }));
    }
};

} // namespace

Result<std::optional<Value>> foldNode(const Node& node, const Values& values, const NetworkBuilder& builder)
{
    return Fold(node, values, builder).run();
}

} // namespace palimpsest::onnx
