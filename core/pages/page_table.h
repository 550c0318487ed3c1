// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

namespace palimpsest {

/// Where one page of a task lives: a slot of the pool, or an exclusive page of its own.
struct PageRef {
    bool exclusive = false;
    std::uint32_t index = 0; ///< slot, or index among all exclusive pages
    bool operator==(const PageRef&) const = default;
};

/// One entry a page of the task. Several pages may take the same slot.
struct PageTable {
    std::vector<PageRef> entries;
    [[nodiscard]] std::int64_t exclusiveCount() const;
    bool operator==(const PageTable&) const = default;
};

/// Stored form: slot, or slotCount + exclusive index, in the narrowest of 8, 16, 32 bits that holds them all.
/// @return 1, 2 or 4 bytes an entry
[[nodiscard]] std::int64_t tableEntryBytes(std::int64_t slotCount, std::int64_t exclusiveCount);
/// One code an entry, as the gather kernels read them.
/// @throws std::invalid_argument if a slot is not below slotCount
[[nodiscard]] std::vector<std::uint32_t> encodeTable(const PageTable& table, std::int64_t slotCount);
[[nodiscard]] PageTable decodeTable(const std::vector<std::uint32_t>& codes, std::int64_t slotCount);

} // namespace palimpsest
