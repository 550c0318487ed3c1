// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

namespace palimpsest {

// Numbers as reports print them: the same text on every machine and in every locale. What is not finite is "n/a".

/// "4.03", "-0.20"; never "-0.00".
[[nodiscard]] std::string fixedText(double value, int decimals);
/// Shortest text that reads back as the same double: "0.9031". For machines.
[[nodiscard]] std::string exactText(double value);
/// Four significant digits: "0.01295", "147.3", "1.2e-06". For people.
[[nodiscard]] std::string shortText(double value);
/// "90.31 %" of the fraction 0.9031.
[[nodiscard]] std::string formatPercent(double fraction);
/// "+0.32" or "-0.20": a difference of two fractions in percentage points; "0.00" without a sign.
[[nodiscard]] std::string formatPoints(double difference);
/// With a true minus sign in front, for pages and charts.
[[nodiscard]] std::string typographic(std::string text);
/// With spaces that no line breaks at: "288 KB".
[[nodiscard]] std::string nonBreaking(const std::string& text);
/// "48.0 ns", "12.3 us", "2.86 ms", "1.20 s": three digits; `micro` is the sign before the s: "u" for plain text.
[[nodiscard]] std::string latencyText(double microseconds, const char* micro = "\u00B5");

} // namespace palimpsest
