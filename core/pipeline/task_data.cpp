// SPDX-License-Identifier: Apache-2.0
#include "core/pipeline/task_data.h"

#include "core/base/hash.h"
#include "core/base/json.h"
#include "core/data/catalogue.h"
#include "core/io/hdf5_data.h"
#include "core/project/recipe.h"

#include <nlohmann/json.hpp>

#include <optional>

namespace palimpsest {

namespace fs = std::filesystem;

namespace {

/// Raised when a reader would give other samples for the same files and settings.
constexpr int kReadersRevision = 1;

/// Everything that the training split depends on; nothing where a file cannot be read: the reader says why.
std::optional<std::string> keyOf(
    const Project& project, const TaskSettings& task, const DataReaders& readers, const fs::path& base)
{
    const auto reader = readers.find(task.data.format);
    if (reader == readers.end())
        return std::nullopt;
    const auto files = reader->second->files(task.data, base);
    if (!files.ok())
        return std::nullopt;
    const auto hashes = project.folder().fileHashes(*files);
    if (!hashes.ok())
        return std::nullopt;
    Recipe recipe;
    recipe.tasks = { task };
    const Json settings = toJson(recipe).at("tasks").at(0);
    const Json& split = settings.at("split");
    Sha256 hash;
    hash.add(canonicalJson({ { "readers", kReadersRevision }, { "data", settings.at("data") },
        { "split", { split.at("test"), split.at("testSeed"), split.at("block") } } }));
    for (std::size_t i = 0; i < files->size(); ++i) // names count: folders are classes
        hash.add("\n" + (*files)[i].lexically_relative(base).generic_string() + "\n" + (*hashes)[i]);
    return hash.hex();
}

} // namespace

Result<RawSamples> readTrainingSplit(
    const Project& project, const TaskSettings& task, const ReadControl& control, const SampleCache& cache)
{
    const DataReaders readers = allReaders();
    const fs::path base = dataBase(task.data, project.dataRoot());
    const std::optional<std::string> key = keyOf(project, task, readers, base);
    if (key)
        if (std::optional<RawSamples> kept = cache.find(*key))
            return std::move(*kept);
    PALIMPSEST_TRY(RawSamples samples, readPart(readers, task.data, task.split, base, Part::Train, control));
    if (key && keyOf(project, task, readers, base) == key) // the files may have changed while they were read
        cache.store(*key, samples, control);
    return samples;
}

} // namespace palimpsest
