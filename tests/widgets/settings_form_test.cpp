// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/project/settings_form.h"

#include "tests/support/temporary_folder.h"
#include "widgets/project/number_field.h"
#include "widgets/project/path_field.h"
#include "widgets/project/recipe_document.h"
#include "widgets/project/section_box.h"
#include "widgets/project/setting_editor.h"
#include "widgets/project/setting_row.h"
#include "widgets/project/setting_text.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <QUndoStack>
#include <QWheelEvent>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <set>

namespace palimpsest {
namespace {

Recipe oneTask()
{
    Recipe recipe;
    recipe.name = "one";
    TaskSettings task;
    task.name = "fashion";
    task.network = "networks/fashion.json";
    task.data.format = "idx";
    task.data.path = "fashion";
    recipe.tasks = { task };
    return recipe;
}

/// Both forms on one document.
struct Forms {
    RecipeDocument document;
    SettingsForm project { document, SettingsForm::Scope::Project };
    SettingsForm task { document, SettingsForm::Scope::Task };
    Forms()
    {
        document.load(oneTask());
        task.setTask(0);
    }
    SettingRow* row(const std::string& path)
    {
        const QString name = QString::fromStdString(path);
        return name.startsWith(QStringLiteral("tasks")) ? task.row(name) : project.row(name);
    }
    QLineEdit* line(const std::string& path) { return row(path)->editor()->findChild<QLineEdit*>(); }
    void type(const std::string& path, const char* text)
    {
        line(path)->selectAll();
        QTest::keyClicks(line(path), QString::fromUtf8(text));
    }
};

/// Another right value than `old`, as a user might give it.
std::string anotherValue(const SettingInfo& info, const Json& old)
{
    if (info.type == "boolean")
        return old.get<bool>() ? "false" : "true";
    if (info.type == "choice")
        return Json(info.choices.front() == old ? info.choices.back() : info.choices.front()).dump();
    if (info.type == "list")
        return info.choices.empty() ? "[]" : Json(std::vector<std::string> { info.choices.back() }).dump();
    if (info.path == "pages.pageSize")
        return "256";
    if (info.type == "integer")
        return Json(old.get<std::uint64_t>() + 1).dump();
    if (info.type == "number")
        return Json((info.minimum.value_or(0.0) + info.maximum.value_or(1.0)) / 2.0).dump();
    return "\"other\"";
}

TEST(SettingsForm, HasAnEditorForEverySettingThatIsDescribed)
{
    Forms forms;
    std::set<std::string> seen;
    for (const SettingInfo& info : recipeSettings()) {
        SettingRow* const row = forms.row(info.path);
        ASSERT_NE(row, nullptr) << info.path << " has no editor: SettingEditor::create() knows no type "
                                << info.type;
        seen.insert(info.path);
        const Json before = toJson(forms.document.recipe());
        const Json* const old = findSetting(before, row->path());
        ASSERT_NE(old, nullptr) << info.path;
        const std::string value = anotherValue(info, *old);
        const Result<Json> wanted = parseJson(value, {});
        ASSERT_TRUE(wanted);
        row->editor()->showValue(*wanted);
        const Result<Json> shown = parseJson(row->editor()->json().toStdString(), {});
        ASSERT_TRUE(shown) << info.path << " gives no JSON: " << row->editor()->json().toStdString();
        EXPECT_EQ(*shown, *wanted) << info.path << " shows another value than it was given";
        Q_EMIT row->editor()->edited(row->editor()->json());
        EXPECT_EQ(row->problem(), QString()) << info.path;
        const Json after = toJson(forms.document.recipe());
        EXPECT_EQ(*findSetting(after, row->path()), *wanted) << info.path << " does not reach the recipe";
        EXPECT_FALSE(row->editor()->field()->accessibleName().isEmpty()) << info.path;
        EXPECT_TRUE(row->editor()->field()->focusPolicy() & Qt::TabFocus)
            << info.path << " cannot be reached by keyboard";
        for (const std::string& part : { info.unit, info.path })
            EXPECT_TRUE(row->toolTip().contains(QString::fromStdString(part).toHtmlEscaped())) << info.path;
        while (forms.document.undoStack().canUndo())
            forms.document.undoStack().undo();
        EXPECT_EQ(*parseJson(row->editor()->json().toStdString(), {}), *old)
            << info.path << " is not undone in the form";
    }
    EXPECT_EQ(seen.size(), forms.project.rows().size() + forms.task.rows().size());
}

TEST(SettingsForm, EditsAsOneTypesAndMergesTheKeys)
{
    Forms forms;
    forms.type("optimisation.steps", "2500");
    EXPECT_EQ(forms.document.recipe().optimisation.steps, 2500);
    EXPECT_EQ(forms.document.undoStack().count(), 1);
    EXPECT_EQ(forms.document.undoStack().undoText(), QStringLiteral("Steps 1,000 → 2,500"));
    forms.document.undoStack().undo();
    EXPECT_EQ(forms.line("optimisation.steps")->text(), QStringLiteral("1000"));
}

TEST(SettingsForm, SaysWhatIsWrongBesideTheFieldAndKeepsTheText)
{
    Forms forms;
    forms.type("pages.pageSize", "500");
    SettingRow* const row = forms.row("pages.pageSize");
    EXPECT_TRUE(row->problem().startsWith(QStringLiteral("Expected a power of two")))
        << row->problem().toStdString();
    EXPECT_EQ(forms.document.recipe().pages.pageSize, 512) << "the last right value";
    EXPECT_EQ(forms.line("pages.pageSize")->text(), QStringLiteral("500"));
    ASSERT_TRUE(forms.document.set(QStringLiteral("seed"), QStringLiteral("3")));
    EXPECT_EQ(forms.line("pages.pageSize")->text(), QStringLiteral("500"))
        << "another edit takes nothing away";
    ASSERT_TRUE(forms.document.set(QStringLiteral("pages.formation"), QStringLiteral("reference")));
    EXPECT_EQ(row->problem(), QString()) << "500 would be right now";

    forms.type("pages.pageSize", "many");
    EXPECT_TRUE(row->problem().contains(QStringLiteral("\"many\""))) << row->problem().toStdString();
    QTest::keyClick(row->editor()->field(), Qt::Key_Escape);
    EXPECT_EQ(row->problem(), QString());
    EXPECT_EQ(forms.line("pages.pageSize")->text(), QStringLiteral("512")) << "given up";
}

TEST(SettingsForm, MarksAndResetsWhatIsNotAtItsDefault)
{
    Forms forms;
    SettingRow* const row = forms.row("separation.margin");
    auto* const button = row->findChild<QToolButton*>();
    auto* const label = row->findChild<QLabel*>();
    EXPECT_TRUE(button->isHidden());
    forms.type("separation.margin", "0.25");
    EXPECT_FALSE(row->isDefault());
    EXPECT_FALSE(button->isHidden());
    EXPECT_TRUE(label->font().bold());
    button->click();
    EXPECT_EQ(forms.document.recipe().separation.margin, 0.1);
    EXPECT_EQ(forms.line("separation.margin")->text(), QStringLiteral("0.1"));
    EXPECT_TRUE(button->isHidden());
    EXPECT_EQ(forms.document.undoStack().count(), 2) << "the reset is a step of its own";
    EXPECT_TRUE(forms.row("tasks[].network")->isDefault()) << "what has no default is never off it";
}

TEST(SettingsForm, FiltersByWordsAndByChange)
{
    Forms forms;
    const auto shown = [&] {
        QStringList paths;
        for (const SettingRow* row : forms.project.rows())
            if (!row->isHidden())
                paths << row->path();
        return paths;
    };
    EXPECT_EQ(shown().size(), static_cast<qsizetype>(forms.project.rows().size()));
    forms.project.setFilter(QStringLiteral("PAGE size"));
    EXPECT_TRUE(shown().contains(QStringLiteral("pages.pageSize")));
    EXPECT_FALSE(shown().contains(QStringLiteral("seed")));
    forms.project.setFilter(QStringLiteral("warm-up")); // only in a help text
    EXPECT_TRUE(shown().contains(QStringLiteral("optimisation.learningRate")));
    forms.project.setFilter(QStringLiteral("zzz"));
    EXPECT_TRUE(shown().isEmpty());
    bool isSaid = false;
    for (const QLabel* label : forms.project.findChildren<QLabel*>())
        isSaid
            = isSaid || (!label->isHidden() && label->text().contains(QStringLiteral("No setting matches")));
    EXPECT_TRUE(isSaid) << "no empty form without a sentence";
    forms.project.setFilter({});
    forms.project.setOnlyChanged(true);
    EXPECT_EQ(shown(), QStringList { QStringLiteral("name") });
    ASSERT_TRUE(forms.document.set(QStringLiteral("seed"), QStringLiteral("3")));
    EXPECT_EQ(shown(), (QStringList { QStringLiteral("name"), QStringLiteral("seed") }));
}

TEST(SettingsForm, GoesToASettingThatIsFoldedAwayAndFilteredOut)
{
    Forms forms;
    forms.project.resize(400, 300);
    forms.project.show();
    forms.project.activateWindow();
    ASSERT_TRUE(QTest::qWaitForWindowActive(&forms.project));
    for (SectionBox* box : forms.project.findChildren<SectionBox*>())
        box->setUnfolded(false);
    forms.project.setFilter(QStringLiteral("seed"));
    EXPECT_TRUE(forms.project.focusSetting(QStringLiteral("execution.switches")));
    EXPECT_TRUE(forms.row("execution.switches")->isVisible());
    EXPECT_TRUE(forms.row("execution.switches")->editor()->field()->hasFocus());
    EXPECT_FALSE(forms.project.focusSetting(QStringLiteral("tasks[0].weight")))
        << "that is in the other form";
    EXPECT_TRUE(forms.task.focusSetting(QStringLiteral("tasks[0].weight")));
}

TEST(SettingsForm, ShowsAnotherTaskAndFollowsItsPlace)
{
    Forms forms;
    ASSERT_TRUE(forms.document.duplicateTask(0));
    ASSERT_TRUE(forms.document.set(QStringLiteral("tasks[1].weight"), QStringLiteral("3")));
    EXPECT_EQ(forms.line("tasks[].weight")->text(), QStringLiteral("1"));
    forms.task.setTask(1);
    EXPECT_EQ(forms.line("tasks[].weight")->text(), QStringLiteral("3"));
    forms.type("tasks[].tolerance", "2 %");
    EXPECT_EQ(forms.document.recipe().tasks[1].tolerance, 0.02);
    EXPECT_EQ(forms.document.recipe().tasks[0].tolerance, 0.01);
    ASSERT_TRUE(forms.document.removeTask(1));
    EXPECT_FALSE(forms.row("tasks[].weight")->isEnabled()) << "there is no such task any more";
}

TEST(SettingsForm, IsLockedWhileTheDocumentIsReadOnlyAndSaysWhy)
{
    Forms forms;
    forms.document.setReadOnly(QStringLiteral("Another window has it."));
    EXPECT_FALSE(forms.row("seed")->isEnabled());
    bool isSaid = false;
    for (const QLabel* label : forms.project.findChildren<QLabel*>())
        isSaid = isSaid || (!label->isHidden() && label->text() == QStringLiteral("Another window has it."));
    EXPECT_TRUE(isSaid);
    forms.document.setReadOnly({});
    EXPECT_TRUE(forms.row("seed")->isEnabled());
}

TEST(SettingsForm, LeavesUndoToTheDocument)
{
    Forms forms;
    QWidget* const field = forms.row("optimisation.steps")->editor()->field();
    forms.type("optimisation.steps", "25");
    QKeyEvent undo(QEvent::ShortcutOverride, Qt::Key_Z, Qt::ControlModifier);
    undo.ignore(); // as Qt sends it
    QCoreApplication::sendEvent(field, &undo);
    EXPECT_FALSE(undo.isAccepted()) << "the window's action gets it";
    forms.type("optimisation.steps", "x");
    QKeyEvent again(QEvent::ShortcutOverride, Qt::Key_Z, Qt::ControlModifier);
    again.ignore();
    QCoreApplication::sendEvent(field, &again);
    EXPECT_TRUE(again.isAccepted()) << "first the wrong text goes";
    QTest::keyClick(field, Qt::Key_Z, Qt::ControlModifier);
    EXPECT_EQ(forms.line("optimisation.steps")->text(), QStringLiteral("25"));
    EXPECT_EQ(forms.document.recipe().optimisation.steps, 25);
}

TEST(NumberField, ReadsNumbersAsPeopleWriteThem)
{
    const auto integer = [](const char* text, const char* unit = "") {
        return numberJson(QString::fromUtf8(text), NumberField::Kind::Integer, QString::fromUtf8(unit))
            .toStdString();
    };
    const auto number = [](const char* text, const char* unit = "") {
        return numberJson(QString::fromUtf8(text), NumberField::Kind::Number, QString::fromUtf8(unit))
            .toStdString();
    };
    EXPECT_EQ(integer(" 65,536 "), "65536");
    EXPECT_EQ(integer("007"), "7");
    EXPECT_EQ(integer("-0"), "0");
    EXPECT_EQ(integer("18446744073709551615"), "18446744073709551615") << "to the last digit";
    EXPECT_EQ(integer("1e3"), "1000");
    EXPECT_EQ(integer("2.5"), "2.5") << "the document refuses it";
    EXPECT_EQ(integer("64 KB", "bytes"), "64000");
    EXPECT_EQ(integer("1.1 MB", "bytes"), "1100000");
    EXPECT_EQ(integer("2 MiB", "bytes"), "2097152");
    EXPECT_EQ(integer("64 KB"), "\"64 KB\"") << "only bytes";
    EXPECT_EQ(integer("1,00"), "\"1,00\"") << "no guess";
    EXPECT_EQ(integer(""), "\"\"");
    EXPECT_EQ(number("0.10"), "0.1");
    EXPECT_EQ(number(".5"), "0.5");
    EXPECT_EQ(number("7 %", "fraction"), "0.07");
    EXPECT_EQ(number("nan"), "\"nan\"");
    EXPECT_EQ(number("inf"), "\"inf\"");
    EXPECT_EQ(number("12 monkeys"), "\"12 monkeys\"");
}

TEST(NumberField, StepsToTheNextAllowedNumber)
{
    Forms forms;
    forms.project.show();
    const auto step = [&](const char* path, Qt::Key key) {
        QTest::keyClick(forms.row(path)->editor()->field(), key);
        return forms.line(path)->text().toStdString();
    };
    EXPECT_EQ(step("pages.pageSize", Qt::Key_Up), "1024") << "513 is no size of a page";
    EXPECT_EQ(step("pages.pageSize", Qt::Key_Down), "512");
    EXPECT_EQ(step("optimisation.steps", Qt::Key_Up), "1100");
    EXPECT_EQ(step("optimisation.learningRate", Qt::Key_Up), "0.0011");
    EXPECT_EQ(step("matching.maxSweeps", Qt::Key_Down), "49");
    EXPECT_EQ(step("threads", Qt::Key_Down), "0") << "none below the least";
    EXPECT_EQ(forms.document.recipe().optimisation.learningRate, 0.0011);
}

TEST(SettingEditor, TheWheelChangesNothingInAFormThatScrolls)
{
    Forms forms;
    forms.project.show();
    for (const char* path : { "matching.strategy", "optimisation.steps" }) {
        QWidget* const field = forms.row(path)->editor()->field();
        field->clearFocus();
        QWheelEvent wheel({ 5, 5 }, field->mapToGlobal(QPointF(5, 5)), {}, { 0, 120 }, Qt::NoButton,
            Qt::NoModifier, Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(field, &wheel);
        EXPECT_FALSE(wheel.isAccepted()) << path;
    }
    EXPECT_EQ(forms.document.undoStack().count(), 0);
}

TEST(SettingEditor, ListsAreWrittenWithCommas)
{
    Forms forms;
    forms.type("tasks[].preprocess", "scale=255, standardise");
    EXPECT_EQ(forms.document.recipe().tasks[0].preprocess,
        (std::vector<std::string> { "scale=255", "standardise" }));
    forms.type("tasks[].data.sampleShape", "[1, 28, 28]");
    EXPECT_EQ(forms.document.recipe().tasks[0].data.sampleShape, (Shape { 1, 28, 28 }));
    forms.line("tasks[].data.sampleShape")->clear();
    QTest::keyClick(forms.line("tasks[].data.sampleShape"), Qt::Key_Backspace);
    QStringList names;
    for (QCheckBox* box : forms.row("baselines")->findChildren<QCheckBox*>()) {
        names << box->text();
        if (box->text() == QStringLiteral("int6"))
            box->click();
    }
    EXPECT_TRUE(names.contains(QStringLiteral("same steps"))) << "as reports call it";
    EXPECT_EQ(forms.document.recipe().baselines,
        (std::vector<std::string> { "sameSteps", "float16", "int8", "int4" }));
}

TEST(PathField, TakesTheBaseFolderOffWhatIsChosenInIt)
{
    const test::TemporaryFolder root;
    const QString base = QString::fromStdString(root.path().string());
    PathField field(PathKind::ProjectFile);
    field.setBaseFolder(base);
    QSignalSpy edited(&field, &PathField::edited);
    field.choose(base + QStringLiteral("/networks/../networks/a.json"));
    EXPECT_EQ(field.path(), QStringLiteral("networks/a.json"));
    field.choose(QStringLiteral("/elsewhere/b.json"));
    EXPECT_EQ(field.path(), QStringLiteral("/elsewhere/b.json"));
    EXPECT_EQ(edited.count(), 2);
    field.setPath(QStringLiteral("c.json"));
    EXPECT_EQ(edited.count(), 2);
}

} // namespace
} // namespace palimpsest
