// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <variant>
#include <vector>

namespace palimpsest::nn {

/// A page table as level 1 keeps it: codes of 8, 16 or 32 bits (DESIGN.md 1), widened only while a switch
/// reads them.
class NarrowTable {
public:
    /// @param codes       as encodeTable() gives them
    /// @param entryBytes  1, 2 or 4: tableEntryBytes(). @throws std::invalid_argument for others, or where a
    /// code does not fit
    NarrowTable(std::span<const std::uint32_t> codes, std::int64_t entryBytes);

    [[nodiscard]] std::size_t size() const;
    [[nodiscard]] std::int64_t bytes() const;
    /// @param codes  out, [size()]; nothing is allocated
    void widen(std::span<std::uint32_t> codes) const;

private:
    std::variant<std::vector<std::uint8_t>, std::vector<std::uint16_t>, std::vector<std::uint32_t>> m_codes;
};

} // namespace palimpsest::nn
