// SPDX-License-Identifier: Apache-2.0
// Built with -O3 -ffp-contract=off in every configuration: see CMakeLists.txt.
#include "core/backend/page_decoders.h"

#include "core/backend/page_store.h"
#include "core/base/float_formats.h"

#include <algorithm>
#include <cstring>
#include <vector>

namespace palimpsest {
namespace {

/// The five codes of every byte of the ternary form.
const std::array<std::array<float, 5>, 256>& ternaryDigits()
{
    static const auto table = [] {
        std::array<std::array<float, 5>, 256> digits {};
        for (std::size_t byte = 0; byte < digits.size(); ++byte) {
            const auto stored = static_cast<std::uint8_t>(byte);
            for (std::int64_t k = 0; k < 5; ++k)
                digits[byte][static_cast<std::size_t>(k)]
                    = static_cast<float>(storedCode(Storage::Ternary, &stored, k));
        }
        return digits;
    }();
    return table;
}

/// Codes [first, first + count) of a page, as floats.
template <Storage S>
void decodeCodes(const std::uint8_t* page, std::int64_t first, std::int64_t count, float* values)
{
    if constexpr (S == Storage::Ternary) {
        const auto& digits = ternaryDigits();
        std::int64_t i = 0;
        for (; i < count && (first + i) % 5 != 0; ++i)
            values[i] = digits[page[(first + i) / 5]][static_cast<std::size_t>((first + i) % 5)];
        for (; i + 5 <= count; i += 5)
            std::memcpy(values + i, digits[page[(first + i) / 5]].data(), 5 * sizeof(float));
        for (; i < count; ++i)
            values[i] = digits[page[(first + i) / 5]][static_cast<std::size_t>((first + i) % 5)];
    } else {
        for (std::int64_t i = 0; i < count; ++i)
            values[i] = static_cast<float>(storedCode(S, page, first + i));
    }
}

template <Storage S>
void decodeIntegers(const std::uint8_t* page, const std::uint16_t* scales, std::int64_t size, float* values)
{
    for (std::int64_t first = 0; first < size; first += kScaleGroup) {
        const std::int64_t count = std::min(kScaleGroup, size - first);
        decodeCodes<S>(page, first, count, values + first);
        const float scale = floatFromHalf(scales[first / kScaleGroup]);
        for (std::int64_t i = 0; i < count; ++i)
            values[first + i] *= scale;
    }
}

void decodeFloats(
    const std::uint8_t* page, const std::uint16_t* /*scales*/, std::int64_t count, float* values)
{
    if (count > 0) // there may be no memory at all
        std::memcpy(values, page, static_cast<std::size_t>(count) * sizeof(float));
}

void decodeHalves(
    const std::uint8_t* page, const std::uint16_t* /*scales*/, std::int64_t count, float* values)
{
    for (std::int64_t i = 0; i < count; ++i) {
        std::uint16_t bits = 0;
        std::memcpy(&bits, page + 2 * i, sizeof bits);
        values[i] = floatFromHalf(bits);
    }
}

std::vector<PageDecoders> findDecoders()
{
    std::vector<PageDecoders> decoders;
    if (const PageDecoders* avx2 = detail::avx2Decoders())
        decoders.push_back(*avx2);
    decoders.push_back(detail::kBaselineDecoders);
    return decoders;
}

} // namespace

constinit const PageDecoders detail::kBaselineDecoders { "baseline",
    { decodeFloats, decodeHalves, decodeIntegers<Storage::Int8>, decodeIntegers<Storage::Int6>,
        decodeIntegers<Storage::Int4>, decodeIntegers<Storage::Int3>, decodeIntegers<Storage::Ternary>,
        decodeIntegers<Storage::Binary> } };

std::span<const PageDecoders> pageDecoders()
{
    static const std::vector<PageDecoders> kDecoders = findDecoders();
    return kDecoders;
}

} // namespace palimpsest
