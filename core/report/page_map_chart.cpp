// SPDX-License-Identifier: Apache-2.0
#include "core/report/svg_chart.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace palimpsest {

namespace {

constexpr double kWidth = 720.0;
constexpr double kLargestCell = 30.0;
constexpr double kLeastCellWithText = 15.0;
constexpr double kGap = 1.0;

/// Nine points of viridis, evenly spaced; between them straight lines in sRGB.
constexpr std::array<std::array<int, 3>, 9> kViridis { { { 68, 1, 84 }, { 71, 45, 123 }, { 59, 82, 139 },
    { 44, 114, 142 }, { 33, 145, 140 }, { 40, 174, 128 }, { 94, 201, 98 }, { 173, 220, 48 },
    { 253, 231, 37 } } };

std::array<int, 3> viridisColour(double position)
{
    const double place = std::clamp(position, 0.0, 1.0) * static_cast<double>(kViridis.size() - 1);
    const auto index = std::min(static_cast<std::size_t>(place), kViridis.size() - 2);
    const double part = place - static_cast<double>(index);
    std::array<int, 3> colour {};
    for (std::size_t i = 0; i < colour.size(); ++i)
        colour.at(i) = static_cast<int>(
            std::lround(kViridis.at(index).at(i) * (1.0 - part) + kViridis.at(index + 1).at(i) * part));
    return colour;
}

} // namespace

std::string viridis(double position)
{
    static constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text = "#";
    for (const int channel : viridisColour(position)) {
        text += kDigits[static_cast<std::size_t>(channel / 16)];
        text += kDigits[static_cast<std::size_t>(channel % 16)];
    }
    return text;
}

bool isLightViridis(double position)
{
    const std::array<int, 3> colour = viridisColour(position);
    return 0.299 * colour[0] + 0.587 * colour[1] + 0.114 * colour[2] > 120.0;
}

std::string cellMap(const ChartText& text, const std::vector<MapCell>& cells)
{
    const auto count = static_cast<double>(std::max<std::size_t>(cells.size(), 1));
    const double columns = std::max({ std::ceil(std::sqrt(count * 3.0)), std::floor(kWidth / kLargestCell) });
    const double size = kWidth / columns;
    const double rowCount = std::ceil(count / columns);
    SvgWriter svg(text,
        { { "class", "chart map" },
            { "viewBox", "0 0 " + svgNumber(kWidth) + " " + svgNumber(rowCount * size) } });
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const MapCell& cell = cells[i];
        const double x = std::fmod(static_cast<double>(i), columns) * size;
        const double y = std::floor(static_cast<double>(i) / columns) * size;
        const std::string side = svgNumber(size - kGap);
        svg.element("rect",
            { { "class", cell.position ? "cell" : "cell hollow" },
                { "fill", cell.position ? viridis(*cell.position) : "none" }, { "x", svgNumber(x) },
                { "y", svgNumber(y) }, { "width", side }, { "height", side } },
            cell.title);
        if (!cell.text.empty() && size >= kLeastCellWithText)
            svg.text(cell.text,
                { { "class",
                      !cell.position                       ? "celltext"
                          : isLightViridis(*cell.position) ? "celltext onlight"
                                                           : "celltext ondark" },
                    { "x", svgNumber(x + (size - kGap) / 2.0) }, { "y", svgNumber(y + size / 2.0 + 3.5) },
                    { "text-anchor", "middle" } });
    }
    return std::move(svg).finish();
}

} // namespace palimpsest
