// SPDX-License-Identifier: Apache-2.0
#include "core/report/chart_scale.h"
#include "core/report/number_format.h"
#include "core/report/svg_chart.h"

#include <algorithm>
#include <limits>

namespace palimpsest {

namespace {

constexpr double kRowHeight = 48.0;
constexpr double kBarTop = 20.0;
constexpr double kBarHeight = 16.0;
constexpr double kAxisHeight = 24.0;
constexpr std::size_t kMostDots = 200;

/// "10 ns", "1 \u00B5s", "100 ms" of a power of ten.
std::string decadeText(double microseconds)
{
    if (microseconds < 0.9)
        return shortText(microseconds * 1e3) + " ns";
    if (microseconds < 900.0)
        return shortText(microseconds) + " \u00B5s";
    if (microseconds < 9e5)
        return shortText(microseconds / 1e3) + " ms";
    return shortText(microseconds / 1e6) + " s";
}

} // namespace

std::string latencyChart(const ChartText& text, const std::vector<LatencyRow>& rows)
{
    double low = std::numeric_limits<double>::max();
    double high = 0.0;
    const auto see = [&](double value) {
        if (value > 0.0) {
            low = std::min(low, value);
            high = std::max(high, value);
        }
    };
    for (const LatencyRow& row : rows) {
        see(row.median);
        see(row.p95);
        std::for_each(row.samples.begin(), row.samples.end(), see);
    }
    const std::vector<double> ticks = high > 0.0 ? decadeTicks(low, high) : decadeTicks(1.0, 10.0);
    const auto at = [&](double value) { return logPosition(value, ticks.front(), ticks.back()); };
    const double bottom = kRowHeight * static_cast<double>(rows.size());
    SvgWriter svg(text,
        { { "class", "chart wide" }, { "width", "100%" }, { "height", svgNumber(bottom + kAxisHeight) } });
    for (const double tick : ticks) {
        const std::string x = svgPercent(at(tick));
        svg.element("line",
            { { "class", tick == ticks.front() ? "axis" : "grid" }, { "x1", x }, { "x2", x }, { "y1", "0" },
                { "y2", svgNumber(bottom + 3.0) } });
        svg.text(decadeText(tick),
            { { "class", "tick" }, { "x", x }, { "y", svgNumber(bottom + 18.0) },
                { "text-anchor",
                    tick == ticks.front()      ? "start"
                        : tick == ticks.back() ? "end"
                                               : "middle" } });
    }
    double top = 0.0;
    for (const LatencyRow& row : rows) {
        const std::string style = std::to_string(chartStyle(row.style));
        const std::string y = svgNumber(top + kBarTop);
        const std::string width = svgPercent(at(row.median));
        const std::string height = svgNumber(kBarHeight);
        const std::string middle = svgNumber(top + kBarTop + kBarHeight / 2.0);
        svg.rowTitle(row.label, row.text, top + 14.0);
        svg.element("rect",
            { { "class", "bar s" + style }, { "x", "0" }, { "y", y }, { "width", width },
                { "height", height } });
        svg.element("rect",
            { { "class", "pattern" }, { "fill", "url(#p" + style + ")" }, { "x", "0" }, { "y", y },
                { "width", width }, { "height", height } });
        const std::size_t every = std::max<std::size_t>(1, (row.samples.size() + kMostDots - 1) / kMostDots);
        for (std::size_t i = 0; i < row.samples.size(); i += every)
            svg.element("circle",
                { { "class", "dot" }, { "cx", svgPercent(at(row.samples[i])) }, { "cy", middle },
                    { "r", "2" } });
        const std::string late = svgPercent(at(row.p95));
        svg.element("line",
            { { "class", "whisker" }, { "x1", svgPercent(at(row.median)) }, { "x2", late }, { "y1", middle },
                { "y2", middle } });
        svg.element("line",
            { { "class", "whisker" }, { "x1", late }, { "x2", late },
                { "y1", svgNumber(top + kBarTop + 2.0) },
                { "y2", svgNumber(top + kBarTop + kBarHeight - 2.0) } });
        top += kRowHeight;
    }
    return std::move(svg).finish();
}

} // namespace palimpsest
