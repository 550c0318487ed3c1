// SPDX-License-Identifier: Apache-2.0
#include "core/pages/page_codec.h"

#include "core/backend/cpu_switch.h"
#include "core/base/float_formats.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <stdexcept>
#include <string>

namespace palimpsest {
namespace {

std::uint16_t scaleOf(std::span<const float> group, Storage storage)
{
    float magnitude = 0.0F;
    for (const float value : group)
        magnitude = std::max(magnitude, std::abs(value));
    return halfFromFloat(magnitude / static_cast<float>(largestCode(storage)));
}

int codeOf(float value, float scale, Storage storage)
{
    if (storage == Storage::Binary)
        return value < 0.0F ? -1 : 1;
    if (scale == 0.0F)
        return 0; // too small for any float16 scale
    const auto largest = static_cast<float>(largestCode(storage));
    return static_cast<int>(std::clamp(std::nearbyint(value / scale), -largest, largest));
}

void putBits(std::uint8_t* bytes, std::int64_t first, int bits, unsigned value)
{
    const int shift = static_cast<int>(first % 8);
    bytes[first / 8] = static_cast<std::uint8_t>(bytes[first / 8] | (value << shift));
    if (shift + bits > 8)
        bytes[first / 8 + 1] = static_cast<std::uint8_t>(value >> (8 - shift));
}

/// Inverse of storedCode(), into a page that is zero.
void putCode(Storage storage, std::uint8_t* page, std::int64_t k, int code)
{
    switch (storage) {
    case Storage::Int8:
        page[k] = static_cast<std::uint8_t>(static_cast<std::int8_t>(code));
        return;
    case Storage::Int6:
        return putBits(page, 6 * k, 6, static_cast<unsigned>(code + 31));
    case Storage::Int4:
        return putBits(page, 4 * k, 4, static_cast<unsigned>(code + 7));
    case Storage::Int3:
        return putBits(page, 3 * k, 3, static_cast<unsigned>(code + 3));
    case Storage::Ternary: {
        int digit = code + 1;
        for (std::int64_t i = k % 5; i > 0; --i)
            digit *= 3;
        page[k / 5] = static_cast<std::uint8_t>(page[k / 5] + digit);
        return;
    }
    case Storage::Binary:
        return putBits(page, k, 1, code > 0 ? 1U : 0U);
    case Storage::Float32:
    case Storage::Float16:
        break;
    }
    throw std::invalid_argument("putCode: not an integer form");
}

StoredPages emptyPages(std::span<const float> values, std::int64_t pageSize, Storage storage)
{
    const auto count = static_cast<std::int64_t>(values.size());
    if (pageSize < 1 || count % pageSize != 0)
        throw std::invalid_argument("encodePages: " + std::to_string(count) + " values are no whole pages of "
            + std::to_string(pageSize));
    StoredPages pages { storage, pageSize, count / pageSize, {}, {} };
    pages.bytes.resize(static_cast<std::size_t>(pages.pageCount * packedBytes(storage, pageSize)));
    pages.scales.resize(static_cast<std::size_t>(pages.pageCount * scaleCount(storage, pageSize)));
    return pages;
}

void fillFloats(StoredPages& pages, std::span<const float> values)
{
    if (values.empty())
        return;
    if (pages.storage == Storage::Float32) {
        std::memcpy(pages.bytes.data(), values.data(), values.size_bytes());
        return;
    }
    std::vector<std::uint16_t> halves(values.size());
    std::transform(values.begin(), values.end(), halves.begin(), halfFromFloat);
    std::memcpy(pages.bytes.data(), halves.data(), halves.size() * sizeof(std::uint16_t));
}

/// Calls visit(page, group of the page, the group's weights).
template <class Visit>
void forEachGroup(const StoredPages& pages, std::span<const float> values, const Visit& visit)
{
    for (std::int64_t page = 0; page < pages.pageCount; ++page)
        for (std::int64_t first = 0; first < pages.pageSize; first += kScaleGroup)
            visit(page, first / kScaleGroup,
                values.subspan(static_cast<std::size_t>(page * pages.pageSize + first),
                    static_cast<std::size_t>(std::min(kScaleGroup, pages.pageSize - first))));
}

void fillCodes(StoredPages& pages, std::span<const float> values)
{
    const std::int64_t pageBytes = packedBytes(pages.storage, pages.pageSize);
    const std::int64_t groups = scaleCount(pages.storage, pages.pageSize);
    forEachGroup(pages, values, [&](std::int64_t page, std::int64_t group, std::span<const float> weights) {
        const float scale = floatFromHalf(pages.scales[static_cast<std::size_t>(page * groups + group)]);
        std::uint8_t* const bytes = pages.bytes.data() + page * pageBytes;
        for (std::size_t i = 0; i < weights.size(); ++i)
            putCode(pages.storage, bytes, group * kScaleGroup + static_cast<std::int64_t>(i),
                codeOf(weights[i], scale, pages.storage));
    });
}

} // namespace

StoredPages encodePages(std::span<const float> values, std::int64_t pageSize, Storage storage)
{
    StoredPages pages = emptyPages(values, pageSize, storage);
    if (!isIntegerForm(storage)) {
        fillFloats(pages, values);
        return pages;
    }
    const std::int64_t groups = scaleCount(storage, pageSize);
    forEachGroup(pages, values, [&](std::int64_t page, std::int64_t group, std::span<const float> weights) {
        pages.scales[static_cast<std::size_t>(page * groups + group)] = scaleOf(weights, storage);
    });
    fillCodes(pages, values);
    return pages;
}

StoredPages encodePages(std::span<const float> values, std::int64_t pageSize, Storage storage,
    std::span<const std::uint16_t> scales)
{
    StoredPages pages = emptyPages(values, pageSize, storage);
    if (scales.size() != pages.scales.size())
        throw std::invalid_argument("encodePages: " + std::to_string(scales.size()) + " scales, expected "
            + std::to_string(pages.scales.size()));
    if (!isIntegerForm(storage)) {
        fillFloats(pages, values);
        return pages;
    }
    pages.scales.assign(scales.begin(), scales.end());
    fillCodes(pages, values);
    return pages;
}

std::vector<float> decodePages(const StoredPages& pages)
{
    std::vector<float> values(static_cast<std::size_t>(pages.pageCount * pages.pageSize));
    for (std::int64_t page = 0; page < pages.pageCount; ++page)
        decodePage(pages.view(), page, pages.pageSize, values.data() + page * pages.pageSize);
    return values;
}

} // namespace palimpsest
