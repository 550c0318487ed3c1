// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/curve_store.h"

#include "widgets/plots/live_plot_bench.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <iostream>
#include <limits>
#include <random>

namespace palimpsest {
namespace {

TEST(CurveStore, KeepsWhatCanBeDrawn)
{
    CurveStore curve;
    EXPECT_FALSE(curve.bounds());
    curve.append(0, 1);
    curve.append(1, std::numeric_limits<double>::quiet_NaN());
    curve.append(2, std::numeric_limits<double>::infinity());
    curve.append(2, -3);
    curve.append(2, 5);
    ASSERT_EQ(curve.size(), 3U);
    EXPECT_EQ(curve.bounds(), QRectF(QPointF(0, -3), QPointF(2, 5)));
    EXPECT_EQ(curve.firstFrom(2), 1U);
    curve.append(1, 7); // a smaller x: the curve begins anew
    ASSERT_EQ(curve.size(), 1U);
    EXPECT_EQ(curve.bounds(), QRectF(QPointF(1, 7), QPointF(1, 7)));
}

TEST(CurveStore, GivesFewPointsAllAndOneMoreOnEitherSide)
{
    CurveStore curve;
    for (int i = 0; i < 10; ++i)
        curve.append(i, i * i);
    const std::vector<QPointF> visible = curve.visible(2.5, 5.5, 100, false);
    ASSERT_EQ(visible.size(), 5U);
    EXPECT_EQ(visible.front(), QPointF(2, 4));
    EXPECT_EQ(visible.back(), QPointF(6, 36));
    EXPECT_TRUE(curve.visible(3, 3, 100, false).empty());
    EXPECT_EQ(curve.visible(20, 30, 100, false).size(), 1U) << "the line that comes from the left";
}

/// Against a plain scan: what is drawn in every column of pixels reaches exactly as low and as high as all the points there.
void expectSameExtent(const CurveStore& curve, double low, double high, int columns, bool isLogarithmic)
{
    const auto columnOf = [&](double x) {
        const double share
            = isLogarithmic ? std::log(x / low) / std::log(high / low) : (x - low) / (high - low);
        return std::clamp(static_cast<int>(share * columns), 0, columns - 1);
    };
    struct Extent {
        double low = std::numeric_limits<double>::max();
        double high = -std::numeric_limits<double>::max();
    };
    const auto sized = static_cast<std::size_t>(columns);
    std::vector<Extent> all(sized), drawn(sized);
    const auto add = [&](std::vector<Extent>& extents, const QPointF& point) {
        if (point.x() < low || point.x() > high)
            return;
        Extent& extent = extents[static_cast<std::size_t>(columnOf(point.x()))];
        extent.low = std::min(extent.low, point.y());
        extent.high = std::max(extent.high, point.y());
    };
    for (std::size_t i = 0; i < curve.size(); ++i)
        add(all, curve.point(i));
    const std::vector<QPointF> visible = curve.visible(low, high, columns, isLogarithmic);
    for (const QPointF& point : visible)
        add(drawn, point);
    EXPECT_TRUE(std::is_sorted(
        visible.begin(), visible.end(), [](const QPointF& a, const QPointF& b) { return a.x() < b.x(); }));
    EXPECT_LE(visible.size(), sized * 10 + 2);
    // A run of a pixel's width may lie over two columns: an extreme is drawn in the column or in the one beside it.
    for (std::size_t column = 0; column < sized; ++column) {
        if (all[column].low > all[column].high)
            continue;
        Extent near;
        for (std::size_t i = column == 0 ? 0 : column - 1; i < std::min(column + 2, sized); ++i) {
            near.low = std::min(near.low, drawn[i].low);
            near.high = std::max(near.high, drawn[i].high);
        }
        EXPECT_LE(near.low, all[column].low) << "column " << column;
        EXPECT_GE(near.high, all[column].high) << "column " << column;
    }
}

TEST(CurveStore, DrawsTheExtentOfAllPoints)
{
    std::mt19937 random(5); // NOLINT: the same each time
    std::normal_distribution<double> noise;
    for (const std::size_t count : { 1000U, 4096U, 4097U, 50'000U }) {
        CurveStore even, uneven;
        double x = 1.0;
        for (std::size_t i = 0; i < count; ++i) {
            even.append(1.0 + static_cast<double>(i), noise(random));
            x += i % 5000 < 4000 ? 0.001 : 10.0; // dense and sparse pieces
            uneven.append(x, noise(random));
        }
        for (const CurveStore* curve : { &even, &uneven }) {
            const double end = curve->bounds()->right();
            expectSameExtent(*curve, 1.0, end, 100, false);
            expectSameExtent(*curve, 1.0, end, 100, true);
            expectSameExtent(*curve, 0.3 * end, 0.42 * end, 37, false);
        }
    }
}

TEST(CurveStore, NeedsFewPointsOfAMillion)
{
    CurveStore curve;
    for (int i = 0; i < 1'000'000; ++i)
        curve.append(i, i % 1000);
    EXPECT_LE(curve.visible(0, 1e6, 1000, false).size(), 10'000U);
    EXPECT_EQ(curve.bounds(), QRectF(QPointF(0, 0), QPointF(999'999, 999)));
}

TEST(LivePlotBench, MeasuresSomething)
{
    const LivePlotBenchResult result = benchLivePlot(2'000);
    EXPECT_EQ(result.points, 2'000);
    EXPECT_GT(result.panFramesPerSecond, 0.0);
    EXPECT_GE(result.appendFrameWorstMs, result.appendFrameMedianMs);
    EXPECT_GT(result.bytesPerPoint, 16.0);
}

TEST(LivePlotBench, PrintsAMillionPoints)
{
    if (qEnvironmentVariableIsEmpty("PALIMPSEST_BENCH"))
        GTEST_SKIP() << "set PALIMPSEST_BENCH to measure";
    const LivePlotBenchResult result = benchLivePlot(1'000'000);
    std::cout << result.points << " points: painted with new ones in " << result.appendFrameMedianMs
              << " ms (worst " << result.appendFrameWorstMs << "), moved " << result.panFramesPerSecond
              << "/s, zoomed " << result.zoomFramesPerSecond << "/s, " << result.bytesPerPoint
              << " bytes a point\n";
}

} // namespace
} // namespace palimpsest
