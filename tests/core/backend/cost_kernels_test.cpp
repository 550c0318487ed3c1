// SPDX-License-Identifier: Apache-2.0
#include "core/backend/cpu_kernels.h"
#include "core/base/random.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace palimpsest {
namespace {

/// Slots with 0 to 3 tenants, and pages of a new task, some of whose Fisher is 0. Fisher spans 1e-11 to 1e2, as in real networks.
struct CostCase {
    std::int64_t pageCount, slotCount, pageSize;
    std::vector<std::vector<std::vector<float>>> tenantWeights, tenantFisher; // [slot][tenant][k]
    std::vector<float> weights, fisher; // of the new task

    CostCase(std::int64_t pages, std::int64_t slots, std::int64_t size, std::uint64_t seed)
        : pageCount(pages)
        , slotCount(slots)
        , pageSize(size)
        , tenantWeights(static_cast<std::size_t>(slots))
        , tenantFisher(static_cast<std::size_t>(slots))
    {
        Random random(seed);
        const auto fill = [&random](std::vector<float>& w, std::vector<float>& f, std::int64_t count) {
            for (std::int64_t n = 0; n < count; ++n) {
                w.push_back(static_cast<float>(0.1 * random.normal()));
                f.push_back(random.below(8) == 0
                        ? 0.0F
                        : static_cast<float>(std::pow(10.0, -11.0 + 13.0 * random.uniform())));
            }
        };
        for (std::size_t slot = 0; slot < tenantWeights.size(); ++slot) {
            const auto tenantCount = random.below(4);
            tenantWeights[slot].resize(tenantCount);
            tenantFisher[slot].resize(tenantCount);
            for (std::size_t u = 0; u < tenantCount; ++u)
                fill(tenantWeights[slot][u], tenantFisher[slot][u], size);
        }
        fill(weights, fisher, pages * size);
    }

    /// Sum `power of F` times `power of w` over the tenants with F > 0, [slotCount, pageSize].
    [[nodiscard]] std::vector<double> sums(int fisherPower, int weightPower) const
    {
        std::vector<double> result(static_cast<std::size_t>(slotCount * pageSize), 0.0);
        const auto size = static_cast<std::size_t>(pageSize);
        for (std::size_t slot = 0; slot < tenantWeights.size(); ++slot) {
            for (std::size_t u = 0; u < tenantWeights[slot].size(); ++u) {
                for (std::size_t k = 0; k < size; ++k) {
                    const double f = tenantFisher[slot][u][k];
                    if (f > 0.0)
                        result[slot * size + k] += std::pow(f, fisherPower)
                            * std::pow(double { tenantWeights[slot][u][k] }, weightPower);
                }
            }
        }
        return result;
    }

    /// sum_k of the terms that join() gives for the page and all tenants of the slot.
    template <class Join> [[nodiscard]] double cost(std::int64_t page, std::int64_t slot, Join join) const
    {
        double sum = 0.0;
        for (std::int64_t k = 0; k < pageSize; ++k) {
            std::vector<std::pair<double, double>> tenants;
            const auto s = static_cast<std::size_t>(slot);
            for (std::size_t u = 0; u < tenantWeights[s].size(); ++u)
                tenants.emplace_back(double { tenantFisher[s][u][static_cast<std::size_t>(k)] },
                    double { tenantWeights[s][u][static_cast<std::size_t>(k)] });
            const auto at = static_cast<std::size_t>(page * pageSize + k);
            sum += join(tenants, double { fisher[at] }, double { weights[at] });
        }
        return sum;
    }
};

using Tenants = std::vector<std::pair<double, double>>; // F, w

/// J_bary of a slot by its definition.
double barycentre(const Tenants& tenants)
{
    double s0 = 0.0;
    double s1 = 0.0;
    for (const auto& [f, w] : tenants) {
        s0 += f;
        s1 += f * w;
    }
    double cost = 0.0;
    for (const auto& [f, w] : tenants) {
        if (s0 > 0.0)
            cost += f * (w - s1 / s0) * (w - s1 / s0);
    }
    return cost;
}

double barycentreIncrease(const Tenants& tenants, double fisher, double weight)
{
    Tenants joined = tenants;
    joined.emplace_back(fisher, weight);
    return barycentre(joined) - barycentre(tenants);
}

double pairwiseIncrease(const Tenants& tenants, double fisher, double weight)
{
    double cost = 0.0;
    for (const auto& [f, w] : tenants) {
        if (f > 0.0 && fisher > 0.0)
            cost += (f + fisher) * (w - weight) * (w - weight);
    }
    return cost;
}

class CostKernels : public testing::TestWithParam<std::array<std::int64_t, 3>> { };

TEST_P(CostKernels, BarycentreIsTheIncreaseOfTheSlotsCost)
{
    const auto [pages, slots, size] = GetParam();
    const CostCase c(pages, slots, size, 5);
    const std::vector<double> sum0 = c.sums(1, 0);
    const std::vector<double> sum1 = c.sums(1, 1);
    std::vector<float> first;
    for (const CpuKernels& kernels : cpuKernels()) {
        std::vector<float> costs(static_cast<std::size_t>(pages * slots), -1.0F);
        kernels.barycentreCosts(
            sum0.data(), sum1.data(), c.weights.data(), c.fisher.data(), costs.data(), pages, slots, size);
        for (std::int64_t page = 0; page < pages; ++page) {
            for (std::int64_t slot = 0; slot < slots; ++slot) {
                const double expected = c.cost(page, slot, barycentreIncrease);
                // The plain difference above loses digits where a huge Fisher stands beside a tiny one.
                ASSERT_NEAR(
                    costs[static_cast<std::size_t>(page * slots + slot)], expected, 1e-5 * expected + 1e-12)
                    << kernels.name << " page " << page << " slot " << slot;
            }
        }
        if (first.empty())
            first = costs;
        EXPECT_EQ(costs, first) << kernels.name << ": every instruction set gives the same bits";
    }
}

TEST_P(CostKernels, PairwiseIsTheSumOverTheTenants)
{
    const auto [pages, slots, size] = GetParam();
    const CostCase c(pages, slots, size, 6);
    std::vector<double> sums;
    for (const auto& [fisherPower, weightPower] :
        { std::pair { 0, 0 }, { 0, 1 }, { 0, 2 }, { 1, 0 }, { 1, 1 }, { 1, 2 } }) {
        const std::vector<double> part = c.sums(fisherPower, weightPower);
        sums.insert(sums.end(), part.begin(), part.end());
    }
    std::vector<float> first;
    for (const CpuKernels& kernels : cpuKernels()) {
        std::vector<float> costs(static_cast<std::size_t>(pages * slots), -1.0F);
        kernels.pairwiseCosts(
            sums.data(), c.weights.data(), c.fisher.data(), costs.data(), pages, slots, size);
        for (std::int64_t page = 0; page < pages; ++page) {
            for (std::int64_t slot = 0; slot < slots; ++slot) {
                const double expected = c.cost(page, slot, pairwiseIncrease);
                ASSERT_NEAR(
                    costs[static_cast<std::size_t>(page * slots + slot)], expected, 1e-5 * expected + 1e-12)
                    << kernels.name << " page " << page << " slot " << slot;
            }
        }
        if (first.empty())
            first = costs;
        EXPECT_EQ(costs, first) << kernels.name << ": every instruction set gives the same bits";
    }
}

INSTANTIATE_TEST_SUITE_P(Shapes, CostKernels,
    testing::Values(std::array<std::int64_t, 3> { 1, 1, 1 }, std::array<std::int64_t, 3> { 5, 7, 3 },
        std::array<std::int64_t, 3> { 4, 32, 64 }, std::array<std::int64_t, 3> { 9, 33, 65 },
        std::array<std::int64_t, 3> { 6, 40, 100 }, std::array<std::int64_t, 3> { 3, 8, 200 }));

TEST(CostKernelsEdge, EmptySlotsAndZeroFisherCostNothing)
{
    const std::vector<double> sums(6 * 2 * 3, 0.0);
    const std::vector<float> weights { 1.0F, -2.0F, 3.0F };
    const std::vector<float> fisher { 0.0F, 1.0F, 1e-30F };
    for (const CpuKernels& kernels : cpuKernels()) {
        std::vector<float> costs(2, -1.0F);
        kernels.barycentreCosts(
            sums.data(), sums.data() + 6, weights.data(), fisher.data(), costs.data(), 1, 2, 3);
        EXPECT_EQ(costs, (std::vector<float> { 0.0F, 0.0F }));
        kernels.pairwiseCosts(sums.data(), weights.data(), fisher.data(), costs.data(), 1, 2, 3);
        EXPECT_EQ(costs, (std::vector<float> { 0.0F, 0.0F }));
    }
}

} // namespace
} // namespace palimpsest
