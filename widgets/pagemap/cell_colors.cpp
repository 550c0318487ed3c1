// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pagemap/cell_colors.h"

#include "widgets/style/palette.h"

#include <cmath>

namespace palimpsest {

namespace {

QColor mixed(const QColor& a, const QColor& b, double shareOfB)
{
    const auto mix
        = [shareOfB](int x, int y) { return static_cast<int>(std::lround(x + (y - x) * shareOfB)); };
    return { mix(a.red(), b.red()), mix(a.green(), b.green()), mix(a.blue(), b.blue()) };
}

} // namespace

CellColors::CellColors(const QPalette& palette)
    : m_ground(palette.color(QPalette::Base))
{
    constexpr double kFaded = 0.72; // how far cells that are not highlighted go towards the ground
    const QColor ground = m_ground;
    const QColor text = palette.color(QPalette::Text);
    std::array<QColor, 128> colors;
    colors.fill(ground);
    colors[cell::kEmpty] = mixed(ground, text, 0.06);
    colors[cell::kUnknown] = mixed(ground, text, 0.15);
    colors[cell::kShared] = scaleColor(0.35);
    colors[cell::kExclusive] = mixed(ground, text, 0.55); // grey: no shade of a value
    colors[cell::kSame] = mixed(ground, text, 0.15);
    colors[cell::kOtherNeighbours] = scaleColor(0.5);
    colors[cell::kNowShared] = scaleColor(0.1);
    colors[cell::kNowExclusive] = scaleColor(0.95);
    colors[cell::kNotComparable] = mixed(ground, text, 0.3);
    for (int shade = 0; shade < cell::kShadeCount; ++shade)
        colors[static_cast<std::size_t>(cell::kFirstShade + shade)]
            = scaleColor(static_cast<double>(shade) / (cell::kShadeCount - 1));
    for (std::size_t code = 0; code < colors.size(); ++code) {
        const QRgb full = colors[code].rgb();
        m_plain[code] = m_plain[code + cell::kHighlight] = m_dimmed[code + cell::kHighlight] = full;
        m_dimmed[code] = mixed(colors[code], ground, kFaded).rgb();
    }
}

Qt::BrushStyle CellColors::pattern(std::uint8_t code)
{
    switch (code & ~cell::kHighlight) {
    case cell::kEmpty:
        return Qt::FDiagPattern;
    case cell::kExclusive:
        return Qt::BDiagPattern;
    case cell::kOtherNeighbours:
        return Qt::VerPattern;
    case cell::kNowShared:
        return Qt::HorPattern;
    case cell::kNowExclusive:
        return Qt::BDiagPattern;
    case cell::kNotComparable:
        return Qt::DiagCrossPattern;
    default:
        return Qt::NoBrush;
    }
}

QColor CellColors::patternColor(const QColor& cell)
{
    QColor lines = readableOn(cell);
    lines.setAlphaF(0.35F);
    return lines;
}

} // namespace palimpsest
