// SPDX-License-Identifier: Apache-2.0
#include "core/project/recipe.h"

#include "tests/core/project/recipe_fixture.h"

#include <gtest/gtest.h>

namespace palimpsest {
namespace {

Recipe base()
{
    return parseRecipe(smallRecipe(), "project.json").value();
}

Recipe with(const std::string& assignment)
{
    const Result<Recipe> recipe = applyOverride(base(), assignment);
    EXPECT_TRUE(recipe.ok()) << assignment << ": " << (recipe.ok() ? "" : recipe.error().text());
    return recipe.ok() ? *recipe : Recipe {};
}

std::string errorWith(const std::string& assignment)
{
    const Result<Recipe> recipe = applyOverride(base(), assignment);
    return recipe.ok() ? std::string() : recipe.error().text();
}

TEST(RecipeOverride, ChangesOneSettingAndNothingElse)
{
    Recipe expected = base();
    expected.matching.strategy = MatchingStrategy::Reference;
    EXPECT_EQ(with("matching.strategy=reference"), expected);
    expected = base();
    expected.pages.pageSize = 256;
    EXPECT_EQ(with("pages.pageSize=256"), expected);
    expected = base();
    expected.seed = 7;
    EXPECT_EQ(with("seed=7"), expected);
}

TEST(RecipeOverride, FindsATaskByNameOrByNumber)
{
    EXPECT_EQ(with("tasks.vowels.training.epochs=3").tasks[1].training.epochs, 3);
    EXPECT_EQ(with("tasks[1].weight=2").tasks[1].weight, 2.0);
    EXPECT_EQ(with("tasks.digits.name=numbers").tasks[0].name, "numbers");
}

TEST(RecipeOverride, TakesBareTextForTextsEvenIfItLooksLikeANumber)
{
    EXPECT_EQ(with("name=12").name, "12");
    EXPECT_EQ(with("description=true").description, "true");
    EXPECT_EQ(with("name=\"quoted\"").name, "quoted");
    EXPECT_EQ(with("tasks.digits.data.path=a=b").tasks[0].data.path, "a=b")
        << "only the first = parts key and value";
    EXPECT_EQ(with("dataRoot=").dataRoot, "");
}

TEST(RecipeOverride, TakesListsAsJsonOrWithCommas)
{
    EXPECT_EQ(with("baselines=int8,int4").baselines, (std::vector<std::string> { "int8", "int4" }));
    EXPECT_EQ(with("baselines=[\"int8\"]").baselines, (std::vector<std::string> { "int8" }));
    EXPECT_EQ(with("baselines=").baselines, std::vector<std::string> {});
    EXPECT_EQ(with("tasks.digits.data.sampleShape=1,8,8").tasks[0].data.sampleShape, (Shape { 1, 8, 8 }));
    EXPECT_EQ(with("tasks.digits.preprocess=scale=16,l2").tasks[0].preprocess,
        (std::vector<std::string> { "scale=16", "l2" }));
}

TEST(RecipeOverride, NamesTheNearestSetting)
{
    EXPECT_EQ(errorWith("matching.stratgy=x"),
        "--set matching.stratgy: there is no setting \"matching.stratgy\"; did you mean "
        "\"matching.strategy\"?");
    EXPECT_EQ(errorWith("pageSize=64"),
        "--set pageSize: there is no setting \"pageSize\"; did you mean \"pages.pageSize\"?");
    EXPECT_EQ(errorWith("version=2"),
        "--set version: there is no setting \"version\"; did you mean \"description\"?");
    EXPECT_EQ(errorWith("tasks.vowles.weight=2"),
        "--set tasks.vowles.weight: there is no task \"vowles\"; the tasks are \"digits\", \"vowels\"");
    EXPECT_EQ(errorWith("tasks[2].weight=2"),
        "--set tasks[2].weight: expected the number of a task from 0 to 1 in tasks[...], got \"2\"");
    EXPECT_EQ(errorWith("tasks[-1].weight=2"),
        "--set tasks[-1].weight: expected the number of a task from 0 to 1 in tasks[...], got \"-1\"");
}

TEST(RecipeOverride, RefusesWhatIsNoAssignmentOrNoSingleSetting)
{
    EXPECT_EQ(errorWith("pages.pageSize"),
        "--set: expected KEY=VALUE, such as matching.strategy=reference, got \"pages.pageSize\"");
    EXPECT_EQ(errorWith("=3"), "--set: expected KEY=VALUE, such as matching.strategy=reference, got \"=3\"");
    EXPECT_EQ(errorWith("pages={}"),
        "--set pages: \"pages\" is a group of settings; set one of them, such as \"pages.pageSize\"");
    EXPECT_EQ(errorWith("tasks=[]"),
        "--set tasks: \"tasks\" is a group of settings; set one of them, such as \"tasks.digits.name\"");
    EXPECT_EQ(errorWith("tasks.digits=1"),
        "--set tasks.digits: \"tasks.digits\" is a group of settings; set one of them, such as "
        "\"tasks.digits.name\"");
    EXPECT_EQ(errorWith("name=\xff"), "--set: expected text in UTF-8");
}

TEST(RecipeOverride, ChecksTheResultAsAWhole)
{
    EXPECT_EQ(errorWith("pages.pageSize=500"),
        "--set: pages.pageSize: expected a power of two from 64 to 65,536 weights with formation "
        "\"aligned\", got 500; formation "
        "\"reference\" takes any size");
    EXPECT_EQ(errorWith("optimisation.steps=many"),
        "--set: optimisation.steps: expected an integer from 1 to 1,000,000,000 (steps), got the text "
        "\"many\"; the default is "
        "1,000");
}

TEST(RecipeOverride, WorksOnAProjectWithoutTasks)
{
    Recipe empty = base();
    empty.tasks.clear();
    const Result<Recipe> recipe = applyOverride(empty, "seed=3");
    ASSERT_TRUE(recipe.ok()) << recipe.error().text();
    EXPECT_EQ(recipe->seed, 3U);
    const Result<Recipe> task = applyOverride(empty, "tasks[0].weight=3");
    ASSERT_FALSE(task.ok());
    EXPECT_FALSE(applyOverride(empty, "tasks.digits.weight=3").ok());
}

} // namespace
} // namespace palimpsest
