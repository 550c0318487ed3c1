// SPDX-License-Identifier: Apache-2.0
#include "core/pages/page_codec.h"

#include "core/base/float_formats.h"
#include "core/base/random.h"

#include <gtest/gtest.h>

#include <cmath>

namespace palimpsest {
namespace {

constexpr Storage kForms[] { Storage::Float32, Storage::Float16, Storage::Int8, Storage::Int6, Storage::Int4,
    Storage::Int3, Storage::Ternary, Storage::Binary };

TEST(PageCodec, APageOf512WeightsTakesTheStatedBytes)
{
    const std::int64_t expected[] { 2048, 1024, 512, 384, 256, 192, 103, 64 };
    for (std::size_t i = 0; i < std::size(kForms); ++i) {
        const StoredPages pages = encodePages(std::vector<float>(2 * 512), 512, kForms[i]);
        EXPECT_EQ(static_cast<std::int64_t>(pages.bytes.size()), 2 * expected[i]) << i;
        EXPECT_EQ(pages.scales.size(), isIntegerForm(kForms[i]) ? 8U : 0U) << i;
    }
}

TEST(PageCodec, PackingAndUnpackingIsTheIdentityOnCodes)
{
    Random random(7);
    for (const Storage storage : kForms) {
        if (!isIntegerForm(storage))
            continue;
        const int largest = largestCode(storage);
        for (const std::int64_t pageSize : { 1, 3, 5, 64, 127, 129, 512, 1025 }) {
            std::vector<float> codes;
            for (std::int64_t i = 0; i < 3 * pageSize; ++i) {
                const auto any = static_cast<int>(random.below(static_cast<std::uint64_t>(2 * largest + 1)));
                codes.push_back(
                    static_cast<float>(storage == Storage::Binary ? 2 * (any % 2) - 1 : any - largest));
            }
            const std::vector<std::uint16_t> ones(
                static_cast<std::size_t>(3 * scaleCount(storage, pageSize)), halfFromFloat(1.0F));
            const StoredPages pages = encodePages(codes, pageSize, storage, ones);
            EXPECT_EQ(decodePages(pages), codes) << static_cast<int>(storage) << ", pages of " << pageSize;
        }
    }
}

TEST(PageCodec, BytesAreTheStatedOnes)
{
    const std::vector<std::uint16_t> one { halfFromFloat(1.0F) };
    // (q + 1) 3^i: 2 + 0 x 3 + 1 x 9 + 2 x 27 + 0 x 81 = 65, then 1 alone
    const std::vector<float> digits { 1, -1, 0, 1, -1, 0 };
    EXPECT_EQ(encodePages(digits, 6, Storage::Ternary, one).bytes, (std::vector<std::uint8_t> { 65, 1 }));
    EXPECT_EQ(encodePages(std::vector<float> { 1, -1, -1, 1, 1 }, 5, Storage::Binary, one).bytes,
        (std::vector<std::uint8_t> { 0b11001 }));
    // q + 3 = 0, 6, 3 in three bits each, lowest first: 000 110 011 -> 11'110'000 and 0
    EXPECT_EQ(encodePages(std::vector<float> { -3, 3, 0 }, 3, Storage::Int3, one).bytes,
        (std::vector<std::uint8_t> { 0b11110000, 0 }));
    EXPECT_EQ(encodePages(std::vector<float> { -7, 7 }, 2, Storage::Int4, one).bytes,
        (std::vector<std::uint8_t> { 0xE0 }));
    EXPECT_EQ(encodePages(std::vector<float> { -127, 5 }, 2, Storage::Int8, one).bytes,
        (std::vector<std::uint8_t> { 0x81, 5 }));
}

TEST(PageCodec, RoundingIsNoFartherThanHalfAStep)
{
    Random random(8);
    std::vector<float> values(4 * 200);
    for (float& value : values)
        value = static_cast<float>(random.normal());
    for (const Storage storage :
        { Storage::Int8, Storage::Int6, Storage::Int4, Storage::Int3, Storage::Ternary }) {
        const StoredPages pages = encodePages(values, 200, storage);
        const std::vector<float> decoded = decodePages(pages);
        for (std::size_t i = 0; i < values.size(); ++i) {
            const float scale = floatFromHalf(pages.scales[i / 200 * 2 + i % 200 / 128]);
            // The scale itself is rounded to a half: the largest weight may lie a little beyond the last code.
            EXPECT_LE(std::abs(values[i] - decoded[i]), 0.5F * scale + 1e-3F * std::abs(values[i]) + 1e-6F);
        }
    }
}

TEST(PageCodec, EveryHalfComesBack)
{
    for (std::uint32_t bits = 0; bits < 65536; ++bits) {
        const auto half = static_cast<std::uint16_t>(bits);
        const float value = floatFromHalf(half);
        if (!std::isfinite(value))
            continue;
        ASSERT_EQ(halfFromFloat(value), half) << bits;
    }
    EXPECT_EQ(halfFromFloat(1e9F), 0x7BFF);
    EXPECT_EQ(halfFromFloat(1.0F + 0x1p-11F), 0x3C00) << "a tie goes to even";
    EXPECT_EQ(halfFromFloat(1.0F + 3 * 0x1p-11F), 0x3C02);
    EXPECT_EQ(halfFromFloat(std::nextafter(1.0F + 0x1p-11F, 2.0F)), 0x3C01);
    EXPECT_EQ(halfFromFloat(0x1p-24F), 1) << "the smallest subnormal";
    EXPECT_TRUE(std::isnan(floatFromHalf(halfFromFloat(std::nanf("")))));
}

TEST(PageCodec, RefusesPartsOfPagesAndWrongScales)
{
    EXPECT_THROW((void)encodePages(std::vector<float>(7), 2, Storage::Int8), std::invalid_argument);
    EXPECT_THROW((void)encodePages(std::vector<float>(4), 2, Storage::Int8, std::vector<std::uint16_t>(3)),
        std::invalid_argument);
}

} // namespace
} // namespace palimpsest
