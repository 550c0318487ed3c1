// SPDX-License-Identifier: Apache-2.0
#include "core/formats/tensorflow_graph.h"

#include "core/formats/protobuf.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <unordered_map>
#include <utility>

namespace palimpsest::tensorflow {

namespace {

constexpr std::size_t kMaxNodes = 1'000'000;
constexpr std::size_t kMaxNameLength = 1000;
constexpr std::size_t kMaxAxes = 8;
constexpr std::array<std::string_view, 23> kKnownAttributes { "_output_shapes", "adj_x", "adj_y", "alpha",
    "begin_mask", "data_format", "dilations", "dtype", "ellipsis_mask", "end_mask", "epsilon",
    "explicit_paddings", "ksize", "new_axis_mask", "padding", "shape", "shared_name", "shrink_axis_mask",
    "squeeze_dims", "strides", "transpose_a", "transpose_b", "value" };

bool isKnown(std::string_view key)
{
    return std::find(kKnownAttributes.begin(), kKnownAttributes.end(), key) != kKnownAttributes.end();
}

/// A float32 as the decimal number that a person wrote: 0.2, not 0.20000000298.
double asWritten(float value)
{
    std::array<char, 32> text {};
    const auto [end, error] = std::to_chars(text.data(), text.data() + text.size(), value);
    double number = static_cast<double>(value);
    if (error == std::errc())
        std::from_chars(text.data(), end, number);
    return number;
}

/// A node as it stands in the file: inputs by name.
struct RawNode {
    Node node;
    std::vector<std::string> inputs;
};

/// TensorShapeProto: dim = 2 { size = 1 }, unknown_rank = 3.
std::optional<Shape> readShape(protozero::pbf_reader message)
{
    Shape shape;
    bool isUnknown = false;
    while (message.next()) {
        if (message.tag() == 2) {
            protozero::pbf_reader dim = message.get_message();
            std::int64_t size = 0;
            while (dim.next())
                if (dim.tag() == 1)
                    size = dim.get_int64();
                else
                    dim.skip();
            shape.push_back(size);
            if (shape.size() > kMaxAxes)
                return std::nullopt;
        } else if (message.tag() == 3) {
            isUnknown = message.get_bool();
        } else {
            message.skip();
        }
    }
    return isUnknown ? std::nullopt : std::optional(shape);
}

/// Number of elements, at most kMaxValues; none for more, or where a size is unknown.
std::optional<std::size_t> valueCount(const Shape& shape)
{
    std::size_t count = 1;
    for (const std::int64_t size : shape) {
        if (size < 0 || size > static_cast<std::int64_t>(Attribute::kMaxValues))
            return std::nullopt;
        count *= static_cast<std::size_t>(size);
        if (count > Attribute::kMaxValues)
            return std::nullopt;
    }
    return count;
}

template <class T> void appendRaw(std::string_view bytes, std::vector<double>& values)
{
    for (std::size_t at = 0; at + sizeof(T) <= bytes.size() && values.size() < Attribute::kMaxValues;
         at += sizeof(T)) {
        T value {};
        std::memcpy(&value, bytes.data() + at, sizeof value);
        values.push_back(static_cast<double>(value));
    }
}

template <class Range> void appendAll(const Range& range, std::vector<double>& values)
{
    for (const auto value : range) {
        if (values.size() >= Attribute::kMaxValues)
            return;
        values.push_back(static_cast<double>(value));
    }
}

/// tensor_content of a tensor of type `type` (DataType).
void appendContent(std::int64_t type, std::string_view bytes, std::vector<double>& values)
{
    switch (type) {
    case 1:
        return appendRaw<float>(bytes, values);
    case 2:
        return appendRaw<double>(bytes, values);
    case 3:
        return appendRaw<std::int32_t>(bytes, values);
    case 4:
        return appendRaw<std::uint8_t>(bytes, values);
    case 6:
        return appendRaw<std::int8_t>(bytes, values);
    case 9:
        return appendRaw<std::int64_t>(bytes, values);
    case 10:
        return appendRaw<std::uint8_t>(bytes, values);
    default: // the values stay missing
        return;
    }
}

/// TensorProto: dtype = 1, tensor_shape = 2, tensor_content = 4, float_val = 5, double_val = 6, int_val = 7, int64_val = 10,
/// bool_val = 11. Fewer values than the shape has: the last one counts for the rest.
void readTensor(protozero::pbf_reader message, Attribute& attribute)
{
    std::int64_t type = 0;
    std::string_view content;
    std::vector<double> values;
    while (message.next()) {
        switch (message.tag_and_type()) {
        case protozero::tag_and_type(1, protozero::pbf_wire_type::varint):
            type = message.get_enum();
            break;
        case protozero::tag_and_type(2, protozero::pbf_wire_type::length_delimited):
            if (const auto shape = readShape(message.get_message()))
                attribute.tensorShape = *shape;
            break;
        case protozero::tag_and_type(4, protozero::pbf_wire_type::length_delimited): {
            const protozero::data_view view = message.get_view();
            content = { view.data(), view.size() };
            break;
        }
        case protozero::tag_and_type(5, protozero::pbf_wire_type::length_delimited):
            for (const float value : message.get_packed_float())
                if (values.size() < Attribute::kMaxValues)
                    values.push_back(asWritten(value));
            break;
        case protozero::tag_and_type(5, protozero::pbf_wire_type::fixed32):
            values.push_back(asWritten(message.get_float()));
            break;
        case protozero::tag_and_type(6, protozero::pbf_wire_type::length_delimited):
            appendAll(message.get_packed_double(), values);
            break;
        case protozero::tag_and_type(6, protozero::pbf_wire_type::fixed64):
            values.push_back(message.get_double());
            break;
        case protozero::tag_and_type(7, protozero::pbf_wire_type::length_delimited):
        case protozero::tag_and_type(10, protozero::pbf_wire_type::length_delimited):
        case protozero::tag_and_type(11, protozero::pbf_wire_type::length_delimited):
            appendAll(message.get_packed_int64(), values);
            break;
        case protozero::tag_and_type(7, protozero::pbf_wire_type::varint):
        case protozero::tag_and_type(10, protozero::pbf_wire_type::varint):
        case protozero::tag_and_type(11, protozero::pbf_wire_type::varint):
            values.push_back(static_cast<double>(message.get_int64()));
            break;
        default:
            message.skip();
        }
        if (values.size() > Attribute::kMaxValues)
            return;
    }
    if (!content.empty())
        appendContent(type, content, values);
    const auto count = valueCount(attribute.tensorShape);
    if (!count || values.size() > *count || (values.empty() && *count > 0))
        return;
    values.resize(*count, values.empty() ? 0.0 : values.back());
    attribute.values = std::move(values);
}

/// AttrValue.ListValue: i = 3, shape = 7.
void readList(protozero::pbf_reader message, Attribute& attribute)
{
    while (message.next()) {
        switch (message.tag_and_type()) {
        case protozero::tag_and_type(3, protozero::pbf_wire_type::length_delimited):
            for (const std::int64_t value : message.get_packed_int64())
                if (attribute.integers.size() < Attribute::kMaxValues)
                    attribute.integers.push_back(value);
            break;
        case protozero::tag_and_type(3, protozero::pbf_wire_type::varint):
            if (const std::int64_t value = message.get_int64();
                attribute.integers.size() < Attribute::kMaxValues)
                attribute.integers.push_back(value);
            break;
        case protozero::tag_and_type(7, protozero::pbf_wire_type::length_delimited):
            if (const auto shape = readShape(message.get_message()); !attribute.shape)
                attribute.shape = shape;
            break;
        default:
            message.skip();
        }
    }
}

/// AttrValue: list = 1, s = 2, i = 3, f = 4, b = 5, type = 6, shape = 7, tensor = 8.
Attribute readAttribute(protozero::pbf_reader message)
{
    Attribute attribute;
    while (message.next()) {
        switch (message.tag()) {
        case 1:
            readList(message.get_message(), attribute);
            break;
        case 2:
            attribute.text = message.get_string();
            break;
        case 3:
        case 5:
        case 6:
            attribute.integer = message.get_int64();
            break;
        case 4:
            attribute.number = asWritten(message.get_float());
            break;
        case 7:
            attribute.shape = readShape(message.get_message());
            break;
        case 8:
            readTensor(message.get_message(), attribute);
            break;
        default:
            message.skip();
        }
    }
    return attribute;
}

/// NodeDef: name = 1, op = 2, input = 3, attr = 5 (map: key = 1, value = 2).
RawNode readNode(protozero::pbf_reader message)
{
    RawNode raw;
    while (message.next()) {
        switch (message.tag()) {
        case 1:
            raw.node.name = message.get_string();
            break;
        case 2:
            raw.node.op = message.get_string();
            break;
        case 3:
            raw.inputs.push_back(message.get_string());
            break;
        case 5: {
            protozero::pbf_reader entry = message.get_message();
            std::string key;
            protozero::pbf_reader value;
            while (entry.next()) {
                if (entry.tag() == 1)
                    key = entry.get_string();
                else if (entry.tag() == 2)
                    value = entry.get_message();
                else
                    entry.skip();
            }
            if (isKnown(key))
                raw.node.attributes[key] = readAttribute(value);
            break;
        }
        default:
            message.skip();
        }
    }
    return raw;
}

/// Finds the nodes that inputs name, and puts all into an order.
class Linker {
public:
    Linker(std::vector<RawNode> raw, const std::string& where)
        : m_raw(std::move(raw))
        , m_where(where)
    {
    }

    Result<Graph> link()
    {
        for (std::size_t i = 0; i < m_raw.size(); ++i)
            if (!m_index.emplace(m_raw[i].node.name, i).second)
                return problem(m_raw[i], "is there twice");
        for (RawNode& raw : m_raw)
            PALIMPSEST_CHECK(resolve(raw));
        return sorted();
    }

private:
    std::vector<RawNode> m_raw;
    const std::string& m_where;
    std::unordered_map<std::string_view, std::size_t> m_index;

    [[nodiscard]] Error problem(const RawNode& raw, const std::string& text) const
    {
        return badInput(
            "node \"" + raw.node.name.substr(0, 200) + "\" (" + raw.node.op.substr(0, 60) + ") " + text,
            m_where);
    }

    Status resolve(RawNode& raw)
    {
        for (const std::string& input : raw.inputs) {
            if (input.starts_with('^')) // order of execution alone
                continue;
            std::string_view name = input;
            std::size_t port = 0;
            if (const std::size_t colon = name.rfind(':'); colon != std::string_view::npos) {
                const std::string_view digits = name.substr(colon + 1);
                const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
                if (error != std::errc() || end != digits.data() + digits.size())
                    return problem(
                        raw, "reads \"" + input.substr(0, 200) + "\", which is no output of a node");
                name = name.substr(0, colon);
            }
            const auto found = m_index.find(name);
            if (found == m_index.end())
                return problem(raw, "reads \"" + input.substr(0, 200) + "\", which is not in the graph");
            if (m_raw[found->second].node.op != "NextIteration")
                raw.node.inputs.push_back({ found->second, port });
        }
        return success();
    }

    Result<Graph> sorted()
    {
        std::vector<std::size_t> missing(m_raw.size());
        std::vector<std::vector<std::size_t>> readers(m_raw.size());
        std::vector<std::size_t> order;
        for (std::size_t i = 0; i < m_raw.size(); ++i) {
            missing[i] = m_raw[i].node.inputs.size();
            for (const Input& input : m_raw[i].node.inputs)
                readers[input.node].push_back(i);
            if (missing[i] == 0)
                order.push_back(i);
        }
        for (std::size_t next = 0; next < order.size(); ++next)
            for (const std::size_t reader : readers[order[next]])
                if (--missing[reader] == 0)
                    order.push_back(reader);
        if (order.size() != m_raw.size()) {
            const auto stuck
                = std::find_if(missing.begin(), missing.end(), [](std::size_t count) { return count > 0; });
            return problem(
                m_raw[static_cast<std::size_t>(stuck - missing.begin())], "is part of a cycle, or reads one");
        }
        std::vector<std::size_t> place(m_raw.size());
        for (std::size_t i = 0; i < order.size(); ++i)
            place[order[i]] = i;
        Graph graph;
        graph.nodes.reserve(order.size());
        for (const std::size_t i : order) {
            graph.nodes.push_back(std::move(m_raw[i].node));
            for (Input& input : graph.nodes.back().inputs)
                input.node = place[input.node];
        }
        return graph;
    }
};

} // namespace

Result<Graph> parseMetaGraph(std::span<const std::byte> bytes, const std::string& where)
{
    std::vector<RawNode> raw;
    bool hasGraph = false;
    try {
        protozero::pbf_reader meta(reinterpret_cast<const char*>(bytes.data()), bytes.size());
        while (meta.next()) { // MetaGraphDef: graph_def = 2
            if (meta.tag() != 2) {
                meta.skip();
                continue;
            }
            hasGraph = true;
            protozero::pbf_reader graph = meta.get_message();
            while (graph.next()) { // GraphDef: node = 1
                if (graph.tag() != 1) {
                    graph.skip();
                    continue;
                }
                raw.push_back(readNode(graph.get_message()));
                const Node& node = raw.back().node;
                if (raw.size() > kMaxNodes)
                    return badInput("the graph has more than 1,000,000 nodes", where);
                if (node.name.empty() || node.name.size() > kMaxNameLength || node.op.empty())
                    return badInput(
                        "node " + std::to_string(raw.size() - 1) + " of the graph has no name or no operator",
                        where);
            }
        }
    } catch (const protozero::exception& problem) {
        return badInput("the graph is damaged or cut off at node " + std::to_string(raw.size()) + " ("
                + problem.what() + "); expected a MetaGraphDef (.meta) of TensorFlow",
            where);
    }
    if (!hasGraph)
        return badInput(
            "there is no graph in the file; expected a MetaGraphDef (.meta) of TensorFlow", where);
    return Linker(std::move(raw), where).link();
}

} // namespace palimpsest::tensorflow
