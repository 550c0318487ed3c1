// SPDX-License-Identifier: Apache-2.0
// Built with -O3 -ffp-contract=off in every configuration: see CMakeLists.txt. The functions name their instruction set themselves, so
// that nothing else of this file, or of a header, is built for it.
#include "core/backend/page_decoders.h"

#if defined(__x86_64__)

#include "core/base/float_formats.h"

#include <cpuid.h>
#include <immintrin.h>

#include <algorithm>
#include <cstring>

#define PALIMPSEST_AVX2 __attribute__((target("avx2,f16c")))
#define PALIMPSEST_AVX2_INLINE inline __attribute__((always_inline, target("avx2,f16c")))

namespace palimpsest {
namespace {

constexpr std::int64_t kLanes = 8;
constexpr std::int64_t kVectorsOfGroup = kScaleGroup / kLanes;

PALIMPSEST_AVX2_INLINE float scaleOf(std::uint16_t bits)
{
    if ((bits & 0x7C00U) == 0x7C00U) [[unlikely]] // the processor keeps what a NaN carries
        return floatFromHalf(bits);
    return _cvtsh_ss(bits);
}

/// Up to eight bytes of a page, and zeros for what lies beyond its end.
inline std::uint64_t bytesAt(const std::uint8_t* at, const std::uint8_t* end)
{
    std::uint64_t bytes = 0;
    const std::ptrdiff_t left = end - at;
    if (left >= 8) {
        std::memcpy(&bytes, at, 8);
        return bytes;
    }
    for (std::ptrdiff_t i = 0; i < left; ++i)
        bytes |= static_cast<std::uint64_t>(at[i]) << (8 * i);
    return bytes;
}

PALIMPSEST_AVX2_INLINE void storeSome(__m256 vector, float* values, std::int64_t count)
{
    alignas(32) float all[kLanes];
    _mm256_store_ps(all, vector);
    std::copy(all, all + count, values);
}

// Of a vector of eight weights in the forms with a whole number of bits: their codes as floats. Eight bytes may be read.

struct Int8Codes {
    static constexpr Storage kStorage = Storage::Int8;
    PALIMPSEST_AVX2_INLINE static __m256 read(const std::uint8_t* at)
    {
        return _mm256_cvtepi32_ps(
            _mm256_cvtepi8_epi32(_mm_loadl_epi64(reinterpret_cast<const __m128i*>(at))));
    }
};

struct Int6Codes {
    static constexpr Storage kStorage = Storage::Int6;
    PALIMPSEST_AVX2_INLINE static __m256 read(const std::uint8_t* at)
    {
        // Lane k takes the two bytes from bit 6 k on.
        const __m256i places = _mm256_setr_epi8(0, 1, -1, -1, 0, 1, -1, -1, 1, 2, -1, -1, 2, 3, -1, -1, //
            3, 4, -1, -1, 3, 4, -1, -1, 4, 5, -1, -1, 5, 6, -1, -1);
        const __m256i shifts = _mm256_setr_epi32(0, 6, 4, 2, 0, 6, 4, 2);
        std::int64_t bytes = 0;
        std::memcpy(&bytes, at, sizeof bytes);
        const __m256i pairs = _mm256_shuffle_epi8(_mm256_set1_epi64x(bytes), places);
        const __m256i codes = _mm256_and_si256(_mm256_srlv_epi32(pairs, shifts), _mm256_set1_epi32(63));
        return _mm256_cvtepi32_ps(_mm256_sub_epi32(codes, _mm256_set1_epi32(31)));
    }
};

PALIMPSEST_AVX2_INLINE __m256i fourBytes(const std::uint8_t* at)
{
    std::int32_t bytes = 0;
    std::memcpy(&bytes, at, sizeof bytes);
    return _mm256_set1_epi32(bytes);
}

struct Int4Codes {
    static constexpr Storage kStorage = Storage::Int4;
    PALIMPSEST_AVX2_INLINE static __m256 read(const std::uint8_t* at)
    {
        const __m256i shifts = _mm256_setr_epi32(0, 4, 8, 12, 16, 20, 24, 28);
        const __m256i codes
            = _mm256_and_si256(_mm256_srlv_epi32(fourBytes(at), shifts), _mm256_set1_epi32(15));
        return _mm256_cvtepi32_ps(_mm256_sub_epi32(codes, _mm256_set1_epi32(7)));
    }
};

struct Int3Codes {
    static constexpr Storage kStorage = Storage::Int3;
    PALIMPSEST_AVX2_INLINE static __m256 read(const std::uint8_t* at)
    {
        const __m256i shifts = _mm256_setr_epi32(0, 3, 6, 9, 12, 15, 18, 21);
        const __m256 values = _mm256_setr_ps(-3, -2, -1, 0, 1, 2, 3, 4);
        return _mm256_permutevar8x32_ps(values, _mm256_srlv_epi32(fourBytes(at), shifts)); // by three bits
    }
};

struct BinaryCodes {
    static constexpr Storage kStorage = Storage::Binary;
    PALIMPSEST_AVX2_INLINE static __m256 read(const std::uint8_t* at)
    {
        const __m256i shifts = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
        const __m256 values = _mm256_setr_ps(-1, 1, -1, 1, -1, 1, -1, 1);
        return _mm256_permutevar_ps(values, _mm256_srlv_epi32(fourBytes(at), shifts)); // by two bits
    }
};

template <class Codes>
PALIMPSEST_AVX2 void decodeBits(
    const std::uint8_t* page, const std::uint16_t* scales, std::int64_t count, float* values)
{
    const std::int64_t bytes = packedBytes(Codes::kStorage, count);
    constexpr std::int64_t kVectorBytes = packedBytes(Codes::kStorage, kLanes);
    const std::int64_t vectors = count / kLanes;
    // Those after which eight bytes are there to be read.
    const std::int64_t safe = bytes < 8 ? 0 : std::min(vectors, (bytes - 8) / kVectorBytes + 1);
    for (std::int64_t first = 0; first < vectors; first += kVectorsOfGroup) {
        const __m256 scale = _mm256_set1_ps(scaleOf(scales[first / kVectorsOfGroup]));
        const std::int64_t end = std::min(first + kVectorsOfGroup, vectors);
        std::int64_t i = first;
        if (first + kVectorsOfGroup <= safe) { // a number that the compiler knows: no loop is left
            for (std::int64_t k = 0; k < kVectorsOfGroup; ++k)
                _mm256_storeu_ps(values + (first + k) * kLanes,
                    _mm256_mul_ps(Codes::read(page + (first + k) * kVectorBytes), scale));
            continue;
        }
        for (; i < std::min(end, safe); ++i)
            _mm256_storeu_ps(values + i * kLanes, _mm256_mul_ps(Codes::read(page + i * kVectorBytes), scale));
        for (; i < end; ++i) {
            const std::uint64_t last = bytesAt(page + i * kVectorBytes, page + bytes);
            _mm256_storeu_ps(values + i * kLanes,
                _mm256_mul_ps(Codes::read(reinterpret_cast<const std::uint8_t*>(&last)), scale));
        }
    }
    if (const std::int64_t done = vectors * kLanes; done < count) {
        const std::uint64_t last = bytesAt(page + vectors * kVectorBytes, page + bytes);
        const __m256 scale = _mm256_set1_ps(scaleOf(scales[done / kScaleGroup]));
        storeSome(_mm256_mul_ps(Codes::read(reinterpret_cast<const std::uint8_t*>(&last)), scale),
            values + done, count - done);
    }
}

// Five vectors of ternary weights lie in eight bytes: 40 weights. Digit i of a byte b is, with c = ceil(65536 / 3^(i+1)),
//     (3 (b c mod 65536)) / 65536, rounded down:
// b c / 65536 is b / 3^(i+1) and at most b (c 3^(i+1) - 65536) / (3^(i+1) 65536) more, which is less than the step 1 / 3^(i+1) of its
// fraction (exhaustively tested).
constexpr std::int64_t kBlockVectors = 5;
constexpr std::int64_t kBlockBytes = 8;
constexpr std::int64_t kBlockWeights = kBlockVectors * kLanes;

struct TernaryBlock {
    alignas(32) std::uint8_t places[kBlockVectors][32]; ///< which byte goes into the lowest of each lane
    alignas(32) std::uint32_t factors[kBlockVectors][kLanes]; ///< c of each lane
};

constexpr TernaryBlock kTernaryBlock = [] {
    constexpr std::uint32_t kFactors[5] { 21846, 7282, 2428, 810, 270 };
    TernaryBlock block {};
    for (std::size_t weight = 0; weight < kBlockWeights; ++weight) {
        for (std::size_t byte = 1; byte < 4; ++byte)
            block.places[weight / kLanes][weight % kLanes * 4 + byte] = 0x80; // a zero
        block.places[weight / kLanes][weight % kLanes * 4] = static_cast<std::uint8_t>(weight / 5);
        block.factors[weight / kLanes][weight % kLanes] = kFactors[weight % 5];
    }
    return block;
}();

/// -s, 0, s, for the digits 0, 1, 2 of each half of a vector
PALIMPSEST_AVX2_INLINE __m256 ternaryValues(std::uint16_t scale)
{
    return _mm256_mul_ps(_mm256_setr_ps(-1, 0, 1, 0, -1, 0, 1, 0), _mm256_set1_ps(scaleOf(scale)));
}

/// One vector of a block. @param bytes  the block's eight, twice or more
PALIMPSEST_AVX2_INLINE __m256 ternaryVector(__m256i bytes, std::size_t vector, __m256 values)
{
    const __m256i places = _mm256_load_si256(reinterpret_cast<const __m256i*>(kTernaryBlock.places[vector]));
    const __m256i factors
        = _mm256_load_si256(reinterpret_cast<const __m256i*>(kTernaryBlock.factors[vector]));
    const __m256i fractions = _mm256_mullo_epi16(_mm256_shuffle_epi8(bytes, places), factors);
    return _mm256_permutevar_ps(values, _mm256_mulhi_epu16(fractions, _mm256_set1_epi16(3)));
}

PALIMPSEST_AVX2_INLINE void ternaryBlock(
    __m256i bytes, float* out, __m256 values0, __m256 values1, __m256 values2, __m256 values3, __m256 values4)
{
    _mm256_storeu_ps(out, ternaryVector(bytes, 0, values0));
    _mm256_storeu_ps(out + kLanes, ternaryVector(bytes, 1, values1));
    _mm256_storeu_ps(out + 2 * kLanes, ternaryVector(bytes, 2, values2));
    _mm256_storeu_ps(out + 3 * kLanes, ternaryVector(bytes, 3, values3));
    _mm256_storeu_ps(out + 4 * kLanes, ternaryVector(bytes, 4, values4));
}

PALIMPSEST_AVX2 void decodeTernary(
    const std::uint8_t* page, const std::uint16_t* scales, std::int64_t count, float* values)
{
    const std::uint8_t* const end = page + packedBytes(Storage::Ternary, count);
    __m256 current {};
    std::int64_t left = 0; // vectors of the current group
    std::int64_t done = 0; // weights
    for (; done + kBlockWeights <= count; done += kBlockWeights, page += kBlockBytes) {
        std::int64_t eight = 0;
        std::memcpy(&eight, page, sizeof eight);
        const __m256i bytes = _mm256_set1_epi64x(eight);
        if (left == 0) {
            current = ternaryValues(*scales++);
            left = kVectorsOfGroup;
        }
        left -= kBlockVectors;
        if (left >= 0) {
            ternaryBlock(bytes, values + done, current, current, current, current, current);
            continue;
        }
        const __m256 next = ternaryValues(*scales++);
        ternaryBlock(bytes, values + done, current, left >= -3 ? current : next, left >= -2 ? current : next,
            left >= -1 ? current : next, next);
        current = next;
        left += kVectorsOfGroup;
    }
    if (done == count)
        return;
    const __m256i bytes = _mm256_set1_epi64x(static_cast<std::int64_t>(bytesAt(page, end)));
    for (std::size_t vector = 0; done < count; ++vector, done += kLanes) {
        if (left-- == 0) {
            current = ternaryValues(*scales++);
            left = kVectorsOfGroup - 1;
        }
        const __m256 decoded = ternaryVector(bytes, vector, current);
        if (done + kLanes <= count)
            _mm256_storeu_ps(values + done, decoded);
        else
            storeSome(decoded, values + done, count - done);
    }
}

/// A float16 that is no number becomes the quiet NaN of its sign, as floatFromHalf() has it.
PALIMPSEST_AVX2_INLINE __m256 floatsOf(__m128i halves)
{
    const __m256 values = _mm256_cvtph_ps(halves);
    const __m256 isNan = _mm256_cmp_ps(values, values, _CMP_UNORD_Q);
    const __m256 quiet = _mm256_castsi256_ps(_mm256_set1_epi32(0x7FC00000));
    const __m256 sign = _mm256_and_ps(values, _mm256_castsi256_ps(_mm256_set1_epi32(INT32_MIN)));
    return _mm256_blendv_ps(values, _mm256_or_ps(quiet, sign), isNan);
}

PALIMPSEST_AVX2 void decodeHalves(
    const std::uint8_t* page, const std::uint16_t* /*scales*/, std::int64_t count, float* values)
{
    std::int64_t i = 0;
    for (; i + kLanes <= count; i += kLanes)
        _mm256_storeu_ps(
            values + i, floatsOf(_mm_loadu_si128(reinterpret_cast<const __m128i*>(page + 2 * i))));
    for (; i < count; ++i) {
        std::uint16_t bits = 0;
        std::memcpy(&bits, page + 2 * i, sizeof bits);
        values[i] = floatFromHalf(bits);
    }
}

bool canRun()
{
    unsigned a = 0, b = 0, c = 0, d = 0;
    return __builtin_cpu_supports("avx2") && __get_cpuid(1, &a, &b, &c, &d) != 0 && (c & bit_F16C) != 0;
}

} // namespace

const PageDecoders* detail::avx2Decoders()
{
    static const PageDecoders kDecoders { "avx2",
        { kBaselineDecoders.of(Storage::Float32), decodeHalves, decodeBits<Int8Codes>, decodeBits<Int6Codes>,
            decodeBits<Int4Codes>, decodeBits<Int3Codes>, decodeTernary, decodeBits<BinaryCodes> } };
    return canRun() ? &kDecoders : nullptr;
}

} // namespace palimpsest

#else

const palimpsest::PageDecoders* palimpsest::detail::avx2Decoders()
{
    return nullptr;
}

#endif
