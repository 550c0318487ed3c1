// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/onnx_model.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace palimpsest::onnx {

/// The links of a model's graph: who gives a value and who reads it.
class Graph {
public:
    /// A name that is given twice, a value that nothing gives, and nodes in a circle or in another order than they can run in are
    /// BadInput that names the nodes. Also: other than one input that is not an initializer and is used, other than one output.
    /// @param model  outlives the graph
    [[nodiscard]] static Result<Graph> link(const Model& model, const std::string& where);

    /// The nodes on which the output depends, in order.
    [[nodiscard]] const std::vector<const Node*>& nodes() const { return m_nodes; }
    [[nodiscard]] const ValueInfo& input() const { return *m_input; }
    [[nodiscard]] const std::string& output() const { return *m_output; }
    /// nullptr where there is none.
    [[nodiscard]] const Tensor* initializer(std::string_view name) const;
    /// How often the nodes() and the graph's output read a value.
    [[nodiscard]] std::size_t readers(std::string_view name) const;
    /// The only node that reads a value; nullptr where there is another number of them.
    [[nodiscard]] const Node* onlyReader(std::string_view name) const;
    /// The node that gives a value; nullptr for inputs and initializers.
    [[nodiscard]] const Node* producer(std::string_view name) const;
    /// Nodes on which the output does not depend.
    [[nodiscard]] std::size_t unusedNodes() const { return m_unused; }

    /// `node "conv1/Conv" (Conv)`, or by its place where it has no name.
    [[nodiscard]] static std::string nodeText(const Node& node, std::size_t index);
    [[nodiscard]] std::string nodeText(const Node& node) const;

private:
    explicit Graph(const Model& model)
        : m_model(&model)
    {
    }

    [[nodiscard]] Status registerNames(const std::string& where);
    [[nodiscard]] Status checkOrder(const std::string& where) const;
    [[nodiscard]] Status findNeeded(const std::string& where);
    [[nodiscard]] Status findInput(const std::string& where);

    const Model* m_model;
    std::unordered_map<std::string_view, const Tensor*> m_initializers;
    std::unordered_map<std::string_view, std::size_t> m_producers; ///< index of the node
    std::unordered_map<std::string_view, const ValueInfo*> m_inputs; ///< those that are no initializers
    std::unordered_map<std::string_view, std::vector<const Node*>> m_readers;
    std::vector<const Node*> m_nodes;
    const ValueInfo* m_input = nullptr;
    const std::string* m_output = nullptr;
    std::size_t m_unused = 0;
};

} // namespace palimpsest::onnx
