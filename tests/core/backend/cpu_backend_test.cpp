// SPDX-License-Identifier: Apache-2.0
#include "core/backend/backend.h"
#include "core/base/random.h"

#include <gtest/gtest.h>

#include <cstring>
#include <typeinfo>
#include <vector>

namespace palimpsest {
namespace {

std::vector<float> randomValues(Random& random, std::int64_t count)
{
    std::vector<float> values(static_cast<std::size_t>(count));
    for (float& value : values)
        value = static_cast<float>(random.normal());
    return values;
}

struct Shape3 {
    std::int64_t slotCount, exclusiveCount, pageCount, pageSize;
};

class CpuBackendShapes : public testing::TestWithParam<Shape3> {
protected:
    void SetUp() override
    {
        Random random(11);
        const auto [slotCount, exclusiveCount, pageCount, pageSize] = GetParam();
        m_pool = randomValues(random, slotCount * pageSize);
        m_exclusive = randomValues(random, exclusiveCount * pageSize);
        m_image = randomValues(random, pageCount * pageSize);
        for (std::int64_t i = 0; i < pageCount; ++i) // slots come up more than once
            m_codes.push_back(static_cast<std::uint32_t>(
                random.below(static_cast<std::uint64_t>(slotCount + exclusiveCount))));
    }

    std::unique_ptr<Backend> m_backend = makeCpuBackend();
    std::vector<float> m_pool, m_exclusive, m_image;
    std::vector<std::uint32_t> m_codes;
};

TEST_P(CpuBackendShapes, GathersWhatAPlainLoopGathers)
{
    const auto [slotCount, exclusiveCount, pageCount, pageSize] = GetParam();
    m_backend->gather(m_pool.data(), m_exclusive.data(), m_codes.data(), m_image.data(), pageCount, pageSize,
        slotCount, nullptr);
    for (std::int64_t i = 0; i < pageCount; ++i) {
        for (std::int64_t k = 0; k < pageSize; ++k) {
            const std::int64_t code = m_codes[static_cast<std::size_t>(i)];
            const float expected = code < slotCount
                ? m_pool[static_cast<std::size_t>(code * pageSize + k)]
                : m_exclusive[static_cast<std::size_t>((code - slotCount) * pageSize + k)];
            ASSERT_EQ(m_image[static_cast<std::size_t>(i * pageSize + k)], expected);
        }
    }
}

TEST_P(CpuBackendShapes, ScattersInTheOrderOfThePages)
{
    const auto [slotCount, exclusiveCount, pageCount, pageSize] = GetParam();
    std::vector<float> all(m_pool);
    all.insert(all.end(), m_exclusive.begin(), m_exclusive.end());
    for (std::int64_t i = 0; i < pageCount; ++i) {
        for (std::int64_t k = 0; k < pageSize; ++k) {
            all[static_cast<std::size_t>(
                std::int64_t { m_codes[static_cast<std::size_t>(i)] } * pageSize + k)]
                += m_image[static_cast<std::size_t>(i * pageSize + k)];
        }
    }
    m_backend->scatterAdd(m_image.data(), m_codes.data(), m_pool.data(), m_exclusive.data(), pageCount,
        pageSize, slotCount, nullptr);
    m_pool.insert(m_pool.end(), m_exclusive.begin(), m_exclusive.end());
    EXPECT_EQ(m_pool, all); // bit-equal: the same additions in the same order
}

INSTANTIATE_TEST_SUITE_P(Shapes, CpuBackendShapes,
    testing::Values(Shape3 { 1, 0, 1, 1 }, Shape3 { 1, 0, 9, 7 }, Shape3 { 5, 3, 40, 100 },
        Shape3 { 3, 0, 8, 64 }, Shape3 { 2, 9, 31, 513 }, Shape3 { 7, 2, 0, 64 }));

TEST(CpuBackend, RepeatedSlotsAddUp)
{
    const std::vector<float> image { 1.0F, 2.0F, 10.0F, 20.0F, 100.0F, 200.0F };
    const std::vector<std::uint32_t> codes { 1, 1, 2 };
    std::vector<float> pool(4, 0.5F);
    std::vector<float> exclusive(2, 0.25F);
    makeCpuBackend()->scatterAdd(image.data(), codes.data(), pool.data(), exclusive.data(), 3, 2, 2, nullptr);
    EXPECT_EQ(pool, (std::vector<float> { 0.5F, 0.5F, 11.5F, 22.5F }));
    EXPECT_EQ(exclusive, (std::vector<float> { 100.25F, 200.25F }));
}

TEST(CpuBackend, ScatterIsTheTransposeOfGather)
{
    // <gather(x), y> = <x, scatterAdd(y)>
    Random random(3);
    const std::unique_ptr<Backend> backend = makeCpuBackend();
    const std::vector<float> x = randomValues(random, 6 * 5);
    const std::vector<float> y = randomValues(random, 9 * 5);
    const std::vector<std::uint32_t> codes { 0, 3, 3, 5, 1, 0, 2, 4, 5 };
    std::vector<float> image(9 * 5);
    std::vector<float> gradient(6 * 5, 0.0F);
    backend->gather(x.data(), x.data() + 4 * 5, codes.data(), image.data(), 9, 5, 4, nullptr);
    backend->scatterAdd(y.data(), codes.data(), gradient.data(), gradient.data() + 4 * 5, 9, 5, 4, nullptr);
    double left = 0.0;
    double right = 0.0;
    for (std::size_t k = 0; k < image.size(); ++k)
        left += double { image[k] } * double { y[k] };
    for (std::size_t k = 0; k < x.size(); ++k)
        right += double { x[k] } * double { gradient[k] };
    EXPECT_NEAR(left, right, 1e-5);
}

TEST(CpuBackend, ReplaysWhatItCaptured)
{
    const std::unique_ptr<Backend> backend = makeCpuBackend();
    int runs = 0;
    const std::unique_ptr<Backend::Graph> graph = backend->capture([&runs] { ++runs; });
    const int before = runs;
    backend->replay(*graph);
    backend->replay(*graph);
    EXPECT_EQ(runs - before, 2);
    class OtherGraph final : public Backend::Graph { };
    OtherGraph other;
    EXPECT_THROW(backend->replay(other), std::bad_cast);
    EXPECT_EQ(backend->name(), "cpu");
}

} // namespace
} // namespace palimpsest
