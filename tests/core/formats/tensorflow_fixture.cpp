// SPDX-License-Identifier: Apache-2.0
#include "tests/core/formats/tensorflow_fixture.h"

#include "core/base/file.h"
#include "core/formats/crc32c.h"

#include <leveldb/env.h>
#include <leveldb/options.h>
#include <leveldb/table_builder.h>
#include <protozero/pbf_writer.hpp>

#include <algorithm>
#include <stdexcept>

namespace palimpsest::test {

namespace {

using protozero::pbf_writer;

class StringFile final : public leveldb::WritableFile {
public:
    explicit StringFile(std::string& content)
        : m_content(content)
    {
    }
    leveldb::Status Append(const leveldb::Slice& data) override
    {
        m_content.append(data.data(), data.size());
        return leveldb::Status::OK();
    }
    leveldb::Status Close() override { return leveldb::Status::OK(); }
    leveldb::Status Flush() override { return leveldb::Status::OK(); }
    leveldb::Status Sync() override { return leveldb::Status::OK(); }

private:
    std::string& m_content;
};

/// TensorShapeProto
std::string shapeBytes(const Shape& shape)
{
    std::string bytes;
    pbf_writer writer(bytes);
    for (const std::int64_t size : shape) {
        std::string dim;
        pbf_writer(dim).add_int64(1, size);
        writer.add_message(2, dim);
    }
    return bytes;
}

} // namespace

std::string bundleIndexBytes(std::vector<SavedTensor> tensors, std::string& data, const BundleFaults& faults)
{
    struct Entry {
        std::string name, bytes;
    };
    std::vector<Entry> entries;
    {
        std::string header;
        pbf_writer writer(header);
        writer.add_int32(1, static_cast<std::int32_t>(faults.shards));
        entries.push_back({ "", header });
    }
    for (std::size_t i = 0; i < tensors.size(); ++i) {
        const SavedTensor& tensor = tensors[i];
        const std::span values = std::as_bytes(std::span(tensor.values));
        const std::size_t offset = faults.overlap && i == 1 ? 2 : data.size();
        if (offset == data.size())
            data.append(reinterpret_cast<const char*>(values.data()), values.size());
        Shape shape = tensor.shape;
        if (i == 0 && !shape.empty())
            shape.front() += faults.extraSize;
        std::string bytes;
        pbf_writer writer(bytes);
        writer.add_enum(1, 1); // float32
        writer.add_message(2, shapeBytes(shape));
        writer.add_int64(4, static_cast<std::int64_t>(offset));
        writer.add_int64(5, static_cast<std::int64_t>(values.size()));
        writer.add_fixed32(6, maskedCrc32c(values) + (faults.wrongCrc && i == 0 ? 1U : 0U));
        entries.push_back({ tensor.name, bytes });
    }
    std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.name < b.name; });
    std::string content;
    StringFile file(content);
    leveldb::Options options;
    options.compression = leveldb::kNoCompression;
    leveldb::TableBuilder builder(options, &file);
    for (const Entry& entry : entries)
        builder.Add(entry.name, entry.bytes);
    if (!builder.Finish().ok())
        throw std::runtime_error("the table could not be built");
    return content;
}

std::filesystem::path writeBundle(
    const std::filesystem::path& prefix, const std::vector<SavedTensor>& tensors, const BundleFaults& faults)
{
    std::string data;
    const std::string index = bundleIndexBytes(tensors, data, faults);
    const std::filesystem::path file = prefix.string() + ".index";
    if (!writeFileAtomically(file, index)
        || !writeFileAtomically(prefix.string() + ".data-00000-of-00001", data))
        throw std::runtime_error("the checkpoint could not be written");
    return file;
}

GraphWriter::NodeWriter::NodeWriter(std::string name, std::string op, std::vector<std::string> inputs)
    : m_name(std::move(name))
    , m_op(std::move(op))
    , m_inputs(std::move(inputs))
{
}

GraphWriter::NodeWriter& GraphWriter::NodeWriter::text(const std::string& key, const std::string& value)
{
    pbf_writer(m_attributes[key]).add_string(2, value);
    return *this;
}

GraphWriter::NodeWriter& GraphWriter::NodeWriter::integers(
    const std::string& key, const std::vector<std::int64_t>& values)
{
    std::string list;
    pbf_writer(list).add_packed_int64(3, values.begin(), values.end());
    pbf_writer(m_attributes[key]).add_message(1, list);
    return *this;
}

GraphWriter::NodeWriter& GraphWriter::NodeWriter::number(const std::string& key, float value)
{
    pbf_writer(m_attributes[key]).add_float(4, value);
    return *this;
}

GraphWriter::NodeWriter& GraphWriter::NodeWriter::flag(const std::string& key, bool value)
{
    pbf_writer(m_attributes[key]).add_bool(5, value);
    return *this;
}

GraphWriter::NodeWriter& GraphWriter::NodeWriter::shape(const Shape& value)
{
    pbf_writer(m_attributes["shape"]).add_message(7, shapeBytes(value));
    return *this;
}

GraphWriter::NodeWriter& GraphWriter::NodeWriter::type(std::int64_t value)
{
    pbf_writer(m_attributes["dtype"]).add_enum(6, static_cast<std::int32_t>(value));
    return *this;
}

GraphWriter::NodeWriter& GraphWriter::NodeWriter::floats(const Shape& shape, const std::vector<float>& values)
{
    std::string tensor;
    pbf_writer writer(tensor);
    writer.add_enum(1, 1);
    writer.add_message(2, shapeBytes(shape));
    writer.add_packed_float(5, values.begin(), values.end());
    pbf_writer(m_attributes["value"]).add_message(8, tensor);
    return *this;
}

GraphWriter::NodeWriter& GraphWriter::NodeWriter::ints(
    const Shape& shape, const std::vector<std::int32_t>& values)
{
    std::string tensor;
    pbf_writer writer(tensor);
    writer.add_enum(1, 3);
    writer.add_message(2, shapeBytes(shape));
    writer.add_bytes(4, reinterpret_cast<const char*>(values.data()),
        values.size() * sizeof(std::int32_t)); // tensor_content
    pbf_writer(m_attributes["value"]).add_message(8, tensor);
    return *this;
}

std::string GraphWriter::NodeWriter::bytes() const
{
    std::string bytes;
    pbf_writer writer(bytes);
    writer.add_string(1, m_name);
    writer.add_string(2, m_op);
    for (const std::string& input : m_inputs)
        writer.add_string(3, input);
    for (const auto& [key, value] : m_attributes) {
        std::string entry;
        pbf_writer pair(entry);
        pair.add_string(1, key);
        pair.add_message(2, value);
        writer.add_message(5, entry);
    }
    return bytes;
}

GraphWriter::NodeWriter& GraphWriter::add(
    const std::string& name, const std::string& op, const std::vector<std::string>& inputs)
{
    return m_nodes.emplace_back(name, op, inputs);
}

void GraphWriter::placeholder(const std::string& name, const Shape& shape)
{
    add(name, "Placeholder").shape(shape).type(1);
}

void GraphWriter::variable(const std::string& name, const Shape& shape)
{
    add(name, "VariableV2").shape(shape).type(1);
    add(name + "/read", "Identity", { name });
}

void GraphWriter::constant(const std::string& name, float value)
{
    add(name, "Const").floats({}, { value });
}

void GraphWriter::constant(const std::string& name, const std::vector<std::int32_t>& values)
{
    add(name, "Const").ints({ static_cast<std::int64_t>(values.size()) }, values);
}

std::string GraphWriter::bytes() const
{
    std::string graph;
    pbf_writer writer(graph);
    for (const NodeWriter& node : m_nodes)
        writer.add_message(1, node.bytes());
    std::string meta;
    pbf_writer(meta).add_message(2, graph);
    return meta;
}

} // namespace palimpsest::test
