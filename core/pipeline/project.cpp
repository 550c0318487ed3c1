// SPDX-License-Identifier: Apache-2.0
#include "core/pipeline/project.h"

#include "core/base/hash.h"
#include "core/base/json.h"
#include "core/io/hdf5_data.h"
#include "core/io/record_file.h"
#include "core/pipeline/fingerprint.h"
#include "core/project/recipe.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace palimpsest {

namespace fs = std::filesystem;

Result<Recipe> readRecipe(const fs::path& folder, const std::vector<std::string>& overrides, NoTasks noTasks)
{
    const fs::path file = ProjectFolder(folder).recipeFile();
    if (!fs::exists(file))
        return badInput("expected a project folder with a project.json in it; make one with "
                        "`palimpsest new DIR --sample quickstart`",
            folder.string());
    PALIMPSEST_TRY(const Json json, readJsonFile(file));
    PALIMPSEST_TRY(Recipe recipe, parseRecipe(json, file.string(), noTasks));
    for (const std::string& assignment : overrides) {
        PALIMPSEST_TRY(recipe, applyOverride(recipe, assignment));
    }
    return recipe;
}

Result<Project> Project::open(const fs::path& folder, const std::vector<std::string>& overrides)
{
    PALIMPSEST_TRY(Recipe recipe, readRecipe(folder, overrides));
    return fromRecipe(folder, std::move(recipe), overrides);
}

Result<Project> Project::fromRecipe(const fs::path& folder, Recipe recipe, std::vector<std::string> overrides)
{
    Project project(folder, std::move(recipe));
    project.m_overrides = std::move(overrides);
    if (project.m_recipe.tasks.empty())
        return badInput(
            "the project has no task; add one under \"tasks\", or make a project from a sample with "
            "`palimpsest new DIR --sample quickstart`",
            project.m_folder.recipeFile().string());
    PALIMPSEST_CHECK(project.makePlan());
    return project;
}

Result<Project> Project::openRun(const fs::path& folder, const std::string& id)
{
    const ProjectFolder place(folder);
    PALIMPSEST_TRY(const std::vector<RunEntry> runs, place.readRuns());
    if (runs.empty())
        return badInput("no run is kept here yet; make one with `palimpsest run " + folder.string() + "`",
            folder.string());
    const auto run = id.empty()
        ? std::prev(runs.end())
        : std::find_if(runs.begin(), runs.end(), [&](const RunEntry& entry) { return entry.id == id; });
    if (run == runs.end())
        return badInput(
            "there is no run \"" + id + "\"; `palimpsest runs " + folder.string() + "` lists them",
            (folder / "runs.json").string());
    const auto fingerprintOf = [&](const std::string& part) -> std::string {
        for (const auto& [name, fingerprint] : run->results)
            if (name == part)
                return fingerprint;
        return {};
    };
    const fs::path recipeFile = place.resultFile("recipe", fingerprintOf("recipe"));
    PALIMPSEST_TRY(const Record record, readRecord(recipeFile));
    const auto text = record.texts.find("recipe");
    if (text == record.texts.end())
        return badInput("holds no recipe", recipeFile.string());
    PALIMPSEST_TRY(const Json json, parseJson(text->second, recipeFile.string()));
    PALIMPSEST_TRY(Recipe recipe, parseRecipe(json, recipeFile.string()));

    Project project(folder, std::move(recipe));
    project.m_overrides = run->overrides;
    for (const StagePart& part : allParts(project.m_recipe))
        project.m_plan.push_back({ part, fingerprintOf(part.name), {} });
    project.indexPlan();
    return project;
}

Status Project::makePlan()
{
    Fingerprinter fingerprinter(*this, allReaders());
    for (const StagePart& part : allParts(m_recipe)) {
        PALIMPSEST_TRY(const std::string inputs, fingerprinter.inputsOf(part));
        m_plan.push_back({ part, sha256(inputs), inputs });
        indexPlan(); // the next parts look this one up
    }
    return success();
}

void Project::indexPlan()
{
    for (std::size_t i = m_index.size(); i < m_plan.size(); ++i)
        m_index[m_plan[i].part.name] = i;
}

const PlannedPart& Project::planned(const std::string& part) const
{
    return m_plan.at(m_index.at(part));
}

fs::path Project::resultFile(const std::string& part) const
{
    return m_folder.resultFile(part, planned(part).fingerprint);
}

bool Project::isDone(const std::string& part) const
{
    return fs::exists(resultFile(part));
}

fs::path Project::dataRoot() const
{
    return m_recipe.dataRoot.empty() ? m_folder.path() : m_folder.path() / m_recipe.dataRoot;
}

} // namespace palimpsest
