// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/style/palette.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

namespace palimpsest {

QColor taskColor(int index)
{
    static constexpr std::array<QRgb, 8> kColors { 0xff0072b2, 0xffd55e00, 0xff009e73, 0xffcc79a7, 0xffe69f00,
        0xff56b4e9, 0xfff0e442, 0xff000000 };
    return QColor::fromRgb(kColors[static_cast<std::size_t>(std::max(index, 0)) % kColors.size()]);
}

QColor scaleColor(double value)
{
    static constexpr std::array<std::array<double, 3>, 9> kAnchors { { { 68, 1, 84 }, { 71, 45, 123 },
        { 59, 82, 139 }, { 44, 114, 142 }, { 33, 145, 140 }, { 40, 174, 128 }, { 94, 201, 98 },
        { 173, 220, 48 }, { 253, 231, 37 } } };
    const double place = (std::isnan(value) ? 0.0 : std::clamp(value, 0.0, 1.0)) * (kAnchors.size() - 1);
    const auto low = std::min(static_cast<std::size_t>(place), kAnchors.size() - 2);
    const double share = place - static_cast<double>(low);
    std::array<int, 3> mixed {};
    for (std::size_t i = 0; i < mixed.size(); ++i)
        mixed[i]
            = static_cast<int>(std::lround((1.0 - share) * kAnchors[low][i] + share * kAnchors[low + 1][i]));
    return QColor(mixed[0], mixed[1], mixed[2]);
}

QPalette paperPalette()
{
    const QColor paper(Qt::white);
    const QColor ink(0x1b, 0x20, 0x26);
    QPalette palette(QColor(0xec, 0xef, 0xf2), paper); // buttons; all shades of relief come from them
    for (const QPalette::ColorRole role : { QPalette::Base, QPalette::Window, QPalette::ToolTipBase })
        palette.setColor(role, paper);
    for (const QPalette::ColorRole role :
        { QPalette::Text, QPalette::WindowText, QPalette::ButtonText, QPalette::ToolTipText })
        palette.setColor(role, ink);
    palette.setColor(QPalette::AlternateBase, QColor(0xec, 0xef, 0xf2));
    palette.setColor(QPalette::Mid, QColor(0xb4, 0xbc, 0xc5));
    palette.setColor(QPalette::PlaceholderText, QColor(0x56, 0x60, 0x6b));
    palette.setColor(QPalette::Highlight, QColor(0x00, 0x72, 0xb2));
    palette.setColor(QPalette::HighlightedText, paper);
    palette.setColor(QPalette::Link, QColor(0x00, 0x5a, 0x8c));
    return palette;
}

QColor readableOn(const QColor& background)
{
    // Relative luminance by the weights of BT.709, on the values as they are: near enough for a choice of two.
    const double light
        = 0.2126 * background.redF() + 0.7152 * background.greenF() + 0.0722 * background.blueF();
    return light > 0.5 ? QColor(Qt::black) : QColor(Qt::white);
}

namespace {

/// Relative luminance of sRGB, WCAG 2.1.
double luminance(const QColor& color)
{
    const auto linear
        = [](double part) { return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4); };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

/// From 1 (equal) to 21 (black on white).
double contrast(const QColor& a, const QColor& b)
{
    const double first = luminance(a);
    const double second = luminance(b);
    return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

} // namespace

QColor blended(const QColor& a, const QColor& b, double share)
{
    const auto part = [share](int from, int to) {
        return static_cast<int>(std::lround((1.0 - share) * from + share * to));
    };
    return { part(a.red(), b.red()), part(a.green(), b.green()), part(a.blue(), b.blue()) };
}

QColor visibleOn(const QColor& color, const QColor& background)
{
    constexpr double kLeastContrast = 2.5;
    constexpr int kSteps = 20;
    const QColor end = readableOn(background);
    for (int step = 0; step < kSteps; ++step) {
        const QColor candidate = blended(color, end, static_cast<double>(step) / kSteps);
        if (contrast(candidate, background) >= kLeastContrast)
            return candidate;
    }
    return end;
}

Qt::PenStyle taskPenStyle(int index)
{
    static constexpr std::array<Qt::PenStyle, 4> kStyles { Qt::SolidLine, Qt::DashDotLine, Qt::DotLine,
        Qt::DashDotDotLine };
    const int task = std::max(index, 0);
    return kStyles[static_cast<std::size_t>(task + task / 8)
        % kStyles.size()]; // after eight colours another one
}

QColor seriesColor(int index, int count)
{
    constexpr double kFirst = 0.2; // the ends of the scale are near black and near white
    constexpr double kLast = 0.9;
    return scaleColor(count < 2 ? kFirst : kFirst + (kLast - kFirst) * index / (count - 1.0));
}

QColor betterColor(const QColor& background)
{
    return visibleOn(QColor::fromRgb(0xff009e73), background);
}

QColor worseColor(const QColor& background)
{
    return visibleOn(QColor::fromRgb(0xffd55e00), background);
}

} // namespace palimpsest
