// SPDX-License-Identifier: Apache-2.0
#include "core/pages/page_scales.h"

#include "core/base/float_formats.h"
#include "core/base/random.h"
#include "core/pages/page_codec.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace palimpsest {
namespace {

std::vector<float> normals(std::size_t count, double spread)
{
    Random random(5);
    std::vector<float> values;
    for (std::size_t i = 0; i < count; ++i)
        values.push_back(static_cast<float>(spread * random.normal()));
    return values;
}

double squaredError(const std::vector<float>& values, std::int64_t pageSize, Storage storage, float factor)
{
    std::vector<float> scales = leastSquaresScales(values, pageSize, storage);
    std::vector<std::uint16_t> halves;
    for (const float scale : scales)
        halves.push_back(halfFromFloat(scale * factor));
    const std::vector<float> read = decodePages(encodePages(values, pageSize, storage, halves));
    double error = 0.0;
    for (std::size_t i = 0; i < values.size(); ++i)
        error += std::pow(static_cast<double>(values[i]) - static_cast<double>(read[i]), 2);
    return error;
}

TEST(LeastSquaresScales, HandWorkedTernaryGroup)
{
    // q = 1, 1, -1, 0: s = (1 + 0.8 + 0.6) / 3; with 0.1 taken along the error would be larger.
    std::vector<float> group(64, 0.0F);
    group[0] = 1.0F;
    group[1] = 0.8F;
    group[2] = -0.6F;
    group[3] = 0.1F;
    const std::vector<float> scales = leastSquaresScales(group, 64, Storage::Ternary);
    ASSERT_EQ(scales.size(), 1U);
    EXPECT_NEAR(scales[0], 0.8F, 1e-6);
}

TEST(LeastSquaresScales, BinaryIsTheMeanMagnitude)
{
    const std::vector<float> group { 1.0F, -2.0F, 3.0F, -6.0F };
    EXPECT_NEAR(leastSquaresScales(group, 4, Storage::Binary).at(0), 3.0F, 1e-6);
}

TEST(LeastSquaresScales, NoOtherScaleNearByIsBetter)
{
    const std::vector<float> values = normals(512, 0.1);
    for (const Storage storage :
        { Storage::Int8, Storage::Int6, Storage::Int4, Storage::Int3, Storage::Ternary }) {
        const double least = squaredError(values, 256, storage, 1.0F);
        for (const float factor : { 0.5F, 0.8F, 0.95F, 1.05F, 1.2F, 2.0F })
            EXPECT_LE(least, squaredError(values, 256, storage, factor) * 1.001)
                << static_cast<int>(storage) << " x " << factor;
        double greatest = 0.0; // the scale of encodePages()
        const std::vector<float> read = decodePages(encodePages(values, 256, storage));
        for (std::size_t i = 0; i < values.size(); ++i)
            greatest += std::pow(static_cast<double>(values[i]) - static_cast<double>(read[i]), 2);
        EXPECT_LE(least, greatest * 1.001);
    }
}

TEST(LeastSquaresScales, EveryGroupOfEveryPageHasItsOwn)
{
    std::vector<float> values = normals(2 * 200, 0.1);
    for (std::size_t i = 128; i < 200; ++i)
        values[i] *= 10.0F;
    const std::vector<float> scales = leastSquaresScales(values, 200, Storage::Int4);
    ASSERT_EQ(scales.size(), 4U);
    EXPECT_GT(scales[1], 5.0F * scales[0]);
    EXPECT_LT(scales[3], 3.0F * scales[2]);
}

TEST(LeastSquaresScales, NothingToScale)
{
    EXPECT_EQ(leastSquaresScales(std::vector<float>(8), 8, Storage::Ternary).at(0), 0x1p-14F);
    EXPECT_TRUE(leastSquaresScales(normals(8, 1.0), 8, Storage::Float16).empty());
    EXPECT_TRUE(leastSquaresScales({}, 8, Storage::Int4).empty());
    EXPECT_THROW((void)leastSquaresScales(normals(9, 1.0), 8, Storage::Int4), std::invalid_argument);
}

} // namespace
} // namespace palimpsest
