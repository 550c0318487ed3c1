// SPDX-License-Identifier: Apache-2.0
#include "core/nn/narrow_table.h"

#include <algorithm>
#include <limits>
#include <stdexcept>

namespace palimpsest::nn {
namespace {

template <class T> std::vector<T> narrowed(std::span<const std::uint32_t> codes)
{
    std::vector<T> narrow;
    narrow.reserve(codes.size());
    for (const std::uint32_t code : codes) {
        if (code > std::numeric_limits<T>::max())
            throw std::invalid_argument("NarrowTable: a code does not fit its entry");
        narrow.push_back(static_cast<T>(code));
    }
    return narrow;
}

} // namespace

NarrowTable::NarrowTable(std::span<const std::uint32_t> codes, std::int64_t entryBytes)
{
    if (entryBytes == 1)
        m_codes = narrowed<std::uint8_t>(codes);
    else if (entryBytes == 2)
        m_codes = narrowed<std::uint16_t>(codes);
    else if (entryBytes == 4)
        m_codes = narrowed<std::uint32_t>(codes);
    else
        throw std::invalid_argument("NarrowTable: entries have 1, 2 or 4 bytes");
}

std::size_t NarrowTable::size() const
{
    return std::visit([](const auto& codes) { return codes.size(); }, m_codes);
}

std::int64_t NarrowTable::bytes() const
{
    return std::visit(
        [](const auto& codes) { return static_cast<std::int64_t>(codes.size() * sizeof(codes[0])); },
        m_codes);
}

void NarrowTable::widen(std::span<std::uint32_t> out) const
{
    std::visit([out](const auto& codes) { std::copy(codes.begin(), codes.end(), out.begin()); }, m_codes);
}

} // namespace palimpsest::nn
