// SPDX-License-Identifier: Apache-2.0
#include "core/base/number_convert.h"

#include <gtest/gtest.h>

#include <cstring>

namespace palimpsest {
namespace {

/// More numbers than are converted at a time.
constexpr std::size_t kMany = (std::size_t { 1 } << 20U) + 5;

TEST(ToFloats, HandsBackEachByteOnceAndInOrder)
{
    std::vector<std::byte> bytes(2 * kMany);
    for (std::size_t i = 0; i < kMany; ++i) { // bfloat16 are the upper halves of float32: 1.0 and 2.0
        const std::uint16_t value = i % 2 == 0 ? 0x3F80 : 0x4000;
        std::memcpy(bytes.data() + 2 * i, &value, sizeof value);
    }
    const std::byte* next = bytes.data();
    std::size_t parts = 0;
    const auto floats
        = toFloats(bytes, NumberFormat::Bfloat16, "numbers", "file", [&](std::span<const std::byte> part) {
              EXPECT_EQ(part.data(), next);
              next += part.size();
              ++parts;
          });
    ASSERT_TRUE(floats.ok());
    EXPECT_EQ(next, bytes.data() + bytes.size());
    EXPECT_EQ(parts, 2U);
    ASSERT_EQ(floats->size(), kMany);
    for (std::size_t i = 0; i < kMany; ++i)
        ASSERT_EQ((*floats)[i], i % 2 == 0 ? 1.0F : 2.0F) << i;
}

TEST(ToFloats, NamesTheNumberThatIsTooLarge)
{
    std::vector<double> values(kMany, 0.5);
    values[kMany - 2] = 1e39;
    const auto floats = toFloats(std::as_bytes(std::span(values)), NumberFormat::Float64, "numbers", "file");
    ASSERT_FALSE(floats.ok());
    EXPECT_NE(floats.error().text().find("index " + std::to_string(kMany - 2) + " "), std::string::npos)
        << floats.error().text();
}

TEST(ToFloats, TakesNothing)
{
    EXPECT_TRUE(toFloats({}, NumberFormat::Float32, "numbers", "file")->empty());
}

} // namespace
} // namespace palimpsest
