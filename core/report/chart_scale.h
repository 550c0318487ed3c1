// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace palimpsest {

/// Round values (1, 2 or 5 times a power of ten apart) from at or below `low` to at or above `high`: first and last are the
/// ends of the axis. About `count` of them.
[[nodiscard]] std::vector<double> niceTicks(double low, double high, int count);
/// "0.85" with as many decimals as the distance of the ticks asks for.
[[nodiscard]] std::vector<std::string> tickTexts(const std::vector<double>& ticks);
/// Powers of ten from at or below `low` to at or above `high`, two at least. @pre 0 < low <= high
[[nodiscard]] std::vector<double> decadeTicks(double low, double high);

/// Where `value` lies between `low` and `high`: 0 to 1, clamped; 0 where the two are equal.
[[nodiscard]] double linearPosition(double value, double low, double high);
/// The same by logarithms. @pre low > 0
[[nodiscard]] double logPosition(double value, double low, double high);

} // namespace palimpsest
