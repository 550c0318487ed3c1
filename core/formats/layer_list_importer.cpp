// SPDX-License-Identifier: Apache-2.0
#include "core/formats/layer_list_importer.h"

#include "core/formats/fit_weights.h"
#include "core/formats/weights_file.h"
#include "core/network/safetensors.h"

#include <utility>

namespace palimpsest {

namespace fs = std::filesystem;

namespace {

bool isFile(const fs::path& path)
{
    std::error_code ignored;
    return fs::is_regular_file(path, ignored);
}

fs::path fisherBeside(const fs::path& weights)
{
    fs::path file = weights;
    return file.replace_extension(".fisher.safetensors");
}

fs::path weightsOf(const fs::path& layers, const ImportOptions& options)
{
    if (!options.weights.empty())
        return options.weights;
    fs::path beside = layers;
    return beside.replace_extension(".safetensors");
}

fs::path layersOf(const fs::path& weights, const ImportOptions& options)
{
    if (!options.layers.empty())
        return options.layers;
    fs::path beside = weights;
    return beside.replace_extension(".json");
}

std::vector<fs::path> filesOf(fs::path first, const fs::path& layers, const fs::path& weights)
{
    std::vector<fs::path> files { std::move(first) };
    std::vector<fs::path> others = filesOfWeights(weights);
    others.push_back(layers);
    others.push_back(fisherBeside(weights));
    for (fs::path& other : others)
        if (other != files.front() && isFile(other))
            files.push_back(std::move(other));
    return files;
}

Status readFisher(const fs::path& file, NetworkImport& result)
{
    PALIMPSEST_TRY(Weights fisher, readSafetensors(file));
    PALIMPSEST_TRY(fisher, checkFisher(result.network.network, std::move(fisher), file.string()));
    for (const Tensor& tensor : fisher.tensors)
        result.tensors.push_back(
            { tensor.name, tensor.shape, tensor.name, tensor.shape, "Fisher information" });
    result.network.fisher = std::move(fisher);
    return success();
}

Result<NetworkImport> readBoth(const fs::path& layers, const fs::path& weights)
{
    PALIMPSEST_TRY(Network network, readNetwork(layers));
    PALIMPSEST_TRY(WeightsFile file, readWeightsFile(weights));
    PALIMPSEST_TRY(NetworkImport result, fitWeights(std::move(network), std::move(file), weights.string()));
    result.format = "layer list with " + result.format;
    if (const fs::path fisher = fisherBeside(weights); isFile(fisher))
        PALIMPSEST_CHECK(readFisher(fisher, result));
    return result;
}

class LayerListImporter final : public NetworkImporter {
public:
    [[nodiscard]] std::string_view format() const override { return "layer list"; }
    [[nodiscard]] bool recognises(const fs::path& file, std::span<const std::byte> /*head*/) const override
    {
        return file.extension() == ".json";
    }
    [[nodiscard]] std::vector<fs::path> files(
        const fs::path& file, const ImportOptions& options) const override
    {
        return filesOf(file, file, weightsOf(file, options));
    }
    [[nodiscard]] Result<NetworkImport> read(
        const fs::path& file, const ImportOptions& options) const override
    {
        return readBoth(file, weightsOf(file, options));
    }
};

class WeightsImporter final : public NetworkImporter {
public:
    [[nodiscard]] std::string_view format() const override { return "weights alone"; }
    [[nodiscard]] bool recognises(const fs::path& file, std::span<const std::byte> /*head*/) const override
    {
        return isWeightsFile(file);
    }
    [[nodiscard]] std::vector<fs::path> files(
        const fs::path& file, const ImportOptions& options) const override
    {
        return filesOf(file, layersOf(file, options), file);
    }
    [[nodiscard]] Result<NetworkImport> read(
        const fs::path& file, const ImportOptions& options) const override
    {
        const fs::path layers = layersOf(file, options);
        if (!isFile(layers))
            return badInput(options.layers.empty()
                    ? "these are weights alone; name their layer list with --layers FILE.json"
                    : "the layer list " + layers.string() + " is not there",
                file.string());
        return readBoth(layers, file);
    }
};

} // namespace

std::shared_ptr<const NetworkImporter> layerListImporter()
{
    return std::make_shared<LayerListImporter>();
}

std::shared_ptr<const NetworkImporter> weightsImporter()
{
    return std::make_shared<WeightsImporter>();
}

} // namespace palimpsest
