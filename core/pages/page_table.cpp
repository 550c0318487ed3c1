// SPDX-License-Identifier: Apache-2.0
#include "core/pages/page_table.h"

#include <algorithm>
#include <limits>
#include <stdexcept>
#include <string>

namespace palimpsest {

std::int64_t PageTable::exclusiveCount() const
{
    return std::count_if(
        entries.begin(), entries.end(), [](const PageRef& entry) { return entry.exclusive; });
}

std::int64_t tableEntryBytes(std::int64_t slotCount, std::int64_t exclusiveCount)
{
    const std::int64_t codeCount = slotCount + exclusiveCount;
    if (codeCount <= std::int64_t { std::numeric_limits<std::uint8_t>::max() } + 1)
        return 1;
    return codeCount <= std::int64_t { std::numeric_limits<std::uint16_t>::max() } + 1 ? 2 : 4;
}

std::vector<std::uint32_t> encodeTable(const PageTable& table, std::int64_t slotCount)
{
    std::vector<std::uint32_t> codes;
    codes.reserve(table.entries.size());
    for (const PageRef& entry : table.entries) {
        if (!entry.exclusive && entry.index >= slotCount) {
            throw std::invalid_argument("page table: slot " + std::to_string(entry.index) + " of a pool of "
                + std::to_string(slotCount) + " slots");
        }
        codes.push_back(entry.exclusive ? static_cast<std::uint32_t>(slotCount) + entry.index : entry.index);
    }
    return codes;
}

PageTable decodeTable(const std::vector<std::uint32_t>& codes, std::int64_t slotCount)
{
    PageTable table;
    table.entries.reserve(codes.size());
    for (const std::uint32_t code : codes) {
        const bool isExclusive = code >= slotCount;
        table.entries.push_back(
            { isExclusive, isExclusive ? code - static_cast<std::uint32_t>(slotCount) : code });
    }
    return table;
}

} // namespace palimpsest
