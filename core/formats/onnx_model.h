// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/array.h"
#include "core/base/result.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace palimpsest::onnx {

/// TensorProto without its numbers, which stay in the file until they are read.
struct Tensor {
    std::string name;
    std::int64_t type = 0; ///< DataType: 1 float, 6 int32, 7 int64, ...
    Shape dims; ///< not checked
    bool isExternal = false;
    std::vector<std::pair<std::string, std::string>> external; ///< location, offset, length, ...
    std::string_view message; ///< the whole TensorProto; a view of the parsed bytes
};

/// AttributeProto, as far as it is used.
struct Attribute {
    std::string name;
    double number = 0.0; ///< f
    std::int64_t integer = 0; ///< i
    std::string text; ///< s
    std::vector<float> numbers; ///< floats
    std::vector<std::int64_t> integers; ///< ints
    std::optional<Tensor> tensor; ///< t
};

struct Node {
    std::string name; ///< may be empty
    std::string op;
    std::string domain; ///< empty: ONNX itself
    std::vector<std::string> inputs; ///< names of values; empty: left out
    std::vector<std::string> outputs;
    std::vector<Attribute> attributes;
    [[nodiscard]] const Attribute* attribute(std::string_view key) const;
};

/// ValueInfoProto of an input or output of the graph.
struct ValueInfo {
    std::string name;
    std::int64_t type = 0; ///< DataType of its elements
    std::optional<Shape> shape; ///< -1 for a size that is left open; none where the rank is unknown
};

/// ModelProto with its graph.
struct Model {
    std::int64_t opset = 0; ///< of ONNX's own operators
    std::string producer;
    std::vector<Node> nodes;
    std::vector<Tensor> initializers;
    std::vector<ValueInfo> inputs;
    std::vector<ValueInfo> outputs;
    bool hasSparse = false; ///< there are sparse initializers, which are not read
};

/// Reads a model. Memory does not grow with its tensors, whose numbers are only skipped.
/// @param bytes  outlive the model
/// @param where  names the file in errors, which say at which byte it went wrong
[[nodiscard]] Result<Model> parseModel(std::span<const std::byte> bytes, const std::string& where);

/// A name of the file as it can stand in a message: printable, and not too long.
[[nodiscard]] std::string printable(std::string_view name);

} // namespace palimpsest::onnx
