// SPDX-License-Identifier: Apache-2.0
#include "core/formats/onnx_values.h"

#include <algorithm>

namespace palimpsest::onnx {

namespace {

constexpr std::size_t kMaxIntegers = 1024; ///< of a list with which shapes are worked out

std::string inputText(const Node& node, std::size_t index)
{
    return "its input " + std::to_string(index) + " \"" + printable(node.inputs[index]) + "\"";
}

} // namespace

void Values::set(const Node& node, GraphValue value)
{
    if (!node.outputs.empty())
        set(node.outputs.front(), Value { std::move(value), {}, {} });
}

bool Values::has(const Node& node, std::size_t index) const
{
    return index < node.inputs.size() && !node.inputs[index].empty();
}

Value Values::find(const std::string& name) const
{
    if (const auto known = m_values.find(name); known != m_values.end())
        return known->second;
    Value value;
    if (const Tensor* tensor = m_graph.initializer(name); tensor != nullptr)
        value.constant = Constant { tensor, tensor->name, tensor->dims, false };
    return value;
}

Result<Value> Values::need(const Node& node, std::size_t index) const
{
    if (!has(node, index))
        return badInput("its input " + std::to_string(index) + " is missing");
    Value value = find(node.inputs[index]);
    if (!value.activation && !value.integers && !value.constant)
        return badInput(
            inputText(node, index) + " is a further output of another node, and those are not supported");
    return value;
}

bool Values::isActivation(const Node& node, std::size_t index) const
{
    return has(node, index) && find(node.inputs[index]).activation.has_value();
}

Result<GraphValue> Values::activation(const Node& node, std::size_t index) const
{
    PALIMPSEST_TRY(Value value, need(node, index));
    if (!value.activation)
        return badInput(inputText(node, index) + " is a constant; expected what another node computes");
    return std::move(*value.activation);
}

Result<Constant> Values::constant(const Node& node, std::size_t index) const
{
    PALIMPSEST_TRY(Value value, need(node, index));
    if (!value.constant)
        return badInput(
            inputText(node, index) + " is computed by the network; expected a tensor of the file (weights)");
    return std::move(*value.constant);
}

Result<Integers> Values::integers(const Node& node, std::size_t index) const
{
    PALIMPSEST_TRY(Value value, need(node, index));
    if (value.integers)
        return std::move(*value.integers);
    if (!value.constant)
        return badInput(inputText(node, index) + " should be a list of whole numbers in the file");
    return integers(*value.constant->tensor);
}

Result<Integers> Values::integers(const Tensor& tensor) const
{
    if (tensor.dims.size() > 2)
        return badInput("tensor \"" + printable(tensor.name) + "\" should be a list of whole numbers");
    PALIMPSEST_TRY(std::vector<std::int64_t> numbers, m_reader.integers(tensor, kMaxIntegers));
    return Integers { tensor.dims, std::move(numbers) };
}

Result<double> Values::number(const Node& node, std::size_t index, double fallback) const
{
    if (!has(node, index))
        return fallback;
    PALIMPSEST_TRY(const Constant found, constant(node, index));
    PALIMPSEST_TRY(const std::vector<float> values, numbers(found));
    if (values.size() != 1)
        return badInput(inputText(node, index) + " should be one number, got " + toString(found.shape));
    return static_cast<double>(values.front());
}

Result<std::vector<std::int64_t>> Values::integersOf(
    const Node& node, std::string_view key, std::size_t index) const
{
    if (const Attribute* attribute = node.attribute(key); attribute != nullptr)
        return attribute->integers;
    if (!has(node, index))
        return std::vector<std::int64_t> {};
    PALIMPSEST_TRY(Integers found, integers(node, index));
    return std::move(found.values);
}

Result<std::vector<float>> Values::numbers(const Constant& constant) const
{
    const Tensor& tensor = *constant.tensor;
    return constant.isTransposed ? m_reader.transposed(tensor, tensor.dims.at(0), tensor.dims.at(1))
                                 : m_reader.floats(tensor);
}

Result<std::vector<float>> Values::transposedNumbers(const Constant& constant) const
{
    return constant.isTransposed
        ? m_reader.floats(*constant.tensor)
        : m_reader.transposed(*constant.tensor, constant.shape.at(0), constant.shape.at(1));
}

std::int64_t Values::integer(const Node& node, std::string_view key, std::int64_t fallback)
{
    const Attribute* attribute = node.attribute(key);
    return attribute == nullptr ? fallback : attribute->integer;
}

double Values::number(const Node& node, std::string_view key, double fallback)
{
    const Attribute* attribute = node.attribute(key);
    return attribute == nullptr ? fallback : attribute->number;
}

std::string Values::text(const Node& node, std::string_view key)
{
    const Attribute* attribute = node.attribute(key);
    return attribute == nullptr ? std::string() : attribute->text;
}

Result<std::size_t> Values::sampleAxis(std::int64_t axis, std::size_t rank)
{
    const auto axes = static_cast<std::int64_t>(rank);
    const std::int64_t counted = axis < 0 && axis >= -axes ? axis + axes : axis;
    if (counted == 0)
        return badInput("it works along axis 0, the samples, which must stay apart from each other");
    if (counted < 0 || counted >= axes)
        return badInput(
            "it names axis " + std::to_string(axis) + " of a value with " + std::to_string(axes) + " axes");
    return static_cast<std::size_t>(counted - 1);
}

} // namespace palimpsest::onnx
