// SPDX-License-Identifier: Apache-2.0
#include "core/project/choices.h"
#include "core/project/description.h"
#include "core/project/recipe.h"

#include <nlohmann/json.hpp>

#include <cmath>
#include <limits>
#include <type_traits>

namespace palimpsest {

namespace {

template <class T> constexpr bool kIsList = false;
template <class T> constexpr bool kIsList<std::vector<T>> = true;

template <class T> std::string typeName(const Note& note)
{
    if constexpr (std::is_enum_v<T>)
        return "choice";
    else if constexpr (std::same_as<T, bool>)
        return "boolean";
    else if constexpr (std::same_as<T, double>)
        return "number";
    else if constexpr (std::integral<T>)
        return "integer";
    else if constexpr (kIsList<T>)
        return "list";
    else
        return note.choices.empty() ? "string" : "choice";
}

template <class T> Json defaultJson(const T& value)
{
    if constexpr (std::is_enum_v<T>)
        return toString(value);
    else
        return Json(value);
}

template <class T> std::vector<std::string> namesOfChoices(const Note& note)
{
    if constexpr (std::is_enum_v<T>)
        return choiceNames<T>();
    else
        return note.choices;
}

template <Settings S> void listSettings(const std::string& prefix, std::vector<SettingInfo>& out)
{
    const S defaults {};
    describe<S>([&]<class T>(const char* key, T S::*field, const Note& note) {
        const std::string path = prefix + key;
        if constexpr (Settings<T>) {
            listSettings<T>(path + ".", out);
        } else if constexpr (std::same_as<T, std::vector<TaskSettings>>) {
            listSettings<TaskSettings>(path + "[].", out);
        } else {
            SettingInfo info;
            info.path = path;
            info.type = typeName<T>(note);
            info.unit = note.unit;
            info.help = note.help;
            info.defaultJson = defaultJson(defaults.*field).dump();
            info.choices = namesOfChoices<T>(note);
            info.minimum = note.minimum;
            info.maximum = note.maximum;
            info.minimumExclusive = note.minimumExclusive;
            info.required = note.required;
            info.pathKind = note.pathKind;
            out.push_back(std::move(info));
        }
    });
}

/// Whole numbers without a fraction, so that the text reads 64 and not 64.0.
Json bound(double value)
{
    return value == std::floor(value) ? Json(static_cast<std::int64_t>(value)) : Json(value);
}

void addRange(Json& schema, const Note& note)
{
    if (note.minimum)
        schema[note.minimumExclusive ? "exclusiveMinimum" : "minimum"] = bound(*note.minimum);
    if (note.maximum)
        schema["maximum"] = bound(*note.maximum);
}

template <Settings S> Json schemaOf();

/// The schema of one value, without its help and its default.
template <class T> Json schemaOfValue(const Note& note)
{
    Json schema = Json::object();
    if constexpr (Settings<T>) {
        return schemaOf<T>();
    } else if constexpr (kIsList<T>) {
        schema["type"] = "array";
        schema["items"] = schemaOfValue<typename T::value_type>(note);
        schema["maxItems"] = note.maximumItems;
        if (!note.choices.empty())
            schema["uniqueItems"] = true;
    } else if constexpr (std::is_enum_v<T> || std::same_as<T, std::string>) {
        schema["type"] = "string";
        if (const std::vector<std::string> names = namesOfChoices<T>(note); !names.empty())
            schema["enum"] = names;
        else if (note.isName)
            schema["pattern"] = kNamePattern;
        else if (note.required)
            schema["minLength"] = 1;
    } else {
        schema["type"] = typeName<T>(note);
        addRange(schema, note);
        if constexpr (std::same_as<T, std::uint64_t>) {
            schema["minimum"] = 0;
            schema["maximum"] = std::numeric_limits<std::uint64_t>::max();
        }
    }
    return schema;
}

template <Settings S> Json schemaOf()
{
    const S defaults {};
    Json properties = Json::object();
    Json required = Json::array();
    describe<S>([&]<class T>(const char* key, T S::*field, const Note& note) {
        Json schema = Json::object();
        schema["description"] = note.help + (note.unit.empty() ? "" : " Unit: " + note.unit + ".");
        const Json value = schemaOfValue<T>(note);
        for (const auto& [name, entry] : value.items())
            schema[name] = entry;
        if constexpr (!Settings<T> && !std::same_as<T, std::vector<TaskSettings>>)
            if (!note.required)
                schema["default"] = defaultJson(defaults.*field);
        properties[key] = std::move(schema);
        if (note.required)
            required.push_back(key);
    });
    Json schema = Json::object();
    schema["type"] = "object";
    schema["additionalProperties"] = false;
    if (!required.empty())
        schema["required"] = std::move(required);
    schema["properties"] = std::move(properties);
    return schema;
}

} // namespace

std::vector<SettingInfo> recipeSettings()
{
    std::vector<SettingInfo> settings;
    listSettings<Recipe>({}, settings);
    return settings;
}

Json recipeSchema()
{
    const Json settings = schemaOf<Recipe>();
    Json schema = Json::object();
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema";
    schema["title"] = "Palimpsest project";
    schema["description"]
        = "The recipe of a project: project.json in its folder. Keys that are left out have their defaults.";
    schema["type"] = "object";
    schema["additionalProperties"] = false;
    schema["required"] = { "format", "version" };
    Json& properties = schema["properties"] = Json::object();
    properties["format"]
        = { { "description", "Tells the file apart from other JSON." }, { "const", kRecipeFormat } };
    properties["version"] = { { "description", "Version of this form." }, { "const", kRecipeVersion } };
    for (const auto& [key, value] : settings.at("properties").items())
        properties[key] = value;
    return schema;
}

} // namespace palimpsest
