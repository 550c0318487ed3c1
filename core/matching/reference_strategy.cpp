// SPDX-License-Identifier: Apache-2.0
#include "core/base/random.h"
#include "core/base/units.h"
#include "core/backend/backend.h"
#include "core/matching/strategy.h"

#include <algorithm>
#include <limits>
#include <numeric>

namespace palimpsest {
namespace {

constexpr double kContentDeviation = 0.01; // N:327

/// The greedy matching of one pool, task after task (N:618-698, tf_operation.cu:293-489), without its bugs: no race in the
/// minimum, and padding never counts.
class ReferenceGreedy {
public:
    explicit ReferenceGreedy(const StrategyInput& input)
        : m_input(input)
        , m_pageSize(static_cast<std::size_t>(input.pages.pageSize()))
        , m_contents(static_cast<std::size_t>(input.pages.slotCount()) * m_pageSize)
        , m_fisher(m_contents.size(), 0.0)
        , m_tenantCount(static_cast<std::size_t>(input.pages.slotCount()), 0)
        , m_backend(makeCpuBackend())
    {
        Random random(input.seed);
        for (float& value : m_contents)
            value = static_cast<float>(kContentDeviation * random.normal());
    }

    /// @return slot of each page of the task; nothing if the job was canceled
    [[nodiscard]] std::optional<std::vector<std::int32_t>> matchTask(std::size_t task)
    {
        std::vector<std::int32_t> table(static_cast<std::size_t>(m_input.pages.pageCount(task)), kExclusive);
        std::vector<std::int32_t> left = m_input.pages.sharable(task);
        if (task == 0) {
            for (std::size_t n = 0; n < left.size(); ++n)
                table[static_cast<std::size_t>(left[n])] = static_cast<std::int32_t>(n);
        } else if (!matchByOccupancy(task, left, table)) {
            return std::nullopt;
        }
        settle(task, table);
        return table;
    }

private:
    struct Ranked {
        std::int32_t index = 0; ///< slot or page
        double mass = 0.0; ///< sum of its Fisher
    };

    static void sortByMass(std::vector<Ranked>& list)
    {
        std::stable_sort(
            list.begin(), list.end(), [](const Ranked& a, const Ranked& b) { return a.mass > b.mass; });
    }

    /// Slots with the fewest tenants first.
    [[nodiscard]] bool matchByOccupancy(
        std::size_t task, std::vector<std::int32_t>& left, std::vector<std::int32_t>& table) const
    {
        std::vector<Ranked> pages;
        for (const std::int32_t page : left) {
            const auto fisher = m_input.pages.fisher(task, page);
            pages.push_back({ page, std::accumulate(fisher.begin(), fisher.end(), 0.0) });
        }
        sortByMass(pages);
        const int most = *std::max_element(m_tenantCount.begin(), m_tenantCount.end());
        for (int occupancy = 0; occupancy <= most && !pages.empty(); ++occupancy) {
            std::vector<Ranked> slots = slotsWith(occupancy);
            if (slots.empty())
                continue;
            std::vector<Ranked> now = pages;
            if (slots.size() < now.size())
                now.resize(slots.size());
            else
                slots.erase(slots.begin(), slots.end() - static_cast<std::ptrdiff_t>(now.size()));
            pages.erase(pages.begin(), pages.begin() + static_cast<std::ptrdiff_t>(now.size()));
            if (!matchLevel(task, now, slots, table))
                return false;
        }
        return true;
    }

    [[nodiscard]] std::vector<Ranked> slotsWith(int occupancy) const
    {
        std::vector<Ranked> slots;
        for (std::size_t slot = 0; slot < m_tenantCount.size(); ++slot) {
            if (m_tenantCount[slot] != occupancy)
                continue;
            const auto first = m_fisher.begin() + static_cast<std::ptrdiff_t>(slot * m_pageSize);
            slots.push_back({ static_cast<std::int32_t>(slot),
                std::accumulate(first, first + static_cast<std::ptrdiff_t>(m_pageSize), 0.0) });
        }
        sortByMass(slots);
        return slots;
    }

    /// Always the unmatched page or slot with the largest Fisher sum takes its cheapest partner. Both lists are as long, and sorted.
    [[nodiscard]] bool matchLevel(std::size_t task, const std::vector<Ranked>& pages,
        const std::vector<Ranked>& slots, std::vector<std::int32_t>& table) const
    {
        const std::size_t count = pages.size();
        const std::optional<std::vector<float>> costs = levelCosts(task, pages, slots);
        if (!costs)
            return false;
        std::vector<std::uint8_t> pageDone(count, 0);
        std::vector<std::uint8_t> slotDone(count, 0);
        std::size_t nextPage = 0;
        std::size_t nextSlot = 0;
        for (std::size_t n = 0; n < count; ++n) {
            while (pageDone[nextPage] != 0)
                ++nextPage;
            while (slotDone[nextSlot] != 0)
                ++nextSlot;
            std::size_t page = nextPage;
            std::size_t slot = nextSlot;
            float least = std::numeric_limits<float>::infinity();
            if (pages[nextPage].mass >= slots[nextSlot].mass) {
                for (std::size_t j = 0; j < count; ++j) {
                    if (slotDone[j] == 0 && (*costs)[page * count + j] < least) {
                        least = (*costs)[page * count + j];
                        slot = j;
                    }
                }
            } else {
                for (std::size_t i = 0; i < count; ++i) {
                    if (pageDone[i] == 0 && (*costs)[i * count + slot] < least) {
                        least = (*costs)[i * count + slot];
                        page = i;
                    }
                }
            }
            pageDone[page] = 1;
            slotDone[slot] = 1;
            table[static_cast<std::size_t>(pages[page].index)] = slots[slot].index;
        }
        return true;
    }

    /// C(p, i) = sum_k [Fs > 0][F > 0] (Fs + F)(Ws - w)^2: the pairwise increase beside one tenant that has the summed Fisher Fs and
    /// the slot's present contents Ws. [pages, slots]
    [[nodiscard]] std::optional<std::vector<float>> levelCosts(
        std::size_t task, const std::vector<Ranked>& pages, const std::vector<Ranked>& slots) const
    {
        const std::size_t size = slots.size() * m_pageSize;
        std::vector<double> sums(6 * size, 0.0);
        for (std::size_t s = 0; s < slots.size(); ++s) {
            for (std::size_t k = 0; k < m_pageSize; ++k) {
                const std::size_t from = static_cast<std::size_t>(slots[s].index) * m_pageSize + k;
                const std::size_t to = s * m_pageSize + k;
                const double f = m_fisher[from];
                if (f <= 0.0)
                    continue;
                const double w = m_contents[from];
                sums[to] = 1.0;
                sums[size + to] = w;
                sums[2 * size + to] = w * w;
                sums[3 * size + to] = f;
                sums[4 * size + to] = f * w;
                sums[5 * size + to] = f * w * w;
            }
        }
        std::vector<std::int32_t> pageList;
        for (const Ranked& page : pages)
            pageList.push_back(page.index);
        const auto slotCount = static_cast<std::int64_t>(slots.size());
        const std::int64_t pageSize = m_input.pages.pageSize();
        std::vector<float> costs(pages.size() * slots.size());
        const bool isDone
            = m_input.pages.visitBlocks(task, pageList, slotCount * pageSize, m_input.context.stopToken(),
                [&](std::int64_t first, std::int64_t count, const float* weights, const float* fisher) {
                    m_backend->pairwiseCosts(sums.data(), weights, fisher, costs.data() + first * slotCount,
                        count, slotCount, pageSize, nullptr);
                });
        if (!isDone)
            return std::nullopt;
        return costs;
    }

    void settle(std::size_t task, const std::vector<std::int32_t>& table)
    {
        for (const std::int32_t page : m_input.pages.sharable(task)) {
            const auto slot = static_cast<std::size_t>(table[static_cast<std::size_t>(page)]);
            const auto fisher = m_input.pages.fisher(task, page);
            for (std::size_t k = 0; k < m_pageSize; ++k)
                m_fisher[slot * m_pageSize + k] += double { fisher[k] };
            ++m_tenantCount[slot];
        }
    }

    const StrategyInput& m_input;
    std::size_t m_pageSize;
    std::vector<float>
        m_contents; ///< Ws: stays noise, as the references write no page before the first optimisation
    std::vector<double> m_fisher; ///< Fs: sum over the tenants
    std::vector<int> m_tenantCount;
    std::unique_ptr<Backend> m_backend;
};

class ReferenceStrategy final : public Strategy {
public:
    [[nodiscard]] Result<StrategyResult> match(const StrategyInput& input) const override
    {
        const std::size_t taskCount = input.pages.taskCount();
        for (std::size_t t = 0; t < taskCount; ++t) {
            if (!input.pages.repeatsSlots(t))
                continue;
            const auto pageCount = static_cast<std::int64_t>(input.pages.sharable(t).size());
            return badInput(
                "matching strategy \"reference\" gives every page of a task a slot of its own, but "
                    + taskName(input.problem, t) + " has " + formatCount(pageCount) + " sharable pages for "
                    + formatCount(input.pages.slotCount()) + " slots; give the pool " + formatCount(pageCount)
                    + " slots or choose strategy \"descent\"",
                "matching.strategy");
        }
        ReferenceGreedy greedy(input);
        StrategyResult result;
        for (std::size_t t = 0; t < taskCount; ++t) {
            input.context.setProgress(
                static_cast<double>(t) / static_cast<double>(taskCount), taskName(input.problem, t));
            std::optional<std::vector<std::int32_t>> table = greedy.matchTask(t);
            if (!table)
                return canceled();
            result.tables.push_back(std::move(*table));
        }
        return result;
    }
};

} // namespace

std::unique_ptr<Strategy> makeReferenceStrategy()
{
    return std::make_unique<ReferenceStrategy>();
}

} // namespace palimpsest
