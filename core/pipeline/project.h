// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/io/project_folder.h"
#include "core/pipeline/stage.h"
#include "core/project/recipe.h"
#include "core/project/settings.h"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace palimpsest {

/// A part with the fingerprint of everything that it reads.
struct PlannedPart {
    StagePart part;
    std::string fingerprint; ///< SHA-256 of `inputs`
    std::string inputs; ///< canonical JSON: revision, settings, file hashes, fingerprints of earlier parts
};

/// An opened project: a folder, the recipe with its overrides, and what each part would be made from.
/// Opening reads the recipe and hashes the files it names; it runs nothing and takes no lock.
class Project {
public:
    /// @param overrides  "matching.strategy=reference", ...: for this run only, project.json stays as it is
    [[nodiscard]] static Result<Project> open(
        const std::filesystem::path& folder, const std::vector<std::string>& overrides = {});
    /// A kept run of runs.json, with the recipe that it had. @param id "r3"; empty: the newest
    [[nodiscard]] static Result<Project> openRun(
        const std::filesystem::path& folder, const std::string& id = {});
    /// For callers that edit the recipe themselves (the workbench, tune).
    [[nodiscard]] static Result<Project> fromRecipe(
        const std::filesystem::path& folder, Recipe recipe, std::vector<std::string> overrides);

    [[nodiscard]] const ProjectFolder& folder() const { return m_folder; }
    [[nodiscard]] const Recipe& recipe() const { return m_recipe; }
    [[nodiscard]] const std::vector<std::string>& overrides() const { return m_overrides; }
    [[nodiscard]] const std::vector<PlannedPart>& plan() const { return m_plan; }
    /// @throws std::out_of_range where the project has no such part
    [[nodiscard]] const PlannedPart& planned(const std::string& part) const;
    [[nodiscard]] bool has(const std::string& part) const { return m_index.contains(part); }
    /// Where the part's result is or will be.
    [[nodiscard]] std::filesystem::path resultFile(const std::string& part) const;
    [[nodiscard]] bool isDone(const std::string& part) const;

    /// Folder that data paths of the recipe are relative to.
    [[nodiscard]] std::filesystem::path dataRoot() const;
    /// A file that the recipe names relative to the project folder.
    [[nodiscard]] std::filesystem::path file(const std::string& relative) const
    {
        return m_folder.path() / relative;
    }

private:
    Project(const std::filesystem::path& folder, Recipe recipe)
        : m_folder(folder)
        , m_recipe(std::move(recipe))
    {
    }
    [[nodiscard]] Status makePlan();
    void indexPlan();

    ProjectFolder m_folder;
    Recipe m_recipe;
    std::vector<std::string> m_overrides;
    std::vector<PlannedPart> m_plan;
    std::map<std::string, std::size_t> m_index;
};

/// The recipe of a folder, with overrides. @return BadInput where there is no project.json (says how to make one)
[[nodiscard]] Result<Recipe> readRecipe(const std::filesystem::path& folder,
    const std::vector<std::string>& overrides = {}, NoTasks noTasks = NoTasks::Refuse);

} // namespace palimpsest
