// SPDX-License-Identifier: Apache-2.0
#include "core/formats/onnx_graph.h"

namespace palimpsest::onnx {

Result<Graph> Graph::link(const Model& model, const std::string& where)
{
    Graph graph(model);
    PALIMPSEST_CHECK(graph.registerNames(where));
    PALIMPSEST_CHECK(graph.checkOrder(where));
    PALIMPSEST_CHECK(graph.findNeeded(where));
    PALIMPSEST_CHECK(graph.findInput(where));
    return graph;
}

std::string Graph::nodeText(const Node& node, std::size_t index)
{
    const std::string op = printable((node.domain.empty() ? "" : node.domain + ".") + node.op);
    return node.name.empty() ? "node " + std::to_string(index) + " of the graph (" + op + ")"
                             : "node \"" + printable(node.name) + "\" (" + op + ")";
}

std::string Graph::nodeText(const Node& node) const
{
    return nodeText(node, static_cast<std::size_t>(&node - m_model->nodes.data()));
}

Status Graph::registerNames(const std::string& where)
{
    if (m_model->hasSparse)
        return badInput("the model has sparse weights, which are not read; export it with dense ones", where);
    for (const Tensor& tensor : m_model->initializers)
        if (!m_initializers.emplace(tensor.name, &tensor).second)
            return badInput("two initializers are called \"" + printable(tensor.name) + "\"", where);
    for (const ValueInfo& input : m_model->inputs)
        if (!m_initializers.contains(input.name) && !m_inputs.emplace(input.name, &input).second)
            return badInput("two inputs are called \"" + printable(input.name) + "\"", where);
    for (std::size_t i = 0; i < m_model->nodes.size(); ++i) {
        const Node& node = m_model->nodes[i];
        for (const std::string& name : node.outputs) {
            if (name.empty())
                continue;
            if (m_initializers.contains(name) || m_inputs.contains(name)
                || !m_producers.emplace(name, i).second)
                return badInput(nodeText(node, i) + " gives a value \"" + printable(name)
                        + "\", but there is another one of that name",
                    where);
        }
    }
    return success();
}

Status Graph::checkOrder(const std::string& where) const
{
    for (std::size_t i = 0; i < m_model->nodes.size(); ++i) {
        const Node& node = m_model->nodes[i];
        for (const std::string& name : node.inputs) {
            if (name.empty() || m_initializers.contains(name) || m_inputs.contains(name))
                continue;
            const auto producer = m_producers.find(name);
            if (producer == m_producers.end())
                return badInput(
                    nodeText(node, i) + " reads \"" + printable(name) + "\", which nothing gives", where);
            if (producer->second >= i)
                return badInput(nodeText(node, i) + " reads \"" + printable(name) + "\", which only "
                        + nodeText(m_model->nodes[producer->second], producer->second)
                        + " gives: the nodes form a circle, or are not in an order in which they can run",
                    where);
        }
    }
    return success();
}

Status Graph::findNeeded(const std::string& where)
{
    if (m_model->outputs.size() != 1) {
        std::string names;
        for (std::size_t i = 0; i < m_model->outputs.size() && i < 5; ++i)
            names += (i == 0 ? ": " : ", ") + printable(m_model->outputs[i].name);
        return badInput("expected one output of the graph, the logits, got "
                + std::to_string(m_model->outputs.size()) + names,
            where);
    }
    m_output = &m_model->outputs.front().name;
    const auto last = m_producers.find(*m_output);
    if (last == m_producers.end())
        return badInput("no node gives the output \"" + printable(*m_output) + "\"", where);
    std::vector<bool> isNeeded(m_model->nodes.size(), false);
    isNeeded[last->second] = true;
    for (std::size_t i = m_model->nodes.size(); i-- > 0;) {
        if (!isNeeded[i])
            continue;
        for (const std::string& name : m_model->nodes[i].inputs)
            if (const auto producer = m_producers.find(name); producer != m_producers.end())
                isNeeded[producer->second] = true;
    }
    for (std::size_t i = 0; i < m_model->nodes.size(); ++i) {
        if (!isNeeded[i]) {
            ++m_unused;
            continue;
        }
        m_nodes.push_back(&m_model->nodes[i]);
        for (const std::string& name : m_model->nodes[i].inputs)
            m_readers[name].push_back(&m_model->nodes[i]);
    }
    return success();
}

Status Graph::findInput(const std::string& where)
{
    std::string names;
    for (const ValueInfo& input : m_model->inputs) {
        if (!m_inputs.contains(input.name) || !m_readers.contains(input.name))
            continue;
        names += (names.empty() ? "" : ", ") + printable(input.name);
        if (m_input != nullptr)
            return badInput("expected one input of the graph, the samples, got more: " + names, where);
        m_input = &input;
    }
    if (m_input == nullptr)
        return badInput(
            "the output \"" + printable(*m_output) + "\" depends on no input of the graph", where);
    return success();
}

const Tensor* Graph::initializer(std::string_view name) const
{
    const auto found = m_initializers.find(name);
    return found == m_initializers.end() ? nullptr : found->second;
}

std::size_t Graph::readers(std::string_view name) const
{
    const auto found = m_readers.find(name);
    return (found == m_readers.end() ? 0 : found->second.size()) + (name == *m_output ? 1 : 0);
}

const Node* Graph::onlyReader(std::string_view name) const
{
    return readers(name) == 1 && name != *m_output ? m_readers.at(name).front() : nullptr;
}

const Node* Graph::producer(std::string_view name) const
{
    const auto found = m_producers.find(name);
    return found == m_producers.end() ? nullptr : &m_model->nodes[found->second];
}

} // namespace palimpsest::onnx
