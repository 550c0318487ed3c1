// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/plots/plot.h"

#include <QSharedPointer>

class QCPAxisTicker;

namespace palimpsest {

/// A number as an axis, a tool tip or a table writes it. `step` is the distance of two ticks: as many decimals as it needs; 0:
/// four digits.
[[nodiscard]] QString axisText(Plot::Text form, double value, double step = 0.0);

[[nodiscard]] QSharedPointer<QCPAxisTicker> makeTicker(const Plot::Axis& axis);
[[nodiscard]] QSharedPointer<QCPAxisTicker> makeRowTicker(const QStringList& names);

} // namespace palimpsest
