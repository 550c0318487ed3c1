// SPDX-License-Identifier: Apache-2.0
#include "core/formats/onnx_model.h"

#include "core/formats/protobuf.h"

#include <algorithm>

namespace palimpsest::onnx {

namespace {

using protozero::pbf_reader;

constexpr std::size_t kMaxItems = 300'000; ///< names, numbers of attributes and the like in one file
constexpr std::size_t kMaxText = 65'536; ///< bytes of a name

/// Thrown and caught within this file, as protozero's own exceptions are.
struct TooMuch final : protozero::exception {
    [[nodiscard]] const char* what() const noexcept override { return "more than a network can use"; }
};

/// Field numbers: onnx.proto of ONNX 1.16.
class Parser {
public:
    explicit Parser(std::string_view bytes)
        : m_begin(bytes.data())
        , m_at(bytes.data())
    {
    }

    /// ModelProto: producer_name 2, graph 7, opset_import 8
    bool readModel(pbf_reader message, Model& model)
    {
        bool hasGraph = false;
        while (next(message)) {
            switch (message.tag()) {
            case 2:
                model.producer = text(message);
                break;
            case 7:
                hasGraph = true;
                readGraph(message.get_message(), model);
                break;
            case 8:
                readOpset(message.get_message(), model);
                break;
            default:
                message.skip();
            }
        }
        return hasGraph;
    }

    /// Of the field that was read last.
    [[nodiscard]] std::size_t position() const { return static_cast<std::size_t>(m_at - m_begin); }

private:
    const char* m_begin;
    const char* m_at;
    std::size_t m_items = 0;

    bool next(pbf_reader& message)
    {
        const protozero::data_view rest = message.data();
        if (!rest.empty())
            m_at = rest.data();
        return message.next();
    }

    void count()
    {
        if (++m_items > kMaxItems)
            throw TooMuch();
    }

    std::string text(pbf_reader& message)
    {
        count();
        const protozero::data_view view = message.get_view();
        if (view.size() > kMaxText)
            throw TooMuch();
        return { view.data(), view.size() };
    }

    /// OperatorSetIdProto: domain 1, version 2
    void readOpset(pbf_reader message, Model& model)
    {
        std::string domain;
        std::int64_t version = 0;
        while (next(message)) {
            if (message.tag() == 1)
                domain = text(message);
            else if (message.tag() == 2)
                version = message.get_int64();
            else
                message.skip();
        }
        if (domain.empty() || domain == "ai.onnx")
            model.opset = version;
    }

    /// GraphProto: node 1, initializer 5, input 11, output 12, sparse_initializer 15
    void readGraph(pbf_reader message, Model& model)
    {
        while (next(message)) {
            switch (message.tag()) {
            case 1:
                model.nodes.push_back(readNode(message.get_message()));
                break;
            case 5:
                model.initializers.push_back(readTensor(message.get_view()));
                break;
            case 11:
                model.inputs.push_back(readValueInfo(message.get_message()));
                break;
            case 12:
                model.outputs.push_back(readValueInfo(message.get_message()));
                break;
            case 15:
                model.hasSparse = true;
                message.skip();
                break;
            default:
                message.skip();
            }
        }
    }

    /// NodeProto: input 1, output 2, name 3, op_type 4, attribute 5, domain 7
    Node readNode(pbf_reader message)
    {
        count();
        Node node;
        while (next(message)) {
            switch (message.tag()) {
            case 1:
                node.inputs.push_back(text(message));
                break;
            case 2:
                node.outputs.push_back(text(message));
                break;
            case 3:
                node.name = text(message);
                break;
            case 4:
                node.op = text(message);
                break;
            case 5:
                node.attributes.push_back(readAttribute(message.get_message()));
                break;
            case 7:
                node.domain = text(message);
                break;
            default:
                message.skip();
            }
        }
        if (node.domain == "ai.onnx")
            node.domain.clear();
        return node;
    }

    /// AttributeProto: name 1, f 2, i 3, s 4, t 5, floats 7, ints 8
    Attribute readAttribute(pbf_reader message)
    {
        count();
        Attribute attribute;
        while (next(message)) {
            switch (message.tag()) {
            case 1:
                attribute.name = text(message);
                break;
            case 2:
                attribute.number = static_cast<double>(message.get_float());
                break;
            case 3:
                attribute.integer = message.get_int64();
                break;
            case 4:
                attribute.text = text(message);
                break;
            case 5:
                attribute.tensor = readTensor(message.get_view());
                break;
            case 7:
                if (message.has_wire_type(protozero::pbf_wire_type::length_delimited))
                    addAll(message.get_packed_float(), attribute.numbers);
                else
                    addOne(message.get_float(), attribute.numbers);
                break;
            case 8:
                readIntegers(message, attribute.integers);
                break;
            default:
                message.skip();
            }
        }
        return attribute;
    }

    template <class T> void addOne(T value, std::vector<T>& values)
    {
        count();
        values.push_back(value);
    }
    template <class Range, class T> void addAll(const Range& range, std::vector<T>& values)
    {
        for (const auto value : range)
            addOne(static_cast<T>(value), values);
    }
    void readIntegers(pbf_reader& message, std::vector<std::int64_t>& values)
    {
        if (message.has_wire_type(protozero::pbf_wire_type::length_delimited))
            addAll(message.get_packed_int64(), values);
        else
            addOne(message.get_int64(), values);
    }

    /// TensorProto: dims 1, data_type 2, name 8, external_data 13, data_location 14
    Tensor readTensor(protozero::data_view view)
    {
        count();
        Tensor tensor;
        tensor.message = { view.data(), view.size() };
        pbf_reader message(view);
        while (next(message)) {
            switch (message.tag()) {
            case 1:
                readIntegers(message, tensor.dims);
                break;
            case 2:
                tensor.type = message.get_int32();
                break;
            case 8:
                tensor.name = text(message);
                break;
            case 13:
                tensor.external.push_back(readEntry(message.get_message()));
                break;
            case 14:
                tensor.isExternal = message.get_int32() == 1;
                break;
            default:
                message.skip();
            }
        }
        return tensor;
    }

    /// StringStringEntryProto: key 1, value 2
    std::pair<std::string, std::string> readEntry(pbf_reader message)
    {
        std::pair<std::string, std::string> entry;
        while (next(message)) {
            if (message.tag() == 1)
                entry.first = text(message);
            else if (message.tag() == 2)
                entry.second = text(message);
            else
                message.skip();
        }
        return entry;
    }

    /// ValueInfoProto: name 1, type 2 { tensor_type 1 { elem_type 1, shape 2 } }
    ValueInfo readValueInfo(pbf_reader message)
    {
        count();
        ValueInfo info;
        while (next(message)) {
            if (message.tag() == 1)
                info.name = text(message);
            else if (message.tag() == 2)
                readType(message.get_message(), info);
            else
                message.skip();
        }
        return info;
    }

    void readType(pbf_reader type, ValueInfo& info)
    {
        while (next(type)) {
            if (type.tag() != 1) {
                type.skip();
                continue;
            }
            pbf_reader tensor = type.get_message();
            while (next(tensor)) {
                if (tensor.tag() == 1)
                    info.type = tensor.get_int32();
                else if (tensor.tag() == 2)
                    info.shape = readShape(tensor.get_message());
                else
                    tensor.skip();
            }
        }
    }

    /// TensorShapeProto: dim 1 { dim_value 1 }
    Shape readShape(pbf_reader message)
    {
        Shape shape;
        while (next(message)) {
            if (message.tag() != 1) {
                message.skip();
                continue;
            }
            count();
            shape.push_back(-1);
            pbf_reader dim = message.get_message();
            while (next(dim)) {
                if (dim.tag() == 1)
                    shape.back() = dim.get_int64();
                else
                    dim.skip();
            }
        }
        return shape;
    }
};

} // namespace

const Attribute* Node::attribute(std::string_view key) const
{
    const auto found = std::find_if(attributes.begin(), attributes.end(),
        [&](const Attribute& candidate) { return candidate.name == key; });
    return found == attributes.end() ? nullptr : &*found;
}

std::string printable(std::string_view name)
{
    constexpr std::size_t kLongest = 120;
    std::string clean;
    for (const char c : name.substr(0, kLongest))
        clean += c >= ' ' && c <= '~' ? c : '?';
    return name.size() > kLongest ? clean + "..." : clean;
}

Result<Model> parseModel(std::span<const std::byte> bytes, const std::string& where)
{
    const std::string_view view(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    Parser parser(view);
    Model model;
    bool hasGraph = false;
    try {
        hasGraph = parser.readModel(pbf_reader(view.data(), view.size()), model);
    } catch (const protozero::exception& problem) {
        return badInput("the file is damaged or cut off at byte " + std::to_string(parser.position()) + " ("
                + problem.what() + "); expected an ONNX model",
            where);
    }
    if (!hasGraph)
        return badInput("there is no graph in the file; expected an ONNX model", where);
    return model;
}

} // namespace palimpsest::onnx
