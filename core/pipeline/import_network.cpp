// SPDX-License-Identifier: Apache-2.0
#include "core/pipeline/import_network.h"

#include "core/base/file.h"
#include "core/base/json.h"
#include "core/base/units.h"
#include "core/io/project_folder.h"
#include "core/network/safetensors.h"
#include "core/pipeline/project.h"
#include "core/project/recipe.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace palimpsest {

namespace fs = std::filesystem;

Result<ImportedNetwork> readAnyNetwork(const fs::path& network, const fs::path& weights)
{
    if (network.extension() == ".h5" || network.extension() == ".hdf5")
        return readReferenceNetwork(network);
    if (network.extension() != ".json")
        return badInput("expected a layer list (.json) or a reference network (.h5)", network.string());
    fs::path beside = network;
    beside.replace_extension(".safetensors");
    const fs::path& file = weights.empty() ? beside : weights;
    ImportedNetwork imported;
    PALIMPSEST_TRY(imported.network, readNetwork(network));
    PALIMPSEST_TRY(Weights read, readSafetensors(file));
    PALIMPSEST_TRY(imported.weights, checkWeights(imported.network, std::move(read), file.string()));
    return imported;
}

namespace {

/// Sorts the files named on the command line into a layer list and weights.
Result<ImportedNetwork> readFiles(const std::vector<fs::path>& files, const fs::path& layers)
{
    fs::path network = layers;
    fs::path weights;
    for (const fs::path& file : files) {
        fs::path& place = file.extension() == ".safetensors" ? weights : network;
        if (!place.empty())
            return badInput(
                "expected one layer list and one file of weights, got a second one", file.string());
        place = file;
    }
    if (network.empty())
        return badInput(
            "these are weights alone; name their layer list with --layers FILE.json", weights.string());
    return readAnyNetwork(network, weights);
}

} // namespace

Result<std::vector<std::string>> importNetwork(const std::vector<fs::path>& files, const fs::path& layers,
    const fs::path& project, const std::string& task)
{
    PALIMPSEST_TRY(Recipe recipe, readRecipe(project));
    PALIMPSEST_TRY(const ImportedNetwork imported, readFiles(files, layers));
    const std::string name = task.empty() ? files.front().stem().string() : task;
    const auto found = std::find_if(recipe.tasks.begin(), recipe.tasks.end(),
        [&](const TaskSettings& settings) { return settings.name == task; });
    if (!task.empty() && found == recipe.tasks.end())
        return badInput("the project has no task \"" + task + "\"; add it to project.json first",
            ProjectFolder(project).recipeFile().string());

    const std::string networkFile = "networks/" + name + ".json";
    const std::string weightsFile = "networks/" + name + ".safetensors";
    std::error_code problem;
    fs::create_directories(project / "networks", problem);
    if (problem)
        return failure("could not be made: " + problem.message(), (project / "networks").string());
    PALIMPSEST_CHECK(writeFileAtomically(project / networkFile, toJson(imported.network).dump(2) + "\n"));
    PALIMPSEST_CHECK(writeSafetensors(project / weightsFile, imported.weights));

    std::vector<std::string> report;
    for (const TensorSpec& spec : imported.network.tensors)
        report.push_back(
            spec.name + " " + toString(spec.shape) + " -> layer " + imported.network.layers[spec.layer].name);
    report.push_back(formatCount(imported.network.trainableCount()) + " weights; wrote " + networkFile
        + " and " + weightsFile);
    if (imported.fisher)
        report.emplace_back("the Fisher information in the file was left out: the fisher stage computes it");
    if (found != recipe.tasks.end()) {
        found->network = networkFile;
        found->weights = weightsFile;
        PALIMPSEST_CHECK(
            writeFileAtomically(ProjectFolder(project).recipeFile(), toJson(recipe).dump(2) + "\n"));
        report.push_back("task " + task + " uses them from now on");
    } else {
        report.push_back("to use them, set \"network\": \"" + networkFile + "\" and \"weights\": \""
            + weightsFile + "\" in a task of project.json");
    }
    return report;
}

} // namespace palimpsest
