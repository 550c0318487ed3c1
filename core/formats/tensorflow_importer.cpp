// SPDX-License-Identifier: Apache-2.0
#include "core/formats/tensorflow_importer.h"

#include "core/base/file.h"
#include "core/formats/fit_weights.h"
#include "core/formats/tensorflow_bundle.h"
#include "core/formats/tensorflow_graph.h"
#include "core/formats/tensorflow_network.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

namespace palimpsest {

namespace fs = std::filesystem;

namespace {

using tensorflow::BundleEntry;
using tensorflow::BundleIndex;
using tensorflow::TensorBundle;

constexpr std::string_view kFormat = "TensorFlow 1 checkpoint";
constexpr std::string_view kObjectSuffix = "/.ATTRIBUTES/VARIABLE_VALUE"; ///< of what TensorFlow 2 writes

/// Slots of an optimiser are called after the variable that they belong to: "conv/kernel/Adam_1", and in TensorFlow 2
/// "conv/kernel/.OPTIMIZER_SLOT/...".
bool isSlot(const BundleIndex& index, const BundleEntry& entry)
{
    if (entry.name.find("/.OPTIMIZER_SLOT/") != std::string::npos || entry.name.starts_with("optimizer/"))
        return true;
    for (std::size_t slash = entry.name.rfind('/'); slash != std::string::npos && slash > 0;
         slash = entry.name.rfind('/', slash - 1)) {
        const BundleEntry* owner = index.find(std::string_view(entry.name).substr(0, slash));
        if (owner != nullptr && (owner->shape == entry.shape || entry.shape.empty()))
            return true;
    }
    return false;
}

/// Why a tensor of the checkpoint is no weight of the network; empty where nothing speaks against it.
std::string reasonToSkip(const BundleIndex& index, const BundleEntry& entry)
{
    if (isSlot(index, entry))
        return "state of the optimiser";
    if (entry.isSliced)
        return "saved in slices";
    if (!entry.isFloat())
        return entry.typeName() + ", no weights";
    if (entry.shape.empty())
        return "a single number: state of the optimiser or a counter";
    return {};
}

bool isFile(const fs::path& path)
{
    std::error_code ignored;
    return fs::is_regular_file(path, ignored);
}

/// "net" of "net-200", as TensorFlow calls a checkpoint after 200 steps; empty for other names.
std::string nameBeforeStep(const std::string& name)
{
    const std::size_t dash = name.rfind('-');
    const bool hasStep = dash != std::string::npos && dash > 0 && dash + 1 < name.size()
        && name.find_first_not_of("0123456789", dash + 1) == std::string::npos;
    return hasStep ? name.substr(0, dash) : std::string();
}

/// PREFIX.meta, or where it is not there the graph of another step of the same network.
fs::path metaFile(const fs::path& index)
{
    fs::path meta = index;
    meta.replace_extension(".meta");
    const std::string name = nameBeforeStep(index.stem().string());
    if (isFile(meta) || name.empty())
        return meta;
    std::vector<fs::path> others;
    std::error_code ignored;
    const fs::path folder = index.has_parent_path() ? index.parent_path() : fs::path(".");
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, ignored))
        if (const std::string stem = entry.path().stem().string();
            entry.path().extension() == ".meta" && (stem == name || nameBeforeStep(stem) == name))
            others.push_back(index.parent_path() / entry.path().filename());
    return others.empty() ? meta : *std::min_element(others.begin(), others.end());
}

/// [out, in] -> [in, out]
std::vector<float> transposed(const std::vector<float>& values, const Shape& target)
{
    const auto rows = static_cast<std::size_t>(target[0]);
    const auto columns = static_cast<std::size_t>(target[1]);
    std::vector<float> result(values.size());
    for (std::size_t row = 0; row < rows; ++row)
        for (std::size_t column = 0; column < columns; ++column)
            result[row * columns + column] = values[column * rows + row];
    return result;
}

Result<std::vector<float>> readVariable(
    const TensorBundle& bundle, const std::string& name, const std::string& where)
{
    const BundleEntry* entry = bundle.index().find(name);
    if (entry == nullptr || !entry->isFloat() || entry->isSliced)
        return badInput("variable \"" + name + "\" is "
                + (entry == nullptr       ? "not there"
                        : entry->isSliced ? "saved in slices (a partitioned variable); save it whole"
                                          : entry->typeName() + ", expected floating-point numbers"),
            where);
    return bundle.read(*entry);
}

Result<Tensor> computedTensor(
    const TensorBundle& bundle, const tensorflow::TensorSource& source, const std::string& where)
{
    auto computed = source.compute([&](const std::string& name) -> Result<std::vector<double>> {
        PALIMPSEST_TRY(const std::vector<float> values, readVariable(bundle, name, where));
        return std::vector<double>(values.begin(), values.end());
    });
    if (!computed)
        return badInput(computed.error().message, where);
    const auto count = static_cast<std::size_t>(elementCount(source.shape));
    if (computed->size() == 1)
        computed->resize(count, computed->front());
    if (computed->size() != count)
        return badInput("the graph computes " + std::to_string(computed->size()) + " numbers for \""
                + source.tensor + "\", which takes " + std::to_string(count),
            where);
    Tensor tensor { source.tensor, source.shape, {} };
    for (const double number : *computed)
        tensor.values.push_back(static_cast<float>(number));
    return tensor;
}

Result<Tensor> readTensor(
    const TensorBundle& bundle, const tensorflow::TensorSource& source, const std::string& where)
{
    if (source.compute)
        return computedTensor(bundle, source, where);
    if (source.variable.empty())
        return Tensor { source.tensor, source.shape,
            std::vector<float>(
                static_cast<std::size_t>(elementCount(source.shape)), static_cast<float>(source.fill)) };
    PALIMPSEST_TRY(std::vector<float> values, readVariable(bundle, source.variable, where));
    if (source.isTransposed)
        values = transposed(values, source.shape);
    return Tensor { source.tensor, source.shape, std::move(values) };
}

/// The network of the graph with its weights.
Result<NetworkImport> readWithGraph(const fs::path& index, const fs::path& meta, const Shape& inputShape)
{
    PALIMPSEST_TRY(const MappedFile file, MappedFile::open(meta));
    PALIMPSEST_TRY(const tensorflow::Graph graph, tensorflow::parseMetaGraph(file.bytes(), meta.string()));
    PALIMPSEST_TRY(const TensorBundle bundle, TensorBundle::open(index));
    const auto shapeOf = [&](const std::string& name) -> std::optional<Shape> {
        const BundleEntry* entry = bundle.index().find(name);
        return entry == nullptr ? std::nullopt : std::optional(entry->shape);
    };
    PALIMPSEST_TRY(tensorflow::GraphNetwork described,
        tensorflow::networkFromGraph(graph, shapeOf, index.stem().string(), meta.string(), inputShape));

    NetworkImport result;
    result.format = kFormat;
    result.notes = std::move(described.notes);
    if (meta.stem() != index.stem())
        result.notes.push_back("The graph was taken from " + meta.filename().string() + ", because "
            + index.filename().string() + " has none of its own");
    std::map<std::string, const tensorflow::TensorSource*> byVariable;
    Weights weights;
    for (const tensorflow::TensorSource& source : described.tensors) {
        PALIMPSEST_TRY(Tensor tensor, readTensor(bundle, source, index.string()));
        weights.tensors.push_back(std::move(tensor));
        for (const std::string& part : source.variables)
            byVariable.emplace(part, &source);
        if (source.compute)
            continue;
        if (source.variable.empty())
            result.tensors.push_back(
                { "(constant)", {}, source.tensor, source.shape, "a constant of the graph" });
        else
            byVariable.emplace(source.variable, &source);
    }
    for (const BundleEntry& entry : bundle.index().entries) {
        TensorMapping mapping { entry.name, entry.shape, {}, {}, {} };
        if (const auto used = byVariable.find(entry.name); used != byVariable.end()) {
            mapping.target = used->second->tensor;
            mapping.targetShape = used->second->shape;
            mapping.note = used->second->isTransposed ? "transposed"
                : used->second->compute               ? "part of what the graph computes"
                                                      : "";
        } else {
            mapping.note = reasonToSkip(bundle.index(), entry);
            if (mapping.note.empty())
                mapping.note = "not used on the way from the samples to the prediction";
        }
        result.tensors.push_back(std::move(mapping));
    }
    PALIMPSEST_TRY(
        result.network.weights, checkWeights(described.network, std::move(weights), index.string()));
    result.network.network = std::move(described.network);
    return result;
}

class TensorflowImporter final : public NetworkImporter {
public:
    [[nodiscard]] std::string_view format() const override { return kFormat; }

    [[nodiscard]] bool recognises(const fs::path& file, std::span<const std::byte> /*head*/) const override
    {
        return !tensorflow::bundleIndexFile(file).empty();
    }

    [[nodiscard]] std::vector<fs::path> files(
        const fs::path& file, const ImportOptions& options) const override
    {
        const fs::path index = tensorflow::bundleIndexFile(file);
        std::vector<fs::path> others = tensorflow::bundleDataFiles(index);
        others.insert(others.begin(), index);
        others.push_back(options.layers.empty() ? metaFile(index) : options.layers);
        std::vector<fs::path> files { file };
        for (fs::path& other : others)
            if (other != file && isFile(other))
                files.push_back(std::move(other));
        return files;
    }

    [[nodiscard]] Result<NetworkImport> read(
        const fs::path& file, const ImportOptions& options) const override
    {
        const fs::path index = tensorflow::bundleIndexFile(file);
        const fs::path meta = metaFile(index);
        if (!isFile(index))
            return badInput("its index " + index.string()
                    + " is not there; a checkpoint is PREFIX.index, PREFIX.data-... and PREFIX.meta",
                file.string());
        if (options.layers.empty() && isFile(meta))
            return readWithGraph(index, meta, options.inputShape);
        if (options.layers.empty())
            return badInput("the checkpoint has no graph (" + meta.filename().string()
                    + " is not beside it); name its layer list with --layers FILE.json",
                index.string());
        PALIMPSEST_TRY(Network network, readNetwork(options.layers));
        PALIMPSEST_TRY(WeightsFile weights, readTensorflowWeights(index));
        return fitWeights(std::move(network), std::move(weights), index.string());
    }
};

} // namespace

Result<WeightsFile> readTensorflowWeights(const fs::path& index)
{
    PALIMPSEST_TRY(const TensorBundle bundle, TensorBundle::open(index));
    WeightsFile file;
    file.format = kFormat;
    for (const BundleEntry& entry : bundle.index().entries) {
        std::string reason = reasonToSkip(bundle.index(), entry);
        if (!reason.empty()) {
            file.skipped.push_back({ entry.name, entry.shape, {}, {}, std::move(reason) });
            continue;
        }
        PALIMPSEST_TRY(std::vector<float> values, bundle.read(entry));
        std::string name = entry.name;
        if (name.ends_with(kObjectSuffix))
            name.resize(name.size() - kObjectSuffix.size());
        file.weights.tensors.push_back({ std::move(name), entry.shape, std::move(values) });
    }
    return file;
}

std::shared_ptr<const NetworkImporter> tensorflowImporter()
{
    return std::make_shared<TensorflowImporter>();
}

} // namespace palimpsest
