// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <span>

namespace palimpsest {

[[nodiscard]] inline bool areFinite(std::span<const float> values)
{
    return std::all_of(values.begin(), values.end(), [](float value) { return std::isfinite(value); });
}

/// IEEE 754 binary16, exact: every half is a float.
[[nodiscard]] constexpr float floatFromHalf(std::uint16_t bits)
{
    const std::uint32_t exponent = (bits >> 10U) & 0x1FU;
    const std::uint32_t fraction = bits & 0x3FFU;
    std::uint32_t magnitude = ((exponent + 112U) << 23U) | (fraction << 13U); // bias 15 -> 127
    if (exponent == 0x1FU)
        magnitude = fraction == 0 ? 0x7F800000U : 0x7FC00000U; // infinity, the quiet NaN
    else if (exponent == 0)
        magnitude = std::bit_cast<std::uint32_t>(static_cast<float>(fraction) * 0x1p-24F); // subnormal
    return std::bit_cast<float>(
        magnitude | (bits & 0x8000U) << 16U); // no branch on the sign, which no one can foresee
}

/// The nearest float16, ties to even; what is larger than the largest one becomes it.
[[nodiscard]] inline std::uint16_t halfFromFloat(float value)
{
    constexpr float kLargestHalf = 65504.0F;
    const float clamped = std::clamp(value, -kLargestHalf, kLargestHalf);
    const auto sign = static_cast<std::uint16_t>((std::bit_cast<std::uint32_t>(clamped) >> 16U) & 0x8000U);
    const float magnitude = std::abs(clamped);
    if (!(magnitude == magnitude)) // NaN
        return static_cast<std::uint16_t>(sign | 0x7E00U);
    if (magnitude < 0x1p-14F) // subnormal: multiples of 2^-24
        return static_cast<std::uint16_t>(
            sign | static_cast<std::uint16_t>(std::nearbyint(magnitude * 0x1p24F)));
    const auto rest = std::bit_cast<std::uint32_t>(magnitude);
    const std::uint32_t rounded = rest + 0xFFFU + ((rest >> 13U) & 1U); // to nearest, ties to even
    return static_cast<std::uint16_t>(sign | ((rounded - 0x38000000U) >> 13U));
}

/// bfloat16 is the upper half of a float.
[[nodiscard]] constexpr float floatFromBfloat(std::uint16_t bits)
{
    return std::bit_cast<float>(static_cast<std::uint32_t>(bits) << 16U);
}

} // namespace palimpsest
