// SPDX-License-Identifier: Apache-2.0
#include "core/pipeline/fingerprint.h"

#include "core/base/hash.h"
#include "core/base/json.h"
#include "core/data/catalogue.h"
#include "core/pipeline/import_network.h"
#include "core/pipeline/project.h"
#include "core/project/recipe.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <filesystem>

namespace palimpsest {

namespace {

/// Raised when a stage would give other results for the same inputs: old results become stale.
constexpr int revisionOf(Stage stage)
{
    return stage == Stage::Pages ? 2 : 1;
}

constexpr std::array storageSettings { "poolStorage", "exclusiveStorage", "privateStorage" };

/// Data sets of more files are not listed file by file.
constexpr std::size_t kNamedFiles = 64;

const TaskSettings& taskOf(const Recipe& recipe, const std::string& name)
{
    return *std::find_if(recipe.tasks.begin(), recipe.tasks.end(),
        [&](const TaskSettings& task) { return task.name == name; });
}

} // namespace

Result<std::string> Fingerprinter::inputsOf(const StagePart& part) const
{
    const Recipe& recipe = m_project->recipe();
    const Json all = toJson(recipe);
    Json settings = Json::object();
    Json files = Json::object();
    Json earlier = Json::object();
    const auto assembled = [&] {
        return canonicalJson({ { "stage", toString(part.stage) }, { "revision", revisionOf(part.stage) },
            { "settings", settings }, { "files", files }, { "earlier", earlier } });
    };
    const auto after = [&](const std::string& name) { earlier[name] = m_project->planned(name).fingerprint; };
    const auto afterTasks = [&](const std::string& prefix) {
        for (const TaskSettings& task : recipe.tasks)
            after(prefix + "/" + task.name);
    };
    const auto addFile = [&](const std::string& name, const std::filesystem::path& path) -> Status {
        PALIMPSEST_TRY(files[name], m_project->folder().fileHash(path));
        return success();
    };
    const auto addWeights = [&](const std::string& name, const std::filesystem::path& file) -> Status {
        PALIMPSEST_CHECK(addFile(name, file)); // first: a missing file is named in its own words
        PALIMPSEST_TRY(const auto weightFiles, filesOfAnyWeights(file));
        for (const std::filesystem::path& other : weightFiles)
            if (other != file)
                PALIMPSEST_CHECK(addFile(name + "/" + other.filename().string(), other));
        return success();
    };
    const auto taskJson = [&](const std::string& name) -> const Json& {
        for (const Json& task : all.at("tasks"))
            if (task.at("name") == name)
                return task;
        throw std::out_of_range("no task " + name);
    };
    // Settings that came later take part where they are not at their defaults, so that results from before them stay good.
    const auto optimisation = [&] {
        Json json = all.at("optimisation");
        json.erase("checkpointSeconds");
        const OptimisationSettings& own = recipe.optimisation;
        if (own.optimiser != Optimiser::Sgd) {
            json.erase("optimiser");
            json.erase("momentum");
        }
        if (!own.freezeFinished)
            json.erase("freezeFinished");
        return json;
    };
    const auto addAugmentation = [&](Json& target, const TaskSettings& task) {
        if (task.augmentation != AugmentationSettings {})
            target["augmentation"] = taskJson(task.name).at("augmentation");
    };
    const auto seeded = [&] { settings["seed"] = recipe.seed; };

    if (part.stage == Stage::Optimise && !part.task.empty()) { // a trained baseline
        const std::string baseline = part.name.substr(0, part.name.find('/'));
        after("train/" + part.task);
        settings["optimisation"] = optimisation();
        addAugmentation(settings, taskOf(recipe, part.task));
        for (const char* unused : { "pageValue", "softPenalty", "freezeFinished" })
            settings["optimisation"].erase(unused);
        if (baseline == "sameSteps")
            for (const char* unused : { "clipNorm", "distillation", "temperature", "mixing", "averaging" })
                settings["optimisation"].erase(unused);
        else if (baseline != "sameRecipe")
            for (const char* storage : storageSettings)
                settings["pages"][storage] = all.at("pages").at(storage);
        if (baseline == "smallTernary") { // of the bytes of the virtualized networks
            after("match");
            settings["training"] = taskJson(part.task).at("training");
        }
        seeded();
        return assembled();
    }
    switch (part.stage) {
    case Stage::Import: {
        const TaskSettings& task = taskOf(recipe, part.task);
        const Json& json = taskJson(part.task);
        settings["task"] = { { "name", task.name }, { "data", json.at("data") },
            { "preprocess", json.at("preprocess") }, { "split", json.at("split") } };
        seeded();
        PALIMPSEST_CHECK(addFile("network", m_project->file(task.network)));
        const auto reader = m_readers.find(task.data.format);
        if (reader == m_readers.end()) {
            std::string known;
            for (const auto& [name, unused] : m_readers)
                known += (known.empty() ? "" : ", ") + name;
            return badInput("tasks." + task.name + ".data.format: expected one of " + known + ", got \""
                    + task.data.format + "\"",
                m_project->folder().recipeFile().string());
        }
        const std::filesystem::path base = dataBase(task.data, m_project->dataRoot());
        PALIMPSEST_TRY(const auto dataFiles, reader->second->files(task.data, base));
        PALIMPSEST_TRY(const auto hashes, m_project->folder().fileHashes(dataFiles));
        // Folders of a file a sample are named by one hash over all; their names count, as they may be the labels.
        Sha256 together;
        for (std::size_t i = 0; i < dataFiles.size(); ++i) {
            const std::string name = "data/" + dataFiles[i].lexically_relative(base).generic_string();
            if (dataFiles.size() <= kNamedFiles)
                files[name] = hashes[i];
            together.add(name + "\n" + hashes[i] + "\n");
        }
        if (dataFiles.size() > kNamedFiles)
            files["data (" + std::to_string(dataFiles.size()) + " files)"] = together.hex();
        break;
    }
    case Stage::Train: {
        const TaskSettings& task = taskOf(recipe, part.task);
        after("import/" + part.task);
        if (task.weights.empty()) {
            settings["training"] = taskJson(part.task).at("training");
            addAugmentation(settings, task);
            seeded();
        } else {
            PALIMPSEST_CHECK(addWeights("weights", m_project->file(task.weights)));
        }
        break;
    }
    case Stage::Fisher:
        if (recipe.fisher.source == FisherSource::File) {
            const TaskSettings& task = taskOf(recipe, part.task);
            if (task.fisher.empty())
                return badInput("tasks." + task.name
                        + ".fisher: expected a file of Fisher information, as fisher.source is \"file\", got "
                          "none; name one, or set fisher.source to \"computed\"",
                    m_project->folder().recipeFile().string());
            after("import/" + part.task);
            settings["fisher"]["source"] = toString(recipe.fisher.source);
            PALIMPSEST_CHECK(addWeights("fisher", m_project->file(task.fisher)));
            break;
        }
        after("train/" + part.task);
        settings["fisher"] = all.at("fisher");
        settings["fisher"].erase("source"); // it is told by the other settings
        seeded();
        break;
    case Stage::Pages:
        for (const TaskSettings& task : recipe.tasks)
            PALIMPSEST_CHECK(addFile(task.name, m_project->file(task.network)));
        settings["pages"] = all.at("pages");
        if (recipe.pages.poolPages > 0 && recipe.budgets.level1Bytes == 0)
            for (const char* unused :
                storageSettings) // how pages are cut does not depend on how they are stored
                settings["pages"].erase(unused);
        settings["budgets"] = all.at("budgets");
        settings["separation"] = { { "exclusivePages", recipe.separation.exclusivePages } };
        break;
    case Stage::Separate:
        after("pages");
        afterTasks("fisher");
        settings["separation"] = all.at("separation");
        settings["budgets"] = all.at("budgets");
        break;
    case Stage::Match:
        after("separate");
        afterTasks("fisher");
        settings["matching"] = all.at("matching");
        for (const TaskSettings& task : recipe.tasks)
            settings["tasks"][task.name] = { { "weight", task.weight } };
        seeded();
        break;
    case Stage::Optimise:
        after("match");
        afterTasks("train");
        settings["optimisation"] = optimisation();
        for (const char* storage : storageSettings)
            settings["pages"][storage] = all.at("pages").at(storage);
        for (const TaskSettings& task : recipe.tasks) {
            Json& own = settings["tasks"][task.name];
            own = { { "weight", task.weight }, { "tolerance", task.tolerance } };
            addAugmentation(own, task);
        }
        seeded();
        break;
    case Stage::Evaluate:
        after("optimise");
        for (const std::string& baseline : recipe.baselines)
            if (isTrainedBaseline(baseline))
                afterTasks(baseline);
        settings["baselines"] = all.at("baselines");
        break;
    case Stage::Place:
        after("match");
        settings["pages"] = all.at("pages");
        settings["budgets"] = all.at("budgets");
        settings["baselines"] = all.at("baselines");
        break;
    case Stage::Execute:
        after("optimise");
        settings["execution"] = all.at("execution");
        seeded();
        break;
    case Stage::Report:
        after("evaluate");
        after("place");
        after("execute");
        settings["name"] = recipe.name;
        settings["description"] = recipe.description;
        for (const TaskSettings& task : recipe.tasks)
            if (!task.noAccuracy.empty())
                settings["tasks"][task.name] = { { "noAccuracy", task.noAccuracy } };
        break;
    }
    return assembled();
}

std::string describeChange(const std::string& oldInputs, const std::string& newInputs)
{
    const auto before = parseJson(oldInputs, "old inputs");
    const auto now = parseJson(newInputs, "new inputs");
    if (!before || !now)
        return "inputs changed";
    const auto flatBefore = before->flatten();
    const auto flatNow = now->flatten();
    const auto name = [](const std::string& pointer) { // "/files/data~1a.gz" -> "data/a.gz"
        std::string text;
        for (Json::json_pointer rest(pointer); !rest.parent_pointer().empty(); rest.pop_back())
            text = rest.back() + (text.empty() ? "" : "." + text);
        return text;
    };
    for (const auto& [pointer, value] : flatNow.items()) {
        if (pointer.starts_with("/earlier/")
            || (flatBefore.contains(pointer) && flatBefore.at(pointer) == value))
            continue;
        if (pointer.starts_with("/files/"))
            return "file changed: " + name(pointer);
        if (pointer == "/revision")
            return "made by another version of the program";
        return name(pointer) + " was "
            + (flatBefore.contains(pointer) ? flatBefore.at(pointer).dump() : std::string("not set"))
            + ", is " + value.dump();
    }
    for (const auto& item : flatBefore.items())
        if (!item.key().starts_with("/earlier/") && !flatNow.contains(item.key()))
            return name(item.key()) + " was " + item.value().dump() + ", is no longer there";
    return {};
}

} // namespace palimpsest
