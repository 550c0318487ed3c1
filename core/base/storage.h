// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace palimpsest {

/// How the weights of a page or a tensor are stored. The integer forms have a float16 scale s for every kScaleGroup weights:
/// a weight is s q with the code q in -Q..Q (binary: -1 or 1).
///
///     form     bits   Q    a code as stored
///     Int8     8      127  two's complement
///     Int6     6      31   q + Q, in a stream of bits that begins at the lowest bit of the first byte
///     Int4     4      7    the same
///     Int3     3      3    the same
///     Ternary  8 / 5  1    five codes a byte: sum of (q_i + 1) 3^i, i = 0..4
///     Binary   1      1    1 for 1 and 0 for -1, lowest bit first
///
/// Every page starts on a byte; what is left of its last byte is 0.
enum class Storage : std::uint8_t { Float32, Float16, Int8, Int6, Int4, Int3, Ternary, Binary };

inline constexpr std::int64_t kScaleGroup = 128; ///< weights
inline constexpr std::int64_t kScaleBytes = 2; ///< float16

[[nodiscard]] constexpr bool isIntegerForm(Storage storage)
{
    return storage != Storage::Float32 && storage != Storage::Float16;
}

/// Q; 0 for the floating-point forms.
[[nodiscard]] constexpr int largestCode(Storage storage)
{
    switch (storage) {
    case Storage::Int8:
        return 127;
    case Storage::Int6:
        return 31;
    case Storage::Int4:
        return 7;
    case Storage::Int3:
        return 3;
    case Storage::Ternary:
    case Storage::Binary:
        return 1;
    case Storage::Float32:
    case Storage::Float16:
        break;
    }
    return 0;
}

/// Bytes of `count` weights that are stored one after the other, without their scales.
[[nodiscard]] constexpr std::int64_t packedBytes(Storage storage, std::int64_t count)
{
    switch (storage) {
    case Storage::Float32:
        return count * 4;
    case Storage::Float16:
        return count * 2;
    case Storage::Int8:
        return count;
    case Storage::Int6:
        return (count * 6 + 7) / 8;
    case Storage::Int4:
        return (count * 4 + 7) / 8;
    case Storage::Int3:
        return (count * 3 + 7) / 8;
    case Storage::Ternary:
        return (count + 4) / 5;
    case Storage::Binary:
        break;
    }
    return (count + 7) / 8;
}

/// Scales of `count` weights; none for the floating-point forms.
[[nodiscard]] constexpr std::int64_t scaleCount(Storage storage, std::int64_t count)
{
    return isIntegerForm(storage) ? (count + kScaleGroup - 1) / kScaleGroup : 0;
}

/// Bytes of those scales.
[[nodiscard]] constexpr std::int64_t scaleBytes(Storage storage, std::int64_t count)
{
    return scaleCount(storage, count) * kScaleBytes;
}

} // namespace palimpsest
