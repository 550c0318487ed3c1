// SPDX-License-Identifier: Apache-2.0
#include "core/backend/cpu_switch.h"

#include "core/base/float_formats.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace palimpsest {
namespace {

constexpr std::size_t kHalfCount = 65536;

/// Every float16 as a float: looked up, a half costs one load.
const std::array<float, kHalfCount>& halves()
{
    static const auto table = [] {
        std::array<float, kHalfCount> values {};
        for (std::size_t bits = 0; bits < kHalfCount; ++bits)
            values[bits] = floatFromHalf(static_cast<std::uint16_t>(bits));
        return values;
    }();
    return table;
}

void decodeHalves(const std::uint16_t* bits, std::int64_t count, float* values)
{
    const std::array<float, kHalfCount>& table = halves();
    for (std::int64_t i = 0; i < count; ++i)
        values[i] = table[bits[i]];
}

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
void decodeIntegers(
    const std::uint8_t* page, const std::uint16_t* scales, std::int64_t pageSize, float* values)
{
    for (std::int64_t first = 0; first < pageSize; first += kScaleGroup) {
        const std::int64_t count = std::min(kScaleGroup, pageSize - first);
        decodeCodes<S>(page, first, count, values + first);
        const float scale = floatFromHalf(scales[first / kScaleGroup]);
        for (std::int64_t i = 0; i < count; ++i)
            values[first + i] *= scale;
    }
}

} // namespace

void decodePage(const PageStore& store, std::int64_t page, std::int64_t pageSize, float* values)
{
    const auto* bytes
        = static_cast<const std::uint8_t*>(store.pages) + page * packedBytes(store.storage, pageSize);
    const std::uint16_t* scales = store.scales + page * scaleCount(store.storage, pageSize);
    switch (store.storage) {
    case Storage::Float32:
        std::memcpy(values, bytes, static_cast<std::size_t>(pageSize) * sizeof(float));
        return;
    case Storage::Float16:
        decodeHalves(reinterpret_cast<const std::uint16_t*>(bytes), pageSize, values);
        return;
    case Storage::Int8:
        return decodeIntegers<Storage::Int8>(bytes, scales, pageSize, values);
    case Storage::Int6:
        return decodeIntegers<Storage::Int6>(bytes, scales, pageSize, values);
    case Storage::Int4:
        return decodeIntegers<Storage::Int4>(bytes, scales, pageSize, values);
    case Storage::Int3:
        return decodeIntegers<Storage::Int3>(bytes, scales, pageSize, values);
    case Storage::Ternary:
        return decodeIntegers<Storage::Ternary>(bytes, scales, pageSize, values);
    case Storage::Binary:
        return decodeIntegers<Storage::Binary>(bytes, scales, pageSize, values);
    }
}

void switchOnCpu(const SwitchPlan& plan)
{
    for (std::int64_t i = 0; i < plan.pageCount; ++i) {
        const auto code = static_cast<std::int64_t>(tableEntry(plan.table, plan.entryBytes, i));
        const bool shared = code < plan.slotCount;
        decodePage(shared ? plan.pool : plan.exclusive, shared ? code : code - plan.slotCount, plan.pageSize,
            plan.image + i * plan.pageSize);
    }
    float* const run = plan.image + plan.pageCount * plan.pageSize;
    if (plan.signal != nullptr)
        *plan.signal = plan.signalValue; // the caller's own thread reads it, after this call
    if (plan.privateSize > 0)
        decodePage(plan.privateRun, 0, plan.privateSize, run);
}

} // namespace palimpsest
