// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/what_if_controller.h"

#include "core/pipeline/run_session.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/tiny_project.h"
#include "widgets/whatif/what_if_panel.h"

#include <QLabel>
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
