// SPDX-License-Identifier: Apache-2.0
#include "core/formats/onnx_importer.h"

#include "core/base/file.h"
#include "core/formats/onnx_operators.h"
#include "core/network/layer_rules.h"

#include <algorithm>
#include <map>
#include <utility>

namespace palimpsest {

namespace fs = std::filesystem;

namespace {

using onnx::externalFile;
using onnx::Graph;
using onnx::isFloat;
using onnx::Model;
using onnx::Node;
using onnx::Operators;
using onnx::parseModel;
using onnx::printable;
using onnx::TensorReader;
using onnx::typeName;
using onnx::Value;
using onnx::ValueInfo;
using onnx::Values;

constexpr std::string_view kFormat = "ONNX";

/// Shape of one sample of the graph's input.
Result<Shape> sampleShape(const ValueInfo& input, const std::string& where)
{
    const std::string subject = "the input \"" + printable(input.name) + "\"";
    if (!isFloat(input.type))
        return badInput(
            subject + " takes " + typeName(input.type) + " numbers; expected floating-point ones", where);
    if (!input.shape || input.shape->size() < 2 || input.shape->size() > 6)
        return badInput(
            subject + " should have an axis of samples and one or more others, with their sizes", where);
    Shape shape(input.shape->begin() + 1, input.shape->end());
    for (std::size_t axis = 0; axis < shape.size(); ++axis)
        if (!isSize(shape[axis], 1))
            return badInput(subject + " leaves the size of axis " + std::to_string(axis + 1)
                    + " open; export the model with a fixed one (only the number of samples may be open)",
                where);
    if (!fitsLimits(shape))
        return badInput(subject + " is larger than 2,147,483,647 numbers a sample", where);
    return shape;
}

bool isElementwise(const std::string& op)
{
    return op == "Add" || op == "Sub" || op == "Mul" || op == "Div" || op == "Cast" || op == "Identity";
}

/// Images as Keras takes them end with their channels, and a Transpose (perhaps after some arithmetic) brings these to the front,
/// or they are flattened as they are. The network then takes them with the channels first, as all images are here.
/// @return the order in which it takes the axes of a sample; empty: as they are
std::vector<int> channelsFirst(const Graph& graph, const Shape& sample)
{
    constexpr std::size_t kImageAxes = 3;
    constexpr std::int64_t kMostColors = 4;
    if (sample.size() != kImageAxes)
        return {};
    const std::string* value = &graph.input().name;
    for (const Node* node = graph.onlyReader(*value); node != nullptr; node = graph.onlyReader(*value)) {
        const onnx::Attribute* order = node->attribute("perm");
        if (node->op == "Transpose")
            return order != nullptr && order->integers == std::vector<std::int64_t> { 0, 3, 1, 2 }
                ? std::vector { 2, 0, 1 }
                : std::vector<int> {};
        const bool isImage = sample[2] <= kMostColors && sample[0] > kMostColors && sample[1] > kMostColors;
        if ((node->op == "Flatten" || node->op == "Reshape") && isImage)
            return { 2, 0, 1 };
        if (!isElementwise(node->op) || node->outputs.empty())
            return {};
        value = &node->outputs.front();
    }
    return {};
}

/// Puts the mapping into the order of the file, and adds what no layer took.
void completeMapping(NetworkImport& result, const Model& model)
{
    std::map<std::string_view, std::size_t> places;
    for (const onnx::Tensor& tensor : model.initializers)
        places.emplace(tensor.name, places.size());
    const auto place = [&](const TensorMapping& mapping) {
        const auto found = places.find(mapping.source);
        return found == places.end() ? places.size() : found->second;
    };
    std::map<std::string_view, bool> isTaken;
    for (const TensorMapping& mapping : result.tensors)
        isTaken[mapping.source] = true;
    std::vector<TensorMapping> skipped;
    for (const onnx::Tensor& tensor : model.initializers)
        if (!isTaken.contains(tensor.name))
            skipped.push_back({ tensor.name, tensor.dims, {}, {},
                isFloat(tensor.type) ? "no tensor of a layer: a setting of an operator, or not used"
                                     : typeName(tensor.type) + ", no weights" });
    result.tensors.insert(result.tensors.end(), skipped.begin(), skipped.end());
    std::stable_sort(result.tensors.begin(), result.tensors.end(),
        [&](const TensorMapping& a, const TensorMapping& b) { return place(a) < place(b); });
    for (TensorMapping& mapping : result.tensors)
        mapping.source = printable(mapping.source);
}

Result<NetworkImport> convert(const Model& model, const MappedFile& bytes, const fs::path& file)
{
    const std::string where = file.string();
    PALIMPSEST_TRY(const Graph graph, Graph::link(model, where));
    PALIMPSEST_TRY(const Shape sample, sampleShape(graph.input(), where));
    NetworkBuilder builder(sample);
    const std::vector<int> order = channelsFirst(graph, sample);
    if (!order.empty())
        builder.takeInputAs(order);
    TensorReader reader(file, bytes);
    Values values(graph, reader);
    values.set(graph.input().name, Value { builder.input(), {}, {} });
    Operators operators(graph, model.opset, values, builder);
    for (const Node* node : graph.nodes())
        if (const Status done = operators.apply(*node); !done)
            return badInput(done.error().message, done.error().where.empty() ? where : done.error().where);
    const std::optional<GraphValue> output = values.activationOf(graph.output());
    if (!output)
        return badInput("the output \"" + printable(graph.output()) + "\" is a constant", where);
    PALIMPSEST_TRY(NetworkImport result, builder.finish(*output, file.stem().string(), where));
    result.format = kFormat;
    completeMapping(result, model);
    result.notes.insert(result.notes.end(), operators.notes().begin(), operators.notes().end());
    if (result.network.network.inputShape != sample)
        result.notes.push_back("The file takes samples of " + toString(sample) + "; here they are "
            + toString(result.network.network.inputShape) + (order.empty() ? "." : ", channels first."));
    if (graph.unusedNodes() > 0)
        result.notes.push_back("Nodes on which the output does not depend were left out: "
            + std::to_string(graph.unusedNodes()) + ".");
    return result;
}

class OnnxImporter final : public NetworkImporter {
public:
    [[nodiscard]] std::string_view format() const override { return kFormat; }

    [[nodiscard]] bool recognises(const fs::path& file, std::span<const std::byte> /*head*/) const override
    {
        return file.extension() == ".onnx";
    }

    [[nodiscard]] std::vector<fs::path> files(
        const fs::path& file, const ImportOptions& /*options*/) const override
    {
        std::vector<fs::path> all { file };
        const Result<MappedFile> bytes = MappedFile::open(file);
        if (!bytes)
            return all;
        const Result<Model> model = parseModel(bytes->bytes(), file.string());
        if (!model)
            return all;
        for (const onnx::Tensor& tensor : model->initializers) {
            if (!tensor.isExternal)
                continue;
            Result<fs::path> external = externalFile(tensor, file);
            if (external && std::find(all.begin(), all.end(), *external) == all.end())
                all.push_back(std::move(*external));
        }
        return all;
    }

    [[nodiscard]] Result<NetworkImport> read(
        const fs::path& file, const ImportOptions& /*options*/) const override
    {
        PALIMPSEST_TRY(const MappedFile bytes, MappedFile::open(file));
        PALIMPSEST_TRY(const Model model, parseModel(bytes.bytes(), file.string()));
        return convert(model, bytes, file);
    }
};

} // namespace

std::shared_ptr<const NetworkImporter> onnxImporter()
{
    return std::make_shared<OnnxImporter>();
}

} // namespace palimpsest
