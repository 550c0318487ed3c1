// SPDX-License-Identifier: Apache-2.0
#include "core/project/recipe.h"

#include "tests/core/project/recipe_fixture.h"

#include <gtest/gtest.h>

namespace palimpsest {
namespace {

TEST(RecipeParser, TakesDefaultsForWhatIsLeftOut)
{
    const Result<Recipe> recipe = parseRecipe(smallRecipe(), "project.json");
    ASSERT_TRUE(recipe.ok()) << recipe.error().text();
    Recipe expected;
    expected.name = "small";
    expected.tasks.resize(2);
    expected.tasks[0].name = "digits";
    expected.tasks[0].network = "digits.json";
    expected.tasks[0].data.format = "csv";
    expected.tasks[0].data.path = "digits.csv.gz";
    expected.tasks[1].name = "vowels";
    expected.tasks[1].network = "vowels.json";
    expected.tasks[1].data.format = "ts";
    expected.tasks[1].data.path = "train.ts";
    expected.tasks[1].data.test = "test.ts";
    EXPECT_EQ(*recipe, expected);
}

TEST(RecipeParser, ReadsEverySortOfSetting)
{
    Json json = smallRecipe();
    json["seed"] = 18446744073709551615U;
    json["threads"] = 2.0; // an integer, as JSON Schema counts
    json["tasks"][0]["data"]["sampleShape"] = { 1, 8, 8 };
    json["tasks"][0]["preprocess"] = { "scale=16", "l2" };
    json["fisher"]["labels"] = "all";
    json["pages"] = { { "formation", "reference" }, { "pageSize", 100 }, { "exclusiveStorage", "int3" } };
    json["optimisation"]["cosine"] = false;
    json["optimisation"]["learningRate"] = 1;
    const Result<Recipe> recipe = parseRecipe(json, "project.json");
    ASSERT_TRUE(recipe.ok()) << recipe.error().text();
    EXPECT_EQ(recipe->seed, 18446744073709551615U);
    EXPECT_EQ(recipe->threads, 2);
    EXPECT_EQ(recipe->tasks[0].data.sampleShape, (Shape { 1, 8, 8 }));
    EXPECT_EQ(recipe->tasks[0].preprocess, (std::vector<std::string> { "scale=16", "l2" }));
    EXPECT_EQ(recipe->fisher.labels, FisherLabels::All);
    EXPECT_EQ(recipe->pages.formation, Formation::Reference);
    EXPECT_EQ(recipe->pages.exclusiveStorage, Storage::Int3);
    EXPECT_FALSE(recipe->optimisation.cosine);
    EXPECT_DOUBLE_EQ(recipe->optimisation.learningRate, 1.0);
}

struct BadCase {
    std::string name;
    std::string pointer; ///< where the patch goes, a JSON pointer
    std::string value; ///< JSON text
    std::string error; ///< what the user reads
};

class BadRecipe : public testing::TestWithParam<BadCase> { };

TEST_P(BadRecipe, SaysWhatWasExpectedWhatCameAndWhere)
{
    Json json = smallRecipe();
    json[Json::json_pointer(GetParam().pointer)] = Json::parse(GetParam().value);
    EXPECT_EQ(errorOf(json), GetParam().error);
}

INSTANTIATE_TEST_SUITE_P(All, BadRecipe,
    testing::Values(BadCase { "unknownKey", "/tasks/1/training/epoch", "3",
                        "project.json: tasks[1].training: unknown key \"epoch\"; did you mean \"epochs\"? "
                        "Known here: \"epochs\", \"batch\", "
                        "\"learningRate\", \"weightDecay\", \"patience\"" },
        BadCase { "unknownCase", "/pages/pagesize", "64",
            "project.json: pages: unknown key \"pagesize\"; did you mean \"pageSize\"? Known here: "
            "\"pageSize\", \"formation\", "
            "\"smallTensors\", \"poolPages\", \"poolStorage\", \"exclusiveStorage\", \"privateStorage\"" },
        BadCase { "wrongType", "/tasks/1/training/batch", "\"many\"",
            "project.json: tasks[1].training.batch: expected an integer from 1 to 1,000,000 (samples), got "
            "the text \"many\"; "
            "the default is 64" },
        BadCase { "fraction", "/optimisation/steps", "2.5",
            "project.json: optimisation.steps: expected an integer from 1 to 1,000,000,000 (steps), got 2.5; "
            "the default is 1,000" },
        BadCase { "null", "/seed", "null",
            "project.json: seed: expected an integer from 0 to 18446744073709551615, got null; the default "
            "is 1" },
        BadCase { "negativeSeed", "/seed", "-1",
            "project.json: seed: expected an integer from 0 to 18446744073709551615, got -1; the default is "
            "1" },
        BadCase { "hugeSeed", "/seed", "1e30",
            "project.json: seed: expected an integer from 0 to 18446744073709551615, got 1e+30; the default "
            "is 1" },
        BadCase { "negative", "/budgets/level1Bytes", "-4096",
            "project.json: budgets.level1Bytes: expected an integer from 0 to 1,000,000,000,000,000 (bytes), "
            "got -4096; the default "
            "is 0" },
        BadCase { "zeroRate", "/optimisation/learningRate", "0",
            "project.json: optimisation.learningRate: expected a number above 0, at most 10, got 0; the "
            "default is 0.001" },
        BadCase { "listForNumber", "/matching/tolerance", "[1]",
            "project.json: matching.tolerance: expected a number from 0 to 1 (fraction), got a list; the "
            "default is 0.001" },
        BadCase { "boolean", "/optimisation/cosine", "1",
            "project.json: optimisation.cosine: expected true or false, got 1" },
        BadCase { "choice", "/matching/strategy", "\"greedy\"",
            "project.json: matching.strategy: expected one of \"identity\", \"random\", \"reference\", "
            "\"sequential\", \"descent\", "
            "got the text \"greedy\"; the default is \"descent\"" },
        BadCase { "textChoice", "/tasks/0/data/format", "\"bmp\"",
            "project.json: tasks[0].data.format: expected one of \"idx\", \"csv\", \"ts\", \"hdf5\", "
            "\"npz\", \"cifar\", \"mat\", \"images\", \"audio\", \"sensors\", got the text \"bmp\"" },
        BadCase { "objectForList", "/tasks", "{}", "project.json: tasks: expected a list, got an object" },
        BadCase { "textForObject", "/pages", "\"512\"",
            "project.json: pages: expected an object, got the text \"512\"" },
        BadCase { "itemOfList", "/tasks/0/preprocess", "[\"l2\", 4]",
            "project.json: tasks[0].preprocess[1]: expected a text, got 4" },
        BadCase { "notPowerOfTwo", "/pages/pageSize", "500",
            "project.json: pages.pageSize: expected a power of two from 64 to 65,536 weights with formation "
            "\"aligned\", got 500; "
            "formation \"reference\" takes any size" },
        BadCase { "smallPowerOfTwo", "/pages/pageSize", "32",
            "project.json: pages.pageSize: expected a power of two from 64 to 65,536 weights with formation "
            "\"aligned\", got 32; "
            "formation \"reference\" takes any size" },
        BadCase { "sameName", "/tasks/1/name", "\"digits\"",
            "project.json: tasks[1].name: \"digits\" is also the name of tasks[0]; give each task its own "
            "name" },
        BadCase { "nameWithSlash", "/tasks/1/name", "\"a/b\"",
            "project.json: tasks[1].name: expected 1 to 64 letters, digits, '_' or '-', got the text "
            "\"a/b\"" },
        BadCase { "emptyName", "/tasks/1/name", "\"\"",
            "project.json: tasks[1].name: expected a text, got an empty one" },
        BadCase { "controlCharacter", "/tasks/1/network", "\"a\\u0000b\"",
            "project.json: tasks[1].network: expected a text without control characters, got the text "
            "\"a\\u0000b\"" },
        BadCase { "twiceInList", "/baselines", "[\"int8\", \"int4\", \"int8\"]",
            "project.json: baselines[2]: \"int8\" stands twice in the list; keep one of them" },
        BadCase { "hugeShape", "/tasks/0/data/sampleShape", "[1000000, 1000000, 1000000]",
            "project.json: tasks[0].data.sampleShape: expected a sample of at most 1,000,000,000 values, got "
            "1e+18" },
        BadCase { "longShape", "/tasks/0/data/sampleShape", "[1, 1, 1, 1, 1]",
            "project.json: tasks[0].data.sampleShape: expected at most 4 entries, got 5" },
        BadCase { "noTask", "/tasks", "[]",
            "project.json: tasks: expected at least one task, found none; add a task" },
        BadCase { "newer", "/version", "7",
            "project.json: version: the recipe has version 7, and this program "
            "(palimpsest " PALIMPSEST_VERSION
            ") reads up to version 1; open it with the newer palimpsest that wrote it" },
        BadCase { "versionZero", "/version", "0", "project.json: version: expected the version 1, got 0" },
        BadCase { "versionText", "/version", "\"1\"",
            "project.json: version: expected the version 1, got the text \"1\"" },
        BadCase { "otherFormat", "/format", "\"package\"",
            "project.json: format: expected \"palimpsest-project\", got the text \"package\"" }),
    [](const auto& parameter) { return parameter.param.name; });

TEST(RecipeParser, NamesWhatIsMissing)
{
    Json json = smallRecipe();
    json["tasks"][0].erase("network");
    EXPECT_EQ(errorOf(json),
        "project.json: tasks[0]: the key \"network\" is missing; add it. File that describes the network, "
        "relative to the project "
        "folder.");
    json = smallRecipe();
    json.erase("version");
    EXPECT_EQ(errorOf(json), "project.json: expected the key \"version\" with the value 1, found none");
    json = smallRecipe();
    json.erase("format");
    EXPECT_EQ(errorOf(json),
        "project.json: expected the key \"format\" with the value \"palimpsest-project\", found none");
    EXPECT_EQ(errorOf(Json::array()), "project.json: expected an object, got a list");
}

TEST(RecipeParser, NamesADuplicateKeyWithItsLine)
{
    const Result<Json> json = parseJson("{\n \"seed\": 1,\n \"seed\": 2 }", "project.json");
    ASSERT_FALSE(json.ok());
    EXPECT_NE(json.error().text().find("\"seed\" stands twice"), std::string::npos) << json.error().text();
}

TEST(RecipeParser, LetsAnEmptyProjectHaveNoTask)
{
    Json json = smallRecipe();
    json["tasks"] = Json::array();
    const Result<Recipe> recipe = parseRecipe(json, "project.json", NoTasks::Allow);
    ASSERT_TRUE(recipe.ok()) << recipe.error().text();
    EXPECT_TRUE(recipe->tasks.empty());
}

TEST(RecipeParser, TakesAnyPageSizeWithFormationReference)
{
    Json json = smallRecipe();
    json["pages"] = { { "formation", "reference" }, { "pageSize", 100 } };
    EXPECT_EQ(errorOf(json), "");
    json["pages"]["pageSize"] = 0;
    EXPECT_NE(errorOf(json), "");
}

TEST(RecipeParser, CutsALongValueShort)
{
    Json json = smallRecipe();
    json["matching"]["strategy"] = std::string(100000, 'x');
    EXPECT_LT(errorOf(json).size(), 400U);
    json = smallRecipe();
    json[std::string(100000, 'x')] = 1;
    EXPECT_LT(errorOf(json).size(), 500U);
}

TEST(Choices, NamesAndValuesAreInverse)
{
    EXPECT_EQ(toString(Storage::Ternary), "ternary");
    EXPECT_EQ(fromString<Storage>("ternary"), Storage::Ternary);
    EXPECT_EQ(fromString<Schedule>("turns"), Schedule::Turns);
    EXPECT_EQ(fromString<CostKind>("Pairwise"), std::nullopt);
    for (const int i : { 0, 1, 2, 3, 4 }) {
        const auto strategy = static_cast<MatchingStrategy>(i);
        EXPECT_EQ(fromString<MatchingStrategy>(toString(strategy)), strategy);
    }
}

} // namespace
} // namespace palimpsest
