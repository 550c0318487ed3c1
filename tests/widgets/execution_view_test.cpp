// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/execution/execution_view.h"

#include "core/base/quantile.h"
#include "tests/widgets/example_results.h"
#include "widgets/execution/switch_model.h"
#include "widgets/plots/curve_plot.h"
#include "widgets/style/empty_page.h"

#include <QAbstractItemModelTester>
#include <QTest>
#include <gtest/gtest.h>

namespace palimpsest {
namespace {

using test::exampleResults;

TEST(SwitchStats, TakesQuantilesByNearestRank)
{
    EXPECT_EQ(quantileOf({ 4, 1, 3, 2 }, 0.5), 2);
    EXPECT_EQ(quantileOf({ 4, 1, 3, 2 }, 0.51), 3);
    EXPECT_EQ(quantileOf({ 4, 1, 3, 2 }, 0.99), 4);
    EXPECT_EQ(quantileOf({ 4, 1, 3, 2 }, 0.0), 1);
    EXPECT_EQ(quantileOf({ 7 }, 0.95), 7);
}

TEST(SwitchStats, ReadsWhatWasMeasured)
{
    const auto results = exampleResults();
    const SwitchResults switches = switchResults(*results->report);
    ASSERT_EQ(switches.ways.size(), 4U);
    EXPECT_EQ(switches.ways[0].method, "paged");
    EXPECT_EQ(switches.ways[0].p99Us, 4.0);
    EXPECT_EQ(switches.sequence, (std::vector<std::size_t> { 0, 1, 2, 1 }));
    EXPECT_EQ(switches.networkBytes, 1024.0);
    ReportModel damaged;
    damaged.measured = "{";
    EXPECT_TRUE(switchResults(damaged).ways.empty());
    EXPECT_TRUE(switchResults(ReportModel()).ways.empty());
}

TEST(SwitchModel, ComparesWithPaged)
{
    SwitchModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setWays(switchResults(*exampleResults()->report).ways);
    ASSERT_EQ(model.rowCount(), 4);
    const auto cell = [&model](int row, int column) { return model.index(row, column).data().toString(); };
    EXPECT_EQ(cell(0, SwitchModel::WayColumn), QStringLiteral("paged"));
    EXPECT_EQ(cell(0, SwitchModel::FactorColumn), QStringLiteral("1 ×"));
    int reload = 0;
    while (cell(reload, SwitchModel::WayColumn) != QStringLiteral("file reload"))
        ASSERT_LT(++reload, 4);
    EXPECT_EQ(cell(reload, SwitchModel::MedianColumn), QStringLiteral("150 \u00B5s"));
    EXPECT_EQ(cell(reload, SwitchModel::P99Column), QStringLiteral("300 \u00B5s"));
    EXPECT_EQ(cell(reload, SwitchModel::FactorColumn), QStringLiteral("75 ×"));
    EXPECT_EQ(cell(reload, SwitchModel::SamplesColumn), QStringLiteral("4"));
}

class ExecutionViewTest : public testing::Test {
protected:
    ExecutionViewTest()
    {
        view.resize(1000, 700);
        view.show();
    }
    Selection selection;
    ExecutionView view { selection };
};

TEST_F(ExecutionViewTest, SaysHowToFillIt)
{
    EXPECT_TRUE(view.csv().isEmpty());
    auto results = exampleResults();
    auto report = std::make_shared<ReportModel>(*results->report);
    report->measured = R"({ "switch": { "paged": { "medianUs": 2.0, "p95Us": 4.0 } } })";
    results->report = report;
    view.setResults(results);
    QStringList hints;
    for (const EmptyPage* page : view.findChildren<EmptyPage*>())
        hints << page->hint();
    EXPECT_EQ(hints.filter(QStringLiteral("not kept")).size(), 1);
    EXPECT_TRUE(view.csv().contains(QStringLiteral("paged,2.00 \u00B5s,4.00 \u00B5s")))
        << view.csv().toStdString();
}

TEST_F(ExecutionViewTest, WritesEverySwitch)
{
    view.setResults(exampleResults());
    const QStringList lines = view.csv().split(QStringLiteral("\r\n"));
    ASSERT_EQ(lines.size(), 1 + 16 + 1);
    EXPECT_EQ(lines[0], QStringLiteral("method,switch,task,microseconds"));
    EXPECT_EQ(lines[1], QStringLiteral("paged,1,alpha,1"));
    EXPECT_EQ(lines[3], QStringLiteral("paged,3,gamma,4"));
    EXPECT_TRUE(lines.contains(QStringLiteral("fileReload,2,beta,150")));
}

TEST_F(ExecutionViewTest, AClickOnASwitchSelectsItsTask)
{
    view.setResults(exampleResults());
    QTest::qWait(30);
    const auto plots = view.findChildren<CurvePlot*>();
    CurvePlot* timeline = nullptr;
    for (CurvePlot* plot : plots)
        if (plot->accessibleName().contains(QStringLiteral("every switch")))
            timeline = plot;
    ASSERT_NE(timeline, nullptr);
    auto* const canvas = timeline->findChild<QWidget*>(QStringLiteral("canvas"));
    QTest::mouseClick(canvas, Qt::LeftButton, {},
        (timeline->toPixel({ 3.0, 300.0 }) - QPointF(canvas->pos())).toPoint()); // the slowest file reload
    EXPECT_EQ(selection.item(), (SelectedItem { .task = 2 }));
    QTest::qWait(30); // its switches are marked
    selection.clear();
    view.setResults(nullptr);
    QTest::qWait(30);
    EXPECT_TRUE(view.csv().isEmpty());
}

} // namespace
} // namespace palimpsest
