// SPDX-License-Identifier: Apache-2.0
// Rounding in training, forth and back, against plain loops in double.
#include "core/base/float_formats.h"
#include "core/pages/page_codec.h"
#include "tests/gpu/backend_contract.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <memory>
#include <stdexcept>

namespace palimpsest {
namespace {

constexpr Storage kForms[] { Storage::Float32, Storage::Float16, Storage::Int8, Storage::Int6, Storage::Int4,
    Storage::Int3, Storage::Ternary, Storage::Binary };

struct RoundingCase {
    TrainedPages pages;
    std::vector<float> values, scales;
};

/// Values around 0 of which some lie beyond Q s, and one tie.
RoundingCase randomCase(std::mt19937& random, std::int64_t pageCount, std::int64_t pageSize, Storage storage)
{
    RoundingCase made;
    made.values = randomFloats(random, sizeOf(pageCount, pageSize));
    const float top = 1.0F / static_cast<float>(std::max(largestCode(storage), 1));
    made.scales
        = randomFloats(random, sizeOf(pageCount, scaleCount(storage, pageSize)), 0.4F * top, 1.2F * top);
    if (!made.scales.empty()) {
        made.scales[0] = 0.25F;
        made.values[0] = 0.125F; // u = 0.5 goes to the even 0
    }
    made.pages = { nullptr, nullptr, storage, pageCount, pageSize };
    return made;
}

float scaleOf(const RoundingCase& made, std::size_t i)
{
    const auto pageSize = static_cast<std::size_t>(made.pages.pageSize);
    const std::size_t perPage = static_cast<std::size_t>(scaleCount(made.pages.storage, made.pages.pageSize));
    return floatFromHalf(
        halfFromFloat(made.scales[i / pageSize * perPage + i % pageSize / std::size_t { kScaleGroup }]));
}

TEST_P(BackendContract, RoundPagesIsWhatStoringAndReadingGives)
{
    for (const PageCase& size : kPageCases) {
        if (size.pageCount == 0)
            continue;
        for (const Storage storage : kForms) {
            SCOPED_TRACE(std::to_string(size.pageCount) + " pages of " + std::to_string(size.pageSize)
                + ", form " + std::to_string(static_cast<int>(storage)));
            RoundingCase made = randomCase(m_random, size.pageCount, size.pageSize, storage);
            const auto values = put(made.values);
            const auto scales = put(made.scales);
            const auto rounded = put(std::vector<float>(made.values.size(), kPoison));
            made.pages.values = values.data();
            made.pages.scales = scales.data();
            m_backend->roundPages(made.pages, rounded.data(), nullptr);
            std::vector<std::uint16_t> halves(made.scales.size());
            std::transform(made.scales.begin(), made.scales.end(), halves.begin(), halfFromFloat);
            EXPECT_EQ(rounded.values(), decodePages(encodePages(made.values, size.pageSize, storage, halves)))
                << "what is trained is what will be stored";
            EXPECT_TRUE(rounded.guardsAreWhole());
        }
    }
}

TEST_P(BackendContract, RoundGradientsAreThoseOfThePlainLoops)
{
    for (const PageCase& size : kPageCases) {
        if (size.pageCount == 0)
            continue;
        for (const Storage storage : kForms) {
            SCOPED_TRACE(std::to_string(size.pageCount) + " pages of " + std::to_string(size.pageSize)
                + ", form " + std::to_string(static_cast<int>(storage)));
            RoundingCase made = randomCase(m_random, size.pageCount, size.pageSize, storage);
            const std::vector<float> above = randomFloats(m_random, made.values.size());
            const auto values = put(made.values);
            const auto scales = put(made.scales);
            const auto gradient = put(above);
            const auto scaleGradient = put(std::vector<float>(made.scales.size(), kPoison));
            made.pages.values = values.data();
            made.pages.scales = scales.data();
            m_backend->roundGradients(made.pages, gradient.data(), scaleGradient.data(), nullptr);

            std::vector<float> expected = above;
            std::vector<double> expectedScales(made.scales.size(), 0.0);
            const double largest = largestCode(storage);
            const auto pageSize = static_cast<std::size_t>(size.pageSize);
            for (std::size_t i = 0; isIntegerForm(storage) && i < above.size(); ++i) {
                const float u = made.values[i] / scaleOf(made, i);
                const bool inside = std::abs(static_cast<double>(u)) <= largest;
                const double q = storage == Storage::Binary
                    ? (u < 0.0F ? -1.0 : 1.0)
                    : std::clamp(static_cast<double>(std::nearbyint(u)), -largest, largest);
                const std::size_t group
                    = i / pageSize * static_cast<std::size_t>(scaleCount(storage, size.pageSize))
                    + i % pageSize / std::size_t { kScaleGroup };
                expectedScales[group]
                    += static_cast<double>(above[i]) * (inside ? q - static_cast<double>(u) : q);
                expected[i] = inside ? above[i] : 0.0F;
            }
            EXPECT_EQ(gradient.values(), expected);
            const std::vector<float> gotScales = scaleGradient.values();
            for (std::size_t g = 0; g < gotScales.size(); ++g)
                ASSERT_NEAR(static_cast<double>(gotScales[g]), expectedScales[g], 1e-3 * largest)
                    << "scale " << g;
            EXPECT_TRUE(gradient.guardsAreWhole() && scaleGradient.guardsAreWhole());
        }
    }
}

TEST_P(BackendContract, BranchesAreDoneBeforeWhatComesAfter)
{
    constexpr std::int64_t kSize = 4096;
    std::vector<float> pool(kSize);
    for (std::size_t i = 0; i < pool.size(); ++i)
        pool[i] = static_cast<float>(i);
    const auto devicePool = put(pool);
    const auto codes = put(std::vector<std::uint32_t> { 0 });
    std::vector<std::unique_ptr<const DeviceBuffer<float>>> parts;
    for (int i = 0; i < 5; ++i)
        parts.emplace_back(new auto(put(std::vector<float>(kSize, kPoison))));
    const auto sum = put(std::vector<float>(kSize, 0.0F));
    const auto work = [&] {
        std::vector<std::function<void()>> branches;
        for (const auto& part : parts)
            branches.emplace_back([&] {
                m_backend->gather(
                    devicePool.data(), nullptr, codes.data(), part->data(), 1, kSize, 1, nullptr);
            });
        m_backend->runBranches(branches);
        for (const auto& part : parts)
            m_backend->scatterAdd(part->data(), codes.data(), sum.data(), nullptr, 1, kSize, 1, nullptr);
    };
    work();
    EXPECT_EQ(sum.values().back(), 5.0F * pool.back());
    const auto graph = m_backend->capture(work);
    m_backend->replay(*graph);
    EXPECT_EQ(sum.values().back(), 10.0F * pool.back());
    EXPECT_THROW(m_backend->runBranches(std::vector<std::function<void()>> {
                     [] {}, [] { throw std::runtime_error("bad branch"); } }),
        std::runtime_error);
    EXPECT_NO_THROW(work());
}

} // namespace
} // namespace palimpsest
