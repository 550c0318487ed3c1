// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/storage.h"

#include <bit>
#include <cstdint>

#ifdef __CUDACC__
#define PALIMPSEST_ROUNDING __host__ __device__ inline
#else
#define PALIMPSEST_ROUNDING inline
#endif

namespace palimpsest {

/// Pages in training: the values that an optimiser moves, and through what they are read. In the integer forms
///     u = v / s,   q = clamp(rint(u), -Q, Q), ties to even   (binary: -1 where u < 0, else 1),   w = s q
/// with one scale s for every kScaleGroup weights of a page, read as a float16: what is trained is what will be stored.
/// Float16 rounds to nearest; Float32 is the value itself.
struct TrainedPages {
    const float* values = nullptr; ///< [pageCount, pageSize]
    const float* scales
        = nullptr; ///< [pageCount, scaleCount(storage, pageSize)]; none in the floating-point forms
    Storage storage = Storage::Float32;
    std::int64_t pageCount = 0;
    std::int64_t pageSize = 0; ///< weights
};

inline constexpr float kLeastScale = 0x1p-14F; ///< the least normal float16: no scale is read as less

/// The float16 that is nearest to a value, ties to even, as a float; the largest one for what is larger. In arithmetic that every
/// device has: 10 bits of the fraction stay, and below the least normal float16 multiples of 2^-24.
PALIMPSEST_ROUNDING float nearestHalf(float value)
{
    constexpr float kLargest = 65504.0F;
    const float v = value < -kLargest ? -kLargest : value > kLargest ? kLargest : value;
    if (v < 0x1p-14F && v > -0x1p-14F)
        return (v + 0.75F) - 0.75F; // between 0.5 and 1 floats are multiples of 2^-24
    const auto bits = std::bit_cast<std::uint32_t>(v);
    return std::bit_cast<float>((bits + 0xFFFU + ((bits >> 13U) & 1U)) & ~0x1FFFU);
}

PALIMPSEST_ROUNDING float scaleAsRead(float scale)
{
    return nearestHalf(scale < kLeastScale ? kLeastScale : scale);
}

/// q of u. @param largest  Q
PALIMPSEST_ROUNDING float roundedCode(float u, Storage storage, float largest)
{
    if (storage == Storage::Binary)
        return u < 0.0F ? -1.0F : 1.0F;
    const float inside = u < -largest ? -largest : u > largest ? largest : u;
    constexpr float kWhole = 0x1.8p23F; // beside it floats are whole numbers, so the sum is rounded to one
    return (inside + kWhole) - kWhole;
}

/// Share of one weight in dL/ds (Esser et al. 2020, eq. 3): q - u within the range, else q.
PALIMPSEST_ROUNDING float scaleShare(float u, float q, float largest)
{
    return u >= -largest && u <= largest ? q - u : q;
}

} // namespace palimpsest
