// SPDX-License-Identifier: Apache-2.0
#include "core/project/choices.h"
#include "core/project/description.h"
#include "core/project/recipe.h"

#include <nlohmann/json.hpp>

#include <type_traits>

namespace palimpsest {

namespace {

template <class T> Json write(const T& value)
{
    if constexpr (Settings<T>) {
        Json object = Json::object();
        describe<T>([&](const char* key, auto T::*field, const Note&) { object[key] = write(value.*field); });
        return object;
    } else if constexpr (std::is_enum_v<T>) {
        return toString(value);
    } else if constexpr (std::same_as<T, std::vector<TaskSettings>>) {
        Json list = Json::array();
        for (const TaskSettings& task : value)
            list.push_back(write(task));
        return list;
    } else {
        return Json(value);
    }
}

} // namespace

Json toJson(const Recipe& recipe)
{
    Json json = Json::object();
    json["format"] = kRecipeFormat;
    json["version"] = kRecipeVersion;
    const Json settings = write(recipe);
    for (const auto& [key, value] : settings.items())
        json[key] = value;
    return json;
}

} // namespace palimpsest
