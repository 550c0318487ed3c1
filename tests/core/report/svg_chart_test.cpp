// SPDX-License-Identifier: Apache-2.0
#include "core/report/svg_chart.h"

#include "tests/core/report/html_check.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace palimpsest {
namespace {

/// The tags of a chart that have this class.
std::vector<HtmlTag> withClass(const std::string& svg, const std::string& name)
{
    const HtmlPage page = readHtml(svg);
    EXPECT_TRUE(page.problems.empty()) << page.problems.front();
    std::vector<HtmlTag> found;
    for (const HtmlTag& tag : page.tags)
        if (const auto value = tag.attributes.find("class");
            value != tag.attributes.end() && value->second == name)
            found.push_back(tag);
    return found;
}

double number(const HtmlTag& tag, const char* name)
{
    return std::stod(tag.attributes.at(name));
}

TEST(BarPanel, BarsAreAsLongAsTheirValues)
{
    const std::string svg = barPanel({ "c", "t", "d" },
        { { "half", 50.0, "50 %", Interval { 40.0, 60.0 }, 1 },
            { "whole", 100.0, "100 %", std::nullopt, 2 } },
        0.0, 100.0);
    const std::vector<HtmlTag> half = withClass(svg, "bar s1");
    const std::vector<HtmlTag> whole = withClass(svg, "bar s2");
    ASSERT_EQ(half.size(), 1U);
    ASSERT_EQ(whole.size(), 1U);
    EXPECT_NEAR(number(half[0], "width") * 2.0, number(whole[0], "width"), 0.05);
    EXPECT_EQ(number(half[0], "x"), number(whole[0], "x"));
    EXPECT_EQ(withClass(svg, "whisker").size(), 1U);
    EXPECT_EQ(withClass(svg, "pattern").size(), 2U); // the second cue of each
}

TEST(BarPanel, NegativeValuesGoLeftOfZero)
{
    const std::string svg = barPanel(
        { "c", "t", "d" }, { { "loss", -4.0, "-4", {}, 0 }, { "gain", 2.0, "+2", {}, 1 } }, -4.0, 2.0);
    const HtmlTag zero = withClass(svg, "axis").at(0);
    const HtmlTag loss = withClass(svg, "bar s0").at(0);
    EXPECT_NEAR(number(loss, "x") + number(loss, "width"), number(zero, "x1"), 0.02);
    EXPECT_NEAR(number(withClass(svg, "bar s1").at(0), "x"), number(zero, "x1"), 0.02);
}

TEST(BarPanel, BadNumbersDoNotSpoilTheChart)
{
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const std::string svg
        = barPanel({ "c", "t", "d" }, { { "odd", nan, "n/a", Interval {}, 99 } }, 0.0, 100.0);
    EXPECT_EQ(svg.find("nan"), std::string::npos);
    EXPECT_TRUE(readHtml(svg).problems.empty());
    EXPECT_TRUE(readHtml(barPanel({ "c", "t", "d" }, {}, nan, nan)).problems.empty());
}

TEST(MemoryChart, PartsAddUpAndStandSideBySide)
{
    const std::string svg = memoryChart({ "m", "t", "d" },
        { { "all", "1 KB", { { "whole", 1000.0, 0 } }, {} },
            { "parts", "700 B", { { "a", 400.0, 2 }, { "b", 300.0, 3 }, { "beside", 200.0, 0, true } },
                800.0 } });
    const HtmlTag whole = withClass(svg, "bar s0").at(0);
    const HtmlTag first = withClass(svg, "bar s2").at(0);
    const HtmlTag second = withClass(svg, "bar s3").at(0);
    EXPECT_NEAR(number(first, "width"), 0.4 * number(whole, "width"), 0.02);
    EXPECT_NEAR(number(second, "x"), number(first, "width"), 0.02);
    const HtmlTag beside = withClass(svg, "outline").at(0);
    EXPECT_NEAR(number(beside, "x"), 0.7 * number(whole, "width"), 0.02);
    EXPECT_NEAR(number(withClass(svg, "limit").at(0), "x1"), 0.8 * number(whole, "width"), 0.02);
    EXPECT_NE(svg.find("a: 400 B"), std::string::npos); // what the pointer shows
}

TEST(CurvePanel, PointsFollowTheirValues)
{
    const std::string svg = curvePanel(
        { "c", "t", "d" }, { { "up", { 0.0, 50.0, 100.0 }, { 60.0, 70.0, 80.0 }, 2, false } }, 75.0, "steps");
    const std::string points = withClass(svg, "curve s2").at(0).attributes.at("points");
    double x0 = 0, y0 = 0, x1 = 0, y1 = 0, x2 = 0, y2 = 0;
    ASSERT_EQ(std::sscanf(points.c_str(), "%lf,%lf %lf,%lf %lf,%lf", &x0, &y0, &x1, &y1, &x2, &y2), 6);
    EXPECT_NEAR(x1 - x0, x2 - x1, 0.02);
    EXPECT_NEAR(y0 - y1, y1 - y2, 0.02);
    EXPECT_LT(y2, y0); // better is higher
    EXPECT_NEAR(number(withClass(svg, "baseline").at(0), "y1"), (y1 + y2) / 2.0, 0.02);
    EXPECT_EQ(withClass(svg, "mark s2").size(), 3U);
}

TEST(CurvePanel, TheAxisEndsWhereTheCurvesEnd)
{
    const std::string svg = curvePanel(
        { "c", "t", "d" }, { { "up", { 0.0, 1200.0 }, { 60.0, 80.0 }, 2, false } }, 75.0, "steps");
    EXPECT_NE(svg.find(">1000<"), std::string::npos);
    EXPECT_EQ(svg.find(">1500<"), std::string::npos);
    const HtmlTag last = withClass(svg, "mark s2").at(1);
    EXPECT_EQ(number(last, "cx"), number(withClass(svg, "baseline").at(0), "x2"));
}

TEST(CurvePanel, ManyPointsHaveFewMarkers)
{
    Curve curve { "long", {}, {}, 1, true };
    for (int i = 0; i < 1000; ++i) {
        curve.x.push_back(i);
        curve.y.push_back(50.0 + i % 7);
    }
    const std::string svg
        = curvePanel({ "c", "t", "d" }, { curve, { "empty", {}, {}, 3, false } }, std::nullopt, "steps");
    EXPECT_LE(withClass(svg, "mark s1").size(), 40U);
    EXPECT_EQ(withClass(svg, "curve s1 dashed").size(), 1U);
    EXPECT_TRUE(withClass(svg, "curve s3").empty());
    EXPECT_TRUE(withClass(svg, "baseline").empty());
}

TEST(LatencyChart, TenTimesIsOneStepOfTheAxis)
{
    const std::string svg = latencyChart({ "l", "t", "d" },
        { { "a", "", 1.0, 2.0, {}, 1 }, { "b", "", 10.0, 20.0, { 9.0, 10.0, 21.0 }, 2 },
            { "c", "", 100.0, 100.0, {}, 3 } });
    const double a = number(withClass(svg, "bar s1").at(0), "width");
    const double b = number(withClass(svg, "bar s2").at(0), "width");
    const double c = number(withClass(svg, "bar s3").at(0), "width");
    EXPECT_NEAR(b - a, c - b, 0.02);
    EXPECT_EQ(withClass(svg, "dot").size(), 3U);
    for (const char* tick : { ">1 \u00B5s<", ">10 \u00B5s<", ">100 \u00B5s<" })
        EXPECT_NE(svg.find(tick), std::string::npos) << tick;
    EXPECT_TRUE(
        readHtml(latencyChart({ "l", "t", "d" }, { { "none", "", 0.0, 0.0, {}, 0 } })).problems.empty());
}

TEST(Viridis, RunsFromDarkToLightAndHoldsItsEnds)
{
    EXPECT_EQ(viridis(0.0), "#440154");
    EXPECT_EQ(viridis(0.5), "#21918c");
    EXPECT_EQ(viridis(1.0), "#fde725");
    EXPECT_EQ(viridis(-3.0), "#440154");
    EXPECT_FALSE(isLightViridis(0.0));
    EXPECT_TRUE(isLightViridis(1.0));
}

TEST(CellMap, OneCellASlotInReadingOrder)
{
    std::vector<MapCell> cells(100, { 0.5, "3", "slot" });
    cells[7].position.reset();
    const std::string svg = cellMap({ "m", "t", "d" }, cells);
    const std::vector<HtmlTag> drawn = withClass(svg, "cell");
    ASSERT_EQ(drawn.size(), 99U);
    EXPECT_EQ(withClass(svg, "cell hollow").size(), 1U);
    EXPECT_EQ(number(drawn[0], "x"), 0.0);
    EXPECT_GT(number(drawn[1], "x"), number(drawn[0], "x"));
    EXPECT_GT(number(drawn[98], "y"), number(drawn[0], "y"));
    EXPECT_TRUE(readHtml(cellMap({ "m", "t", "d" }, {})).problems.empty());
}

TEST(ChartPatterns, OneForEachStyle)
{
    const std::string patterns = chartPatterns();
    for (int i = 0; i < kStyleCount; ++i)
        EXPECT_NE(patterns.find("id=\"p" + std::to_string(i) + "\""), std::string::npos) << i;
    EXPECT_EQ(chartStyle(kStyleCount), 0);
    EXPECT_EQ(chartStyle(-1), kStyleCount - 1);
}

} // namespace
} // namespace palimpsest
