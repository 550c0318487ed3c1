// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/storage.h"

#include <cstdint>

#ifdef __CUDACC__
#define PALIMPSEST_HOST_DEVICE __host__ __device__
#else
#define PALIMPSEST_HOST_DEVICE
#endif

namespace palimpsest {

/// Pages of one level as they are stored (core/base/storage.h), [count, packedBytes(storage, pageSize)].
struct PageStore {
    const void* pages = nullptr;
    const std::uint16_t* scales
        = nullptr; ///< float16 bits, [count, scaleCount(storage, pageSize)]; none for float forms
    Storage storage = Storage::Float32;
};

/// All that makes a task's network current: its pages from both levels and its private run, into one scratch network.
/// Pointers are of the backend's device; `exclusive` and `privateRun` may lie on level 2 (page-locked host memory).
struct SwitchPlan {
    PageStore pool; ///< slotCount pages
    PageStore exclusive;
    const void* table
        = nullptr; ///< page table, [pageCount] codes of entryBytes each (core/pages/page_table.h)
    int entryBytes = 4; ///< 1, 2 or 4
    PageStore privateRun; ///< one page of privateSize weights
    std::int64_t privateSize = 0;
    float* image = nullptr; ///< out, [pageCount * pageSize + privateSize]
    std::int64_t pageCount = 0;
    std::int64_t pageSize = 0; ///< weights
    std::int64_t slotCount = 0;

    /// Where the backend says that the switch is done, so that the host need not wait for the whole stream: `signalValue` in
    /// page-locked host memory. nullptr: nowhere.
    std::uint32_t* signal = nullptr;
    std::uint32_t signalValue = 0;
    std::uint32_t* blocksDone
        = nullptr; ///< of the device, 0 before and after each switch; needed with `signal`
};

/// `bits` bits from position `first` of a stream that begins at the lowest bit of its first byte.
[[nodiscard]] PALIMPSEST_HOST_DEVICE inline int bitsAt(
    const std::uint8_t* bytes, std::int64_t first, int bits)
{
    const int shift = static_cast<int>(first % 8);
    unsigned value = static_cast<unsigned>(bytes[first / 8]) >> shift;
    if (shift + bits > 8)
        value |= static_cast<unsigned>(bytes[first / 8 + 1]) << (8 - shift);
    return static_cast<int>(value & ((1U << bits) - 1U));
}

/// The code q of weight k of a page in an integer form.
[[nodiscard]] PALIMPSEST_HOST_DEVICE inline int storedCode(
    Storage storage, const std::uint8_t* page, std::int64_t k)
{
    switch (storage) {
    case Storage::Int8:
        return static_cast<std::int8_t>(page[k]);
    case Storage::Int6:
        return bitsAt(page, 6 * k, 6) - 31;
    case Storage::Int4:
        return bitsAt(page, 4 * k, 4) - 7;
    case Storage::Int3:
        return bitsAt(page, 3 * k, 3) - 3;
    case Storage::Ternary: {
        int digits = page[k / 5];
        for (std::int64_t i = k % 5; i > 0; --i)
            digits /= 3;
        return digits % 3 - 1;
    }
    case Storage::Binary:
        return 2 * bitsAt(page, k, 1) - 1;
    case Storage::Float32:
    case Storage::Float16:
        break;
    }
    return 0; // not an integer form
}

/// Entry i of a page table as it is stored.
[[nodiscard]] PALIMPSEST_HOST_DEVICE inline std::uint32_t tableEntry(
    const void* table, int entryBytes, std::int64_t i)
{
    if (entryBytes == 1)
        return static_cast<const std::uint8_t*>(table)[i];
    if (entryBytes == 2)
        return static_cast<const std::uint16_t*>(table)[i];
    return static_cast<const std::uint32_t*>(table)[i];
}

} // namespace palimpsest
