// SPDX-License-Identifier: Apache-2.0
#include "core/base/float_formats.h"

#include <gtest/gtest.h>

#include <cmath>

namespace palimpsest {
namespace {

/// The definition in IEEE 754, by powers of two.
double halfByDefinition(unsigned bits)
{
    const double sign = (bits & 0x8000U) != 0 ? -1.0 : 1.0;
    const int exponent = static_cast<int>((bits >> 10U) & 0x1FU);
    const int fraction = static_cast<int>(bits & 0x3FFU);
    if (exponent == 31)
        return fraction == 0 ? sign * INFINITY : NAN;
    if (exponent == 0)
        return sign * std::ldexp(fraction, -24);
    return sign * std::ldexp(1024 + fraction, exponent - 25);
}

TEST(FloatFormats, EveryHalfIsExact)
{
    for (unsigned bits = 0; bits <= 0xFFFFU; ++bits) {
        const double expected = halfByDefinition(bits);
        const float value = floatFromHalf(static_cast<std::uint16_t>(bits));
        if (std::isnan(expected)) {
            ASSERT_TRUE(std::isnan(value)) << bits;
            continue;
        }
        ASSERT_EQ(static_cast<double>(value), expected) << bits;
        ASSERT_EQ(std::signbit(value), std::signbit(expected)) << bits; // also of zero
    }
}

TEST(FloatFormats, KnownHalves)
{
    EXPECT_EQ(floatFromHalf(0x3C00), 1.0F);
    EXPECT_EQ(floatFromHalf(0xC000), -2.0F);
    EXPECT_EQ(floatFromHalf(0x7BFF), 65504.0F);
    EXPECT_EQ(floatFromHalf(0x0001), 5.9604645e-8F);
}

TEST(FloatFormats, KnownBfloats)
{
    EXPECT_EQ(floatFromBfloat(0x3F80), 1.0F);
    EXPECT_EQ(floatFromBfloat(0xC020), -2.5F);
    EXPECT_EQ(floatFromBfloat(0x4049), 3.140625F);
    EXPECT_TRUE(std::isinf(floatFromBfloat(0x7F80)));
    EXPECT_TRUE(std::isnan(floatFromBfloat(0x7FC0)));
}

} // namespace
} // namespace palimpsest
