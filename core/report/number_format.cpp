// SPDX-License-Identifier: Apache-2.0
#include "core/report/number_format.h"

#include <array>
#include <charconv>
#include <cmath>

namespace palimpsest {

namespace {

constexpr const char* kNoNumber = "n/a";

template <class... Format> std::string toChars(double value, Format... format)
{
    if (!std::isfinite(value))
        return kNoNumber;
    std::array<char, 400> buffer {}; // the largest double has 309 digits before its point
    const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, format...);
    return error == std::errc() ? std::string(buffer.data(), end) : kNoNumber;
}

bool isZero(const std::string& digits)
{
    return digits.find_first_not_of("-0.") == std::string::npos;
}

} // namespace

std::string fixedText(double value, int decimals)
{
    const std::string text = toChars(value, std::chars_format::fixed, decimals);
    return text.front() == '-' && isZero(text) ? text.substr(1) : text; // no "-0.00"
}

std::string exactText(double value)
{
    return toChars(value);
}

std::string shortText(double value)
{
    return toChars(value == 0.0 ? 0.0 : value, std::chars_format::general, 4);
}

std::string formatPercent(double fraction)
{
    return std::isfinite(fraction) ? fixedText(fraction * 100.0, 2) + " %" : kNoNumber;
}

std::string formatPoints(double difference)
{
    const std::string text = fixedText(difference * 100.0, 2);
    return difference > 0.0 && !isZero(text) ? "+" + text : text;
}

std::string typographic(std::string text)
{
    if (!text.empty() && text.front() == '-')
        text.replace(0, 1, "\u2212");
    return text;
}

std::string nonBreaking(const std::string& text)
{
    std::string out;
    for (const char c : text)
        out += c == ' ' ? std::string("\u00A0") : std::string(1, c);
    return out;
}

std::string latencyText(double microseconds, const char* micro)
{
    if (!std::isfinite(microseconds))
        return kNoNumber;
    const auto threeDigits = [](double value) {
        return fixedText(value, value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2);
    };
    if (microseconds < 0.9995)
        return threeDigits(microseconds * 1e3) + " ns";
    if (microseconds < 999.5)
        return threeDigits(microseconds) + " " + micro + "s";
    if (microseconds < 999'500.0)
        return threeDigits(microseconds / 1e3) + " ms";
    return threeDigits(microseconds / 1e6) + " s";
}

} // namespace palimpsest
