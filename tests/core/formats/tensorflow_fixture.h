// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/network/network.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace palimpsest::test {

/// A tensor of a checkpoint as TensorFlow would save it.
struct SavedTensor {
    std::string name;
    Shape shape;
    std::vector<float> values;
};

/// What a test spoils on purpose.
struct BundleFaults {
    bool wrongCrc = false; ///< of the first tensor
    bool overlap = false; ///< the second tensor begins inside the first
    std::int64_t extraSize = 0; ///< added to the declared size of the first tensor's first axis
    std::int64_t shards = 1; ///< as the header says
};

/// The bytes of PREFIX.index; the values go to PREFIX.data-00000-of-00001, in order.
[[nodiscard]] std::string bundleIndexBytes(
    std::vector<SavedTensor> tensors, std::string& data, const BundleFaults& faults = {});
/// Writes PREFIX.index and PREFIX.data-00000-of-00001. @return the index file
std::filesystem::path writeBundle(const std::filesystem::path& prefix,
    const std::vector<SavedTensor>& tensors, const BundleFaults& faults = {});

/// Writes a graph as TensorFlow does: nodes with inputs and attributes.
class GraphWriter {
public:
    class NodeWriter {
    public:
        NodeWriter(std::string name, std::string op, std::vector<std::string> inputs);
        NodeWriter& text(const std::string& key, const std::string& value);
        NodeWriter& integers(const std::string& key, const std::vector<std::int64_t>& values);
        NodeWriter& number(const std::string& key, float value);
        NodeWriter& flag(const std::string& key, bool value);
        NodeWriter& shape(const Shape& value); ///< -1: unknown
        NodeWriter& type(std::int64_t value); ///< DataType
        /// Attribute "value" of a constant: float32 or int32.
        NodeWriter& floats(const Shape& shape, const std::vector<float>& values);
        NodeWriter& ints(const Shape& shape, const std::vector<std::int32_t>& values);
        [[nodiscard]] std::string bytes() const;

    private:
        std::string m_name, m_op;
        std::vector<std::string> m_inputs;
        std::map<std::string, std::string> m_attributes; ///< name -> AttrValue
    };

    NodeWriter& add(
        const std::string& name, const std::string& op, const std::vector<std::string>& inputs = {});
    void placeholder(const std::string& name, const Shape& shape);
    /// A variable and the node NAME/read that gives its value.
    void variable(const std::string& name, const Shape& shape);
    void constant(const std::string& name, float value);
    void constant(const std::string& name, const std::vector<std::int32_t>& values);

    /// A MetaGraphDef.
    [[nodiscard]] std::string bytes() const;

private:
    std::vector<NodeWriter> m_nodes;
};

} // namespace palimpsest::test
