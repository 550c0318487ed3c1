// SPDX-License-Identifier: Apache-2.0
#include "core/project/nearest.h"
#include "core/project/recipe.h"

#include <nlohmann/json.hpp>

#include <charconv>

namespace palimpsest {

namespace {

/// Paths of all settings of this recipe: "pages.pageSize", "tasks.fashion.tolerance".
void listPaths(const Json& value, const std::string& path, std::vector<std::string>& out)
{
    if (!value.is_object()) {
        out.push_back(path);
        return;
    }
    for (const auto& item : value.items()) {
        const std::string key = path.empty() ? item.key() : path + "." + item.key();
        if (key != "tasks") {
            listPaths(item.value(), key, out);
            continue;
        }
        for (const Json& task : item.value())
            listPaths(task, key + "." + task.at("name").get<std::string>(), out);
    }
}

/// The nearest of all settings; a key without its group ("pageSize") finds the whole path.
std::string suggestion(const std::string& key, const Json& settings)
{
    std::vector<std::string> paths;
    listPaths(settings, {}, paths);
    const std::string leaf = key.substr(key.rfind('.') + 1); // npos + 1 is 0
    for (const std::string& path : paths)
        if (leaf == path.substr(path.rfind('.') + 1))
            return path;
    return nearest(key, paths);
}

/// The first setting of a group, as an example.
std::string firstSetting(const Json& settings, const std::string& group)
{
    std::vector<std::string> paths;
    listPaths(settings, {}, paths);
    for (const std::string& path : paths)
        if (path.starts_with(group + "."))
            return path;
    return "pages.pageSize"; // tasks[0]: listPaths() has tasks by name; no task at all
}

Error unknownSetting(const std::string& key, const Json& settings, const std::string& where)
{
    return badInput(
        "there is no setting \"" + key + "\"; did you mean \"" + suggestion(key, settings) + "\"?", where);
}

std::vector<std::string> splitAt(const std::string& text, char separator)
{
    std::vector<std::string> parts { {} };
    for (const char c : text) {
        if (c == separator)
            parts.emplace_back();
        else
            parts.back() += c;
    }
    return parts;
}

/// The task of "tasks.NAME" or "tasks[INDEX]"; `segment` is NAME, or the text between the brackets.
Result<Json*> findTask(Json& tasks, const std::string& segment, bool isIndex, const std::string& where)
{
    std::vector<std::string> names;
    for (Json& task : tasks) {
        names.push_back(task.at("name").get<std::string>());
        if (!isIndex && names.back() == segment)
            return &task;
    }
    if (!isIndex)
        return badInput("there is no task \"" + segment + "\"; the tasks are " + quotedList(names), where);
    std::size_t index = 0;
    const auto [end, problem] = std::from_chars(segment.data(), segment.data() + segment.size(), index);
    if (problem != std::errc() || end != segment.data() + segment.size() || index >= tasks.size())
        return badInput("expected the number of a task from 0 to " + std::to_string(tasks.size() - 1)
                + " in tasks[...], got \"" + segment + "\"",
            where);
    return &tasks[index];
}

/// The value that `key` names, inside of `settings`.
Result<Json*> find(Json& settings, const std::string& key, const std::string& where)
{
    Json* value = &settings;
    std::vector<std::string> segments = splitAt(key, '.');
    for (std::size_t i = 0; i < segments.size(); ++i) {
        const std::string& segment = segments[i];
        if (i == 0 && segment.starts_with("tasks[") && segment.ends_with("]")
            && !settings.at("tasks").empty()) {
            PALIMPSEST_TRY(
                value, findTask(settings.at("tasks"), segment.substr(6, segment.size() - 7), true, where));
        } else if (i == 1 && segments[0] == "tasks" && !settings.at("tasks").empty()) {
            PALIMPSEST_TRY(value, findTask(*value, segment, false, where));
        } else if (value->is_object() && value->contains(segment)) {
            value = &value->at(segment);
        } else {
            return unknownSetting(key, settings, where);
        }
    }
    return value;
}

/// Bare text as JSON: what is no JSON is text.
Json parseBare(const std::string& text)
{
    Result<Json> json = parseJson(text, {});
    return json.ok() ? std::move(json).value() : Json(text);
}

Json parseValue(const std::string& text, const Json& old)
{
    if (old.is_string())
        return text.starts_with('"') ? parseBare(text) : Json(text);
    if (!old.is_array() || text.starts_with('['))
        return parseBare(text);
    Json list = Json::array();
    if (!text.empty())
        for (const std::string& item : splitAt(text, ','))
            list.push_back(parseBare(item));
    return list;
}

bool isUtf8(const std::string& text)
{
    try {
        static_cast<void>(Json(text).dump());
        return true;
    } catch (const Json::type_error&) {
        return false;
    }
}

} // namespace

Result<Recipe> applyOverride(const Recipe& recipe, const std::string& assignment)
{
    if (!isUtf8(assignment))
        return badInput("expected text in UTF-8", "--set");
    const std::size_t equals = assignment.find('=');
    if (equals == std::string::npos || equals == 0)
        return badInput(
            "expected KEY=VALUE, such as matching.strategy=reference, got \"" + assignment + "\"", "--set");
    const std::string key = assignment.substr(0, equals);
    const std::string where = "--set " + key;

    Json json = toJson(recipe);
    Json settings = json;
    settings.erase("format");
    settings.erase("version");
    PALIMPSEST_TRY(Json * value, find(settings, key, where));
    if (value->is_object() || (value->is_array() && key == "tasks"))
        return badInput("\"" + key + "\" is a group of settings; set one of them, such as \""
                + firstSetting(settings, key) + "\"",
            where);
    *value = parseValue(assignment.substr(equals + 1), *value);
    for (const auto& [name, group] : settings.items())
        json[name] = group;
    return parseRecipe(json, "--set", recipe.tasks.empty() ? NoTasks::Allow : NoTasks::Refuse);
}

} // namespace palimpsest
