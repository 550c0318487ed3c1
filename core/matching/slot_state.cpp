// SPDX-License-Identifier: Apache-2.0
// Built with -O3 -ffp-contract=off in every configuration: see CMakeLists.txt.
#include "core/matching/slot_state.h"

#include <algorithm>
#include <utility>

namespace palimpsest {
namespace {

std::int64_t sumCount(CostKind kind)
{
    return kind == CostKind::Barycentre ? 2 : 6;
}

// Both add one page to the sums of its slot, whose rows lie `stride` apart. Plain loops, which the compiler turns into vectors.

void addBarycentre(const float* __restrict weights, const float* __restrict fisher, double* __restrict sum0,
    double* __restrict sum1, std::size_t size)
{
    for (std::size_t k = 0; k < size; ++k) {
        const double f = fisher[k];
        sum0[k] += f;
        sum1[k] += f * double { weights[k] };
    }
}

void addPairwise(const float* __restrict weights, const float* __restrict fisher, double* __restrict sums,
    std::size_t stride, std::size_t size)
{
    for (std::size_t k = 0; k < size; ++k) {
        const double f = fisher[k];
        const double counted = f > 0.0 ? 1.0 : 0.0;
        const double w = counted * double { weights[k] };
        sums[k] += counted;
        sums[stride + k] += w;
        sums[2 * stride + k] += w * w;
        sums[3 * stride + k] += f;
        sums[4 * stride + k] += f * w;
        sums[5 * stride + k] += f * w * w;
    }
}

} // namespace

SlotState::SlotState(const PageSet& pages, CostKind kind)
    : m_pages(&pages)
    , m_kind(kind)
    , m_matrix(makeCostMatrix(pages, kind))
    , m_tenants(static_cast<std::size_t>(pages.slotCount()))
    , m_sums(static_cast<std::size_t>(sumCount(kind) * pages.slotCount() * pages.pageSize()))
    , m_isStale(static_cast<std::size_t>(pages.slotCount()))
    , m_oneSlot(static_cast<std::size_t>(sumCount(kind) * pages.pageSize()))
{
    for (std::size_t t = 0; t < pages.taskCount(); ++t) {
        m_tables.emplace_back(static_cast<std::size_t>(pages.pageCount(t)), kExclusive);
        for (const std::int32_t page : pages.sharable(t))
            m_tables[t][static_cast<std::size_t>(page)] = kUnplaced;
    }
}

SlotState::SlotState(const PageSet& pages, CostKind kind, SlotTables tables)
    : SlotState(pages, kind)
{
    m_tables = std::move(tables);
    for (std::size_t t = 0; t < m_tables.size(); ++t) {
        for (std::size_t i = 0; i < m_tables[t].size(); ++i) {
            const std::int32_t slot = m_tables[t][i];
            if (slot < 0)
                continue;
            m_tenants[static_cast<std::size_t>(slot)].push_back(
                { static_cast<std::uint32_t>(t), static_cast<std::uint32_t>(i) });
            m_isStale[static_cast<std::size_t>(slot)] = 1;
        }
    }
}

void SlotState::move(std::size_t task, std::int32_t page, std::int32_t slot)
{
    const Tenant tenant { static_cast<std::uint32_t>(task), static_cast<std::uint32_t>(page) };
    std::int32_t& place = m_tables[task][static_cast<std::size_t>(page)];
    if (place >= 0) {
        auto& left = m_tenants[static_cast<std::size_t>(place)];
        left.erase(std::lower_bound(left.begin(), left.end(), tenant));
        m_isStale[static_cast<std::size_t>(place)] = 1;
    }
    place = slot;
    if (slot >= 0) {
        auto& joined = m_tenants[static_cast<std::size_t>(slot)];
        joined.insert(std::lower_bound(joined.begin(), joined.end(), tenant), tenant);
        m_isStale[static_cast<std::size_t>(slot)] = 1;
    }
}

void SlotState::sumTenants(std::int32_t slot, const Tenant* without, double* sums, std::size_t stride) const
{
    const auto size = static_cast<std::size_t>(m_pages->pageSize());
    for (std::int64_t kind = 0; kind < sumCount(m_kind); ++kind)
        std::fill_n(sums + static_cast<std::size_t>(kind) * stride, size, 0.0);
    for (const Tenant& tenant : tenants(slot)) {
        if (without != nullptr && tenant == *without)
            continue;
        const auto weights = m_pages->weights(tenant.task, static_cast<std::int32_t>(tenant.page));
        const auto fisher = m_pages->fisher(tenant.task, static_cast<std::int32_t>(tenant.page));
        if (m_kind == CostKind::Barycentre)
            addBarycentre(weights.data(), fisher.data(), sums, sums + stride, size);
        else
            addPairwise(weights.data(), fisher.data(), sums, stride, size);
    }
}

void SlotState::refresh(std::int32_t slot)
{
    const auto size = static_cast<std::size_t>(m_pages->pageSize());
    sumTenants(slot, nullptr, m_sums.data() + static_cast<std::size_t>(slot) * size, m_tenants.size() * size);
    m_isStale[static_cast<std::size_t>(slot)] = 0;
}

std::optional<std::vector<float>> SlotState::costs(
    std::size_t task, std::span<const std::int32_t> pageList, const std::stop_token& stop)
{
    const std::int64_t slotCount = m_pages->slotCount();
    for (std::int32_t slot = 0; slot < slotCount; ++slot) {
        if (m_isStale[static_cast<std::size_t>(slot)] != 0)
            refresh(slot);
    }
    std::vector<float> costs(pageList.size() * static_cast<std::size_t>(slotCount));
    if (!m_matrix->compute(task, pageList, m_sums, costs, stop))
        return std::nullopt;
    for (std::size_t n = 0; n < pageList.size(); ++n) {
        if (!m_pages->isApart(task, pageList[n]))
            continue;
        for (std::int32_t slot = 0; slot < slotCount; ++slot)
            if (isForbidden(task, pageList[n], slot))
                costs[n * static_cast<std::size_t>(slotCount) + static_cast<std::size_t>(slot)]
                    = kForbiddenCost;
    }
    return costs;
}

bool SlotState::isForbidden(std::size_t task, std::int32_t page, std::int32_t slot) const
{
    if (!m_pages->isApart(task, page))
        return false;
    const std::vector<Tenant>& others = tenants(slot);
    return std::any_of(others.begin(), others.end(), [&](const Tenant& other) {
        const auto otherPage = static_cast<std::int32_t>(other.page);
        return other.task == task && otherPage != page && m_pages->isApart(task, otherPage);
    });
}

double SlotState::increase(std::size_t task, std::int32_t page, std::int32_t slot)
{
    if (isForbidden(task, page, slot))
        return double { kForbiddenCost };
    const auto size = static_cast<std::size_t>(m_pages->pageSize());
    if (slotOf(task, page) == slot) {
        const Tenant self { static_cast<std::uint32_t>(task), static_cast<std::uint32_t>(page) };
        sumTenants(slot, &self, m_oneSlot.data(), size);
        return increaseBeside(task, page, m_oneSlot.data(), size);
    }
    if (m_isStale[static_cast<std::size_t>(slot)] != 0)
        refresh(slot);
    return increaseBeside(
        task, page, m_sums.data() + static_cast<std::size_t>(slot) * size, m_tenants.size() * size);
}

double SlotState::increaseBeside(
    std::size_t task, std::int32_t page, const double* sums, std::size_t stride) const
{
    const auto weights = m_pages->weights(task, page);
    const auto fisher = m_pages->fisher(task, page);
    double increase = 0.0;
    for (std::size_t k = 0; k < weights.size(); ++k) {
        const double f = fisher[k];
        const double w = weights[k];
        if (f <= 0.0)
            continue;
        if (m_kind == CostKind::Barycentre) {
            const double mass = sums[k];
            if (mass <= 0.0)
                continue;
            const double difference = w - sums[stride + k] / mass;
            increase += f * (mass / (mass + f)) * difference * difference;
        } else {
            increase += w * w * (f * sums[k] + sums[3 * stride + k])
                - 2.0 * w * (f * sums[stride + k] + sums[4 * stride + k])
                + (f * sums[2 * stride + k] + sums[5 * stride + k]);
        }
    }
    return std::max(increase, 0.0);
}

double SlotState::cost() const
{
    std::vector<TaskPages> tasks;
    for (std::size_t t = 0; t < m_pages->taskCount(); ++t)
        tasks.push_back(m_pages->taskPages(t));
    const auto cost = m_kind == CostKind::Barycentre ? barycentreCost : pairwiseCost;
    return cost(tasks, makePageTables(m_tables), m_pages->pageSize(), m_pages->slotCount());
}

std::int64_t SlotState::exclusiveCount() const
{
    std::int64_t count = 0;
    for (const std::vector<std::int32_t>& table : m_tables)
        count += std::count(table.begin(), table.end(), kExclusive);
    return count;
}

bool SlotState::isEmpty() const
{
    return std::all_of(
        m_tenants.begin(), m_tenants.end(), [](const std::vector<Tenant>& t) { return t.empty(); });
}

std::vector<PageTable> makePageTables(const SlotTables& tables)
{
    std::vector<PageTable> result;
    std::uint32_t nextExclusive = 0;
    for (const std::vector<std::int32_t>& table : tables) {
        PageTable& pageTable = result.emplace_back();
        for (const std::int32_t slot : table) {
            const bool isExclusive = slot < 0;
            pageTable.entries.push_back(
                { isExclusive, isExclusive ? nextExclusive++ : static_cast<std::uint32_t>(slot) });
        }
    }
    return result;
}

} // namespace palimpsest
