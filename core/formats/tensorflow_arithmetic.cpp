// SPDX-License-Identifier: Apache-2.0
// Sums and products of what flows with numbers: layers of the kind Scale.
#include "core/formats/tensorflow_layers.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace palimpsest::tensorflow {

namespace {

constexpr std::array<std::string_view, 7> kArithmetic { "Add", "AddV2", "BiasAdd", "Sub", "Mul", "RealDiv",
    "Div" };

} // namespace

void LayerBuilder::appendScale(std::size_t index, const Value& value, double scale, double offset)
{
    const std::int64_t channels = value.order == Order::First ? value.real.front() : value.real.back();
    Layer layer;
    layer.kind = LayerKind::Scale;
    const std::string name
        = std::string(toString(layer.kind)) + std::to_string(m_result.network.layers.size());
    m_result.tensors.push_back({ name + ".weight", {}, false, scale, { channels } });
    m_result.tensors.push_back({ name + ".bias", {}, false, offset, { channels } });
    append(index, std::move(layer), value, value.real);
}

std::optional<std::size_t> LayerBuilder::arithmeticData(std::size_t index) const
{
    const Node& op = node(index);
    if (op.inputs.size() != 2
        || std::find(kArithmetic.begin(), kArithmetic.end(), op.op) == kArithmetic.end())
        return std::nullopt;
    for (std::size_t input = 0; input < 2; ++input) {
        const std::size_t data = op.inputs[input].node;
        const bool isDivisor = input == 1 && op.op.ends_with("Div");
        if (m_flow.isInside[data] && !m_parameters->has(data) && m_parameters->has(op.inputs[1 - input].node)
            && !isDivisor)
            return data;
    }
    return std::nullopt;
}

Status LayerBuilder::arithmetic(std::size_t index, std::size_t from)
{
    Value value = m_values.at(from);
    PALIMPSEST_CHECK(settle(value, Order::Last));
    const Node& op = node(index);
    const bool isFirst = op.inputs[0].node == from;
    const std::size_t numbers = op.inputs[isFirst ? 1 : 0].node;
    if (!m_parameters->has(numbers))
        return problem(index, "this operator, or this use of it, is not known");
    const std::int64_t channels = value.order == Order::First ? value.real.front() : value.real.back();
    // How many numbers there will be: the values come when the checkpoint is read.
    const auto sized = [&](const std::string& name) -> Result<std::vector<double>> {
        PALIMPSEST_TRY(const Shape shape, shapeOfVariable(index, name));
        const std::int64_t count = countOf(shape);
        const std::int64_t longest = shape.empty() ? 1 : *std::max_element(shape.begin(), shape.end());
        if (count != longest || (count != 1 && count != channels))
            return problem(index,
                "its variable \"" + name + "\" has the shape " + toString(shape) + ", and what it reads has "
                    + std::to_string(channels) + " channels");
        return std::vector<double>(static_cast<std::size_t>(count), 1.0);
    };
    const auto ones = m_parameters->valuesOf(numbers, sized);
    if (!ones)
        return ones.error().where.empty() ? problem(index, ones.error().message) : ones.error();
    const auto count = static_cast<std::int64_t>(ones->size());
    const bool isChannelLast = value.order == Order::Last || value.real.size() == 1
        || op.op == "BiasAdd"; // whose data_format says it
    if (count != 1 && (count != channels || !isChannelLast))
        return problem(index,
            "it combines " + toString(value.dims) + " with " + std::to_string(count)
                + " numbers; one number, or one a channel, is known");

    const bool isInverse = op.op.ends_with("Div");
    const double sign = op.op == "Sub" && isFirst ? -1.0 : 1.0; // of the numbers
    appendScale(index, value, op.op == "Sub" && !isFirst ? -1.0 : 1.0, 0.0);
    m_values[index].dims = value.dims;
    const bool isFactor = op.op == "Mul" || isInverse;
    TensorSource& source = *(m_result.tensors.end() - (isFactor ? 2 : 1)); // weight, bias
    source.variables = m_parameters->variablesOf(numbers);
    source.compute = [parameters = m_parameters, numbers, sign, isInverse](const VariableValues& read) {
        auto values = parameters->valuesOf(numbers, read);
        if (values)
            for (double& one : *values)
                one = isInverse ? 1.0 / one : sign * one;
        return values;
    };
    return success();
}

} // namespace palimpsest::tensorflow
