// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/plots/plot.h"

#include <QSharedPointer>
#include <QVector>

class QCPAxisTicker;

namespace palimpsest {

/// A number as an axis, a tool tip or a table writes it. `step` is the distance of two ticks: as many decimals as it needs; 0:
/// four digits.
[[nodiscard]] QString axisText(Plot::Text form, double value, double step = 0.0);

/// 1, 2 and 5 times powers of ten from the last one up to `lower` to the first one from `upper` on; both are above 0.
[[nodiscard]] QVector<double> roundTicks(double lower, double upper);

[[nodiscard]] QSharedPointer<QCPAxisTicker> makeTicker(const Plot::Axis& axis);
[[nodiscard]] QSharedPointer<QCPAxisTicker> makeRowTicker(const QStringList& names);

} // namespace palimpsest
