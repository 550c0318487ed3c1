// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/tensorflow_graph.h"

#include <string>
#include <vector>

namespace palimpsest::tensorflow {

/// Which nodes of a training graph compute the prediction, from where to where.
struct Flow {
    std::size_t source = 0; ///< the node that gives the samples
    std::size_t logits = 0; ///< the node whose output the loss reads
    std::vector<bool>
        isInside; ///< one a node: it depends on the samples, on nothing else that is fed (labels), and is no gradient
    /// One a node inside: the nearest node that all data on their way from the source to it pass through.
    std::vector<std::size_t> dominator;
    /// One a node: the node of the variable that it reads, through Identity, ReadVariableOp, Switch, Reshape and the like; kNoNode where
    /// it is no variable's value.
    std::vector<std::size_t> variable;
    /// One a node: a transposition lies between it and the variable that it reads.
    std::vector<bool> isTurned;
    std::vector<std::string> notes; ///< whole sentences: what was left out at the end
};

inline constexpr std::size_t kNoNode = static_cast<std::size_t>(-1);

/// Finds them by what depends on what, not by names: the prediction is what depends on the samples alone and has variables, and its
/// last layer with a variable, with its bias, gives the logits. Two inputs or two outputs are BadInput that names them.
[[nodiscard]] Result<Flow> findFlow(const Graph& graph, const std::string& where);

/// The name under which a checkpoint has the variable of a node.
[[nodiscard]] std::string variableName(const Node& variable);
/// NAME of "NAME/part_3", as TensorFlow calls the parts of a variable that it divides; empty for other names.
[[nodiscard]] std::string partitionedName(const std::string& part);

} // namespace palimpsest::tensorflow
