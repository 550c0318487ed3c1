// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/tensorflow_flow.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace palimpsest::tensorflow {

/// The values of a variable, row-major.
using VariableValues = std::function<Result<std::vector<double>>(const std::string& name)>;

/// Which nodes of a graph compute numbers out of variables and constants alone, not of the samples, and what they give:
/// gamma / sqrt(variance + 0.001). Where a condition asks whether the graph trains, its side "not" counts.
class Parameters {
public:
    /// @param graph  must outlive this
    Parameters(const Graph& graph, const Flow& flow);

    [[nodiscard]] bool has(std::size_t node) const { return m_isParameter[node]; }
    /// Names of the variables that the node's numbers are made of.
    [[nodiscard]] std::vector<std::string> variablesOf(std::size_t node) const;
    /// One number, or one a channel: variables with more than one axis beside those of size 1 are BadInput.
    [[nodiscard]] Result<std::vector<double>> valuesOf(std::size_t node, const VariableValues& read) const;

private:
    const Graph& m_graph;
    std::vector<bool> m_isParameter;
    std::vector<bool> m_isVariable;

    [[nodiscard]] std::vector<std::size_t> neededFor(std::size_t node) const;
};

} // namespace palimpsest::tensorflow
