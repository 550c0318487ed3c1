// SPDX-License-Identifier: Apache-2.0
#include "core/formats/tensorflow_network.h"

#include "core/formats/tensorflow_flow.h"
#include "core/formats/tensorflow_layers.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace palimpsest::tensorflow {

namespace {

constexpr std::size_t kMaxNeeded = 10'000; ///< nodes on the way; a network has at most as many layers

/// Walks from the logits back to see which nodes count, then from the samples on to build their layers.
class Walk {
public:
    Walk(const Graph& graph, Flow flow, const VariableShapes& variables, const std::string& where,
        const Shape& inputShape)
        : m_flow(std::move(flow))
        , m_graph(graph)
        , m_where(where)
        , m_builder(graph, m_flow, variables, where, inputShape)
    {
    }

    Result<GraphNetwork> run(const std::string& name)
    {
        PALIMPSEST_CHECK(collect());
        PALIMPSEST_CHECK(m_builder.begin());
        for (const std::size_t node : m_needed) // ascending: what a node reads comes before it
            if (node != m_flow.source)
                PALIMPSEST_CHECK(m_builder.add(node, m_operands.at(node)));
        PALIMPSEST_TRY(GraphNetwork result, m_builder.finish(m_flow.logits));
        result.network.name = name;
        PALIMPSEST_CHECK(completeNetwork(result.network, m_where));
        return result;
    }

private:
    Flow m_flow;
    const Graph& m_graph;
    const std::string& m_where;
    LayerBuilder m_builder;
    std::set<std::size_t> m_needed;
    std::map<std::size_t, std::vector<std::size_t>> m_operands;

    Status collect()
    {
        std::vector<std::size_t> open { m_flow.logits };
        while (!open.empty()) {
            const std::size_t node = open.back();
            open.pop_back();
            if (!m_needed.insert(node).second || node == m_flow.source)
                continue;
            if (m_needed.size() > kMaxNeeded)
                return badInput("the network has more than 10,000 operators", m_where);
            PALIMPSEST_TRY(std::vector<std::size_t> operands, m_builder.operandsOf(node));
            open.insert(open.end(), operands.begin(), operands.end());
            m_operands.emplace(node, std::move(operands));
        }
        for (const auto& [node, operands] : m_operands)
            for (const std::size_t operand : operands)
                m_builder.countReader(operand);
        return success();
    }
};

} // namespace

Result<GraphNetwork> networkFromGraph(const Graph& graph, const VariableShapes& variables,
    const std::string& name, const std::string& where, const Shape& inputShape)
{
    PALIMPSEST_TRY(Flow flow, findFlow(graph, where));
    return Walk(graph, std::move(flow), variables, where, inputShape).run(name);
}

} // namespace palimpsest::tensorflow
