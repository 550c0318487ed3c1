// SPDX-License-Identifier: Apache-2.0
#include "tests/core/formats/onnx_fixture.h"

#include <protozero/pbf_writer.hpp>

#include <cmath>
#include <cstring>
#include <stdexcept>

namespace palimpsest::test {

namespace {

using protozero::pbf_writer;

std::uint32_t bitsOf(float value)
{
    std::uint32_t bits = 0;
    std::memcpy(&bits, &value, sizeof bits);
    return bits;
}

/// Of numbers that float16 holds exactly and that are no subnormal there.
std::uint16_t halfOf(float value)
{
    if (value == 0.0F)
        return 0;
    const std::uint32_t bits = bitsOf(value);
    const auto exponent = static_cast<std::int32_t>((bits >> 23U) & 0xFFU) - 127 + 15;
    if (exponent < 1 || exponent > 30 || (bits & 0x1FFFU) != 0)
        throw std::invalid_argument("halfOf: not exact");
    return static_cast<std::uint16_t>(
        ((bits >> 16U) & 0x8000U) | (static_cast<std::uint32_t>(exponent) << 10U) | ((bits >> 13U) & 0x3FFU));
}

template <class T, class Convert> std::string raw(const std::vector<float>& values, const Convert& convert)
{
    std::string bytes;
    for (const float value : values) {
        const T converted = convert(value);
        bytes.append(reinterpret_cast<const char*>(&converted), sizeof converted);
    }
    return bytes;
}

void addDims(pbf_writer& writer, const Shape& dims)
{
    writer.add_packed_int64(1, dims.begin(), dims.end());
}

std::string attribute(const std::string& name, const std::function<void(pbf_writer&)>& fill)
{
    std::string bytes;
    pbf_writer writer(bytes);
    writer.add_string(1, name);
    fill(writer);
    return bytes;
}

} // namespace

std::string onnxTensor(
    const std::string& name, const Shape& dims, const std::vector<float>& values, OnnxData data)
{
    std::string bytes;
    pbf_writer writer(bytes);
    addDims(writer, dims);
    writer.add_string(8, name);
    const auto addType = [&](std::int32_t type) { writer.add_int32(2, type); };
    const auto same = [](float value) { return value; };
    switch (data) {
    case OnnxData::Raw:
        addType(1);
        writer.add_bytes(9, raw<float>(values, same));
        break;
    case OnnxData::Listed:
        addType(1);
        writer.add_packed_float(4, values.begin(), values.end());
        break;
    case OnnxData::Half:
        addType(10);
        writer.add_bytes(9, raw<std::uint16_t>(values, halfOf));
        break;
    case OnnxData::HalfListed:
        addType(10);
        for (const float value : values) // not packed
            writer.add_int32(5, halfOf(value));
        break;
    case OnnxData::Bfloat:
        addType(16);
        writer.add_bytes(9, raw<std::uint16_t>(values, [](float value) {
            return static_cast<std::uint16_t>(bitsOf(value) >> 16U);
        }));
        break;
    case OnnxData::Double:
        addType(11);
        writer.add_bytes(9, raw<double>(values, same));
        break;
    case OnnxData::DoubleListed:
        addType(11);
        writer.add_packed_double(10, values.begin(), values.end());
        break;
    }
    return bytes;
}

std::string onnxIntegers(
    const std::string& name, const Shape& dims, const std::vector<std::int64_t>& values, bool isListed)
{
    std::string bytes;
    pbf_writer writer(bytes);
    addDims(writer, dims);
    writer.add_int32(2, 7);
    writer.add_string(8, name);
    if (isListed)
        writer.add_packed_int64(7, values.begin(), values.end());
    else
        writer.add_bytes(
            9, reinterpret_cast<const char*>(values.data()), values.size() * sizeof(std::int64_t));
    return bytes;
}

std::string onnxExternal(const std::string& name, const Shape& dims, const std::string& location,
    const std::string& offset, const std::string& length)
{
    std::string bytes;
    pbf_writer writer(bytes);
    addDims(writer, dims);
    writer.add_int32(2, 1);
    writer.add_string(8, name);
    const auto add = [&](const char* key, const std::string& value) {
        if (value.empty())
            return;
        pbf_writer entry(writer, 13);
        entry.add_string(1, key);
        entry.add_string(2, value);
    };
    add("location", location);
    add("offset", offset);
    add("length", length);
    writer.add_int32(14, 1);
    return bytes;
}

std::string onnxAttribute(const std::string& name, std::int64_t value)
{
    return attribute(name, [&](pbf_writer& writer) { writer.add_int64(3, value); });
}

std::string onnxAttribute(const std::string& name, float value)
{
    return attribute(name, [&](pbf_writer& writer) { writer.add_float(2, value); });
}

std::string onnxAttribute(const std::string& name, const char* value)
{
    return attribute(name, [&](pbf_writer& writer) { writer.add_string(4, value); });
}

std::string onnxAttribute(const std::string& name, const std::vector<std::int64_t>& values)
{
    return attribute(
        name, [&](pbf_writer& writer) { writer.add_packed_int64(8, values.begin(), values.end()); });
}

std::string onnxTensorAttribute(const std::string& name, const std::string& tensor)
{
    return attribute(name, [&](pbf_writer& writer) { writer.add_message(5, tensor); });
}

OnnxModel& OnnxModel::node(const std::string& op, const std::vector<std::string>& inputs,
    const std::vector<std::string>& outputs, const std::vector<std::string>& attributes,
    const std::string& name, const std::string& domain)
{
    std::string bytes;
    pbf_writer writer(bytes);
    for (const std::string& input : inputs)
        writer.add_string(1, input);
    for (const std::string& output : outputs)
        writer.add_string(2, output);
    const std::string own = name == "*" ? "n_" + (outputs.empty() ? op : outputs.front()) : name;
    if (!own.empty())
        writer.add_string(3, own);
    writer.add_string(4, op);
    for (const std::string& one : attributes)
        writer.add_message(5, one);
    if (!domain.empty())
        writer.add_string(7, domain);
    return graphField(1, bytes);
}

OnnxModel& OnnxModel::initializer(const std::string& tensor)
{
    return graphField(5, tensor);
}

OnnxModel& OnnxModel::input(const std::string& name, const Shape& dims, std::int64_t type)
{
    std::string bytes;
    pbf_writer writer(bytes);
    writer.add_string(1, name);
    {
        pbf_writer ofType(writer, 2);
        pbf_writer tensor(ofType, 1);
        tensor.add_int32(1, static_cast<std::int32_t>(type));
        pbf_writer shape(tensor, 2);
        for (const std::int64_t size : dims) {
            pbf_writer dim(shape, 1);
            if (size == 0)
                dim.add_string(2, "open");
            else
                dim.add_int64(1, size);
        }
    }
    return graphField(11, bytes);
}

OnnxModel& OnnxModel::output(const std::string& name)
{
    std::string bytes;
    pbf_writer(bytes).add_string(1, name);
    return graphField(12, bytes);
}

OnnxModel& OnnxModel::graphField(std::uint32_t tag, const std::string& content)
{
    pbf_writer(m_graph).add_message(tag, content);
    return *this;
}

std::string OnnxModel::bytes() const
{
    std::string model;
    pbf_writer writer(model);
    writer.add_int64(1, 8);
    writer.add_string(2, "test");
    {
        pbf_writer opset(writer, 8);
        opset.add_string(1, "");
        opset.add_int64(2, m_opset);
    }
    writer.add_message(7, m_graph);
    return model;
}

} // namespace palimpsest::test
