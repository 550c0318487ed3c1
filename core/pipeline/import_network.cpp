// SPDX-License-Identifier: Apache-2.0
#include "core/pipeline/import_network.h"

#include "core/base/file.h"
#include "core/base/hash.h"
#include "core/base/json.h"
#include "core/base/units.h"
#include "core/formats/fit_weights.h"
#include "core/formats/layer_list_importer.h"
#include "core/formats/onnx_importer.h"
#include "core/formats/tensorflow_importer.h"
#include "core/formats/weights_file.h"
#include "core/io/project_folder.h"
#include "core/io/reference_network.h"
#include "core/network/safetensors.h"
#include "core/nn/torchscript_importer.h"
#include "core/pipeline/project.h"
#include "core/project/recipe.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>
#include <future>
#include <optional>

namespace palimpsest {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kHeadBytes = 4096;

Result<std::vector<std::byte>> readHead(const fs::path& file)
{
    std::error_code problem;
    if (!fs::is_regular_file(file, problem))
        return badInput(fs::exists(file, problem) ? "expected a file, got a folder" : "there is no such file",
            file.string());
    std::ifstream stream(file, std::ios::binary);
    std::vector<std::byte> head(kHeadBytes);
    stream.read(reinterpret_cast<char*>(head.data()), static_cast<std::streamsize>(head.size()));
    if (stream.bad())
        return badInput("cannot be read", file.string());
    head.resize(static_cast<std::size_t>(stream.gcount()));
    return head;
}

std::string listOfFormats()
{
    std::string text;
    for (const auto& importer : networkImporters())
        text += (text.empty() ? "" : ", ") + std::string(importer->format());
    return text;
}

/// Sorts the files into the one that is read and the one that options name.
Result<ImportRequest> sortFiles(ImportRequest request)
{
    if (request.files.empty() || request.files.size() > 2)
        return badInput("expected one file, or a layer list and its weights, got "
            + std::to_string(request.files.size()) + " files");
    if (request.files.size() == 1)
        return request;
    const auto isList = [](const fs::path& file) { return file.extension() == ".json"; };
    if (isList(request.files[1]))
        std::swap(request.files[0], request.files[1]);
    if (!isList(request.files[0]) || isList(request.files[1]))
        return badInput("expected one layer list (.json) and one file of weights, got "
            + request.files[0].string() + " and " + request.files[1].string());
    request.options.weights = request.files[1];
    request.files.pop_back();
    return request;
}

Result<FileHashes> hashFiles(const std::vector<fs::path>& files)
{
    FileHashes hashes;
    for (const fs::path& file : files) {
        PALIMPSEST_TRY(std::string hash, sha256File(file));
        hashes.emplace_back(file, std::move(hash));
    }
    return hashes;
}

} // namespace

const NetworkImporters& networkImporters()
{
    static const NetworkImporters importers { layerListImporter(), onnxImporter(), tensorflowImporter(),
        weightsImporter(), referenceNetworkImporter(), torchScriptImporter() };
    return importers;
}

Result<std::shared_ptr<const NetworkImporter>> findImporter(const fs::path& file)
{
    PALIMPSEST_TRY(const std::vector<std::byte> head, readHead(file));
    for (const auto& importer : networkImporters())
        if (importer->recognises(file, head))
            return importer;
    return badInput("this is no form of network that is known (" + listOfFormats() + ")", file.string());
}

Result<NetworkImport> readAnyNetwork(const fs::path& file, const ImportOptions& options)
{
    PALIMPSEST_TRY(const auto importer, findImporter(file));
    return importer->read(file, options);
}

Result<Weights> readWeightsFor(const Network& network, const fs::path& file)
{
    if (isWeightsFile(file)) {
        PALIMPSEST_TRY(WeightsFile read, readWeightsFile(file));
        PALIMPSEST_TRY(NetworkImport fitted, fitWeights(network, std::move(read), file.string()));
        return std::move(fitted.network.weights);
    }
    PALIMPSEST_TRY(NetworkImport read, readAnyNetwork(file));
    return checkWeights(network, std::move(read.network.weights), file.string());
}

Result<Weights> readFisherFor(const Network& network, const fs::path& file)
{
    if (isWeightsFile(file)) {
        PALIMPSEST_TRY(WeightsFile read, readWeightsFile(file));
        return fitFisher(network, std::move(read), file.string());
    }
    PALIMPSEST_TRY(NetworkImport read, readAnyNetwork(file));
    if (!read.network.fisher)
        return badInput("expected Fisher information, got a " + read.format
                + " without it; name another file, or set fisher.source to \"computed\"",
            file.string());
    return checkFisher(network, std::move(*read.network.fisher), file.string());
}

Result<std::vector<fs::path>> filesOfAnyWeights(const fs::path& file)
{
    if (isWeightsFile(file))
        return filesOfWeights(file);
    PALIMPSEST_TRY(const auto importer, findImporter(file));
    return importer->files(file, {});
}

Result<ImportPreview> previewImport(const ImportRequest& request)
{
    PALIMPSEST_TRY(const ImportRequest sorted, sortFiles(request));
    const fs::path& file = sorted.files.front();
    PALIMPSEST_TRY(const auto importer, findImporter(file));
    auto hashing = std::async(
        std::launch::async, [files = importer->files(file, sorted.options)] { return hashFiles(files); });
    auto content = importer->read(file, sorted.options);
    auto hashes = hashing.get();
    if (!content)
        return content.error();
    if (!hashes)
        return hashes.error();
    return ImportPreview { std::move(content).value(), std::move(hashes).value() };
}

std::vector<std::string> mappingReport(const NetworkImport& content)
{
    const Network& network = content.network.network;
    std::vector<std::string> report { content.format + ", " + formatCount(network.trainableCount())
        + " weights, input " + toString(network.inputShape) + ", " + std::to_string(network.classes())
        + " classes" };
    for (const TensorMapping& tensor : content.tensors) {
        std::string line = tensor.source + " " + toString(tensor.sourceShape);
        if (tensor.target.empty()) {
            line += " skipped";
        } else {
            const auto spec = std::find_if(network.tensors.begin(), network.tensors.end(),
                [&](const TensorSpec& candidate) { return candidate.name == tensor.target; });
            line += " -> "
                + (spec == network.tensors.end() ? std::string()
                                                 : "layer " + network.layers[spec->layer].name + ": ")
                + tensor.target + " " + toString(tensor.targetShape);
        }
        report.push_back(line + (tensor.note.empty() ? "" : " (" + tensor.note + ")"));
    }
    report.insert(report.end(), content.notes.begin(), content.notes.end());
    return report;
}

Result<std::vector<std::string>> storeNetwork(
    const ImportedNetwork& network, const fs::path& project, const std::string& name, const std::string& task)
{
    PALIMPSEST_TRY(Recipe recipe, readRecipe(project, {}, NoTasks::Allow));
    const auto found = std::find_if(recipe.tasks.begin(), recipe.tasks.end(),
        [&](const TaskSettings& settings) { return settings.name == task; });
    if (!task.empty() && found == recipe.tasks.end())
        return badInput("the project has no task \"" + task + "\"; add it to project.json first",
            ProjectFolder(project).recipeFile().string());

    const std::string stem = "networks/" + (name.empty() ? task : name);
    const std::string networkFile = stem + ".json";
    const std::string weightsFile = stem + ".safetensors";
    const std::string fisherFile = stem + ".fisher.safetensors";
    std::error_code problem;
    fs::create_directories(project / "networks", problem);
    if (problem)
        return failure("could not be made: " + problem.message(), (project / "networks").string());
    PALIMPSEST_CHECK(writeFileAtomically(project / networkFile, toJson(network.network).dump(2) + "\n"));
    PALIMPSEST_CHECK(writeSafetensors(project / weightsFile, network.weights));
    std::vector<std::string> done { "wrote " + networkFile + " and " + weightsFile };
    if (network.fisher) {
        PALIMPSEST_CHECK(writeSafetensors(project / fisherFile, *network.fisher));
        done.front() += " and " + fisherFile;
    } else {
        fs::remove(project / fisherFile, problem); // of an earlier import under this name
    }
    if (found != recipe.tasks.end()) {
        found->network = networkFile;
        found->weights = weightsFile;
        found->fisher = network.fisher ? fisherFile : std::string();
        PALIMPSEST_CHECK(
            writeFileAtomically(ProjectFolder(project).recipeFile(), toJson(recipe).dump(2) + "\n"));
        done.push_back("task " + task + " uses them from now on");
    } else {
        done.push_back("to use them, set \"network\": \"" + networkFile + "\" and \"weights\": \""
            + weightsFile + "\" in a task of project.json");
    }
    return done;
}

Result<std::vector<std::string>> importNetwork(
    const ImportRequest& request, const fs::path& project, const std::string& task)
{
    PALIMPSEST_TRY(const Recipe recipe,
        readRecipe(project, {}, NoTasks::Allow)); // before a long read: is there a project?
    PALIMPSEST_TRY(const ImportPreview preview, previewImport(request));
    std::vector<std::string> report;
    for (const auto& [file, hash] : preview.files)
        report.push_back(file.string() + " sha256 " + hash);
    const std::vector<std::string> mapping = mappingReport(preview.content);
    report.insert(report.end(), mapping.begin(), mapping.end());
    const std::string name = task.empty() ? preview.files.front().first.stem().string() : task;
    PALIMPSEST_TRY(
        const std::vector<std::string> done, storeNetwork(preview.content.network, project, name, task));
    report.insert(report.end(), done.begin(), done.end());
    return report;
}

} // namespace palimpsest
