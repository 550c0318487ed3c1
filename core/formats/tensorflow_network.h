// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/tensorflow_graph.h"
#include "core/formats/tensorflow_parameters.h"
#include "core/network/network.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace palimpsest::tensorflow {

/// Where the values of one tensor of the network come from.
struct TensorSource {
    std::string tensor; ///< name in the network
    std::string variable; ///< name in the checkpoint; empty: all values are `fill`
    bool isTransposed = false; ///< the variable is [out, in], the tensor [in, out]
    double fill = 0.0;
    Shape shape; ///< in the network
    /// Instead of a variable: what the graph computes out of the variables named beside it, one number or as many as the tensor has.
    /// The graph must be there as long as this is called.
    std::function<Result<std::vector<double>>(const VariableValues& read)> compute = nullptr;
    std::vector<std::string> variables {};
};

/// A network as a graph of TensorFlow describes it.
struct GraphNetwork {
    Network network; ///< completed; layout TensorFlow
    std::vector<TensorSource> tensors; ///< in the order of the network
    std::vector<std::string> notes; ///< whole sentences: what was left out or assumed
};

/// Shape of a variable; none where the checkpoint has no such variable.
using VariableShapes = std::function<std::optional<Shape>(const std::string& name)>;

/// Follows the data from the samples to the logits (findFlow()) and turns each operator into a layer: Conv2D and its depth-wise
/// form, MatMul, BiasAdd and Add, pooling, activations and dropout in any spelling (recogniseFunction()), batch normalisation,
/// by the operator or by hand, products and sums with numbers or with one number a channel (a layer Scale), dilation by
/// SpaceToBatchND, Reshape, Squeeze, ExpandDims, Pad, Mean over the positions, Transpose between NHWC and NCHW, Concat and sums of branches.
/// Anything else is BadInput that names the node.
/// @param where  the .meta file, for messages
/// @param inputShape  of one sample, channels first, where the graph leaves it open; empty: not given
[[nodiscard]] Result<GraphNetwork> networkFromGraph(const Graph& graph, const VariableShapes& variables,
    const std::string& name, const std::string& where, const Shape& inputShape = {});

} // namespace palimpsest::tensorflow
