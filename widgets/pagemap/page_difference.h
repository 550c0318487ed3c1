// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

namespace palimpsest {

struct RunResults;

/// What changed for every page and slot of a run against another run. Tasks are the same where their names are.
///
/// Numbers of slots mean nothing by themselves: what counts is who shares with whom. A page is `same` where it shares its slot with the
/// same pages as before, or is exclusive as before; a slot where it holds just what one slot of the other run held. Where the
/// runs cut a task into pages of other sizes nothing of it can be compared.
class PageDifference {
public:
    /// Nothing can be compared.
    PageDifference() = default;
    /// Keeps no reference to either.
    PageDifference(const RunResults& run, const RunResults& other);

    // Codes of page_cells.h: kSame, kOtherNeighbours, kNowShared, kNowExclusive, kNotComparable.
    [[nodiscard]] std::uint8_t pageCode(std::size_t task, std::int64_t page) const;
    [[nodiscard]] std::uint8_t slotCode(
        int slot) const; ///< never kNowExclusive; kNowShared: a page of it was exclusive

    [[nodiscard]] std::int64_t changedPages() const; ///< neither same nor not comparable
    [[nodiscard]] std::int64_t comparablePages() const;

private:
    std::vector<std::vector<std::uint8_t>> m_pages; ///< [task][page]
    std::vector<std::uint8_t> m_slots;
};

} // namespace palimpsest
