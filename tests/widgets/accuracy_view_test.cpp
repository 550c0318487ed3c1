// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/accuracy/accuracy_view.h"

#include "tests/widgets/example_results.h"
#include "widgets/plots/curve_plot.h"
#include "widgets/plots/task_legend.h"
#include "widgets/style/empty_page.h"
#include "widgets/tables/table_view.h"

#include <QAbstractButton>
#include <QComboBox>
#include <QImage>
#include <QPainter>
#include <QTest>
#include <gtest/gtest.h>

namespace palimpsest {
namespace {

using test::exampleResults;

class AccuracyViewTest : public testing::Test {
protected:
    AccuracyViewTest()
    {
        view.resize(900, 700);
        view.show();
    }
    static void settle() { QTest::qWait(20); }

    Selection selection;
    AccuracyView view { selection };
    CurvePlot& plot = *view.findChild<CurvePlot*>();
    QComboBox& stage = *view.findChildren<QComboBox*>().at(0);
    QComboBox& quantity = *view.findChildren<QComboBox*>().at(1);
};

TEST(AccuracyCurves, TakesTheReportsCurvesAndTheSamplesWhileTheyCome)
{
    AccuracyCurves curves;
    curves.setResults(exampleResults());
    const auto kept = curves.curve(CurveStage::Optimise, 0, CurveQuantity::Accuracy);
    ASSERT_EQ(kept->size(), 3U);
    EXPECT_EQ(kept->point(1), QPointF(100, 0.75));
    EXPECT_EQ(curves.curve(CurveStage::Optimise, 0, CurveQuantity::Loss)->size(), 2U) << "none at step 0";
    EXPECT_EQ(curves.baseline(1), 0.8);

    curves.beginJob();
    EXPECT_EQ(curves.addSamples({ { "match/cost", 0, 1 }, { "optimise/beta/other", 0, 1 } }), std::nullopt);
    EXPECT_EQ(curves.addSamples(
                  { { "optimise/beta/validationAccuracy", 0, 0.1 }, { "sameSteps/beta/loss", 5, 2.0 } }),
        CurveStage::SameSteps);
    EXPECT_EQ(curves.curve(CurveStage::Optimise, 1, CurveQuantity::Accuracy)->size(), 1U) << "live ones win";
    EXPECT_EQ(curves.curve(CurveStage::Optimise, 0, CurveQuantity::Accuracy)->size(), 3U);

    auto outdated = exampleResults();
    outdated->report = nullptr;
    curves.setResults(outdated);
    curves.setResults(exampleResults()); // the report that was there before is read again
    EXPECT_EQ(curves.curve(CurveStage::Optimise, 1, CurveQuantity::Accuracy)->size(), 1U)
        << "the job still runs";
    auto next = exampleResults();
    auto report = std::make_shared<ReportModel>(*next->report);
    report->stages[0].fingerprint = "g1";
    next->report = report;
    curves.setResults(next);
    EXPECT_EQ(curves.curve(CurveStage::Optimise, 1, CurveQuantity::Accuracy)->size(), 3U)
        << "what became of them";
    curves.setResults(nullptr);
    EXPECT_TRUE(curves.tasks().empty());
}

TEST(AccuracyCurves, TellsTheBaselineFromTrainingWhileItRuns)
{
    auto results = exampleResults();
    results->report = nullptr;
    results->tasks[0].standaloneValidation.reset();
    AccuracyCurves curves;
    curves.setResults(results);
    EXPECT_EQ(curves.baseline(0), std::nullopt);
    curves.addSamples({ { "train/alpha/validationAccuracy", 1, 0.5 },
        { "train/alpha/validationAccuracy", 2, 0.7 }, { "train/alpha/validationAccuracy", 3, 0.6 } });
    EXPECT_EQ(curves.baseline(0), 0.7) << "the best is kept";
}

TEST_F(AccuracyViewTest, SaysHowToFillIt)
{
    for (const EmptyPage* page : view.findChildren<EmptyPage*>())
        EXPECT_FALSE(page->hint().isEmpty());
    QImage image(100, 100, QImage::Format_RGB32);
    QPainter painter(&image);
    EXPECT_FALSE(view.paintTo(painter, image.rect()));
    EXPECT_TRUE(view.csv().isEmpty());
}

TEST_F(AccuracyViewTest, FollowsUntilTheUserZooms)
{
    view.setResults(exampleResults());
    view.beginJob();
    view.addSamples({ { "optimise/alpha/validationAccuracy", 0, 0.5 },
        { "optimise/alpha/validationAccuracy", 1000, 0.7 } });
    settle();
    EXPECT_GE(plot.range().right(), 1000.0);
    EXPECT_LE(plot.range().top(), 0.25) << "beta's curve of the report is there too";

    QTest::keyClick(&plot, Qt::Key_Plus);
    settle();
    EXPECT_FALSE(plot.isFollowing());
    EXPECT_FALSE(view.findChild<QAbstractButton*>()->isChecked());
    const QRectF stays = plot.range();
    view.addSamples({ { "optimise/alpha/validationAccuracy", 5000, 0.8 } });
    settle();
    EXPECT_EQ(plot.range(), stays);

    QTest::keyClick(&plot, Qt::Key_F);
    settle();
    EXPECT_TRUE(plot.isFollowing());
    EXPECT_GE(plot.range().right(), 5000.0);
}

TEST_F(AccuracyViewTest, ShowsTheRunningStageUnlessTheUserChoseOne)
{
    view.setResults(exampleResults());
    view.beginJob();
    view.addSamples({ { "train/alpha/loss", 1, 0.5 } });
    EXPECT_EQ(stage.currentIndex(), 0);
    view.addSamples({ { "optimise/alpha/loss", 1, 0.5 } });
    EXPECT_EQ(stage.currentIndex(), 1);
    stage.setCurrentIndex(0);
    Q_EMIT stage.activated(0);
    view.addSamples({ { "optimise/alpha/loss", 2, 0.5 } });
    EXPECT_EQ(stage.currentIndex(), 0);
}

TEST_F(AccuracyViewTest, ShowsTheJointCurvesWhenAJobIsDone)
{
    auto running = exampleResults();
    running->report = nullptr;
    view.setResults(running);
    view.beginJob();
    view.addSamples({ { "optimise/alpha/loss", 1, 0.5 }, { "sameSteps/alpha/loss", 1, 0.5 } });
    EXPECT_EQ(stage.currentIndex(), 2) << "the baseline runs last";
    view.setResults(exampleResults());
    EXPECT_EQ(stage.currentIndex(), 1);
    stage.setCurrentIndex(2);
    Q_EMIT stage.activated(2);
    view.setResults(exampleResults());
    EXPECT_EQ(stage.currentIndex(), 2) << "what the user chose stays";
}

TEST_F(AccuracyViewTest, SharesTheSelection)
{
    view.setResults(exampleResults());
    auto& table = *view.findChild<TableView*>();
    auto& legend = *view.findChild<TaskLegend*>();
    settle();
    selection.set({ .task = 2, .page = 1 });
    EXPECT_EQ(table.currentIndex().row(), 2);
    EXPECT_EQ(legend.currentRow(), 2);
    EXPECT_EQ(selection.item().page, 1) << "a view that shows a task does not take the page away";
    table.setCurrentIndex(table.model()->index(1, 0));
    EXPECT_EQ(selection.item(), (SelectedItem { .task = 1 }));
    table.setCurrentIndex(table.model()->index(3, 0)); // the mean is no task
    EXPECT_EQ(selection.item().task, 1);

    auto* const canvas = plot.findChild<QWidget*>(QStringLiteral("canvas"));
    const QPointF end = plot.toPixel({ 200, 0.91 }) - QPointF(canvas->pos()); // of gamma's curve
    QTest::mouseClick(canvas, Qt::LeftButton, {}, end.toPoint());
    EXPECT_EQ(selection.item().task, 2);
    QTest::mouseClick(canvas, Qt::LeftButton, {}, canvas->rect().center() + QPoint(0, 40));
    EXPECT_TRUE(selection.item().isEmpty()) << "there is no curve";
}

TEST_F(AccuracyViewTest, WritesWhatIsShown)
{
    view.setResults(exampleResults());
    settle();
    const QStringList lines = view.csv().split(QStringLiteral("\r\n"));
    EXPECT_EQ(lines.first(), QStringLiteral("stage,task,quantity,step,value"));
    EXPECT_TRUE(lines.contains(QStringLiteral("test,alpha,virtualized,,0.955")));
    EXPECT_TRUE(lines.contains(QStringLiteral("optimise,beta,validationAccuracy,100,0.75")));
    EXPECT_EQ(lines.size(), 1 + 3 * 4 + 3 * 3 + 1);
    view.findChild<TaskLegend*>()->item(1)->setCheckState(Qt::Unchecked);
    EXPECT_FALSE(view.csv().contains(QStringLiteral("optimise,beta")));
    plot.setRange(QRectF(QPointF(50, 0), QPointF(150, 1)));
    EXPECT_FALSE(view.csv().contains(QStringLiteral("optimise,alpha,validationAccuracy,200")));
    EXPECT_TRUE(view.csv().contains(QStringLiteral("optimise,alpha,validationAccuracy,100,0.75")));
    quantity.setCurrentIndex(1);
    EXPECT_TRUE(view.csv().contains(QStringLiteral("optimise,alpha,loss,100,0.8")));
}

} // namespace
} // namespace palimpsest
