// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/project/recipe_document.h"

#include "core/base/random.h"
#include "widgets/project/setting_text.h"

#include <QSignalSpy>
#include <QUndoStack>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace palimpsest {
namespace {

TaskSettings task(const std::string& name)
{
    TaskSettings settings;
    settings.name = name;
    settings.network = "networks/" + name + ".json";
    settings.data.format = "idx";
    settings.data.path = name;
    return settings;
}

Recipe twoTasks()
{
    Recipe recipe;
    recipe.name = "two";
    recipe.tasks = { task("fashion"), task("digits") };
    return recipe;
}

std::string errorOf(const Status& status)
{
    return status ? std::string() : status.error().message;
}

TEST(RecipeDocument, SetsASettingAndSaysSo)
{
    RecipeDocument document;
    document.load(twoTasks());
    QSignalSpy changed(&document, &RecipeDocument::recipeChanged);
    QSignalSpy dirty(&document, &RecipeDocument::dirtyChanged);
    EXPECT_EQ(errorOf(document.set(QStringLiteral("pages.pageSize"), QStringLiteral("256"))), "");
    EXPECT_EQ(document.recipe().pages.pageSize, 256);
    EXPECT_EQ(document.undoStack().undoText(), QStringLiteral("Page size 512 → 256"));
    EXPECT_EQ(changed.count(), 1);
    ASSERT_EQ(dirty.count(), 1);
    EXPECT_TRUE(document.isDirty());

    document.undoStack().undo();
    EXPECT_EQ(document.recipe(), twoTasks());
    EXPECT_FALSE(document.isDirty());
}

TEST(RecipeDocument, NamesTheTaskOfAnEditAndTakesItsNameOrItsNumber)
{
    RecipeDocument document;
    document.load(twoTasks());
    ASSERT_TRUE(document.set(QStringLiteral("tasks.digits.training.epochs"), QStringLiteral("25")));
    EXPECT_EQ(document.undoStack().undoText(), QStringLiteral("digits: Epochs 10 → 25"));
    ASSERT_TRUE(document.set(QStringLiteral("tasks[1].training.epochs"), QStringLiteral("30")));
    EXPECT_EQ(document.undoStack().count(), 1) << "both paths name one setting";
    EXPECT_EQ(document.recipe().tasks[1].training.epochs, 30);
}

TEST(RecipeDocument, RefusesWhatTheEngineWouldAndChangesNothing)
{
    RecipeDocument document;
    document.load(twoTasks());
    QSignalSpy changed(&document, &RecipeDocument::recipeChanged);
    for (const auto& [path, value] :
        std::initializer_list<std::pair<const char*, const char*>> { { "pages.pageSize", "500" },
            { "pages.pageSize", "many" }, { "pages.pageSiz", "64" }, { "tasks[0].name", "digits" },
            { "tasks[7].weight", "1" }, { "baselines", "[\"int8\",\"int8\"]" }, { "fisher", "1" },
            { "tasks", "[]" }, { "matching.strategy", "greedy" }, { "seed", "-1" },
            { "optimisation.cosine", "2" }, { "tasks[0].data.path", "" } }) {
        EXPECT_FALSE(document.set(QString::fromUtf8(path), QString::fromUtf8(value))) << path << "=" << value;
        EXPECT_FALSE(document.check(QString::fromUtf8(path), QString::fromUtf8(value)).isEmpty()) << path;
    }
    EXPECT_EQ(document.recipe(), twoTasks());
    EXPECT_EQ(changed.count(), 0);
    EXPECT_EQ(document.undoStack().count(), 0);
}

TEST(RecipeDocument, ChecksInOneSentenceForTheFieldAndNamesAnotherFieldThatIsInTheWay)
{
    RecipeDocument document;
    document.load(twoTasks());
    EXPECT_EQ(document.check(QStringLiteral("matching.maxSweeps"), QStringLiteral("0")),
        QStringLiteral("Expected an integer from 1 to 1,000,000 (sweeps), got 0; the default is 50."));
    EXPECT_EQ(document.check(QStringLiteral("matching.maxSweeps"), QStringLiteral("7")), QString());
    ASSERT_TRUE(document.set({ { QStringLiteral("pages.pageSize"), QStringLiteral("100") },
                                 { QStringLiteral("pages.formation"), QStringLiteral("reference") } },
        QStringLiteral("As in the references")))
        << "together they are right, in any order";
    EXPECT_EQ(document.undoStack().undoText(), QStringLiteral("As in the references"));
    const QString problem = document.check(QStringLiteral("pages.formation"), QStringLiteral("aligned"));
    EXPECT_TRUE(problem.startsWith(QStringLiteral("Pages.pageSize: expected a power of two")))
        << problem.toStdString();
}

TEST(RecipeDocument, SetsSeveralSettingsOrNone)
{
    RecipeDocument document;
    document.load(twoTasks());
    EXPECT_FALSE(document.set({ { QStringLiteral("pages.poolPages"), QStringLiteral("40") },
                                  { QStringLiteral("pages.pageSize"), QStringLiteral("3") } },
        QStringLiteral("What-if")));
    EXPECT_EQ(document.recipe(), twoTasks());
    EXPECT_EQ(document.undoStack().count(), 0);
}

TEST(RecipeDocument, MergesEditsOfOneSettingUntilTheFieldIsLeft)
{
    RecipeDocument document;
    document.load(twoTasks());
    const auto setMargin = [&](const char* value) {
        ASSERT_TRUE(document.set(QStringLiteral("separation.margin"), QString::fromUtf8(value)));
    };
    for (const char* value : { "0.11", "0.12", "0.13" })
        setMargin(value);
    EXPECT_EQ(document.undoStack().count(), 1);
    EXPECT_EQ(document.undoStack().undoText(), QStringLiteral("Margin 0.1 → 0.13"));
    document.finishEdit();
    setMargin("0.2");
    EXPECT_EQ(document.undoStack().count(), 2);
    ASSERT_TRUE(document.set(QStringLiteral("seed"), QStringLiteral("5")));
    setMargin("0.3");
    EXPECT_EQ(document.undoStack().count(), 4) << "another setting came in between";
    setMargin("0.2");
    EXPECT_EQ(document.undoStack().count(), 3) << "a step that changes nothing any more goes";
    document.setClean();
    setMargin("0.25");
    document.undoStack().undo();
    EXPECT_FALSE(document.isDirty()) << "what was saved stays a step of its own";
}

TEST(RecipeDocument, SettingTheSameValueIsNoStep)
{
    RecipeDocument document;
    document.load(twoTasks());
    ASSERT_TRUE(document.set(QStringLiteral("pages.pageSize"), QStringLiteral("512")));
    ASSERT_TRUE(document.set(QStringLiteral("name"), QStringLiteral("\"two\"")));
    EXPECT_EQ(document.undoStack().count(), 0);
    EXPECT_FALSE(document.isDirty());
}

TEST(RecipeDocument, ResetsToTheDefaultAndKnowsThatSomeHaveNone)
{
    RecipeDocument document;
    document.load(twoTasks());
    ASSERT_TRUE(document.set(QStringLiteral("tasks[0].training.batch"), QStringLiteral("7")));
    ASSERT_TRUE(document.set(QStringLiteral("baselines"), QStringLiteral("int8")));
    ASSERT_TRUE(document.reset(QStringLiteral("tasks.fashion.training.batch")));
    ASSERT_TRUE(document.reset(QStringLiteral("baselines")));
    EXPECT_EQ(document.recipe(), twoTasks());
    EXPECT_FALSE(document.reset(QStringLiteral("tasks[0].network")));
}

TEST(RecipeDocument, AddsDuplicatesMovesAndRemovesTasks)
{
    RecipeDocument document;
    document.load(Recipe {});
    ASSERT_TRUE(document.set(QStringLiteral("pages.pageSize"), QStringLiteral("256"))) << "without tasks too";
    ASSERT_TRUE(document.addTask(task("a")));
    ASSERT_TRUE(document.addTask(task("b"), 0));
    EXPECT_FALSE(document.addTask(task("a"))) << "the name is taken";
    EXPECT_FALSE(document.addTask(TaskSettings {})) << "no network, no data";
    const Result<int> copy = document.duplicateTask(1);
    ASSERT_TRUE(copy);
    EXPECT_EQ(*copy, 2);
    EXPECT_EQ(document.recipe().tasks[2].name, "a-2");
    const Result<int> second = document.duplicateTask(2);
    ASSERT_TRUE(second);
    EXPECT_EQ(document.recipe().tasks[3].name, "a-3") << "the number goes on";
    ASSERT_TRUE(document.moveTask(0, 3));
    EXPECT_EQ(document.undoStack().undoText(), QStringLiteral("Move task b"));
    ASSERT_TRUE(document.removeTask(0));
    std::string names;
    for (const TaskSettings& settings : document.recipe().tasks)
        names += settings.name + " ";
    EXPECT_EQ(names, "a-2 a-3 b ");
    ASSERT_TRUE(document.setTask(2, task("c")));
    EXPECT_EQ(document.undoStack().undoText(), QStringLiteral("Edit task b"));
    ASSERT_TRUE(document.removeTask(0));
    ASSERT_TRUE(document.removeTask(0));
    ASSERT_TRUE(document.removeTask(0)) << "the last one too";
    while (document.undoStack().canUndo())
        document.undoStack().undo();
    EXPECT_EQ(document.recipe(), Recipe {});
}

TEST(RecipeDocument, FindsANameThatIsFreeAndAllowed)
{
    RecipeDocument document;
    document.load(twoTasks());
    EXPECT_EQ(document.freeTaskName(QStringLiteral("vowels")), QStringLiteral("vowels"));
    EXPECT_EQ(document.freeTaskName(QStringLiteral("fashion")), QStringLiteral("fashion-2"));
    EXPECT_EQ(document.freeTaskName(QStringLiteral("Größe 1")), QStringLiteral("Gr--e-1"));
    EXPECT_EQ(document.freeTaskName({}), QStringLiteral("task"));
    EXPECT_EQ(document.freeTaskName(QString(200, u'x')).size(), 64);
}

TEST(RecipeDocument, ReplacingIsAStepAndLoadingIsNone)
{
    QUndoStack stack;
    RecipeDocument document(stack);
    document.load(twoTasks());
    ASSERT_TRUE(document.set(QStringLiteral("seed"), QStringLiteral("9")));
    Recipe other = twoTasks();
    other.name = "edited elsewhere";
    document.replace(other, QStringLiteral("Read project.json again"));
    document.setClean();
    EXPECT_FALSE(document.isDirty());
    stack.undo();
    EXPECT_EQ(document.recipe().seed, 9U) << "the edits before the other program's are not lost";
    EXPECT_TRUE(document.isDirty());
    QSignalSpy loaded(&document, &RecipeDocument::loaded);
    document.load(other);
    EXPECT_EQ(stack.count(), 0);
    EXPECT_EQ(loaded.count(), 1);
    EXPECT_FALSE(document.isDirty());
}

TEST(RecipeDocument, IsDirtyAfterASaveOfAnOlderState)
{
    RecipeDocument document;
    document.load(twoTasks());
    ASSERT_TRUE(document.set(QStringLiteral("seed"), QStringLiteral("2")));
    const std::shared_ptr<const Recipe> saved = document.shared();
    ASSERT_TRUE(document.set(QStringLiteral("seed"), QStringLiteral("3")));
    document.setSaved(saved);
    EXPECT_TRUE(document.isDirty());
    document.undoStack().undo();
    EXPECT_TRUE(document.isDirty()) << "the file holds seed 2, and this is seed 1";
    document.undoStack().redo();
    document.setSaved(document.shared());
    EXPECT_FALSE(document.isDirty());
}

TEST(RecipeDocument, RefusesEveryEditWhileReadOnly)
{
    RecipeDocument document;
    document.load(twoTasks());
    document.setReadOnly(QStringLiteral("another window edits it"));
    EXPECT_EQ(errorOf(document.set(QStringLiteral("seed"), QStringLiteral("5"))), "another window edits it");
    EXPECT_FALSE(document.addTask(task("c")));
    EXPECT_FALSE(document.removeTask(0));
    EXPECT_EQ(document.recipe(), twoTasks());
    document.setReadOnly({});
    EXPECT_TRUE(document.set(QStringLiteral("seed"), QStringLiteral("5")));
}

/// A value of the right type, often in range.
std::string randomValue(const SettingInfo& info, Random& random)
{
    const auto below = [&](std::size_t count) { return static_cast<std::size_t>(random.below(count)); };
    if (info.type == "choice")
        return info.choices[below(info.choices.size())];
    if (info.type == "boolean")
        return below(2) == 0 ? "true" : "false";
    if (info.type == "integer")
        return std::to_string(1U << below(12));
    if (info.type == "number")
        return Json(random.uniform()).dump();
    if (info.type == "list")
        return info.choices.empty() ? "[]" : "[\"" + info.choices[below(info.choices.size())] + "\"]";
    return std::string("text") + std::to_string(below(9));
}

TEST(RecipeDocument, UndoingAllRandomEditsGivesTheFirstRecipeBack)
{
    const std::vector<SettingInfo> settings = recipeSettings();
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        Random random(seed);
        RecipeDocument document;
        document.load(twoTasks());
        const std::string first = toJson(document.recipe()).dump();
        int taken = 0;
        for (int i = 0; i < 60; ++i) {
            const auto tasks = static_cast<std::uint64_t>(document.recipe().tasks.size());
            const auto anyTask = [&] { return tasks == 0 ? 0 : static_cast<int>(random.below(tasks)); };
            const auto kind = random.below(12);
            bool ok = false;
            if (kind == 0)
                ok = document.addTask(task("t" + std::to_string(i))).ok();
            else if (kind == 1 && tasks > 0)
                ok = document.duplicateTask(anyTask()).ok();
            else if (kind == 2 && tasks > 0)
                ok = document.removeTask(anyTask()).ok();
            else if (kind == 3 && tasks > 0)
                ok = document.moveTask(anyTask(), anyTask()).ok();
            else if (kind == 4)
                document.undoStack().undo();
            else if (kind == 5)
                document.undoStack().redo();
            else {
                const SettingInfo& info = settings[static_cast<std::size_t>(random.below(settings.size()))];
                QString path = QString::fromStdString(info.path);
                if (path.startsWith(QStringLiteral("tasks[]")) && tasks == 0)
                    continue;
                path.replace(QStringLiteral("[]"), QStringLiteral("[%1]").arg(anyTask()));
                ok = document.set(path, QString::fromStdString(randomValue(info, random))).ok();
            }
            taken += ok ? 1 : 0;
        }
        EXPECT_GT(taken, 20) << "seed " << seed << ": most edits are right ones";
        while (document.undoStack().canRedo())
            document.undoStack().redo();
        const std::string last = toJson(document.recipe()).dump();
        while (document.undoStack().canUndo())
            document.undoStack().undo();
        EXPECT_EQ(toJson(document.recipe()).dump(), first) << "seed " << seed;
        EXPECT_EQ(document.recipe(), twoTasks()) << "seed " << seed;
        EXPECT_FALSE(document.isDirty());
        while (document.undoStack().canRedo())
            document.undoStack().redo();
        EXPECT_EQ(toJson(document.recipe()).dump(), last) << "seed " << seed;
    }
}

TEST(SettingText, SpeaksOfSettingsAndValues)
{
    EXPECT_EQ(settingLabel(QStringLiteral("budgets.level1Bytes")), QStringLiteral("Level 1 bytes"));
    EXPECT_EQ(
        settingLabel(QStringLiteral("tasks[0].training.learningRate")), QStringLiteral("Learning rate"));
    EXPECT_EQ(sectionOf(QStringLiteral("tasks[0].training.learningRate")), QStringLiteral("training"));
    EXPECT_EQ(sectionOf(QStringLiteral("tasks[].name")), QString());
    EXPECT_EQ(sectionOf(QStringLiteral("seed")), QString());
    EXPECT_EQ(valueText(65536), QStringLiteral("65,536"));
    EXPECT_EQ(valueText(18446744073709551615ULL), QStringLiteral("18446744073709551615"));
    EXPECT_EQ(valueText(0.002), QStringLiteral("0.002"));
    EXPECT_EQ(valueText(true), QStringLiteral("on"));
    EXPECT_EQ(valueText(""), QStringLiteral("empty"));
    EXPECT_EQ(valueText(Json::array({ "int8", "int4" })), QStringLiteral("int8, int4"));
    EXPECT_EQ(valueText(std::string(100, 'x')).size(), 40);
}

} // namespace
} // namespace palimpsest
