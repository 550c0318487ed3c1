// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/fisher/fisher_view.h"

#include "core/matching/separation.h"
#include "tests/widgets/example_results.h"
#include "widgets/plots/curve_plot.h"
#include "widgets/plots/heat_plot.h"
#include "widgets/style/empty_page.h"

#include <QDoubleSpinBox>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <gtest/gtest.h>

#include <numeric>
#include <random>

namespace palimpsest {
namespace {

using test::exampleResults;

TEST(FisherCurve, CountsTheDensestPages)
{
    const std::vector<double> fisher { 0.5, 8.0, 0.5, 1.0 };
    const FisherCurve curve = makeFisherCurve(fisher);
    EXPECT_EQ(curve.order, (std::vector<std::uint32_t> { 1, 3, 0, 2 }));
    EXPECT_DOUBLE_EQ(curve.rest[0], 1.0);
    EXPECT_DOUBLE_EQ(curve.rest[1], 0.2);
    EXPECT_DOUBLE_EQ(curve.rest[2], 0.1);
    EXPECT_EQ(curve.rest[4], 0.0);
    EXPECT_EQ(curve.exclusivePages(1.0), 0);
    EXPECT_EQ(curve.exclusivePages(0.3), 1);
    EXPECT_EQ(curve.exclusivePages(0.15), 2);
    EXPECT_EQ(curve.exclusivePages(0.0), 4);
    EXPECT_EQ(makeFisherCurve(std::vector<double>(3, 0.0)).exclusivePages(0.0), 0)
        << "nothing is lost by sharing";
    EXPECT_EQ(makeFisherCurve({}).exclusivePages(0.5), 0);
}

TEST(FisherCurve, ChoosesAsManyPagesAsSeparation)
{
    constexpr std::int64_t kPages = 40;
    constexpr std::int64_t kPageSize = 4;
    std::mt19937 random(3); // NOLINT: the same each time
    std::lognormal_distribution<float> values(0.0F, 2.0F);
    for (int round = 0; round < 50; ++round) {
        std::vector<float> fisher(kPages * kPageSize);
        std::generate(fisher.begin(), fisher.end(), [&] { return values(random); });
        std::vector<double> pageFisher;
        for (std::int64_t page = 0; page < kPages; ++page)
            pageFisher.push_back(std::accumulate(
                fisher.begin() + page * kPageSize, fisher.begin() + (page + 1) * kPageSize, 0.0));
        const FisherCurve curve = makeFisherCurve(pageFisher);
        const std::vector<float> weights(fisher.size());
        for (const double margin : { 0.0, 0.01, 0.1, 0.37, 0.9, 1.0 }) {
            SeparationSettings settings;
            settings.strategy = SeparationStrategy::Density;
            settings.margin = margin;
            const auto separation
                = separatePages({ { weights, fisher, {}, kPages } }, kPageSize, settings, 0, 0);
            ASSERT_TRUE(separation);
            const auto& flags = separation->exclusive.at(0);
            EXPECT_EQ(curve.exclusivePages(margin), std::count(flags.begin(), flags.end(), 1)) << margin;
            for (std::int64_t rank = 0; rank < curve.exclusivePages(margin); ++rank)
                EXPECT_EQ(flags[curve.order[static_cast<std::size_t>(rank)]], 1);
        }
    }
}

TEST(FisherHistogram, CountsEveryPageOnce)
{
    const std::vector<double> first { 1.0, 10.0, 100.0, 0.0 };
    const std::vector<double> second { 1000.0, 5.0 };
    const FisherHistogram histogram = makeFisherHistogram({ first, second }, 3); // a bin a decade
    ASSERT_EQ(histogram.edges.size(), 4U);
    EXPECT_NEAR(histogram.edges[1], 10.0, 1e-9);
    EXPECT_EQ(std::accumulate(histogram.counts[0].begin(), histogram.counts[0].end(), std::int64_t { 0 }), 3);
    EXPECT_EQ(histogram.counts[1], (std::vector<std::int64_t> { 1, 0, 1 }));
    EXPECT_EQ(histogram.withoutFisher, (std::vector<std::int64_t> { 1, 0 }));
    const std::vector<double> none(2, 0.0);
    EXPECT_TRUE(makeFisherHistogram({ none }, 3).edges.empty());
    const std::vector<double> same(5, 2.0);
    const FisherHistogram single = makeFisherHistogram({ same }, 4);
    EXPECT_LT(single.edges.front(), 2.0);
    EXPECT_GT(single.edges.back(), 2.0);
}

class FisherViewTest : public testing::Test {
protected:
    FisherViewTest()
    {
        view.resize(1000, 800);
        view.show();
        for (CurvePlot* plot : view.findChildren<CurvePlot*>())
            if (plot->threshold() || density == nullptr)
                density = plot;
    }
    void fill()
    {
        view.setResults(results);
        for (CurvePlot* plot : view.findChildren<CurvePlot*>())
            if (plot->threshold())
                density = plot;
        QTest::qWait(30);
    }
    QPoint onCanvas(Plot& plot, const QPointF& point)
    {
        return (plot.toPixel(point) - QPointF(canvasOf(plot)->pos())).toPoint();
    }
    static QWidget* canvasOf(Plot& plot) { return plot.findChild<QWidget*>(QStringLiteral("canvas")); }
    QString preview() { return view.findChild<QLabel*>(QStringLiteral("fisherPreview"))->text(); }

    std::shared_ptr<RunResults> results = exampleResults();
    Selection selection;
    FisherView view { selection };
    CurvePlot* density = nullptr;
    QSignalSpy edited { &view, &View::settingEdited };
};

TEST_F(FisherViewTest, SaysHowToFillIt)
{
    EXPECT_FALSE(view.findChild<EmptyPage*>()->hint().isEmpty());
    results->tasks[0].pageFisher.clear();
    results->tasks[1].pageFisher.clear();
    results->tasks[2].pageFisher.clear();
    view.setResults(results);
    EXPECT_FALSE(view.findChild<EmptyPage*>()->hint().isEmpty());
    EXPECT_TRUE(view.csv().isEmpty());
}

TEST_F(FisherViewTest, DraggingTheLineEditsTheMarginOnce)
{
    fill();
    ASSERT_EQ(density->threshold()->y, 0.75);
    EXPECT_TRUE(preview().startsWith(QStringLiteral("4 of 9 pages")))
        << preview().toStdString(); // alpha 1, beta 1, gamma 2

    QWidget* const canvas = canvasOf(*density);
    const int middle = canvas->width() / 2;
    const auto at = [&](double y) { return QPoint(middle, onCanvas(*density, { 1.0, y }).y()); };
    QTest::mousePress(canvas, Qt::LeftButton, {}, at(0.75));
    for (const double y : { 0.6, 0.3, 0.1 }) {
        QTest::mouseMove(canvas, at(y));
        QMouseEvent move(
            QEvent::MouseMove, at(y), canvas->mapToGlobal(at(y)), Qt::NoButton, Qt::LeftButton, {});
        QApplication::sendEvent(canvas, &move);
    }
    EXPECT_TRUE(edited.isEmpty()) << "not before the line is let go";
    EXPECT_TRUE(preview().startsWith(QStringLiteral("3 of 9 pages")))
        << preview().toStdString(); // one of each task
    EXPECT_NEAR(view.findChild<QDoubleSpinBox*>()->value(), 0.9, 0.01);
    EXPECT_TRUE(density->isFollowing()) << "the plot was not moved";
    QTest::mouseRelease(canvas, Qt::LeftButton, {}, at(0.1));
    ASSERT_EQ(edited.size(), 1);
    EXPECT_EQ(edited[0][0].toString(), QStringLiteral("separation.margin"));
    EXPECT_NEAR(edited[0][1].toString().toDouble(), 0.9, 0.01);
    EXPECT_LE(edited[0][1].toString().size(), 5)
        << "as many digits as can be seen, got " << edited[0][1].toString().toStdString();

    // The document takes it, and takes it back.
    Recipe recipe = results->recipe;
    recipe.separation.margin = 0.9;
    view.setRecipe(recipe);
    EXPECT_NEAR(density->threshold()->y, 0.1, 1e-12);
    view.setRecipe(results->recipe);
    EXPECT_EQ(density->threshold()->y, 0.75);
    EXPECT_EQ(edited.size(), 1) << "what the document says is no edit";
}

TEST_F(FisherViewTest, KeysMoveTheLineAndEditOnce)
{
    fill();
    QTest::keyPress(density, Qt::Key_Down, Qt::ShiftModifier);
    QTest::keyPress(density, Qt::Key_Down, Qt::ShiftModifier);
    EXPECT_TRUE(edited.isEmpty());
    QTest::keyRelease(density, Qt::Key_Down, Qt::ShiftModifier);
    ASSERT_EQ(edited.size(), 1);
    EXPECT_EQ(edited[0][1].toString(), QStringLiteral("0.27"));
    view.findChild<QDoubleSpinBox*>()->setValue(0.5);
    ASSERT_EQ(edited.size(), 2);
    EXPECT_EQ(edited[1][1].toString(), QStringLiteral("0.5"));
}

TEST_F(FisherViewTest, WithPriceTheLineStandsStillAndDensityIsOffered)
{
    results->recipe.separation.strategy = SeparationStrategy::Price;
    results->recipe.separation.exclusivePages = 7;
    fill();
    EXPECT_FALSE(density->threshold()->isMovable);
    EXPECT_FALSE(view.findChild<QDoubleSpinBox*>()->isEnabled());
    EXPECT_TRUE(
        view.findChild<QLabel*>(QStringLiteral("fisherNote"))->text().contains(QStringLiteral("up to 7")));
    QTest::mouseClick(view.findChild<QPushButton*>(), Qt::LeftButton);
    ASSERT_EQ(edited.size(), 1);
    EXPECT_EQ(edited[0][0].toString(), QStringLiteral("separation.strategy"));
    EXPECT_EQ(edited[0][1].toString(), QStringLiteral("\"density\""));
    results->recipe.separation.strategy = SeparationStrategy::Density;
    view.setRecipe(results->recipe);
    EXPECT_TRUE(density->threshold()->isMovable);
    EXPECT_FALSE(view.findChild<QPushButton*>()->isVisible());
}

TEST_F(FisherViewTest, ClicksSelectPages)
{
    fill();
    auto& map = *view.findChild<HeatPlot*>();
    QTest::mouseClick(canvasOf(map), Qt::LeftButton, {}, onCanvas(map, { 1.0, 1.0 }));
    EXPECT_EQ(selection.item(), (SelectedItem { .task = 1, .page = 1, .slot = 1 }));
    QTest::mouseClick(canvasOf(map), Qt::LeftButton, {}, onCanvas(map, { 0.0, 0.0 }));
    EXPECT_EQ(selection.item(), (SelectedItem { .task = 0, .page = 0 })) << "an exclusive page has no slot";
    // gamma's densest page is its third, with half of its Fisher.
    QTest::mouseClick(canvasOf(*density), Qt::LeftButton, {}, onCanvas(*density, { 1.0, 0.5 }));
    EXPECT_EQ(selection.item(), (SelectedItem { .task = 2, .page = 2, .slot = 0 }));
}

TEST_F(FisherViewTest, WritesEveryPage)
{
    fill();
    const QStringList lines = view.csv().split(QStringLiteral("\r\n"));
    ASSERT_EQ(lines.size(), 1 + 9 + 1);
    EXPECT_EQ(lines[0], QStringLiteral("task,page,fisher,density,rank"));
    EXPECT_EQ(lines[1], QStringLiteral("alpha,0,8,0.8,1"));
    EXPECT_EQ(lines[9], QStringLiteral("gamma,2,2,0.5,1"));
}

TEST_F(FisherViewTest, ManyPagesAreSortedOnAnotherThread)
{
    results->tasks[0].pageFisher.assign(30'000, 1.0);
    view.setResults(results);
    EXPECT_TRUE(view.csv().isEmpty());
    ASSERT_TRUE(QTest::qWaitFor([this] { return !view.csv().isEmpty(); }));
    QTest::qWait(30); // it is painted
}

} // namespace
} // namespace palimpsest
