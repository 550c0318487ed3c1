// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/tensorflow_graph.h"

#include <cstddef>
#include <limits>
#include <optional>
#include <span>
#include <string_view>

namespace palimpsest::tensorflow {

/// What arithmetic does to one number.
struct UnaryFunction {
    enum class Kind : std::uint8_t {
        Identity,
        LeakyRelu, ///< slope 0: Relu
        Sigmoid,
        Tanh,
        Clip,
        Dropout, ///< random; the identity when it is off
        Affine, ///< scale x + offset
    };
    Kind kind = Kind::Identity;
    double slope = 0.0; ///< LeakyRelu
    double minimum = -std::numeric_limits<double>::infinity(); ///< Clip
    double maximum = std::numeric_limits<double>::infinity(); ///< Clip
    double scale = 1.0, offset = 0.0; ///< Affine
    std::optional<double>
        probability; ///< Dropout: of a number being dropped; none where a placeholder decides it
};

/// Recognises the function that the element-wise nodes between `from` and `to` compute, however it is written (max(x, 0.2 x),
/// 0.6 x + 0.4 |x|, 1 / (1 + exp(-x)), x / keep * floor(keep + random), ...): by its values at many points. Scalar placeholders
/// (keep_prob, a training flag) are tried as 1 and as 0. None where a node is not element-wise, or the function is unknown.
[[nodiscard]] std::optional<UnaryFunction> recogniseFunction(
    const Graph& graph, std::size_t from, std::size_t to);

/// Whether the operator gives one number for each number of its inputs, without attributes.
[[nodiscard]] bool isElementwise(std::string_view op, std::size_t inputCount);
/// What it gives. @pre isElementwise(op, inputs.size())
[[nodiscard]] double elementwise(std::string_view op, std::span<const double> inputs);

/// Input of a Merge node that is taken where the condition (a training flag) is false; 0 where that cannot be told.
[[nodiscard]] std::size_t falseBranch(const Graph& graph, std::size_t merge);

} // namespace palimpsest::tensorflow
