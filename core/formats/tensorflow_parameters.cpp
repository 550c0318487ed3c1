// SPDX-License-Identifier: Apache-2.0
#include "core/formats/tensorflow_parameters.h"

#include "core/formats/tensorflow_function.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string_view>
#include <utility>

namespace palimpsest::tensorflow {

namespace {

constexpr std::size_t kMaxNodes = 200; ///< of one computation
constexpr std::array<std::string_view, 11> kPassing { "Identity", "ReadVariableOp", "Enter", "StopGradient",
    "Snapshot", "CheckNumerics", "RefIdentity", "Cast", "Reshape", "ExpandDims", "Squeeze" };

bool isPassing(std::string_view op)
{
    return op == "Switch" || std::find(kPassing.begin(), kPassing.end(), op) != kPassing.end();
}

/// Inputs that a node's numbers are made of.
std::vector<std::size_t> inputsOf(const Graph& graph, std::size_t index)
{
    const Node& node = graph.nodes[index];
    if (node.inputs.empty())
        return {};
    if (isPassing(node.op))
        return { node.inputs[0].node };
    if (node.op == "Merge")
        return { node.inputs[falseBranch(graph, index)].node };
    std::vector<std::size_t> inputs;
    for (const Input& input : node.inputs)
        inputs.push_back(input.node);
    return inputs;
}

std::size_t axesBeyondOne(const Shape& shape)
{
    return static_cast<std::size_t>(
        std::count_if(shape.begin(), shape.end(), [](std::int64_t size) { return size != 1; }));
}

} // namespace

Parameters::Parameters(const Graph& graph, const Flow& flow)
    : m_graph(graph)
    , m_isParameter(graph.nodes.size(), false)
    , m_isVariable(graph.nodes.size(), false)
{
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) { // ascending: what a node reads comes before it
        const Node& node = graph.nodes[i];
        if (flow.variable[i] == i) {
            m_isVariable[i] = true;
            m_isParameter[i] = true;
        } else if (node.op == "Const") {
            const Attribute* value = node.attribute("value");
            m_isParameter[i] = value != nullptr && value->values && !value->values->empty()
                && axesBeyondOne(value->tensorShape) <= 1;
        } else if (!node.inputs.empty() && node.op != "PlaceholderWithDefault"
            && (isPassing(node.op) || node.op == "Merge" || isElementwise(node.op, node.inputs.size()))) {
            const std::vector<std::size_t> inputs = inputsOf(graph, i);
            m_isParameter[i] = std::all_of(
                inputs.begin(), inputs.end(), [&](std::size_t input) { return m_isParameter[input]; });
        }
    }
}

std::vector<std::size_t> Parameters::neededFor(std::size_t node) const
{
    std::set<std::size_t> needed;
    std::vector<std::size_t> open { node };
    while (!open.empty() && needed.size() <= kMaxNodes) {
        const std::size_t next = open.back();
        open.pop_back();
        if (!needed.insert(next).second || m_isVariable[next])
            continue;
        for (const std::size_t input : inputsOf(m_graph, next))
            open.push_back(input);
    }
    return { needed.begin(), needed.end() };
}

std::vector<std::string> Parameters::variablesOf(std::size_t node) const
{
    std::vector<std::string> names;
    for (const std::size_t needed : neededFor(node))
        if (m_isVariable[needed])
            names.push_back(variableName(m_graph.nodes[needed]));
    return names;
}

Result<std::vector<double>> Parameters::valuesOf(std::size_t node, const VariableValues& read) const
{
    const std::vector<std::size_t> needed = neededFor(node);
    const auto problem = [&](std::size_t index, const std::string& text) {
        return badInput(
            "node \"" + m_graph.nodes[index].name + "\" (" + m_graph.nodes[index].op + "): " + text);
    };
    if (needed.size() > kMaxNodes)
        return problem(node, "it is computed by more than 200 nodes");
    std::map<std::size_t, std::vector<double>> values;
    for (const std::size_t index : needed) { // ascending
        const Node& one = m_graph.nodes[index];
        if (!m_isParameter[index])
            return problem(index, "it is computed from the samples");
        if (m_isVariable[index]) {
            PALIMPSEST_TRY(values[index], read(variableName(one)));
            continue;
        }
        if (one.op == "Const") {
            values[index] = *one.attribute("value")->values;
            continue;
        }
        const std::vector<std::size_t> inputs = inputsOf(m_graph, index);
        if (isPassing(one.op) || one.op == "Merge") {
            values[index] = values.at(inputs.front());
            continue;
        }
        std::size_t count = 1;
        for (const std::size_t input : inputs)
            count = std::max(count, values.at(input).size());
        std::vector<double> result(count);
        for (std::size_t i = 0; i < count; ++i) {
            std::vector<double> numbers;
            for (const std::size_t input : inputs) {
                const std::vector<double>& from = values.at(input);
                if (from.size() != 1 && from.size() != count)
                    return problem(index,
                        "it combines " + std::to_string(from.size()) + " numbers with "
                            + std::to_string(count));
                numbers.push_back(from[from.size() == 1 ? 0 : i]);
            }
            result[i] = elementwise(one.op, numbers);
        }
        values[index] = std::move(result);
    }
    return std::move(values.at(node));
}

} // namespace palimpsest::tensorflow
