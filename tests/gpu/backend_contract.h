// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/backend/backend.h"
#include "core/backend/gpu_module.h"
#include "tests/support/device_buffer.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <random>
#include <string>
#include <vector>

namespace palimpsest {

using test::DeviceBuffer;
using test::Level;

inline constexpr float kPoison = std::numeric_limits<float>::quiet_NaN();

inline std::vector<float> randomFloats(
    std::mt19937& random, std::size_t count, float low = -1.0F, float high = 1.0F)
{
    std::uniform_real_distribution<float> draw(low, high);
    std::vector<float> values(count);
    for (float& value : values)
        value = draw(random);
    return values;
}

inline std::vector<std::uint32_t> randomCodes(
    std::mt19937& random, std::int64_t pageCount, std::int64_t codeCount)
{
    std::uniform_int_distribution<std::uint32_t> draw(0, static_cast<std::uint32_t>(codeCount - 1));
    std::vector<std::uint32_t> codes(static_cast<std::size_t>(pageCount));
    for (std::uint32_t& code : codes)
        code = draw(random);
    return codes;
}

/// Sizes of one case: odd ones, one, none, and longer than a block or a tile of any kernel.
struct PageCase {
    std::int64_t pageCount, pageSize, slotCount, exclusiveCount;
};
inline constexpr PageCase kPageCases[] { { 0, 64, 4, 0 }, { 1, 1, 1, 0 }, { 1, 512, 0, 1 }, { 31, 3, 5, 2 },
    { 33, 64, 7, 0 }, { 130, 512, 128, 10 }, { 257, 100, 40, 9 }, { 300, 4, 2, 0 }, { 7, 1025, 3, 2 },
    { 3, 65536, 2, 1 }, { 10001, 100, 997, 13 } };

inline std::size_t sizeOf(std::int64_t a, std::int64_t b)
{
    return static_cast<std::size_t>(a * b);
}

/// One suite for every backend. The CPU runs everywhere; CUDA where there is a device, else each of its cases is skipped with
/// the reason.
class BackendContract : public testing::TestWithParam<const char*> {
protected:
    void SetUp() override
    {
        const std::string device = GetParam();
        if (device == "cpu") {
            m_memory = std::make_unique<test::HostMemory>();
        } else {
            const DeviceList list = listDevices();
            if (!list.whyNoCuda.empty())
                GTEST_SKIP() << "no CUDA here: " << list.whyNoCuda;
            m_memory = (*gpuModule())->createMemory(0);
        }
        auto backend = makeBackend(device);
        ASSERT_TRUE(backend.ok()) << backend.error().text();
        m_backend = std::move(backend).value();
    }

    template <class T>
    DeviceBuffer<T> put(const std::vector<T>& values, Level level = Level::Device, std::size_t offset = 0)
    {
        return { *m_memory, values, level, offset };
    }

    std::unique_ptr<DeviceMemory> m_memory;
    std::unique_ptr<Backend> m_backend;
    std::mt19937 m_random { std::random_device {}() };
};

} // namespace palimpsest
