// SPDX-License-Identifier: Apache-2.0
#include "core/base/file.h"
#include "core/project/recipe.h"

#include "tests/core/project/recipe_fixture.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>

namespace palimpsest {
namespace {

TEST(RecipeSchema, IsTheFileBesideTheCode)
{
    const std::string path = std::string(PALIMPSEST_SOURCE_DIR) + "/core/project/recipe.schema.json";
    const std::string expected = recipeSchema().dump(2) + "\n";
    if (std::getenv("PALIMPSEST_UPDATE_GOLDEN") != nullptr) {
        ASSERT_TRUE(writeFileAtomically(path, expected).ok());
    }
    const Result<std::string> text = readFile(path);
    ASSERT_TRUE(text.ok()) << text.error().text();
    EXPECT_EQ(*text, expected) << "make it anew: PALIMPSEST_UPDATE_GOLDEN=1 test_core_project";
}

/// The schema of a setting's path.
const Json& schemaAt(const Json& schema, const std::string& path)
{
    const Json* place = &schema;
    std::size_t begin = 0;
    while (begin < path.size()) {
        const std::size_t end = std::min(path.find('.', begin), path.size());
        std::string key = path.substr(begin, end - begin);
        const bool isList = key.ends_with("[]");
        key = isList ? key.substr(0, key.size() - 2) : key;
        place = &place->at("properties").at(key);
        place = isList ? &place->at("items") : place;
        begin = end + 1;
    }
    return *place;
}

TEST(RecipeSchema, AgreesWithTheListOfSettings)
{
    const Json schema = recipeSchema();
    for (const SettingInfo& setting : recipeSettings()) {
        const Json& entry = schemaAt(schema, setting.path);
        const std::string type = entry.at("type");
        EXPECT_EQ(type,
            setting.type == "choice"     ? "string"
                : setting.type == "list" ? "array"
                                         : setting.type)
            << setting.path;
        EXPECT_EQ(entry.value("default", Json()).dump(), setting.required ? "null" : setting.defaultJson)
            << setting.path;
        EXPECT_EQ(entry.contains("enum"), setting.type == "choice") << setting.path;
    }
}

TEST(RecipeSchema, EverySettingHasHelpAndAPathThatIsWritten)
{
    Recipe recipe;
    recipe.tasks.resize(1);
    const Json json = toJson(recipe);
    EXPECT_GT(recipeSettings().size(), 50U);
    for (const SettingInfo& setting : recipeSettings()) {
        EXPECT_GT(setting.help.size(), 20U) << setting.path;
        EXPECT_TRUE(setting.help.ends_with(".")) << setting.path;
        std::string pointer = "/" + setting.path;
        if (const std::size_t list = pointer.find("[]"); list != std::string::npos)
            pointer.replace(list, 2, "/0");
        std::replace(pointer.begin(), pointer.end(), '.', '/');
        EXPECT_TRUE(json.contains(Json::json_pointer(pointer))) << pointer;
    }
}

TEST(RecipeSchema, EveryDefaultIsInsideItsRange)
{
    for (const SettingInfo& setting : recipeSettings()) {
        const Json value = Json::parse(setting.defaultJson);
        if (!value.is_number())
            continue;
        EXPECT_TRUE(!setting.minimum || value.get<double>() >= *setting.minimum) << setting.path;
        EXPECT_TRUE(!setting.maximum || value.get<double>() <= *setting.maximum) << setting.path;
    }
}

} // namespace
} // namespace palimpsest
