// SPDX-License-Identifier: Apache-2.0
#include "core/report/chart_scale.h"
#include "core/report/svg_chart.h"

#include <algorithm>

namespace palimpsest {

namespace {

constexpr double kWidth = 340.0, kHeight = 190.0;
constexpr double kLeft = 40.0, kRight = 332.0, kTop = 8.0, kBottom = 152.0;
constexpr double kMarker = 2.6; ///< half of a marker's size
constexpr std::size_t kMostMarkers = 40; ///< more would be a smear

void writeMarker(SvgWriter& svg, int style, double x, double y)
{
    const std::string name = "mark s" + std::to_string(chartStyle(style));
    if (style % 2 == 0)
        svg.element("circle",
            { { "class", name }, { "cx", svgNumber(x) }, { "cy", svgNumber(y) },
                { "r", svgNumber(kMarker) } });
    else
        svg.element("rect",
            { { "class", name }, { "x", svgNumber(x - kMarker) }, { "y", svgNumber(y - kMarker) },
                { "width", svgNumber(2.0 * kMarker) }, { "height", svgNumber(2.0 * kMarker) } });
}

} // namespace

std::string curvePanel(const ChartText& text, const std::vector<Curve>& curves,
    const std::optional<double>& baseline, const std::string& xLabel)
{
    double xHigh = 0.0;
    double low = baseline.value_or(100.0);
    double high = baseline.value_or(0.0);
    for (const Curve& curve : curves) {
        for (const double x : curve.x)
            xHigh = std::max(xHigh, x);
        for (const double y : curve.y) {
            low = std::min(low, y);
            high = std::max(high, y);
        }
    }
    xHigh = std::max(xHigh, 1.0);
    std::vector<double> xTicks = niceTicks(0.0, xHigh, 4);
    if (xTicks.back() > xHigh) // the axis ends where the curves end
        xTicks.pop_back();
    const std::vector<double> yTicks = niceTicks(std::min(low, high), std::max(low, high), 4);
    const auto x = [&](double value) { return kLeft + (kRight - kLeft) * linearPosition(value, 0.0, xHigh); };
    const auto y = [&](double value) {
        return kBottom - (kBottom - kTop) * linearPosition(value, yTicks.front(), yTicks.back());
    };

    SvgWriter svg(text,
        { { "class", "chart panel" }, { "viewBox", "0 0 " + svgNumber(kWidth) + " " + svgNumber(kHeight) } });
    const std::vector<std::string> yTexts = tickTexts(yTicks);
    for (std::size_t i = 0; i < yTicks.size(); ++i) {
        const std::string position = svgNumber(y(yTicks[i]));
        svg.element("line",
            { { "class", i == 0 ? "axis" : "grid" }, { "x1", svgNumber(kLeft) }, { "x2", svgNumber(kRight) },
                { "y1", position }, { "y2", position } });
        svg.text(yTexts[i] + (i + 1 == yTicks.size() ? " %" : ""),
            { { "class", "tick" }, { "x", svgNumber(kLeft - 6.0) }, { "y", svgNumber(y(yTicks[i]) + 4.0) },
                { "text-anchor", "end" } });
    }
    const std::vector<std::string> xTexts = tickTexts(xTicks);
    for (std::size_t i = 0; i < xTicks.size(); ++i)
        svg.text(xTexts[i],
            { { "class", "tick" }, { "x", svgNumber(x(xTicks[i])) }, { "y", svgNumber(kBottom + 16.0) },
                { "text-anchor",
                    i == 0                   ? "start"
                        : xTicks[i] >= xHigh ? "end"
                                             : "middle" } });
    svg.text(xLabel,
        { { "class", "tick" }, { "x", svgNumber((kLeft + kRight) / 2.0) }, { "y", svgNumber(kHeight - 4.0) },
            { "text-anchor", "middle" } });
    if (baseline)
        svg.element("line",
            { { "class", "baseline" }, { "x1", svgNumber(kLeft) }, { "x2", svgNumber(kRight) },
                { "y1", svgNumber(y(*baseline)) }, { "y2", svgNumber(y(*baseline)) } });
    for (const Curve& curve : curves) {
        const std::size_t count = std::min(curve.x.size(), curve.y.size());
        if (count == 0)
            continue;
        std::string points;
        for (std::size_t i = 0; i < count; ++i)
            points += (i == 0 ? "" : " ") + svgNumber(x(curve.x[i])) + "," + svgNumber(y(curve.y[i]));
        svg.element("polyline",
            { { "class",
                  "curve s" + std::to_string(chartStyle(curve.style)) + (curve.isDashed ? " dashed" : "") },
                { "points", points } });
        const std::size_t every = (count + kMostMarkers - 1) / kMostMarkers;
        for (std::size_t i = 0; i < count; i += every)
            writeMarker(svg, curve.style, x(curve.x[i]), y(curve.y[i]));
    }
    return std::move(svg).finish();
}

} // namespace palimpsest
