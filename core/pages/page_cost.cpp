// SPDX-License-Identifier: Apache-2.0
#include "core/pages/page_cost.h"

#include <algorithm>
#include <numeric>
#include <stdexcept>
#include <string>

namespace palimpsest {
namespace {

/// One page of a slot. `valid` is empty where all weights count.
struct Tenant {
    std::span<const float> weights;
    std::span<const float> fisher;
    std::span<const std::uint8_t> valid;
    [[nodiscard]] bool counts(std::size_t k) const { return valid.empty() || valid[k] != 0; }
};

/// The tenants of every slot, in the order of task and page.
class SlotTenants {
public:
    SlotTenants(std::span<const TaskPages> tasks, std::span<const PageTable> tables, std::int64_t pageSize,
        std::int64_t slotCount)
        : m_slots(static_cast<std::size_t>(slotCount))
    {
        require(pageSize > 0, "page size " + std::to_string(pageSize));
        require(tasks.size() == tables.size(),
            std::to_string(tables.size()) + " tables for " + std::to_string(tasks.size()) + " tasks");
        const auto size = static_cast<std::size_t>(pageSize);
        for (std::size_t t = 0; t < tasks.size(); ++t)
            addTask(tasks[t], tables[t], size, "task " + std::to_string(t) + ": ");
    }

    [[nodiscard]] const std::vector<std::vector<Tenant>>& slots() const { return m_slots; }

private:
    static void require(bool condition, const std::string& message)
    {
        if (!condition)
            throw std::invalid_argument("page cost: " + message);
    }

    void addTask(
        const TaskPages& task, const PageTable& table, std::size_t pageSize, const std::string& where)
    {
        const auto pageCount = static_cast<std::size_t>(task.pageCount);
        const std::size_t size = pageCount * pageSize;
        require(task.weights.size() == size && task.fisher.size() == size
                && (task.valid.empty() || task.valid.size() == size),
            where + "weights, Fisher or mask do not hold " + std::to_string(size) + " values");
        require(table.entries.size() == pageCount,
            where + std::to_string(table.entries.size()) + " table entries for " + std::to_string(pageCount)
                + " pages");
        for (std::size_t i = 0; i < pageCount; ++i) {
            const PageRef& entry = table.entries[i];
            if (entry.exclusive)
                continue;
            require(entry.index < m_slots.size(),
                where + "slot " + std::to_string(entry.index) + " is out of range");
            const std::size_t first = i * pageSize;
            m_slots[entry.index].push_back(
                { task.weights.subspan(first, pageSize), task.fisher.subspan(first, pageSize),
                    task.valid.empty() ? std::span<const std::uint8_t> {}
                                       : task.valid.subspan(first, pageSize) });
        }
    }

    std::vector<std::vector<Tenant>> m_slots;
};

double slotBarycentreCost(const std::vector<Tenant>& tenants, std::size_t pageSize)
{
    if (tenants.size() < 2)
        return 0.0;
    double cost = 0.0;
    for (std::size_t k = 0; k < pageSize; ++k) {
        double sum0 = 0.0;
        double sum1 = 0.0;
        for (const Tenant& tenant : tenants) {
            if (!tenant.counts(k))
                continue;
            sum0 += double { tenant.fisher[k] };
            sum1 += double { tenant.fisher[k] } * double { tenant.weights[k] };
        }
        if (sum0 <= 0.0)
            continue;
        const double centre = sum1 / sum0;
        for (const Tenant& tenant : tenants) {
            if (!tenant.counts(k))
                continue;
            const double difference = double { tenant.weights[k] } - centre;
            cost += double { tenant.fisher[k] } * difference * difference;
        }
    }
    return cost;
}

/// The sum over all pairs of n tenants in n steps: with x = w - mean(w), so that sum x = 0,
///     sum over pairs (F_t + F_u)(w_t - w_u)^2 = n sum F x^2 + sum F sum x^2,
/// where nothing cancels.
double slotPairwiseCost(const std::vector<Tenant>& tenants, std::size_t pageSize)
{
    if (tenants.size() < 2)
        return 0.0;
    double cost = 0.0;
    for (std::size_t k = 0; k < pageSize; ++k) {
        const auto isCounted
            = [k](const Tenant& tenant) { return tenant.counts(k) && tenant.fisher[k] > 0.0F; };
        double count = 0.0;
        double weightSum = 0.0;
        for (const Tenant& tenant : tenants) {
            if (isCounted(tenant)) {
                count += 1.0;
                weightSum += double { tenant.weights[k] };
            }
        }
        if (count < 2.0)
            continue;
        const double mean = weightSum / count;
        double fisherSum = 0.0;
        double squareSum = 0.0;
        double fisherSquareSum = 0.0;
        for (const Tenant& tenant : tenants) {
            if (!isCounted(tenant))
                continue;
            const double fisher = tenant.fisher[k];
            const double x = double { tenant.weights[k] } - mean;
            fisherSum += fisher;
            squareSum += x * x;
            fisherSquareSum += fisher * x * x;
        }
        cost += count * fisherSquareSum + fisherSum * squareSum;
    }
    return cost;
}

/// The value of one position of a slot.
float mergedValue(const std::vector<Tenant>& tenants, std::size_t k, PageValue value)
{
    double fisherSum = 0.0;
    double fisherWeightSum = 0.0;
    double weightSum = 0.0;
    double count = 0.0;
    float last = 0.0F;
    for (const Tenant& tenant : tenants) {
        if (!tenant.counts(k))
            continue;
        const double fisher = tenant.fisher[k];
        last = tenant.weights[k];
        fisherSum += fisher;
        fisherWeightSum += fisher * double { last };
        weightSum += double { last };
        count += 1.0;
    }
    if (count == 0.0 || value == PageValue::Last)
        return last;
    if (value == PageValue::Mean || fisherSum <= 0.0)
        return static_cast<float>(weightSum / count);
    return static_cast<float>(fisherWeightSum / fisherSum);
}

} // namespace

std::vector<double> slotCosts(std::span<const TaskPages> tasks, std::span<const PageTable> tables,
    std::int64_t pageSize, std::int64_t slotCount)
{
    const SlotTenants tenants(tasks, tables, pageSize, slotCount);
    std::vector<double> costs;
    costs.reserve(tenants.slots().size());
    for (const std::vector<Tenant>& slot : tenants.slots())
        costs.push_back(slotBarycentreCost(slot, static_cast<std::size_t>(pageSize)));
    return costs;
}

double barycentreCost(std::span<const TaskPages> tasks, std::span<const PageTable> tables,
    std::int64_t pageSize, std::int64_t slotCount)
{
    const std::vector<double> costs = slotCosts(tasks, tables, pageSize, slotCount);
    return std::accumulate(costs.begin(), costs.end(), 0.0);
}

double pairwiseCost(std::span<const TaskPages> tasks, std::span<const PageTable> tables,
    std::int64_t pageSize, std::int64_t slotCount)
{
    const SlotTenants tenants(tasks, tables, pageSize, slotCount);
    double cost = 0.0;
    for (const std::vector<Tenant>& slot : tenants.slots())
        cost += slotPairwiseCost(slot, static_cast<std::size_t>(pageSize));
    return cost;
}

std::vector<float> mergePages(std::span<const TaskPages> tasks, std::span<const PageTable> tables,
    std::int64_t pageSize, std::int64_t slotCount, PageValue value)
{
    const SlotTenants tenants(tasks, tables, pageSize, slotCount);
    const auto size = static_cast<std::size_t>(pageSize);
    std::vector<float> pool(tenants.slots().size() * size);
    for (std::size_t slot = 0; slot < tenants.slots().size(); ++slot) {
        for (std::size_t k = 0; k < size; ++k)
            pool[slot * size + k] = mergedValue(tenants.slots()[slot], k, value);
    }
    return pool;
}

} // namespace palimpsest
