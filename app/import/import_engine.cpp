// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/import/import_engine.h"

#include "app/document/data_preview.h"
#include "core/base/file.h"
#include "core/base/hash.h"
#include "core/base/json.h"
#include "core/data/catalogue.h"
#include "core/formats/trusted_files.h"
#include "core/formats/weights_file.h"
#include "core/io/hdf5_data.h"
#include "core/pipeline/import_network.h"
#include "core/pipeline/network_trial.h"
#include "core/project/recipe.h"

#include <nlohmann/json.hpp>

#include <mutex>
#include <system_error>
#include <utility>

namespace palimpsest {

namespace fs = std::filesystem;

namespace {

bool isFile(const fs::path& path)
{
    std::error_code ignored;
    return fs::is_regular_file(path, ignored);
}

std::uint64_t bytesOf(const fs::path& path)
{
    std::error_code problem;
    const std::uintmax_t bytes = fs::file_size(path, problem);
    return problem ? 0 : bytes;
}

/// The file of the same name with another ending; empty where it is not there.
fs::path besideWith(fs::path file, const char* ending)
{
    file.replace_extension(ending);
    return isFile(file) ? file : fs::path();
}

Result<ImportFile> look(const fs::path& file)
{
    PALIMPSEST_TRY(const auto importer, findImporter(file));
    ImportFile seen;
    seen.format = importer->format();
    seen.bytes = bytesOf(file);
    const std::string ending = file.extension().string();
    if (seen.format == "TorchScript") {
        seen.isProgram = true;
        seen.takesShape = true;
        PALIMPSEST_TRY(seen.sha256, sha256File(file));
        seen.isTrusted = checkTrust(file, false).ok();
    } else if (ending == ".json") {
        seen.takesWeights = true;
        seen.weights = besideWith(file, ".safetensors");
    } else if (isWeightsFile(file)) {
        // A checkpoint may have its graph beside it; other forms never say their layers.
        seen.takesLayers = true;
        seen.needsLayers = besideWith(file, ".meta").empty();
        if (seen.needsLayers)
            seen.layers = besideWith(file, ".json");
    }
    return seen;
}

Status trust(const fs::path& file, const std::string& sha256)
{
    PALIMPSEST_TRY(const std::string hash, sha256File(file));
    if (hash != sha256)
        return badInput(
            "the file has changed since you were asked; look at its SHA-256 again", file.string());
    return checkTrust(file, true);
}

Result<SharedNetwork> read(const fs::path& file, const ImportOptions& options)
{
    auto network = std::make_shared<ReadNetwork>();
    FileHashes hashes;
    if (file.extension() == ".json" && options.weights.empty()) {
        // To be trained: a layer list is all that it takes.
        PALIMPSEST_TRY(network->content.network.network, readNetwork(file));
        PALIMPSEST_TRY(std::string hash, sha256File(file));
        hashes.emplace_back(file, std::move(hash));
        network->content.format = "layer list";
        network->hasWeights = false;
    } else {
        PALIMPSEST_TRY(ImportPreview preview, previewImport({ { file }, options }));
        network->content = std::move(preview.content);
        hashes = std::move(preview.files);
    }
    for (auto& [path, hash] : hashes)
        network->files.push_back({ path, bytesOf(path), std::move(hash) });
    return SharedNetwork(std::move(network));
}

/// The training part that was read last.
class TrainPart {
public:
    Result<std::shared_ptr<const RawSamples>> read(const DataSettings& data, const SplitSettings& split,
        const fs::path& root, const std::stop_token& stop)
    {
        TaskSettings task;
        task.data = data;
        task.split = split;
        Recipe recipe;
        recipe.tasks = { task };
        const Json json = toJson(recipe).at("tasks").at(0);
        const std::string key = json.at("data").dump() + json.at("split").dump();
        const std::scoped_lock lock(m_mutex);
        if (key == m_key)
            return m_samples;
        JobChannel channel;
        const JobContext context(channel, stop);
        PALIMPSEST_TRY(RawSamples samples,
            readPart(allReaders(), data, split, dataBase(data, root), Part::Train, ReadControl(context)));
        m_samples = std::make_shared<const RawSamples>(std::move(samples));
        m_key = key;
        return m_samples;
    }

private:
    std::mutex m_mutex;
    std::string m_key;
    std::shared_ptr<const RawSamples> m_samples;
};

ImportTrial shownTrial(NetworkTrial trial)
{
    ImportTrial shown { std::move(trial.steps), trial.samples, trial.correct, {} };
    for (TriedSample& sample : trial.shown)
        shown.shown.push_back({ std::move(sample.values), sample.label, sample.predicted });
    return shown;
}

Result<ImportTrials> tryOut(const ReadNetwork& network, const TaskSettings& task,
    const std::optional<std::vector<std::string>>& steps, const TrialReader& reader, std::uint64_t seed,
    const std::stop_token& stop)
{
    JobChannel channel;
    const JobContext context(channel, stop);
    const ImportedNetwork& imported = network.content.network;
    PALIMPSEST_TRY(const TrialData data, prepareTrial(task, imported.network, reader, seed));
    std::vector<NetworkTrial> trials;
    if (steps) {
        PALIMPSEST_TRY(NetworkTrial trial, tryNetwork(imported, data, *steps, context));
        trials.push_back(std::move(trial));
    } else {
        PALIMPSEST_TRY(trials, tryCommonSteps(imported, data, context));
    }
    ImportTrials result { data.settings, data.adapted, data.isValidation, data.train->sampleShape(),
        data.train->classNames, {} };
    for (NetworkTrial& trial : trials)
        result.trials.push_back(shownTrial(std::move(trial)));
    return result;
}

/// A name under which nothing lies in networks/: files of a task that undo may bring back are never written over.
std::string freeName(const fs::path& project, const std::string& wanted)
{
    const auto isTaken = [&](const std::string& name) {
        for (const char* ending : { ".json", ".safetensors", ".fisher.safetensors" })
            if (std::error_code ignored; fs::exists(project / "networks" / (name + ending), ignored))
                return true;
        return false;
    };
    std::string name = wanted;
    for (int next = 2; isTaken(name); ++next)
        name = wanted + "-" + std::to_string(next);
    return name;
}

Result<TaskSettings> store(const ReadNetwork& network, TaskSettings task, const fs::path& project)
{
    const std::string name = freeName(project, task.name);
    task.network = "networks/" + name + ".json";
    if (network.hasWeights) {
        PALIMPSEST_CHECK(storeNetwork(network.content.network, project, name, {}));
        task.weights = "networks/" + name + ".safetensors";
        return task;
    }
    std::error_code problem;
    fs::create_directories(project / "networks", problem);
    if (problem)
        return failure("could not be made: " + problem.message(), (project / "networks").string());
    PALIMPSEST_CHECK(
        writeFileAtomically(project / task.network, toJson(network.content.network.network).dump(2) + "\n"));
    return task;
}

} // namespace

ImportEngine importEngine(const fs::path& project, const fs::path& dataRoot, std::uint64_t seed)
{
    const auto part = std::make_shared<TrainPart>();
    ImportEngine engine;
    engine.look = look;
    engine.trust = trust;
    engine.read = read;
    engine.data
        = [part, dataRoot](const TaskSettings& task, const std::stop_token& stop) -> Result<DataPreview> {
        PALIMPSEST_TRY(const auto train, part->read(task.data, task.split, dataRoot, stop));
        return previewOf(task, *train);
    };
    engine.tryOut = [part, dataRoot, seed](const ReadNetwork& network, const TaskSettings& task,
                        const std::optional<std::vector<std::string>>& steps, const std::stop_token& stop) {
        const TrialReader reader
            = [&](const DataSettings& data) { return part->read(data, task.split, dataRoot, stop); };
        return tryOut(network, task, steps, reader, seed, stop);
    };
    engine.store = [project](const ReadNetwork& network, const TaskSettings& task) {
        return store(network, task, project);
    };
    return engine;
}

} // namespace palimpsest
