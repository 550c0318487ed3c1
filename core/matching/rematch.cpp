// SPDX-License-Identifier: Apache-2.0
#include "core/matching/rematch.h"

#include "core/backend/assignment.h"

#include <algorithm>
#include <cmath>

namespace palimpsest {
namespace {

using PageList = std::vector<std::int32_t>;

/// Gives every page of the list, none of which has a slot now, a slot of its own (or makes it exclusive for the price).
/// @param old  the places that the pages had, kept where new ones are no better; or empty
[[nodiscard]] bool assignPages(SlotState& state, std::size_t task, const PageList& list,
    const std::vector<std::int32_t>& old, double price, const std::stop_token& stop)
{
    const std::int64_t slotCount = state.pages().slotCount();
    const auto count = static_cast<std::int64_t>(list.size());
    const auto restore = [&] {
        for (std::size_t n = 0; n < old.size(); ++n)
            state.move(task, list[n], old[n]);
        return false;
    };
    const std::optional<std::vector<float>> costs = state.costs(task, list, stop);
    if (!costs)
        return restore();
    const bool isPriced = std::isfinite(price);
    const std::optional<std::vector<std::int32_t>> columns = isPriced
        ? assignPriced(*costs, count, slotCount, price, stop)
        : assign(*costs, count, slotCount, stop);
    if (!columns)
        return restore();
    const auto costOf = [&](std::size_t n, std::int32_t place) {
        return place < 0
            ? price
            : double { (*costs)[n * static_cast<std::size_t>(slotCount) + static_cast<std::size_t>(place)] };
    };
    double gain = 0.0;
    for (std::size_t n = 0; n < old.size(); ++n)
        gain += costOf(n, old[n]) - costOf(n, (*columns)[n]);
    if (!old.empty() && gain <= 0.0) { // equally good tables must not take turns
        (void)restore();
        return true;
    }
    for (std::size_t n = 0; n < list.size(); ++n)
        state.move(task, list[n], (*columns)[n] == kUnassigned ? kExclusive : (*columns)[n]);
    return true;
}

[[nodiscard]] bool reassignPages(
    SlotState& state, std::size_t task, const PageList& list, double price, const std::stop_token& stop)
{
    std::vector<std::int32_t> old;
    for (const std::int32_t page : list) {
        old.push_back(state.slotOf(task, page));
        state.move(task, page, kUnplaced);
    }
    return assignPages(state, task, list, old, price, stop);
}

/// The pages of a task that matching may move, in sets that use each slot at most once and hold at most slotCount pages: first
/// the first page of each slot, then the second, ...; exclusive ones fill up the sets.
std::vector<PageList> splitBySlot(const SlotState& state, std::size_t task, bool withExclusive)
{
    std::vector<std::size_t> used(static_cast<std::size_t>(state.pages().slotCount()), 0);
    std::vector<PageList> sets;
    PageList exclusive;
    for (const std::int32_t page : state.pages().sharable(task)) {
        const std::int32_t slot = state.slotOf(task, page);
        if (slot < 0) {
            if (withExclusive)
                exclusive.push_back(page);
            continue;
        }
        const std::size_t turn = used[static_cast<std::size_t>(slot)]++;
        if (turn == sets.size())
            sets.emplace_back();
        sets[turn].push_back(page);
    }
    std::size_t next = 0;
    for (const std::int32_t page : exclusive) {
        while (next < sets.size() && sets[next].size() >= used.size())
            ++next;
        if (next == sets.size())
            sets.emplace_back();
        sets[next].push_back(page);
    }
    return sets;
}

/// Moves single pages of a task to where they cost least, by their true gain.
///
/// No slot takes more than ceil(p / M) pages of the task, as the rounds of placeTask() already see to: pages that matter little would
/// otherwise pile up in one slot, which costs nothing by the Fisher information but ties their weights together for all of the
/// training that follows.
class SingleMoves {
public:
    SingleMoves(SlotState& state, std::size_t task, double price)
        : m_state(state)
        , m_task(task)
        , m_price(price)
        , m_isChanged(static_cast<std::size_t>(state.pages().slotCount()), 0)
        , m_ownPages(m_isChanged.size(), 0)
        , m_mostOwn((state.pages().sharable(task).size() + m_isChanged.size() - 1) / m_isChanged.size())
    {
        for (const std::int32_t page : state.pages().sharable(task)) {
            if (const std::int32_t slot = state.slotOf(task, page); slot >= 0)
                ++m_ownPages[static_cast<std::size_t>(slot)];
        }
    }

    [[nodiscard]] bool run(const std::stop_token& stop)
    {
        const PageList& pages = m_state.pages().sharable(m_task);
        for (std::size_t first = 0; first < pages.size(); first += kBlock) {
            const auto block = std::span(pages).subspan(first, std::min(kBlock, pages.size() - first));
            std::optional<std::vector<float>> costs = m_state.costs(m_task, block, stop);
            if (!costs)
                return false;
            const std::size_t slotCount = m_isChanged.size();
            for (std::size_t n = 0; n < block.size(); ++n)
                movePage(block[n], std::span(*costs).subspan(n * slotCount, slotCount));
            for (const std::int32_t slot : m_changed)
                m_isChanged[static_cast<std::size_t>(slot)] = 0;
            m_changed.clear();
        }
        return true;
    }

private:
    /// Pages whose costs are computed together. Those of a slot that changes meanwhile are computed again.
    static constexpr std::size_t kBlock = 64;

    /// @param costs  what the page would add in each slot, but for its own (it is itself among the tenants) and changed ones
    void movePage(std::int32_t page, std::span<float> costs)
    {
        const std::int32_t here = m_state.slotOf(m_task, page);
        if (here < 0 && !std::isfinite(m_price))
            return;
        const double now = here < 0 ? m_price : m_state.removalGain(m_task, page);
        for (const std::int32_t slot : m_changed)
            costs[static_cast<std::size_t>(slot)] = static_cast<float>(m_state.increase(m_task, page, slot));
        for (std::size_t slot = 0; slot < costs.size(); ++slot) {
            if (m_ownPages[slot] >= m_mostOwn || static_cast<std::int32_t>(slot) == here)
                costs[slot] = std::numeric_limits<float>::infinity();
        }
        const auto cheapest = std::min_element(costs.begin(), costs.end());
        std::int32_t target = static_cast<std::int32_t>(cheapest - costs.begin());
        double then = std::isfinite(*cheapest) ? m_state.increase(m_task, page, target)
                                               : std::numeric_limits<double>::infinity();
        if (here >= 0 && m_price < then) {
            target = kExclusive;
            then = m_price;
        }
        if (!(then < now))
            return;
        m_state.move(m_task, page, target);
        if (here >= 0)
            --m_ownPages[static_cast<std::size_t>(here)];
        if (target >= 0)
            ++m_ownPages[static_cast<std::size_t>(target)];
        for (const std::int32_t slot : { here, target }) {
            if (slot >= 0 && m_isChanged[static_cast<std::size_t>(slot)] == 0) {
                m_isChanged[static_cast<std::size_t>(slot)] = 1;
                m_changed.push_back(slot);
            }
        }
    }

    SlotState& m_state;
    std::size_t m_task;
    double m_price;
    std::vector<std::uint8_t> m_isChanged; ///< of a slot, since the costs of the block were computed
    std::vector<std::size_t> m_ownPages; ///< of a slot: the task's pages in it
    std::size_t m_mostOwn; ///< pages of the task that one slot may take
    PageList m_changed;
};

} // namespace

bool placeTask(SlotState& state, std::size_t task, const std::stop_token& stop)
{
    const PageList& pages = state.pages().sharable(task);
    const auto slotCount = static_cast<std::size_t>(state.pages().slotCount());
    const std::size_t rounds = (pages.size() + slotCount - 1) / slotCount;
    for (std::size_t round = 0; round < rounds; ++round) {
        const auto first = pages.begin() + static_cast<std::ptrdiff_t>(round * pages.size() / rounds);
        const auto last = pages.begin() + static_cast<std::ptrdiff_t>((round + 1) * pages.size() / rounds);
        if (state.isEmpty()) { // every table costs nothing: take the one that is easy to read
            for (auto page = first; page != last; ++page)
                state.move(task, *page, static_cast<std::int32_t>(page - first));
        } else if (!assignPages(state, task, PageList(first, last), {}, kNoPrice, stop)) {
            return false;
        }
    }
    return true;
}

bool rematchTask(SlotState& state, std::size_t task, double price, const std::stop_token& stop)
{
    const bool isPriced = std::isfinite(price);
    if (!state.pages().repeatsSlots(task)) {
        PageList list;
        for (const std::int32_t page : state.pages().sharable(task)) {
            if (isPriced || state.slotOf(task, page) >= 0)
                list.push_back(page);
        }
        return reassignPages(state, task, list, price, stop);
    }
    for (const PageList& list : splitBySlot(state, task, isPriced)) {
        if (list.size() > 1
            && !reassignPages(state, task, list, price, stop)) // one page alone: a single move
            return false;
    }
    return SingleMoves(state, task, price).run(stop);
}

} // namespace palimpsest
