// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/style/text.h"

#include "core/base/units.h"

#include <cmath>

namespace palimpsest {

QString bytesText(double byteCount)
{
    return QString::fromStdString(formatBytes(byteCount));
}

QString countText(std::int64_t count)
{
    return QString::fromStdString(formatCount(count));
}

QString secondsText(double seconds)
{
    return QString::fromStdString(formatSeconds(seconds));
}

QString percentText(double fraction)
{
    return QString::number(100.0 * fraction, 'f', 2) + QStringLiteral(" %");
}

QString pointsText(double difference)
{
    const QString digits = QString::number(std::abs(100.0 * difference), 'f', 2);
    if (digits == QStringLiteral("0.00"))
        return digits;
    return (difference < 0.0 ? QStringLiteral("\u2212") : QStringLiteral("+")) + digits;
}

QString costText(double cost)
{
    return QString::number(cost, 'g', 4);
}

} // namespace palimpsest
