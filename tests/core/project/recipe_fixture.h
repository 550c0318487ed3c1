// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/project/recipe.h"

#include <nlohmann/json.hpp>

#include <string>
#include <utility>

namespace palimpsest {

/// The shortest recipe that is complete: two tasks, all else at its default.
inline Json smallRecipe()
{
    Result<Json> json = parseJson(R"({
        "format": "palimpsest-project", "version": 1, "name": "small",
        "tasks": [
            { "name": "digits", "network": "digits.json", "data": { "format": "csv", "path": "digits.csv.gz" } },
            { "name": "vowels", "network": "vowels.json", "data": { "format": "ts", "path": "train.ts", "test": "test.ts" } }
        ] })",
        "small");
    return std::move(json).value();
}

/// The error that parsing gives, as the user reads it; empty where there is none.
inline std::string errorOf(const Json& json)
{
    const Result<Recipe> recipe = parseRecipe(json, "project.json");
    return recipe.ok() ? std::string() : recipe.error().text();
}

} // namespace palimpsest
