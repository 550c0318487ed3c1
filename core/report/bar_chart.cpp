// SPDX-License-Identifier: Apache-2.0
#include "core/report/chart_scale.h"
#include "core/report/number_format.h"
#include "core/report/svg_chart.h"

#include <algorithm>

namespace palimpsest {

namespace {

constexpr double kWidth = 340.0;
constexpr double kLeft = 104.0; ///< room of the labels
constexpr double kRight = 274.0; ///< end of the bars; the values stand beyond
constexpr double kRowHeight = 21.0;
constexpr double kBarHeight = 13.0;
constexpr double kAxisHeight = 22.0;

} // namespace

std::string barPanel(const ChartText& text, const std::vector<BarRow>& rows, double low, double high)
{
    const std::vector<double> ticks = niceTicks(std::min(low, 0.0), std::max(high, 0.0), 4);
    const std::vector<std::string> tickLabels = tickTexts(ticks);
    const auto x = [&](double value) {
        return kLeft + (kRight - kLeft) * linearPosition(value, ticks.front(), ticks.back());
    };
    const double bottom = kRowHeight * static_cast<double>(rows.size());
    SvgWriter svg(text,
        { { "class", "chart panel" },
            { "viewBox", "0 0 " + svgNumber(kWidth) + " " + svgNumber(bottom + kAxisHeight) } });
    for (std::size_t i = 0; i < ticks.size(); ++i) {
        const std::string position = svgNumber(x(ticks[i]));
        svg.element("line",
            { { "class", ticks[i] == 0.0 ? "axis" : "grid" }, { "x1", position }, { "x2", position },
                { "y1", "0" }, { "y2", svgNumber(bottom + 3.0) } });
        svg.text(typographic(tickLabels[i]),
            { { "class", "tick" }, { "x", position }, { "y", svgNumber(bottom + 16.0) },
                { "text-anchor", "middle" } });
    }
    double top = 0.0;
    for (const BarRow& row : rows) {
        const std::string style = std::to_string(chartStyle(row.style));
        const double from = std::min(x(0.0), x(row.value));
        const double to = std::max(x(0.0), x(row.value));
        const std::string middle = svgNumber(top + kRowHeight / 2.0);
        const std::string baseline = svgNumber(top + kRowHeight / 2.0 + 4.0);
        const std::string y = svgNumber(top + (kRowHeight - kBarHeight) / 2.0);
        svg.text(row.label, { { "class", "label" }, { "x", "0" }, { "y", baseline } });
        const std::string width = svgNumber(to - from);
        const std::string height = svgNumber(kBarHeight);
        svg.element("rect",
            { { "class", "bar s" + style }, { "x", svgNumber(from) }, { "y", y }, { "width", width },
                { "height", height } });
        svg.element("rect",
            { { "class", "pattern" }, { "fill", "url(#p" + style + ")" }, { "x", svgNumber(from) },
                { "y", y }, { "width", width }, { "height", height } });
        if (row.interval)
            svg.element("path",
                { { "class", "whisker" },
                    { "d",
                        "M" + svgNumber(x(row.interval->low)) + " " + middle + "H"
                            + svgNumber(x(row.interval->high)) + "m0 -3v6M" + svgNumber(x(row.interval->low))
                            + " " + svgNumber(top + kRowHeight / 2.0 - 3.0) + "v6" } });
        svg.text(row.text,
            { { "class", "value" }, { "x", svgNumber(kWidth) }, { "y", baseline },
                { "text-anchor", "end" } });
        top += kRowHeight;
    }
    return std::move(svg).finish();
}

} // namespace palimpsest
