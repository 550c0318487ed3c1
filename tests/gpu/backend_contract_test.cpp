// SPDX-License-Identifier: Apache-2.0
#include "tests/gpu/backend_contract.h"

#include <cmath>
#include <stdexcept>
#include <string>
#include <typeinfo>
#include <vector>

namespace palimpsest {
namespace {

std::vector<float> plainGather(const std::vector<float>& pool, const std::vector<float>& exclusive,
    const std::vector<std::uint32_t>& codes, const PageCase& size)
{
    std::vector<float> image;
    for (const std::uint32_t code : codes) {
        const bool shared = code < size.slotCount;
        const std::vector<float>& source = shared ? pool : exclusive;
        const std::int64_t page = shared ? code : code - size.slotCount;
        for (std::int64_t k = 0; k < size.pageSize; ++k)
            image.push_back(source[static_cast<std::size_t>(page * size.pageSize + k)]);
    }
    return image;
}

TEST_P(BackendContract, KnowsItsName)
{
    EXPECT_EQ(m_backend->name(), GetParam());
}

TEST_P(BackendContract, GathersSharedAndExclusivePages)
{
    for (const PageCase& size : kPageCases) {
        for (const std::size_t offset : { 0U, 1U }) { // 1: no pointer is aligned for wide loads
            SCOPED_TRACE(std::to_string(size.pageCount) + " pages of " + std::to_string(size.pageSize)
                + ", offset " + std::to_string(offset));
            const auto pool = randomFloats(m_random, sizeOf(size.slotCount, size.pageSize));
            const auto exclusive = randomFloats(m_random, sizeOf(size.exclusiveCount, size.pageSize));
            const auto codes = randomCodes(m_random, size.pageCount, size.slotCount + size.exclusiveCount);
            const auto devicePool = put(pool, Level::Device, offset);
            const auto deviceExclusive = put(exclusive, Level::Pinned, offset);
            const auto deviceCodes = put(codes);
            const auto image = put(
                std::vector<float>(sizeOf(size.pageCount, size.pageSize), kPoison), Level::Device, offset);
            m_backend->gather(devicePool.data(), deviceExclusive.data(), deviceCodes.data(), image.data(),
                size.pageCount, size.pageSize, size.slotCount, nullptr);
            EXPECT_EQ(image.values(), plainGather(pool, exclusive, codes, size));
            EXPECT_TRUE(image.guardsAreWhole());
        }
    }
}

TEST_P(BackendContract, ScatterAddSumsRepeatedSlotsInTheOrderOfThePages)
{
    for (const PageCase& size : kPageCases) {
        SCOPED_TRACE(std::to_string(size.pageCount) + " pages of " + std::to_string(size.pageSize));
        const auto image = randomFloats(m_random, sizeOf(size.pageCount, size.pageSize));
        const auto codes = randomCodes(m_random, size.pageCount, size.slotCount + size.exclusiveCount);
        auto pool = randomFloats(m_random, sizeOf(size.slotCount, size.pageSize));
        auto exclusive = randomFloats(m_random, sizeOf(size.exclusiveCount, size.pageSize));
        const auto deviceImage = put(image);
        const auto deviceCodes = put(codes);
        const auto devicePool = put(pool);
        const auto deviceExclusive = put(exclusive);
        m_backend->scatterAdd(deviceImage.data(), deviceCodes.data(), devicePool.data(),
            deviceExclusive.data(), size.pageCount, size.pageSize, size.slotCount, nullptr);

        for (std::int64_t page = 0; page < size.pageCount; ++page) {
            const std::uint32_t code = codes[static_cast<std::size_t>(page)];
            std::vector<float>& target = code < size.slotCount ? pool : exclusive;
            const std::int64_t place = code < size.slotCount ? code : code - size.slotCount;
            for (std::int64_t k = 0; k < size.pageSize; ++k)
                target[static_cast<std::size_t>(place * size.pageSize + k)]
                    += image[static_cast<std::size_t>(page * size.pageSize + k)];
        }
        EXPECT_EQ(devicePool.values(), pool) << "bit for bit: the order of the sums is part of the contract";
        EXPECT_EQ(deviceExclusive.values(), exclusive);
        EXPECT_TRUE(devicePool.guardsAreWhole() && deviceExclusive.guardsAreWhole());
    }
}

TEST_P(BackendContract, ScatterAddIsTheTransposeOfGather)
{
    const PageCase size { 57, 128, 11, 4 };
    const auto pool = randomFloats(m_random, sizeOf(size.slotCount, size.pageSize));
    const auto exclusive = randomFloats(m_random, sizeOf(size.exclusiveCount, size.pageSize));
    const auto direction = randomFloats(m_random, sizeOf(size.pageCount, size.pageSize));
    const auto codes = put(randomCodes(m_random, size.pageCount, size.slotCount + size.exclusiveCount));
    const auto devicePool = put(pool);
    const auto deviceExclusive = put(exclusive);
    const auto image = put(std::vector<float>(direction.size(), kPoison));
    m_backend->gather(devicePool.data(), deviceExclusive.data(), codes.data(), image.data(), size.pageCount,
        size.pageSize, size.slotCount, nullptr);
    const auto poolGradient = put(std::vector<float>(pool.size(), 0.0F));
    const auto exclusiveGradient = put(std::vector<float>(exclusive.size(), 0.0F));
    const auto deviceDirection = put(direction);
    m_backend->scatterAdd(deviceDirection.data(), codes.data(), poolGradient.data(), exclusiveGradient.data(),
        size.pageCount, size.pageSize, size.slotCount, nullptr);

    const auto dot = [](const std::vector<float>& a, const std::vector<float>& b) {
        double sum = 0.0;
        for (std::size_t i = 0; i < a.size(); ++i)
            sum += static_cast<double>(a[i]) * static_cast<double>(b[i]);
        return sum;
    };
    const double forward = dot(image.values(), direction);
    const double backward = dot(pool, poolGradient.values()) + dot(exclusive, exclusiveGradient.values());
    EXPECT_NEAR(forward, backward, 1e-3);
}

/// Tenants of each slot as plain pages, and the pages that want to join.
struct CostCase {
    std::int64_t pageCount, slotCount, pageSize;
    std::vector<std::vector<std::pair<std::vector<float>, std::vector<float>>>>
        tenants; ///< [slot][tenant]: weights, Fisher
    std::vector<float> weights, fisher;
};

/// Fisher values over eight decades, a third of them 0; slot 0 has no tenant.
CostCase randomCostCase(
    std::mt19937& random, std::int64_t pageCount, std::int64_t slotCount, std::int64_t pageSize)
{
    CostCase result { pageCount, slotCount, pageSize, {}, {}, {} };
    const auto fisherValues = [&](std::size_t count) {
        auto values = randomFloats(random, count, -8.0F, 4.0F);
        for (float& value : values)
            value = value > 0.0F ? 0.0F : std::pow(10.0F, value);
        return values;
    };
    result.weights = randomFloats(random, sizeOf(pageCount, pageSize));
    result.fisher = fisherValues(result.weights.size());
    for (std::int64_t slot = 0; slot < slotCount; ++slot) {
        auto& tenants = result.tenants.emplace_back();
        for (std::int64_t tenant = 0; tenant < slot % 4; ++tenant) {
            const auto count = static_cast<std::size_t>(pageSize);
            tenants.emplace_back(randomFloats(random, count), fisherValues(count));
        }
    }
    return result;
}

TEST_P(BackendContract, BarycentreCostsAreTheRiseOfTheQuadraticLoss)
{
    const std::int64_t sizes[][3] { { 0, 3, 64 }, { 3, 0, 64 }, { 1, 1, 1 }, { 17, 31, 33 }, { 40, 33, 100 },
        { 3, 5, 1000 } };
    for (const auto& [pageCount, slotCount, pageSize] : sizes) {
        SCOPED_TRACE(
            std::to_string(pageCount) + " x " + std::to_string(slotCount) + " x " + std::to_string(pageSize));
        const CostCase given = randomCostCase(m_random, pageCount, slotCount, pageSize);
        std::vector<double> sum0(sizeOf(slotCount, pageSize));
        std::vector<double> sum1(sum0.size());
        std::vector<double> expected(sizeOf(pageCount, slotCount));
        for (std::int64_t slot = 0; slot < slotCount; ++slot) {
            for (std::int64_t k = 0; k < pageSize; ++k) {
                double s0 = 0.0;
                double s1 = 0.0;
                double s2 = 0.0;
                for (const auto& [weights, fisher] : given.tenants[static_cast<std::size_t>(slot)]) {
                    const double w = weights[static_cast<std::size_t>(k)];
                    const double f = fisher[static_cast<std::size_t>(k)];
                    s0 += f;
                    s1 += f * w;
                    s2 += f * w * w;
                }
                sum0[static_cast<std::size_t>(slot * pageSize + k)] = s0;
                sum1[static_cast<std::size_t>(slot * pageSize + k)] = s1;
                // By the definition: the spread about the barycentre with the page, less the spread without
                // it.
                const auto spread = [](double whole, double first, double second, double centre) {
                    return second - 2.0 * centre * first + centre * centre * whole;
                };
                for (std::int64_t page = 0; page < pageCount; ++page) {
                    const double w = given.weights[static_cast<std::size_t>(page * pageSize + k)];
                    const double f = given.fisher[static_cast<std::size_t>(page * pageSize + k)];
                    const double before = s0 > 0.0 ? spread(s0, s1, s2, s1 / s0) : 0.0;
                    const double centre = s0 + f > 0.0 ? (s1 + f * w) / (s0 + f) : 0.0;
                    const double after = spread(s0 + f, s1 + f * w, s2 + f * w * w, centre);
                    expected[static_cast<std::size_t>(page * slotCount + slot)] += after - before;
                }
            }
        }
        const auto deviceSum0 = put(sum0);
        const auto deviceSum1 = put(sum1);
        const auto weights = put(given.weights);
        const auto fisher = put(given.fisher);
        const auto cost = put(std::vector<float>(expected.size(), kPoison));
        m_backend->barycentreCosts(deviceSum0.data(), deviceSum1.data(), weights.data(), fisher.data(),
            cost.data(), pageCount, slotCount, pageSize, nullptr);
        const std::vector<float> values = cost.values();
        for (std::size_t i = 0; i < values.size(); ++i)
            EXPECT_NEAR(values[i], expected[i], 1e-6 * expected[i] + 1e-12) << "element " << i;
        EXPECT_TRUE(cost.guardsAreWhole());
    }
}

TEST_P(BackendContract, PairwiseCostsSumOverTheTenants)
{
    const std::int64_t sizes[][3] { { 0, 3, 64 }, { 3, 0, 64 }, { 1, 1, 1 }, { 17, 31, 33 }, { 40, 33, 100 },
        { 3, 5, 1000 } };
    for (const auto& [pageCount, slotCount, pageSize] : sizes) {
        SCOPED_TRACE(
            std::to_string(pageCount) + " x " + std::to_string(slotCount) + " x " + std::to_string(pageSize));
        const CostCase given = randomCostCase(m_random, pageCount, slotCount, pageSize);
        const std::size_t stride = sizeOf(slotCount, pageSize);
        std::vector<double> sums(6 * stride);
        std::vector<double> expected(sizeOf(pageCount, slotCount));
        for (std::int64_t slot = 0; slot < slotCount; ++slot) {
            for (const auto& [weights, fisher] : given.tenants[static_cast<std::size_t>(slot)]) {
                for (std::int64_t k = 0; k < pageSize; ++k) {
                    const double w = weights[static_cast<std::size_t>(k)];
                    const double f = fisher[static_cast<std::size_t>(k)];
                    if (!(f > 0.0))
                        continue;
                    const double terms[6] { 1.0, w, w * w, f, f * w, f * w * w };
                    for (std::size_t s = 0; s < 6; ++s)
                        sums[s * stride + static_cast<std::size_t>(slot * pageSize + k)] += terms[s];
                    for (std::int64_t page = 0; page < pageCount; ++page) {
                        const double own = given.fisher[static_cast<std::size_t>(page * pageSize + k)];
                        const double distance
                            = given.weights[static_cast<std::size_t>(page * pageSize + k)] - w;
                        if (own > 0.0)
                            expected[static_cast<std::size_t>(page * slotCount + slot)]
                                += (own + f) * distance * distance;
                    }
                }
            }
        }
        const auto deviceSums = put(sums);
        const auto weights = put(given.weights);
        const auto fisher = put(given.fisher);
        const auto cost = put(std::vector<float>(expected.size(), kPoison));
        m_backend->pairwiseCosts(deviceSums.data(), weights.data(), fisher.data(), cost.data(), pageCount,
            slotCount, pageSize, nullptr);
        const std::vector<float> values = cost.values();
        for (std::size_t i = 0; i < values.size(); ++i)
            EXPECT_NEAR(values[i], expected[i], 1e-6 * expected[i] + 1e-12) << "element " << i;
        EXPECT_TRUE(cost.guardsAreWhole());
    }
}

TEST_P(BackendContract, GivesTheSameBitsTwice)
{
    const CostCase given = randomCostCase(m_random, 40, 33, 100);
    const auto sum0 = put(std::vector<double>(33 * 100, 0.3));
    const auto sum1 = put(std::vector<double>(33 * 100, 0.1));
    const auto weights = put(given.weights);
    const auto fisher = put(given.fisher);
    const auto cost = put(std::vector<float>(40 * 33, kPoison));
    std::vector<float> first;
    for (int round = 0; round < 2; ++round) {
        m_backend->barycentreCosts(
            sum0.data(), sum1.data(), weights.data(), fisher.data(), cost.data(), 40, 33, 100, nullptr);
        if (round == 0)
            first = cost.values();
    }
    EXPECT_EQ(cost.values(), first);
}

TEST_P(BackendContract, ReplaysWhatItCaptured)
{
    const PageCase size { 5, 64, 2, 1 };
    const auto codes = put(std::vector<std::uint32_t> { 0, 1, 2, 1, 0 });
    const auto pool = put(std::vector<float>(sizeOf(size.slotCount, size.pageSize), 1.0F));
    const auto exclusive = put(std::vector<float>(sizeOf(size.exclusiveCount, size.pageSize), 10.0F));
    const auto image = put(std::vector<float>(sizeOf(size.pageCount, size.pageSize), 0.0F));
    const auto work = [&] {
        m_backend->gather(pool.data(), exclusive.data(), codes.data(), image.data(), size.pageCount,
            size.pageSize, size.slotCount, nullptr);
        m_backend->scatterAdd(image.data(), codes.data(), pool.data(), exclusive.data(), size.pageCount,
            size.pageSize, size.slotCount, nullptr);
    };
    work();
    EXPECT_EQ(pool.values().front(), 3.0F); // two pages of slot 0 were added to it
    const auto graph = m_backend->capture(work);
    EXPECT_EQ(pool.values().front(), 3.0F) << "capture records, it does not run";
    m_backend->replay(*graph);
    EXPECT_EQ(pool.values().front(), 9.0F);
    m_backend->replay(*graph);
    EXPECT_EQ(pool.values().front(), 27.0F) << "a replay reads what the one before wrote";
    EXPECT_EQ(exclusive.values().front(), 80.0F);
}

TEST_P(BackendContract, PassesOnWhatCapturedWorkThrows)
{
    EXPECT_THROW(static_cast<void>([&] {
        const auto graph = m_backend->capture([] { throw std::runtime_error("bad step"); });
        m_backend->replay(*graph);
    }()),
        std::runtime_error);
    const auto graph = m_backend->capture([] {}); // the backend is usable afterwards
    EXPECT_NO_THROW(m_backend->replay(*graph));
}

TEST_P(BackendContract, RefusesAForeignGraph)
{
    class ForeignGraph : public Backend::Graph { };
    ForeignGraph foreign;
    EXPECT_THROW(m_backend->replay(foreign), std::bad_cast);
}

INSTANTIATE_TEST_SUITE_P(Devices, BackendContract, testing::Values("cpu", "cuda:0"),
    [](const auto& device) { return std::string(device.param) == "cpu" ? "cpu" : "cuda0"; });

} // namespace
} // namespace palimpsest
