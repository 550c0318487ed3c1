// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/matching/cost_matrix.h"
#include "core/matching/page_set.h"
#include "core/pages/page_table.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <vector>

namespace palimpsest {

/// Where the strategies put a page that is no slot.
constexpr std::int32_t kExclusive = -1; ///< kept in level 2
constexpr std::int32_t kUnplaced = -2; ///< lifted, or not yet placed

/// More than any real cost: an assignment takes it only where there is no other way.
constexpr float kForbiddenCost = 1e12F;

/// Slot of each page, [task][page], or kExclusive or kUnplaced.
using SlotTables = std::vector<std::vector<std::int32_t>>;

/// A page of a task that has a slot.
struct Tenant {
    std::uint32_t task = 0;
    std::uint32_t page = 0;
    auto operator<=>(const Tenant&) const = default;
};

/// A pool while it is being filled: who lives in each slot, and what one more page would cost there.
///
/// The sums of a slot are made afresh, in double and in the order of task and page, whenever a tenant comes or goes: Fisher values
/// span thirteen orders of magnitude, so a subtraction would leave nothing but rounding. Thus every cost is a function of
/// the tables alone, not of the way to them.
class SlotState {
public:
    /// All sharable pages are unplaced, the others exclusive. `pages` must outlive it.
    SlotState(const PageSet& pages, CostKind kind);
    SlotState(const PageSet& pages, CostKind kind, SlotTables tables);

    [[nodiscard]] const PageSet& pages() const { return *m_pages; }
    [[nodiscard]] const SlotTables& tables() const { return m_tables; }
    [[nodiscard]] std::int32_t slotOf(std::size_t task, std::int32_t page) const
    {
        return m_tables[task][static_cast<std::size_t>(page)];
    }
    /// In the order of task and page.
    [[nodiscard]] const std::vector<Tenant>& tenants(std::int32_t slot) const
    {
        return m_tenants[static_cast<std::size_t>(slot)];
    }

    /// @param slot  a slot, kExclusive or kUnplaced
    void move(std::size_t task, std::int32_t page, std::int32_t slot);

    /// What each of the pages would add to the cost in each slot as it is now, [pageCount, slotCount] float32.
    /// A slot that a page must not take (MatchProblem::apart) costs kForbiddenCost.
    /// @return nothing if `stop` was requested
    [[nodiscard]] std::optional<std::vector<float>> costs(
        std::size_t task, std::span<const std::int32_t> pageList, const std::stop_token& stop);

    /// What one page adds to the cost in a slot, beside the slot's other tenants, in double; kForbiddenCost where it must not go.
    [[nodiscard]] double increase(std::size_t task, std::int32_t page, std::int32_t slot);
    /// What the cost would lose if a page that has a slot left it.
    [[nodiscard]] double removalGain(std::size_t task, std::int32_t page)
    {
        return increase(task, page, slotOf(task, page));
    }
    /// The whole cost, of this state's kind.
    [[nodiscard]] double cost() const;
    [[nodiscard]] std::int64_t exclusiveCount() const;
    /// Whether no page has a slot.
    [[nodiscard]] bool isEmpty() const;

private:
    /// Whether a page must be kept apart from one that the slot holds (MatchProblem::apart).
    [[nodiscard]] bool isForbidden(std::size_t task, std::int32_t page, std::int32_t slot) const;
    /// The sums over the tenants of a slot, [2 or 6] rows of pageSize values, `stride` apart.
    void sumTenants(std::int32_t slot, const Tenant* without, double* sums, std::size_t stride) const;
    void refresh(std::int32_t slot);
    [[nodiscard]] double increaseBeside(
        std::size_t task, std::int32_t page, const double* sums, std::size_t stride) const;

    const PageSet* m_pages;
    CostKind m_kind;
    std::unique_ptr<CostMatrix> m_matrix;
    SlotTables m_tables;
    std::vector<std::vector<Tenant>> m_tenants;
    std::vector<double> m_sums; ///< [2 or 6, slotCount, pageSize], as the backend's cost kernels read them
    std::vector<std::uint8_t> m_isStale; ///< of a slot: its sums must be made afresh
    std::vector<double> m_oneSlot; ///< sums of one slot without one tenant, [2 or 6, pageSize]
};

/// The tables as the rest of the program reads them: exclusive pages are numbered over all tasks, in task and page order.
[[nodiscard]] std::vector<PageTable> makePageTables(const SlotTables& tables);

} // namespace palimpsest
