// SPDX-License-Identifier: Apache-2.0
#include "core/data/resample.h"

#include "core/base/random.h"

#include <gtest/gtest.h>

#include <cmath>

namespace palimpsest {
namespace {

std::vector<float> resample(const std::vector<float>& from, std::size_t fromHeight, std::size_t fromWidth,
    std::size_t toHeight, std::size_t toWidth)
{
    std::vector<float> to(toHeight * toWidth);
    Resampler(fromHeight, fromWidth, toHeight, toWidth).apply(from, to);
    return to;
}

/// Slow and plain: each pixel is the mean of all source pixels, weighted by the two triangles around its centre.
double plainPixel(const std::vector<float>& from, std::size_t fromHeight, std::size_t fromWidth,
    std::size_t toHeight, std::size_t toWidth, std::size_t y, std::size_t x)
{
    const auto weight = [](std::size_t to, std::size_t toSize, std::size_t source, std::size_t fromSize) {
        const double scale = static_cast<double>(fromSize) / static_cast<double>(toSize);
        const double distance = static_cast<double>(source) + 0.5 - (static_cast<double>(to) + 0.5) * scale;
        return std::max(0.0, 1.0 - std::abs(distance) / std::max(1.0, scale));
    };
    double sum = 0.0;
    double weights = 0.0;
    for (std::size_t i = 0; i < fromHeight; ++i)
        for (std::size_t j = 0; j < fromWidth; ++j) {
            const double both = weight(y, toHeight, i, fromHeight) * weight(x, toWidth, j, fromWidth);
            sum += both * static_cast<double>(from[i * fromWidth + j]);
            weights += both;
        }
    return sum / weights;
}

TEST(Resample, AgreesWithThePlainSum)
{
    Random random(3);
    for (const auto& [fromHeight, fromWidth, toHeight, toWidth] : { std::array<std::size_t, 4> { 7, 5, 3, 4 },
             { 3, 4, 7, 9 }, { 40, 31, 32, 32 }, { 6, 6, 6, 2 }, { 1, 1, 3, 2 }, { 9, 1, 1, 1 } }) {
        std::vector<float> from(fromHeight * fromWidth);
        for (float& value : from)
            value = static_cast<float>(random.uniform() * 255.0);
        const std::vector<float> to = resample(from, fromHeight, fromWidth, toHeight, toWidth);
        for (std::size_t y = 0; y < toHeight; ++y)
            for (std::size_t x = 0; x < toWidth; ++x)
                EXPECT_NEAR(static_cast<double>(to[y * toWidth + x]),
                    plainPixel(from, fromHeight, fromWidth, toHeight, toWidth, y, x), 1e-3)
                    << fromHeight << " x " << fromWidth << " -> " << y << ", " << x;
    }
}

TEST(Resample, WorkedNumbers)
{
    // Half the size: the triangle reaches 2 source pixels to each side of the centre at 1, 3: (3, 3, 1) / 7 at the edge.
    EXPECT_EQ(resample({ 0, 7, 14, 21 }, 1, 4, 1, 2),
        (std::vector<float> { (0 * 3 + 7 * 3 + 14 * 1) / 7.0F, (7 * 1 + 14 * 3 + 21 * 3) / 7.0F }));
    // Twice the size: bilinear between the centres, 0.75 and 0.25.
    EXPECT_EQ(resample({ 0, 8 }, 1, 2, 1, 4), (std::vector<float> { 0, 2, 6, 8 }));
}

TEST(Resample, KeepsWhatIsConstantAndWhatHasTheSize)
{
    for (const float value : resample(std::vector<float>(35, 200.0F), 5, 7, 11, 3))
        EXPECT_NEAR(value, 200.0F, 1e-4F);
    const std::vector<float> picture { 1, 2, 3, 4, 5, 6 };
    EXPECT_EQ(resample(picture, 2, 3, 2, 3), picture);
    EXPECT_THROW(Resampler(0, 1, 1, 1), std::invalid_argument);
    EXPECT_THROW(resample({ 1, 2 }, 1, 3, 1, 1), std::invalid_argument);
}

} // namespace
} // namespace palimpsest
