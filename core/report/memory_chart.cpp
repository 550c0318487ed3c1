// SPDX-License-Identifier: Apache-2.0
#include "core/base/units.h"
#include "core/report/chart_scale.h"
#include "core/report/svg_chart.h"

#include <algorithm>

namespace palimpsest {

namespace {

constexpr double kRowHeight = 50.0;
constexpr double kBarTop = 20.0; ///< below the row's label
constexpr double kBarHeight = 20.0;
constexpr double kAxisHeight = 24.0;

double sumOf(const StackRow& row)
{
    double sum = 0.0;
    for (const StackPart& part : row.parts)
        sum += part.value;
    return sum;
}

void writePart(SvgWriter& svg, const StackPart& part, double from, double share, double top)
{
    const std::string style = std::to_string(chartStyle(part.style));
    const std::string title = part.label + ": " + formatBytes(part.value);
    const std::string x = svgPercent(from);
    const std::string y = svgNumber(top + kBarTop);
    const std::string width = svgPercent(share);
    const std::string height = svgNumber(kBarHeight);
    svg.element("rect",
        { { "class", part.isOutline ? "outline" : "bar s" + style }, { "x", x }, { "y", y },
            { "width", width }, { "height", height } },
        title);
    if (part.isOutline)
        return;
    svg.element("rect",
        { { "class", "pattern" }, { "fill", "url(#p" + style + ")" }, { "x", x }, { "y", y },
            { "width", width }, { "height", height } });
}

} // namespace

std::string memoryChart(const ChartText& text, const std::vector<StackRow>& rows)
{
    double largest = 0.0;
    for (const StackRow& row : rows)
        largest = std::max({ largest, sumOf(row), row.limit.value_or(0.0) });
    const std::vector<double> ticks = niceTicks(0.0, std::max(largest, 1.0), 4);
    const auto share = [&](double bytes) { return linearPosition(bytes, 0.0, ticks.back()); };
    const double bottom = kRowHeight * static_cast<double>(rows.size());
    SvgWriter svg(text,
        { { "class", "chart wide" }, { "width", "100%" }, { "height", svgNumber(bottom + kAxisHeight) } });
    for (const double tick : ticks) {
        const std::string x = svgPercent(share(tick));
        svg.element("line",
            { { "class", tick == 0.0 ? "axis" : "grid" }, { "x1", x }, { "x2", x }, { "y1", "0" },
                { "y2", svgNumber(bottom + 3.0) } });
        svg.text(formatBytes(tick),
            { { "class", "tick" }, { "x", x }, { "y", svgNumber(bottom + 18.0) },
                { "text-anchor",
                    tick == ticks.front()      ? "start"
                        : tick == ticks.back() ? "end"
                                               : "middle" } });
    }
    double top = 0.0;
    for (const StackRow& row : rows) {
        svg.rowTitle(row.label, row.text, top + 14.0);
        double from = 0.0;
        for (const StackPart& part : row.parts) {
            writePart(svg, part, share(from), share(from + part.value) - share(from), top);
            from += part.value;
        }
        if (row.limit) {
            const std::string x = svgPercent(share(*row.limit));
            svg.element("line",
                { { "class", "limit" }, { "x1", x }, { "x2", x }, { "y1", svgNumber(top + kBarTop - 4.0) },
                    { "y2", svgNumber(top + kBarTop + kBarHeight + 4.0) } },
                "budget: " + formatBytes(*row.limit));
        }
        top += kRowHeight;
    }
    return std::move(svg).finish();
}

} // namespace palimpsest
