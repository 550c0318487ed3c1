// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <cstdint>

namespace palimpsest {

// How quantities are written in every view. The same forms as in the report and on the command line.

[[nodiscard]] QString bytesText(double byteCount); ///< "43.9 KB", 1 KB = 1,000 bytes
[[nodiscard]] QString countText(std::int64_t count); ///< "1,234,567"
[[nodiscard]] QString secondsText(double seconds); ///< "12 s", "1:12"
[[nodiscard]] QString percentText(double fraction); ///< 0.9132 -> "91.32 %"
/// A difference of two fractions in percentage points, with its sign: "+0.12", "−0.40", "0.00".
[[nodiscard]] QString pointsText(double difference);
[[nodiscard]] QString costText(double cost); ///< four digits: "0.01306", "1.2e-07"

} // namespace palimpsest
