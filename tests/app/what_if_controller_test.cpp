// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/what_if_controller.h"

#include "app/pool_fit.h"
#include "core/pipeline/run_session.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/tiny_project.h"
#include "widgets/project/number_field.h"
#include "widgets/project/problem_label.h"
#include "widgets/whatif/what_if_panel.h"

#include <QLabel>
#include <QLineEdit>
#include <QSpinBox>
#include <QTest>
#include <gtest/gtest.h>

#include <filesystem>
#include <optional>

namespace palimpsest {
namespace {

class WhatIfControllerTest : public testing::Test {
protected:
    void SetUp() override { test::writeTinyProject(folder); }

    Project run(Stage until, const std::vector<std::string>& overrides = {})
    {
        Project project = Project::open(folder, overrides).value();
        RunOptions options;
        options.until = until;
        JobChannel channel;
        const auto end = runPipeline(project, options, channel, {});
        EXPECT_TRUE(end) << end.error().text();
        return project;
    }
    void show()
    {
        const Project project = Project::open(folder).value();
        controller.setProject(
            folder, std::make_shared<const Recipe>(project.recipe()), stageStatus(project).value());
    }
    [[nodiscard]] bool settle()
    {
        return QTest::qWaitFor([&] { return !controller.isBusy(); }, 60'000);
    }
    QString text(const char* name) const
    {
        for (const QLabel* label : panel.findChildren<QLabel*>())
            if (label->accessibleName() == QString::fromUtf8(name))
                return label->text();
        return QStringLiteral("no such label");
    }
    QString message() const { return panel.findChild<QLabel*>(QStringLiteral("whatIfMessage"))->text(); }
    QSpinBox* slots() const
    {
        for (QSpinBox* box : panel.findChildren<QSpinBox*>())
            if (box->accessibleName() == QStringLiteral("Slots of the pool"))
                return box;
        return nullptr;
    }

    test::TemporaryFolder root;
    std::filesystem::path folder = root / "tiny";
    WhatIfPanel panel;
    WhatIfController controller { panel };
};

TEST_F(WhatIfControllerTest, PredictsBytesBeforeAnythingIsRunAndTheCostAfter)
{
    show();
    ASSERT_TRUE(settle());
    EXPECT_NE(text("Packed networks, predicted"), QStringLiteral("–"));
    EXPECT_EQ(text("Cost of sharing, predicted"), QStringLiteral("–"));
    EXPECT_TRUE(message().contains(QStringLiteral("run the stage train"))) << message().toStdString();

    run(Stage::Fisher);
    show();
    ASSERT_TRUE(settle());
    EXPECT_TRUE(message().isEmpty()) << message().toStdString();
    const Project matched = run(Stage::Match);
    RunSession session(matched);
    EXPECT_EQ(text("Cost of sharing, predicted").toDouble(),
        QString::number(session.matched().match.costBarycentre, 'g', 4).toDouble());
}

TEST_F(WhatIfControllerTest, TheNewestChoiceWins)
{
    run(Stage::Fisher);
    show();
    for (int count = 1; count <= 40; ++count)
        slots()->setValue(count % 12 + 1);
    slots()->setValue(3);
    ASSERT_TRUE(settle());
    const Project matched = run(Stage::Match, { "pages.poolPages=3" });
    RunSession session(matched);
    EXPECT_EQ(text("Cost of sharing, predicted").toDouble(),
        QString::number(session.matched().match.costBarycentre, 'g', 4).toDouble());
}

TEST_F(WhatIfControllerTest, SaysWhyThereIsNothing)
{
    std::filesystem::remove(folder / "networks/left.json");
    const Recipe recipe = readRecipe(folder).value();
    controller.setProject(folder, std::make_shared<const Recipe>(recipe), {});
    ASSERT_TRUE(settle());
    EXPECT_TRUE(message().contains(QStringLiteral("left.json"))) << message().toStdString();
    slots()->setValue(5);
    ASSERT_TRUE(settle());
    EXPECT_TRUE(message().contains(QStringLiteral("left.json")));
    controller.closeProject();
    EXPECT_TRUE(message().contains(QStringLiteral("Open a project")));
}

TEST_F(WhatIfControllerTest, MarksTheBudgets)
{
    test::replaceInFile(folder / "project.json", R"("execution")",
        R"("budgets": {"level1Bytes": 12000, "level2Bytes": 1000}, "execution")");
    show();
    ASSERT_TRUE(settle());
    bool hasMark = false;
    for (const QWidget* widget : panel.findChildren<QWidget*>())
        hasMark
            = hasMark || widget->toolTip().contains(QStringLiteral("The mark: the budget of memory level 2"));
    EXPECT_TRUE(hasMark);
    slots()->setValue(1000);
    ASSERT_TRUE(settle());
    EXPECT_TRUE(message().contains(QStringLiteral("udgets.level1Bytes"))) << message().toStdString();
}

TEST_F(WhatIfControllerTest, ThePoolIsAsLargeAsTheTargetSizeAllows)
{
    const Recipe recipe = readRecipe(folder).value();
    const WhatIf whatIf = WhatIf::load(folder, recipe).value();
    const auto bytesOf = [&](std::int64_t poolPages) {
        WhatIfRequest request = WhatIfRequest::from(recipe);
        request.pages.poolPages = poolPages;
        return whatIf.bytes(request).value().plan.virtualizedBytes();
    };
    const std::int64_t pageCount = whatIf.bytes(WhatIfRequest::from(recipe)).value().pageCount;
    const auto fit = [&](std::int64_t bytes) {
        return fitPool(whatIf, WhatIfRequest::from(recipe), bytes, {}).value().poolPages;
    };
    for (std::int64_t pages = 1; pages <= pageCount; ++pages) { // slots one by one, the plain way
        EXPECT_EQ(fit(bytesOf(pages)), pages);
        EXPECT_EQ(fit(bytesOf(pages) - 1), pages - 1);
    }
    EXPECT_EQ(fit(1'000'000'000), pageCount);

    auto* const field = panel.findChild<NumberField*>(QStringLiteral("whatIfTarget"));
    const auto type = [&](std::int64_t bytes) {
        field->findChild<QLineEdit*>()->selectAll();
        QTest::keyClicks(field->findChild<QLineEdit*>(), QString::number(bytes));
    };
    show();
    type(bytesOf(3)); // while the project is being read
    ASSERT_TRUE(settle());
    EXPECT_EQ(panel.choice().poolPages, 3);
    type(bytesOf(5) + 1);
    ASSERT_TRUE(settle());
    EXPECT_EQ(panel.choice().poolPages, 5);
    type(bytesOf(1) - 1);
    ASSERT_TRUE(settle());
    const QString problem = panel.findChild<ProblemLabel*>()->problem();
    EXPECT_TRUE(problem.contains(QStringLiteral("at least"))) << problem.toStdString();
    EXPECT_EQ(panel.choice().poolPages, 5) << "it stays as it was";
}

TEST_F(WhatIfControllerTest, GoesAwayWhileItWorks)
{
    run(Stage::Fisher);
    {
        WhatIfPanel other;
        WhatIfController gone(other);
        const Project project = Project::open(folder).value();
        gone.setProject(
            folder, std::make_shared<const Recipe>(project.recipe()), stageStatus(project).value());
    }
    QTest::qWait(20);
}

} // namespace
} // namespace palimpsest
