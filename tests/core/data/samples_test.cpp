// SPDX-License-Identifier: Apache-2.0
#include "core/data/samples.h"

#include <gtest/gtest.h>

#include <stdexcept>

namespace palimpsest {
namespace {

TEST(Select, PicksRawSamplesInTheGivenOrder)
{
    RawSamples samples;
    samples.x = Array::from(
        std::span<const std::int16_t>(std::vector<std::int16_t> { 1, 2, 3, 4, 5, 6 }), { 3, 1, 2 });
    samples.y = { 7, 8, 9 };
    samples.group = { 0, 0, 1 };
    samples.sampleRate = 8000.0;
    samples.classNames = { "a" };
    const RawSamples picked = select(samples, std::vector<std::int64_t> { 2, 0, 2 });
    EXPECT_EQ(picked.x,
        Array::from(
            std::span<const std::int16_t>(std::vector<std::int16_t> { 5, 6, 1, 2, 5, 6 }), { 3, 1, 2 }));
    EXPECT_EQ(picked.y, (std::vector<std::int32_t> { 9, 7, 9 }));
    EXPECT_EQ(picked.group, (std::vector<std::int32_t> { 1, 0, 1 }));
    EXPECT_EQ(picked.sampleRate, 8000.0);
    EXPECT_EQ(picked.classNames, samples.classNames);
    EXPECT_EQ(picked.sampleShape(), (Shape { 1, 2 }));
    EXPECT_EQ(select(samples, {}).x.shape(), (Shape { 0, 1, 2 }));
}

TEST(Select, PicksLabelledSamples)
{
    const LabelledSamples samples { { 1, 2, 3, 4 }, { 2 }, { 0, 1 }, 5 };
    const LabelledSamples picked = select(samples, std::vector<std::int64_t> { 1 });
    EXPECT_EQ(picked.x, (std::vector<float> { 3, 4 }));
    EXPECT_EQ(picked.y, std::vector<std::int32_t> { 1 });
    EXPECT_EQ(picked.sampleShape, Shape { 2 });
    EXPECT_EQ(picked.classes, 5);
}

TEST(Select, RefusesIndicesOutside)
{
    const LabelledSamples samples { { 1, 2, 3, 4 }, { 2 }, { 0, 1 }, 5 };
    EXPECT_THROW((void)select(samples, std::vector<std::int64_t> { 2 }), std::out_of_range);
    EXPECT_THROW((void)select(samples, std::vector<std::int64_t> { -1 }), std::out_of_range);
}

} // namespace
} // namespace palimpsest
