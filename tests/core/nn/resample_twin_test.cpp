// SPDX-License-Identifier: Apache-2.0
// The step `resize` against LibTorch's own antialiased bilinear interpolation.
#include "core/base/random.h"
#include "core/data/resample.h"

#include <gtest/gtest.h>

namespace palimpsest {
namespace {

TEST(ResampleTwin, IsWhatLibTorchCallsAntialiased)
{
    Random random(7);
    for (const auto& [fromHeight, fromWidth, toHeight, toWidth] :
        { std::array<std::size_t, 4> { 28, 28, 32, 32 }, { 40, 57, 32, 32 }, { 5, 7, 3, 11 },
            { 232, 266, 32, 32 } }) {
        std::vector<float> from(fromHeight * fromWidth);
        for (float& value : from)
            value = static_cast<float>(random.uniform() * 255.0);
        std::vector<float> to(toHeight * toWidth);
        Resampler(fromHeight, fromWidth, toHeight, toWidth).apply(from, to);
        const auto size = [](std::size_t value) { return static_cast<std::int64_t>(value); };
        const at::Tensor input
            = at::from_blob(from.data(), { 1, 1, size(fromHeight), size(fromWidth) }, at::kFloat);
        const at::Tensor twin
            = at::_upsample_bilinear2d_aa(input, { size(toHeight), size(toWidth) }, false).contiguous();
        for (std::size_t i = 0; i < to.size(); ++i)
            EXPECT_NEAR(to[i], twin.const_data_ptr<float>()[i], 1e-3F)
                << fromHeight << " x " << fromWidth << ", " << i;
    }
}

} // namespace
} // namespace palimpsest
