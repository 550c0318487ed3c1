// SPDX-License-Identifier: Apache-2.0
#include "core/base/units.h"

#include <array>
#include <cmath>
#include <cstdio>

namespace palimpsest {

namespace {

template <class... Args> std::string print(const char* format, Args... args)
{
    std::array<char, 64> buffer {};
    std::snprintf(buffer.data(), buffer.size(), format, args...);
    return buffer.data();
}

} // namespace

std::string formatBytes(double byteCount)
{
    static constexpr std::array<const char*, 5> kUnits { "B", "KB", "MB", "GB", "TB" };
    std::size_t unit = 0;
    while (unit + 1 < kUnits.size() && std::abs(byteCount) >= 999.5) {
        byteCount /= 1000.0;
        ++unit;
    }
    const double magnitude = std::abs(byteCount);
    const int decimals = unit == 0 || magnitude >= 99.95 ? 0 : magnitude >= 9.995 ? 1 : 2;
    return print("%.*f %s", decimals, byteCount, kUnits[unit]);
}

std::string formatSeconds(double seconds)
{
    if (seconds < 9.95)
        return print("%.1f s", seconds);
    const auto whole = static_cast<long>(std::lround(seconds));
    if (whole < 60)
        return print("%ld s", whole);
    if (whole < 3600)
        return print("%ld:%02ld", whole / 60, whole % 60);
    return print("%ld:%02ld:%02ld", whole / 3600, whole / 60 % 60, whole % 60);
}

std::string formatCount(std::int64_t count)
{
    const std::string digits = std::to_string(count);
    const std::size_t first = count < 0 ? 1 : 0;
    std::string text;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i > first && (digits.size() - i) % 3 == 0)
            text += ',';
        text += digits[i];
    }
    return text;
}

} // namespace palimpsest
