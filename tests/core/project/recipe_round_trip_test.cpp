// SPDX-License-Identifier: Apache-2.0
#include "core/project/recipe.h"

#include "tests/core/project/recipe_fixture.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>

namespace palimpsest {
namespace {

/// A random value that the schema of one setting allows.
Json randomValue(const SettingInfo& setting)
{
    if (setting.type == "choice")
        return *rc::gen::elementOf(setting.choices);
    if (setting.type == "boolean")
        return *rc::gen::arbitrary<bool>();
    if (setting.type == "string")
        return *rc::gen::nonEmpty(rc::gen::container<std::string>(rc::gen::inRange(' ', '~')));
    const double low = setting.minimum.value_or(0.0);
    const double high = std::min(setting.maximum.value_or(1e15), low + 1e15);
    if (setting.type == "integer")
        return *rc::gen::inRange<std::int64_t>(
            static_cast<std::int64_t>(low), static_cast<std::int64_t>(high) + 1);
    const double share = static_cast<double>(*rc::gen::inRange(1, 1'000'001)) / 1e6;
    return low + (high - low) * share;
}

/// A random recipe as JSON, made from the list of settings alone; some settings are left out.
Json randomRecipe()
{
    Json json = smallRecipe();
    const auto taskCount = static_cast<std::size_t>(*rc::gen::inRange(1, 4));
    json["tasks"] = Json::array();
    for (std::size_t i = 0; i < taskCount; ++i)
        json["tasks"][i]["name"] = "task" + std::to_string(i);
    for (const SettingInfo& setting : recipeSettings()) {
        const std::size_t list = setting.path.find("[]");
        for (std::size_t i = 0; i < (list == std::string::npos ? 1 : taskCount); ++i) {
            std::string pointer = "/" + setting.path;
            if (list != std::string::npos)
                pointer.replace(list + 1, 2, "/" + std::to_string(i));
            std::replace(pointer.begin(), pointer.end(), '.', '/');
            if (setting.type == "list" || pointer.ends_with("/name")
                || (!setting.required && *rc::gen::arbitrary<bool>()))
                continue;
            json[Json::json_pointer(pointer)] = randomValue(setting);
        }
    }
    const std::vector<std::string> baselines { "int8", "sameSteps", "int4" };
    json["baselines"]
        = std::vector<std::string>(baselines.begin(), baselines.begin() + *rc::gen::inRange(0, 4));
    json["tasks"][0]["preprocess"] = { "l2", "l2" };
    json["tasks"][0]["data"]["sampleShape"]
        = *rc::gen::container<std::vector<int>>(2, rc::gen::inRange(1, 1000));
    if (json.value("/pages/formation"_json_pointer, "aligned") == "aligned")
        json["pages"]["pageSize"] = 1 << *rc::gen::inRange(6, 17);
    return json;
}

TEST(RecipeRoundTrip, EveryAllowedRecipeSurvivesWritingAndReading)
{
    EXPECT_TRUE(rc::check([] {
        const Json json = randomRecipe();
        const Result<Recipe> recipe = parseRecipe(json, "random");
        if (!recipe.ok())
            RC_FAIL(recipe.error().text());
        const Json written = toJson(*recipe);
        const Result<Recipe> again = parseRecipe(written, "written");
        RC_ASSERT(again.ok());
        RC_ASSERT(*again == *recipe);
        const Result<Json> text = parseJson(written.dump(2), "text");
        RC_ASSERT(text.ok());
        const Result<Recipe> fromText = parseRecipe(*text, "text");
        RC_ASSERT(fromText.ok());
        RC_ASSERT(*fromText == *recipe);
        // What was given is what is kept: reading loses no value.
        const Json given = json.flatten();
        for (const auto& [key, value] : given.items())
            if (!value.is_null()) // flatten() makes null of an empty list
                RC_ASSERT(written.at(Json::json_pointer(key)) == value);
    }));
}

TEST(RecipeRoundTrip, AValueOutsideOfItsRangeIsRefused)
{
    for (const SettingInfo& setting : recipeSettings()) {
        std::string pointer = "/" + setting.path;
        if (const std::size_t list = pointer.find("[]"); list != std::string::npos)
            pointer.replace(list, 2, "/0");
        std::replace(pointer.begin(), pointer.end(), '.', '/');
        const auto refuses = [&](const Json& value) {
            Json json = smallRecipe();
            json[Json::json_pointer(pointer)] = value;
            const std::string error = errorOf(json);
            return !error.empty() && error.find("expected") != std::string::npos;
        };
        EXPECT_TRUE(refuses(Json::object())) << setting.path;
        EXPECT_TRUE(refuses(nullptr)) << setting.path;
        if (setting.type == "integer" || setting.type == "number") {
            EXPECT_TRUE(refuses(setting.minimum.value_or(0.0) - 1)) << setting.path;
            EXPECT_TRUE(refuses("1")) << setting.path;
            EXPECT_TRUE(!setting.maximum || refuses(*setting.maximum + 1)) << setting.path;
            EXPECT_TRUE(!setting.minimumExclusive || refuses(*setting.minimum)) << setting.path;
        } else {
            EXPECT_TRUE(refuses(1)) << setting.path;
        }
    }
}

} // namespace
} // namespace palimpsest
