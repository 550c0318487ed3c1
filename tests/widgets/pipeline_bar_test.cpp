// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pipeline/pipeline_bar.h"

#include "widgets/job/job_runner.h"
#include "widgets/pipeline/stage_button.h"

#include <QAction>
#include <QContextMenuEvent>
#include <QMenu>
#include <QSignalSpy>
#include <QTest>
#include <gtest/gtest.h>

#include <vector>

namespace palimpsest {
namespace {

const QString kImport = QStringLiteral("import");
const QString kTrain = QStringLiteral("train");
const QString kFisher = QStringLiteral("fisher");

class PipelineBarTest : public testing::Test {
protected:
    void SetUp() override
    {
        bar.setStages({ { kImport, StageLook::Done, {}, 2, 2 },
            { kTrain, StageLook::Stale, QStringLiteral("training.epochs was 4, is 5"), 1, 2 } });
        bar.resize(bar.sizeHint());
        bar.show();
    }
    StageButton* button(const QString& stage)
    {
        return bar.findChild<StageButton*>(QStringLiteral("stage.") + stage);
    }

    PipelineBar bar { { kImport, kTrain, kFisher } };
};

TEST_F(PipelineBarTest, SaysStateAndReasonOfEachStage)
{
    EXPECT_EQ(bar.look(kImport), StageLook::Done);
    EXPECT_EQ(bar.look(kFisher), StageLook::Unknown) << "not among the states";
    EXPECT_EQ(bar.look(QStringLiteral("none")), StageLook::Unknown);
    EXPECT_EQ(
        button(kTrain)->stateText(), QStringLiteral("stale, 1 of 2 parts done: training.epochs was 4, is 5"));
    EXPECT_TRUE(button(kTrain)->toolTip().contains(QStringLiteral("training.epochs")));
    EXPECT_TRUE(button(kTrain)->accessibleDescription().contains(QStringLiteral("stale")));
    bar.clear();
    EXPECT_EQ(bar.look(kImport), StageLook::Unknown);
}

TEST_F(PipelineBarTest, AClickSelectsAndTheLineFollows)
{
    QSignalSpy selected(&bar, &PipelineBar::selectedChanged);
    EXPECT_EQ(bar.selected(), QString());
    QTest::mouseClick(button(kTrain), Qt::LeftButton);
    EXPECT_EQ(bar.selected(), kTrain);
    ASSERT_EQ(selected.count(), 1);
    EXPECT_EQ(selected.at(0).at(0).toString(), kTrain);
    EXPECT_TRUE(bar.line().contains(QStringLiteral("training.epochs was 4"))) << bar.line().toStdString();
    bar.select(kImport);
    EXPECT_EQ(selected.count(), 2);
    EXPECT_EQ(bar.selected(), kImport) << "one at a time";
}

TEST_F(PipelineBarTest, KeysMoveAndSelect)
{
    button(kImport)->setFocus();
    QTest::keyClick(button(kImport), Qt::Key_Right);
    EXPECT_EQ(bar.selected(), kTrain);
    EXPECT_EQ(button(kTrain)->focusPolicy(), Qt::StrongFocus) << "Tab comes back to the selected stage";
    EXPECT_EQ(button(kImport)->focusPolicy(), Qt::ClickFocus);
    QTest::keyClick(button(kTrain), Qt::Key_End);
    EXPECT_EQ(bar.selected(), kFisher);
    QTest::keyClick(button(kFisher), Qt::Key_Right);
    EXPECT_EQ(bar.selected(), kFisher) << "the last one";
    QTest::keyClick(button(kFisher), Qt::Key_Home);
    EXPECT_EQ(bar.selected(), kImport);
}

TEST_F(PipelineBarTest, ShowsProgressWhileAStageRuns)
{
    bar.setRunning(kTrain);
    EXPECT_EQ(bar.look(kTrain), StageLook::Running);
    bar.setProgress({ kTrain, QStringLiteral("left: epoch 2"), 0.5, 72.0 });
    EXPECT_TRUE(bar.line().contains(QStringLiteral("50 %, left: epoch 2, 1:12 left")))
        << bar.line().toStdString();
    bar.setProgress({ kImport, QStringLiteral("late"), 0.1, {} });
    EXPECT_FALSE(bar.line().contains(QStringLiteral("late"))) << "of a stage that does not run";
    bar.setRunning({});
    EXPECT_EQ(bar.look(kTrain), StageLook::Stale);
}

TEST_F(PipelineBarTest, MenuHoldsTheBarsActions)
{
    QAction run(QStringLiteral("Run this stage"));
    bar.addAction(&run);
    QContextMenuEvent event(
        QContextMenuEvent::Keyboard, QPoint(2, 2), button(kTrain)->mapToGlobal(QPoint(2, 2)));
    QCoreApplication::sendEvent(button(kTrain), &event);
    EXPECT_EQ(bar.selected(), kTrain) << "the actions are about the selected stage";
    auto* const menu = bar.findChild<QMenu*>();
    ASSERT_NE(menu, nullptr);
    EXPECT_EQ(menu->actions(), QList<QAction*> { &run });
    menu->close();
}

TEST_F(PipelineBarTest, ShrinksWithoutLosingAStage)
{
    EXPECT_LT(bar.minimumSizeHint().width(), bar.sizeHint().width());
    bar.resize(bar.minimumSizeHint());
    for (const QString& stage : { kImport, kTrain, kFisher }) {
        EXPECT_GT(button(stage)->width(), 0);
        EXPECT_LE(button(stage)->geometry().right(), bar.width());
    }
}

TEST(StageLooks, AreToldApartByTextSignAndColour)
{
    const std::vector looks { StageLook::Waiting, StageLook::Ready, StageLook::Stale, StageLook::Running,
        StageLook::Done, StageLook::Failed };
    for (std::size_t a = 0; a < looks.size(); ++a) {
        for (std::size_t b = a + 1; b < looks.size(); ++b) {
            EXPECT_NE(lookText(looks[a]), lookText(looks[b]));
            EXPECT_NE(lookSign(looks[a]), lookSign(looks[b]));
            EXPECT_NE(lookColor(looks[a]), lookColor(looks[b]));
        }
    }
}

} // namespace
} // namespace palimpsest
