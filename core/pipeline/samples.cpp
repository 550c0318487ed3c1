// SPDX-License-Identifier: Apache-2.0
#include "core/pipeline/samples.h"

#include "core/base/file.h"
#include "core/base/json.h"
#include "core/data/catalogue.h"
#include "core/io/project_folder.h"
#include "core/project/recipe.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdlib>

namespace palimpsest {

namespace fs = std::filesystem;

namespace {

/// The folder `projects` of an installed program, else of the source tree that the program was built in.
fs::path samplesFolder()
{
    if (const char* set = std::getenv("PALIMPSEST_PROJECTS"); set != nullptr && *set != '\0')
        return set;
    std::error_code problem;
    const fs::path program = fs::read_symlink("/proc/self/exe", problem).parent_path();
    for (const char* relative : { "../../share/palimpsest/projects", "../../../projects" })
        if (fs::is_directory(program / relative, problem))
            return program / relative;
    return {};
}

} // namespace

std::vector<SampleProject> sampleProjects()
{
    std::vector<SampleProject> samples;
    std::error_code problem;
    for (const fs::directory_entry& entry : fs::directory_iterator(samplesFolder(), problem)) {
        const auto json = readJsonFile(ProjectFolder(entry.path()).recipeFile());
        if (json && json->is_object())
            samples.push_back({ entry.path().filename().string(), json->value("description", std::string()),
                entry.path() });
    }
    std::sort(samples.begin(), samples.end(),
        [](const SampleProject& a, const SampleProject& b) { return a.name < b.name; });
    return samples;
}

Status newProject(const fs::path& folder, const std::string& sample)
{
    std::error_code problem;
    if (fs::exists(folder) && !(fs::is_directory(folder) && fs::is_empty(folder, problem)))
        return badInput(
            "expected a folder that is empty or not there yet; choose another one", folder.string());

    Recipe recipe;
    fs::path source;
    std::string known;
    for (const SampleProject& candidate : sampleProjects()) {
        known += candidate.name + ", ";
        if (candidate.name == sample)
            source = candidate.folder;
    }
    if (sample == "empty") {
        recipe.name = fs::absolute(folder).filename().string();
    } else if (source.empty()) {
        return badInput("expected one of the samples " + known + "empty, got \"" + sample + "\"");
    } else {
        PALIMPSEST_TRY(const Json json, readJsonFile(ProjectFolder(source).recipeFile()));
        PALIMPSEST_TRY(recipe, parseRecipe(json, ProjectFolder(source).recipeFile().string()));
    }
    recipe.dataRoot = dataFolder().string();

    fs::create_directories(folder, problem);
    if (!problem && !source.empty())
        fs::copy(source, folder, fs::copy_options::recursive | fs::copy_options::skip_existing, problem);
    if (problem)
        return failure("could not be made: " + problem.message(), folder.string());
    return writeFileAtomically(ProjectFolder(folder).recipeFile(), toJson(recipe).dump(2) + "\n");
}

} // namespace palimpsest
