// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/document/recipe_file.h"

#include "core/base/file.h"
#include "core/base/hash.h"
#include "core/io/project_folder.h"
#include "core/project/recipe.h"

#include <nlohmann/json.hpp>

#include <utility>

namespace palimpsest {

namespace fs = std::filesystem;

namespace {

/// One group of settings. `defaults` is null for a task: what is required there has no default.
Json groupAsWritten(const Json& group, const Json& defaults, const Json& previous)
{
    Json written = Json::object();
    const auto add = [&](const std::string& key, const Json& value) {
        const Json* const usual
            = defaults.is_object() && defaults.contains(key) ? &defaults.at(key) : nullptr;
        const bool wasThere = previous.is_object() && previous.contains(key);
        if (value.is_object()) {
            Json inner = groupAsWritten(
                value, usual != nullptr ? *usual : Json(), wasThere ? previous.at(key) : Json());
            if (wasThere || !inner.empty())
                written[key] = std::move(inner);
        } else if (wasThere || usual == nullptr || value != *usual) {
            written[key] = value;
        }
    };
    if (previous.is_object())
        for (const auto& item : previous.items())
            if (group.contains(item.key()))
                add(item.key(), group.at(item.key()));
    for (const auto& item : group.items())
        if (!written.contains(item.key()))
            add(item.key(), item.value());
    return written;
}

Json previousTask(const Json& previous, const Json& name)
{
    if (previous.is_object() && previous.contains("tasks") && previous.at("tasks").is_array())
        for (const Json& task : previous.at("tasks"))
            if (task.is_object() && task.contains("name") && task.at("name") == name)
                return task;
    return {};
}

/// Keeps a file that is to be replaced, under `name`.
Status keepAs(const fs::path& file, const std::string& content, const char* name)
{
    return writeFileAtomically(file.parent_path() / name, content);
}

} // namespace

fs::path recipeBackup(const fs::path& folder)
{
    return folder / "project.json.bak";
}

Result<RecipeFile> readRecipeFile(const fs::path& file)
{
    PALIMPSEST_TRY(const std::string text, readFile(file));
    PALIMPSEST_TRY(const Json json, parseJson(text, file.string()));
    PALIMPSEST_TRY(Recipe recipe, parseRecipe(json, file.string(), NoTasks::Allow));
    return RecipeFile { std::move(recipe), sha256(text) };
}

std::string recipeFileHash(const fs::path& folder)
{
    const Result<std::string> text = readFile(ProjectFolder(folder).recipeFile());
    return text ? sha256(*text) : std::string();
}

Json recipeAsWritten(const Recipe& recipe, const Json& previous)
{
    const Json now = toJson(recipe);
    Json defaults = toJson(Recipe {});
    defaults.erase("format"); // format and version are always written
    defaults.erase("version");
    TaskSettings usual;
    Recipe one;
    one.tasks = { usual };
    Json taskDefaults = toJson(one).at("tasks").at(0);
    for (const char* key : { "name", "network" })
        taskDefaults.erase(key);
    for (const char* key : { "format", "path" })
        taskDefaults.at("data").erase(key);

    Json written = groupAsWritten(now, defaults, previous);
    if (!now.at("tasks").empty()) {
        Json& tasks = written["tasks"] = Json::array();
        for (const Json& task : now.at("tasks"))
            tasks.push_back(groupAsWritten(task, taskDefaults, previousTask(previous, task.at("name"))));
    }
    return written;
}

Result<RecipeSave> saveRecipeFile(
    const fs::path& folder, const Recipe& recipe, const std::string& expected, bool overwrite)
{
    const fs::path file = ProjectFolder(folder).recipeFile();
    Json previous;
    if (const Result<std::string> old = readFile(file)) {
        if (sha256(*old) != expected && !overwrite)
            return RecipeSave { true, {} };
        const Result<Json> json = parseJson(*old, file.string());
        const bool isReadable = json.ok() && parseRecipe(*json, file.string(), NoTasks::Allow).ok();
        if (isReadable)
            previous = *json;
        PALIMPSEST_CHECK(keepAs(file, *old, isReadable ? "project.json.bak" : "project.json.unreadable"));
    }
    const std::string text = recipeAsWritten(recipe, previous).dump(2) + "\n";
    PALIMPSEST_CHECK(writeFileAtomically(file, text, [&recipe](const fs::path& temporary) -> Status {
        PALIMPSEST_TRY(const RecipeFile again, readRecipeFile(temporary));
        if (again.recipe != recipe)
            return failure("reads back as something else than was written", temporary.string());
        return success();
    }));
    return RecipeSave { false, sha256(text) };
}

} // namespace palimpsest
