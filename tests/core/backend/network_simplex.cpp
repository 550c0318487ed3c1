// SPDX-License-Identifier: Apache-2.0
// C++17: LEMON 1.3.1 uses members of std::allocator that C++20 has removed.
#include "network_simplex.h"

#include <lemon/list_graph.h>
#include <lemon/network_simplex.h>

#include <stdexcept>

std::int64_t networkSimplexOptimum(
    const std::vector<int>& cost, int rows, int columns, std::optional<int> price)
{
    using Graph = lemon::ListDigraph;
    Graph graph;
    Graph::ArcMap<std::int64_t> arcCost(graph);
    Graph::ArcMap<std::int64_t> capacity(graph);
    const auto addArc = [&](Graph::Node from, Graph::Node to, std::int64_t c) {
        const Graph::Arc arc = graph.addArc(from, to);
        arcCost[arc] = c;
        capacity[arc] = 1;
    };
    const Graph::Node source = graph.addNode();
    const Graph::Node sink = graph.addNode();
    std::vector<Graph::Node> columnNodes;
    for (int column = 0; column < columns; ++column) {
        columnNodes.push_back(graph.addNode());
        addArc(columnNodes.back(), sink, 0);
    }
    for (int row = 0; row < rows; ++row) {
        const Graph::Node node = graph.addNode();
        addArc(source, node, 0);
        if (price)
            addArc(node, sink, *price);
        for (int column = 0; column < columns; ++column)
            addArc(node, columnNodes[static_cast<std::size_t>(column)],
                cost[static_cast<std::size_t>(row) * static_cast<std::size_t>(columns)
                    + static_cast<std::size_t>(column)]);
    }
    lemon::NetworkSimplex<Graph, std::int64_t> simplex(graph);
    simplex.upperMap(capacity).costMap(arcCost).stSupply(source, sink, rows);
    if (simplex.run() != lemon::NetworkSimplex<Graph, std::int64_t>::OPTIMAL)
        throw std::runtime_error("network simplex: no optimum");
    return simplex.totalCost();
}
