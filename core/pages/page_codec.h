// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/backend/page_store.h"
#include "core/base/storage.h"

#include <cstdint>
#include <span>
#include <vector>

namespace palimpsest {

/// Pages in one of the storage forms of core/base/storage.h, and their scales.
struct StoredPages {
    Storage storage = Storage::Float32;
    std::int64_t pageSize = 0; ///< weights
    std::int64_t pageCount = 0;
    std::vector<std::uint8_t> bytes; ///< [pageCount, packedBytes(storage, pageSize)]
    std::vector<std::uint16_t> scales; ///< float16 bits, [pageCount, scaleCount(storage, pageSize)]

    /// Valid while this lives and is not changed.
    [[nodiscard]] PageStore view() const { return { bytes.data(), scales.data(), storage }; }
    bool operator==(const StoredPages&) const = default;
    [[nodiscard]] std::int64_t byteCount() const
    {
        return static_cast<std::int64_t>(bytes.size() + scales.size() * sizeof(std::uint16_t));
    }
};

/// Rounds weights to a storage form. Float16 to nearest; in the integer forms each group of kScaleGroup weights of a page has
/// the scale
///     s = float16(max |w| / Q),   q = clamp(rint(w / s), -Q, Q)      (binary: the sign; 0 counts as positive)
/// ties to even. A scale of least squared error is not searched.
/// @param values  [pageCount, pageSize]
/// @throws std::invalid_argument where the values are not whole pages
[[nodiscard]] StoredPages encodePages(std::span<const float> values, std::int64_t pageSize, Storage storage);

/// The same with scales that are given, as training through the rounding learns them.
/// @param scales  float16 bits, [pageCount, scaleCount(storage, pageSize)]; none for the floating-point forms
/// @throws std::invalid_argument as above, or for another number of scales
[[nodiscard]] StoredPages encodePages(std::span<const float> values, std::int64_t pageSize, Storage storage,
    std::span<const std::uint16_t> scales);

/// What every reader of the pages sees. @return [pageCount, pageSize]
[[nodiscard]] std::vector<float> decodePages(const StoredPages& pages);

} // namespace palimpsest
