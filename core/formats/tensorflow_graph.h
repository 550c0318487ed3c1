// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/array.h"
#include "core/base/result.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace palimpsest::tensorflow {

/// An attribute of a node, as far as networks need it. What a value does not have is empty.
struct Attribute {
    std::string text; ///< s
    std::optional<std::int64_t> integer; ///< i, b (0 or 1) or type
    std::optional<double> number; ///< f
    std::vector<std::int64_t> integers; ///< list(int)
    std::optional<Shape>
        shape; ///< shape, or the first of list(shape): -1 for an unknown size; none where the rank is unknown
    std::optional<std::vector<double>>
        values; ///< tensor of numbers, row-major; none where it has more than kMaxValues
    Shape tensorShape;
    static constexpr std::size_t kMaxValues = 4096;
};

/// Output `port` of node `node`.
struct Input {
    std::size_t node = 0;
    std::size_t port = 0;
};

struct Node {
    std::string name;
    std::string op;
    std::vector<Input> inputs; ///< of data; those of control alone are left out
    std::map<std::string, Attribute, std::less<>> attributes; ///< those that networks need
    [[nodiscard]] const Attribute* attribute(std::string_view key) const
    {
        const auto found = attributes.find(key);
        return found == attributes.end() ? nullptr : &found->second;
    }
};

/// A graph of TensorFlow: nodes in an order in which each comes after all that it reads.
struct Graph {
    std::vector<Node> nodes;
};

/// Reads the graph of a MetaGraphDef (a .meta file). A node that is there twice, reads one that is not there, or is part of a cycle
/// is BadInput that names it. (The back edges of while loops are left out.)
/// @param where  names the file in errors
[[nodiscard]] Result<Graph> parseMetaGraph(std::span<const std::byte> bytes, const std::string& where);

} // namespace palimpsest::tensorflow
