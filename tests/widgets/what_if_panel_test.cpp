// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/widgets/run_fixture.h"
#include "widgets/project/number_field.h"
#include "widgets/project/problem_label.h"
#include "widgets/whatif/marked_slider.h"
#include "widgets/whatif/number_slider.h"
#include "widgets/whatif/what_if_panel.h"

#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>
#include <gtest/gtest.h>

namespace palimpsest {
namespace {

TEST(NumberSlider, PowersDoubleAndHalve)
{
    NumberSlider number(NumberSlider::Scale::Powers, QStringLiteral("n"), {});
    number.setSliderRange(64, 65536);
    number.setLimits(1, 1'000'000);
    number.setValue(512);
    EXPECT_EQ(number.slider()->value(), 3);
    QSignalSpy changed(&number, &NumberSlider::valueChanged);
    number.slider()->setValue(10);
    EXPECT_EQ(number.value(), 65536);
    number.box()->stepBy(-2);
    EXPECT_EQ(number.value(), 16384);
    EXPECT_EQ(number.slider()->value(), 8);
    number.box()->setValue(1000); // no power of two: the engine says so, not the box
    EXPECT_EQ(number.value(), 1000);
    EXPECT_EQ(number.slider()->value(), 4);
    EXPECT_EQ(changed.count(), 3);
    EXPECT_EQ(changed.last()[0].toLongLong(), 1000);
}

TEST(NumberSlider, EveryPositionOfALogarithmicSliderIsANumberOfItsOwnOrder)
{
    for (const std::int64_t most : { 2, 10, 300, 100'000, 1'000'000'000 }) {
        NumberSlider number(NumberSlider::Scale::Logarithmic, QStringLiteral("n"), {});
        number.setSliderRange(0, most);
        number.setValue(most);
        EXPECT_EQ(number.slider()->value(), number.slider()->maximum());
        std::int64_t before = most + 1;
        for (int position = number.slider()->maximum() - 1; position >= 0; --position) {
            number.slider()->setValue(position);
            EXPECT_LT(number.value(), before);
            EXPECT_EQ(number.slider()->value(), position) << "the slider stays where it is put";
            before = number.value();
        }
        EXPECT_EQ(before, 0);
    }
}

class WhatIfPanelTest : public testing::Test {
protected:
    WhatIfPanelTest()
    {
        recipe.pages.pageSize = 512;
        recipe.pages.poolPages = 58;
        recipe.separation.exclusivePages = 6;
        panel.setRecipe(recipe);
        panel.show();
    }
    template <class T> T* child(const QString& name) const
    {
        for (T* widget : panel.findChildren<T*>())
            if (widget->accessibleName() == name || widget->text().remove(QLatin1Char('&')) == name)
                return widget;
        return nullptr;
    }
    QSpinBox* box(const char* name) const
    {
        for (QSpinBox* widget : panel.findChildren<QSpinBox*>())
            if (widget->accessibleName() == QString::fromUtf8(name))
                return widget;
        return nullptr;
    }
    QString text(const char* name) const { return child<QLabel>(QString::fromUtf8(name))->text(); }
    WhatIfPrediction prediction() const
    {
        WhatIfPrediction made;
        made.choice = panel.choice();
        made.plan.standaloneBytes = 1'000'000;
        made.plan.poolBytes = 100'000;
        made.plan.exclusiveBytes = 20'000;
        made.plan.level2Bytes = 20'000;
        made.plan.tableBytes = 5'000;
        made.plan.scratchBytes = 50'000;
        made.pageCount = 300;
        return made;
    }

    Recipe recipe;
    WhatIfPanel panel;
};

TEST_F(WhatIfPanelTest, FollowsTheRecipeUntilASliderIsMoved)
{
    EXPECT_EQ(panel.choice(), (WhatIfChoice { 512, 58, 6 }));
    EXPECT_FALSE(panel.isChanged());
    recipe.pages.poolPages = 60;
    panel.setRecipe(recipe);
    EXPECT_EQ(panel.choice().poolPages, 60);

    QSignalSpy chosen(&panel, &WhatIfPanel::chosen);
    box("Slots of the pool")->setValue(40);
    ASSERT_EQ(chosen.count(), 1);
    EXPECT_EQ(panel.choice().poolPages, 40);
    EXPECT_TRUE(panel.isChanged());
    recipe.name = "another name";
    panel.setRecipe(recipe);
    EXPECT_EQ(panel.choice().poolPages, 40) << "an edit of something else changes nothing here";
    recipe.pages.poolPages = 70;
    panel.setRecipe(recipe);
    EXPECT_EQ(panel.choice().poolPages, 70) << "an edit of the same setting does";
}

TEST_F(WhatIfPanelTest, PageSizeKeepsTheBytesThereAndBack)
{
    QSpinBox* const size = box("Page size in weights");
    size->setValue(1024);
    EXPECT_EQ(panel.choice(), (WhatIfChoice { 1024, 29, 3 }));
    size->setValue(64);
    EXPECT_EQ(panel.choice(), (WhatIfChoice { 64, 464, 48 }));
    size->setValue(65536);
    EXPECT_EQ(panel.choice(), (WhatIfChoice { 65536, 1, 1 }));
    size->setValue(512);
    EXPECT_FALSE(panel.isChanged());
    child<QCheckBox>(QStringLiteral("Page size keeps the pool's bytes"))->setChecked(false);
    size->setValue(256);
    EXPECT_EQ(panel.choice(), (WhatIfChoice { 256, 58, 6 }));
}

TEST_F(WhatIfPanelTest, ShowsBytesThenAnEstimateThenTheCost)
{
    WhatIfPrediction made = prediction();
    made.isCostPending = true;
    panel.setPrediction(made);
    EXPECT_EQ(text("Packed networks, predicted"), QStringLiteral("125 KB"));
    EXPECT_EQ(text("Smaller by, predicted"), QStringLiteral("8.00 ×"));
    EXPECT_EQ(text("Memory level 1, predicted"), QStringLiteral("155 KB"));
    EXPECT_EQ(text("Memory level 2, predicted"), QStringLiteral("20.0 KB"));
    EXPECT_EQ(text("Cost of sharing, predicted"), QStringLiteral("matching …"));
    made.cost = 0.05;
    made.trust = CostTrust::Estimate;
    panel.setPrediction(made);
    EXPECT_TRUE(text("Cost of sharing, predicted").startsWith(QStringLiteral("≈ 0.05 ± 25 %")));
    made.trust = CostTrust::Rough;
    panel.setPrediction(made);
    EXPECT_TRUE(text("Cost of sharing, predicted").startsWith(QStringLiteral("about 0.05")));
    made.trust = CostTrust::Exact;
    made.isCostPending = false;
    panel.setPrediction(made);
    EXPECT_EQ(text("Cost of sharing, predicted"), QStringLiteral("0.05"));
}

TEST_F(WhatIfPanelTest, ComparesWithTheRun)
{
    auto run = test::smallRun();
    run->run = "r3";
    auto report = std::make_shared<ReportModel>();
    report->memory.standaloneBytes = 1'000'000;
    report->memory.poolBytes = 250'000;
    report->matching.costBarycentre = 0.1;
    run->report = report;
    panel.setResults(run);
    WhatIfPrediction made = prediction();
    made.cost = 0.05;
    panel.setPrediction(made);
    EXPECT_EQ(text("Packed networks, of the run"), QStringLiteral("250 KB"));
    EXPECT_EQ(text("Packed networks, change"), QStringLiteral("−50 %"));
    EXPECT_EQ(text("Smaller by, change"), QStringLiteral("+100 %"));
    EXPECT_EQ(text("Cost of sharing, change"), QStringLiteral("−50 %"));
    panel.setResults(nullptr);
    EXPECT_EQ(text("Packed networks, of the run"), QStringLiteral("–"));
    EXPECT_EQ(text("Packed networks, change"), QString());
}

TEST_F(WhatIfPanelTest, AnAnswerOfAnotherChoiceIsNotShown)
{
    WhatIfPrediction late = prediction();
    box("Slots of the pool")->setValue(40);
    panel.setPrediction(late);
    EXPECT_EQ(text("Packed networks, predicted"), QStringLiteral("–"));
}

TEST_F(WhatIfPanelTest, SaysWhatIsInTheWay)
{
    auto* const message = panel.findChild<QLabel*>(QStringLiteral("whatIfMessage"));
    EXPECT_FALSE(message->isVisible());
    WhatIfPrediction made = prediction();
    made.budgetProblem = QStringLiteral("budgets.level1Bytes: too small");
    made.costProblem = QStringLiteral("the cost is not known before a is trained");
    made.mostSlots = 50;
    panel.setPrediction(made);
    EXPECT_TRUE(message->isVisible());
    EXPECT_TRUE(message->text().contains(made.budgetProblem, Qt::CaseInsensitive));
    EXPECT_TRUE(message->text().contains(made.costProblem, Qt::CaseInsensitive));
    const MarkedSlider* marked = nullptr;
    for (const MarkedSlider* slider : panel.findChildren<MarkedSlider*>())
        if (slider->accessibleName() == QStringLiteral("Slots of the pool"))
            marked = slider;
    EXPECT_TRUE(marked->toolTip().contains(QStringLiteral("50 slots")));
    panel.setRecipe(std::nullopt);
    EXPECT_TRUE(message->text().contains(QStringLiteral("Open a project")));
    EXPECT_FALSE(box("Slots of the pool")->isEnabled());
}

TEST_F(WhatIfPanelTest, AppliesWhatDiffersAsOneStep)
{
    auto* const apply = child<QPushButton>(QStringLiteral("Apply"));
    auto* const reset = child<QPushButton>(QStringLiteral("Reset"));
    EXPECT_FALSE(apply->isEnabled());
    EXPECT_FALSE(reset->isEnabled());
    box("Slots of the pool")->setValue(40);
    box("Exclusive pages")->setValue(8);
    QSignalSpy applied(&panel, &WhatIfPanel::applied);
    QTest::mouseClick(apply, Qt::LeftButton);
    ASSERT_EQ(applied.count(), 1);
    const auto edits = applied[0][0].value<QList<SettingEdit>>();
    ASSERT_EQ(edits.size(), 2);
    EXPECT_EQ(edits[0].path, QStringLiteral("pages.poolPages"));
    EXPECT_EQ(edits[0].value, QStringLiteral("40"));
    EXPECT_EQ(edits[1].path, QStringLiteral("separation.exclusivePages"));

    RecipeDocument document;
    document.load(recipe);
    EXPECT_TRUE(document.set(edits, applied[0][1].toString()));
    EXPECT_EQ(document.recipe().pages.poolPages, 40);
    panel.setRecipe(document.recipe());
    EXPECT_FALSE(panel.isChanged());

    box("Slots of the pool")->setValue(30);
    panel.setReadOnly(QStringLiteral("another window edits it"));
    EXPECT_FALSE(apply->isEnabled());
    QTest::mouseClick(reset, Qt::LeftButton);
    EXPECT_EQ(panel.choice().poolPages, 40);
}

TEST_F(WhatIfPanelTest, ATargetSizeMovesThePool)
{
    auto* const field = panel.findChild<NumberField*>(QStringLiteral("whatIfTarget"));
    auto* const problem = panel.findChild<ProblemLabel*>();
    QSignalSpy wanted(&panel, &WhatIfPanel::sizeWanted);
    const auto type = [&](const char* text) {
        field->findChild<QLineEdit*>()->selectAll();
        QTest::keyClicks(field->findChild<QLineEdit*>(), QString::fromUtf8(text));
    };
    type("small");
    EXPECT_EQ(wanted.count(), 0);
    EXPECT_TRUE(problem->problem().contains(QStringLiteral("46 KB"))) << problem->problem().toStdString();
    type("46 KB");
    ASSERT_GE(wanted.count(), 1);
    EXPECT_EQ(wanted.last()[0].value<WhatIfChoice>(), panel.choice());
    EXPECT_EQ(wanted.last()[1].toLongLong(), 46'000);
    EXPECT_TRUE(problem->problem().isEmpty());

    panel.setFit({ panel.choice(), 4, 3, {} });
    EXPECT_EQ(panel.choice().poolPages, 58) << "an answer to the first digit comes late";
    panel.setFit({ panel.choice(), 46'000, 0, QStringLiteral("too small") });
    EXPECT_EQ(problem->problem(), QStringLiteral("too small"));
    EXPECT_EQ(panel.choice().poolPages, 58);
    QSignalSpy chosen(&panel, &WhatIfPanel::chosen);
    panel.setFit({ panel.choice(), 46'000, 21, {} });
    EXPECT_EQ(panel.choice(), (WhatIfChoice { 512, 21, 6 }));
    EXPECT_EQ(chosen.count(), 1) << "its bytes and cost are asked for";
    EXPECT_TRUE(problem->problem().isEmpty());
}

TEST_F(WhatIfPanelTest, AppliesAndRuns)
{
    auto* const run = child<QPushButton>(QStringLiteral("Apply and run"));
    EXPECT_FALSE(run->isEnabled());
    panel.setCanRun(true);
    EXPECT_TRUE(run->isEnabled()) << "the recipe as it is can be run as well";
    box("Slots of the pool")->setValue(21);
    QStringList order;
    QObject::connect(&panel, &WhatIfPanel::applied, &panel, [&] { order << QStringLiteral("applied"); });
    QObject::connect(&panel, &WhatIfPanel::runRequested, &panel, [&] { order << QStringLiteral("run"); });
    QTest::mouseClick(run, Qt::LeftButton);
    EXPECT_EQ(order, (QStringList { QStringLiteral("applied"), QStringLiteral("run") }));
    panel.setReadOnly(QStringLiteral("another window edits it"));
    EXPECT_FALSE(run->isEnabled());
}

TEST_F(WhatIfPanelTest, DensityChoosesItsExclusivePagesItself)
{
    recipe.separation.strategy = SeparationStrategy::Density;
    panel.setRecipe(recipe);
    EXPECT_FALSE(box("Exclusive pages")->isEnabled());
    EXPECT_TRUE(panel.findChild<QLabel*>(QStringLiteral("whatIfMessage"))
                    ->text()
                    .contains(QStringLiteral("separation.margin")));
}

} // namespace
} // namespace palimpsest
