// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <bit>
#include <cstdint>
#include <limits>

namespace palimpsest {

/// IEEE 754 binary16, exact: every half is a float.
[[nodiscard]] constexpr float floatFromHalf(std::uint16_t bits)
{
    const bool isNegative = (bits & 0x8000U) != 0;
    const std::uint32_t exponent = (bits >> 10U) & 0x1FU;
    const std::uint32_t fraction = bits & 0x3FFU;
    float value = 0.0F;
    if (exponent == 0x1FU)
        value = fraction == 0 ? std::numeric_limits<float>::infinity()
                              : std::numeric_limits<float>::quiet_NaN();
    else if (exponent == 0)
        value = static_cast<float>(fraction) * 0x1p-24F; // subnormal
    else
        value = std::bit_cast<float>(((exponent + 112U) << 23U) | (fraction << 13U)); // bias 15 -> 127
    return isNegative ? -value : value;
}

/// bfloat16 is the upper half of a float.
[[nodiscard]] constexpr float floatFromBfloat(std::uint16_t bits)
{
    return std::bit_cast<float>(static_cast<std::uint32_t>(bits) << 16U);
}

} // namespace palimpsest
