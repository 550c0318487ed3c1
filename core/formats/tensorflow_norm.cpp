// SPDX-License-Identifier: Apache-2.0
// Batch normalisation: as one operator, and as the product and sum that tf.nn.batch_normalization writes.
#include "core/formats/tensorflow_layers.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace palimpsest::tensorflow {

namespace {

bool isAddition(const Node& node)
{
    return (node.op == "Add" || node.op == "AddV2") && node.inputs.size() == 2;
}

bool isBinary(const Node& node, std::string_view op)
{
    return node.op == op && node.inputs.size() == 2;
}

} // namespace

Status LayerBuilder::batchNorm(std::size_t index)
{
    PALIMPSEST_TRY(const Value value, image(index, operand(index, 0)));
    const Attribute* epsilon = node(index).attribute("epsilon");
    std::array<TensorSource, 4> sources;
    for (std::size_t i = 0; i < sources.size(); ++i) {
        TensorSource& source = sources.at(i);
        source.variable = variableOf(index, i + 1);
        if (!source.variable.empty())
            continue;
        // Without a learned scale or shift the graph has a constant there.
        const auto number = i + 1 < node(index).inputs.size()
            ? recogniseFunction(m_graph, m_flow.source, node(index).inputs[i + 1].node)
            : std::nullopt;
        if (!number || number->kind != UnaryFunction::Kind::Affine || number->scale != 0.0)
            return problem(index, "its statistics are those of the batch; save the graph for evaluation");
        source.fill = number->offset;
    }
    // 1e-4 is the operator's default.
    return appendNorm(
        index, value, epsilon == nullptr ? 1e-4 : epsilon->number.value_or(1e-4), std::move(sources));
}

Status LayerBuilder::appendNorm(
    std::size_t index, const Value& value, double epsilon, std::array<TensorSource, 4> sources)
{
    const std::int64_t channels = value.order == Order::Last ? value.real.back() : value.real.front();
    Layer layer;
    layer.kind = LayerKind::BatchNorm;
    layer.epsilon = epsilon;
    const std::string name
        = std::string(toString(layer.kind)) + std::to_string(m_result.network.layers.size());
    const std::array<std::string, 4> targets { name + ".weight", name + ".bias", name + ".running_mean",
        name + ".running_var" };
    for (std::size_t i = 0; i < targets.size(); ++i) {
        TensorSource source = std::move(sources.at(i));
        source.tensor = targets.at(i);
        source.shape = { channels };
        if (!source.variable.empty()) {
            PALIMPSEST_TRY(const Shape shape, shapeOfVariable(index, source.variable));
            if (countOf(shape) != channels)
                return problem(index,
                    "its variable \"" + source.variable + "\" has the shape " + toString(shape)
                        + ", and what it reads has " + std::to_string(channels) + " channels");
            if (i < 2) {
                source.tensor = source.variable;
                (i == 0 ? layer.weightName : layer.biasName) = source.variable;
            }
        }
        m_result.tensors.push_back(std::move(source));
    }
    append(index, std::move(layer), value, value.real);
    m_values[index].dims = value.dims;
    return success();
}

std::size_t LayerBuilder::behindPassing(std::size_t index) const
{
    constexpr int kMaxSteps = 16;
    constexpr std::array<std::string_view, 6> kPassing { "Identity", "Cast", "StopGradient", "Snapshot",
        "Switch", "CheckNumerics" };
    for (int step = 0; step < kMaxSteps && m_flow.variable[index] == kNoNode; ++step) {
        const Node& passing = node(index);
        if (passing.inputs.empty())
            break;
        if (passing.op == "Merge")
            index = passing.inputs[falseBranch(m_graph, index)].node;
        else if (std::find(kPassing.begin(), kPassing.end(), passing.op) != kPassing.end())
            index = passing.inputs[0].node;
        else
            break;
    }
    return index;
}

std::optional<double> LayerBuilder::numberAt(std::size_t index) const
{
    const Attribute* value = node(behindPassing(index)).attribute("value");
    return value == nullptr || !value->values || value->values->size() != 1
        ? std::nullopt
        : std::optional(value->values->front());
}

bool LayerBuilder::isNormScale(std::size_t index, WrittenNorm& norm) const
{
    const Node* scale = &node(behindPassing(index));
    std::size_t root = behindPassing(index);
    if (isBinary(*scale, "Mul")) {
        const std::size_t left = behindPassing(scale->inputs[0].node);
        const std::size_t right = behindPassing(scale->inputs[1].node);
        root = node(left).op == "Rsqrt" ? left : right;
        norm.gamma = root == left ? right : left;
        if (m_flow.variable[norm.gamma] == kNoNode)
            return false;
    }
    if (node(root).op != "Rsqrt" || node(root).inputs.size() != 1)
        return false;
    const Node& sum = node(behindPassing(node(root).inputs[0].node));
    if (!isAddition(sum))
        return false;
    for (std::size_t side = 0; side < 2; ++side) {
        norm.variance = behindPassing(sum.inputs[side].node);
        const std::optional<double> epsilon = numberAt(sum.inputs[1 - side].node);
        if (epsilon && m_flow.variable[norm.variance] != kNoNode) {
            norm.epsilon = *epsilon;
            return true;
        }
    }
    return false;
}

/// x s + (beta - mean s), or x s + (-mean) s without beta, where s = gamma / sqrt(variance + epsilon).
std::optional<LayerBuilder::WrittenNorm> LayerBuilder::findNorm(std::size_t index) const
{
    if (!isAddition(node(index)))
        return std::nullopt;
    for (std::size_t side = 0; side < 2; ++side) {
        const Node& product = node(behindPassing(node(index).inputs[side].node));
        const Node* shift = &node(behindPassing(node(index).inputs[1 - side].node));
        if (!isBinary(product, "Mul"))
            continue;
        for (std::size_t factor = 0; factor < 2; ++factor) {
            WrittenNorm norm;
            norm.input = product.inputs[factor].node;
            const std::size_t scale = behindPassing(product.inputs[1 - factor].node);
            if (!m_flow.isInside[norm.input] || !isNormScale(scale, norm))
                continue;
            const bool hasBeta = isBinary(*shift, "Sub");
            if (hasBeta) {
                norm.beta = behindPassing(shift->inputs[0].node);
                shift = &node(behindPassing(shift->inputs[1].node));
            }
            if (!isBinary(*shift, "Mul") || (hasBeta && m_flow.variable[norm.beta] == kNoNode))
                break;
            const std::size_t place = behindPassing(shift->inputs[1].node) == scale ? 1 : 0;
            norm.mean = behindPassing(shift->inputs[1 - place].node);
            if (behindPassing(shift->inputs[place].node) != scale)
                break;
            if (!hasBeta) {
                if (node(norm.mean).op != "Neg" || node(norm.mean).inputs.size() != 1)
                    break;
                norm.mean = behindPassing(node(norm.mean).inputs[0].node);
            }
            if (m_flow.variable[norm.mean] == kNoNode)
                break;
            return norm;
        }
    }
    return std::nullopt;
}

Status LayerBuilder::writtenNorm(std::size_t index, const WrittenNorm& norm)
{
    Value value = m_values.at(norm.input);
    PALIMPSEST_CHECK(settle(value, Order::Last));
    if (value.order == Order::First && value.real.size() > 1)
        return problem(index, "it normalises the last axis, and the channels stand first");
    std::array<TensorSource, 4> sources;
    sources[0].fill = 1.0; // without gamma
    const std::array<std::size_t, 4> variables { norm.gamma, norm.beta, norm.mean, norm.variance };
    for (std::size_t i = 0; i < variables.size(); ++i)
        if (variables.at(i) != kNoNode)
            sources.at(i).variable = variableAt(variables.at(i));
    return appendNorm(index, value, norm.epsilon, std::move(sources));
}

} // namespace palimpsest::tensorflow
