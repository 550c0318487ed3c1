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

QColor readableOn(const QColor& background)
{
    // Relative luminance by the weights of BT.709, on the values as they are: near enough for a choice of two.
    const double light
        = 0.2126 * background.redF() + 0.7152 * background.greenF() + 0.0722 * background.blueF();
    return light > 0.5 ? QColor(Qt::black) : QColor(Qt::white);
}

} // namespace palimpsest
