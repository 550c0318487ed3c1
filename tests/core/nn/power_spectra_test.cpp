// SPDX-License-Identifier: Apache-2.0
#include "core/nn/power_spectra.h"

#include "core/base/random.h"
#include "tests/core/data/plain_spectra.h"

#include <gtest/gtest.h>

namespace palimpsest {
namespace {

TEST(PowerSpectra, AgreeWithThePlainSums)
{
    Random random(11);
    for (const auto& [count, samples, window, hop] :
        { std::array<std::size_t, 4> { 3, 100, 32, 10 }, { 1, 64, 64, 1 }, { 2, 97, 40, 40 } }) {
        std::vector<float> waves(count * samples);
        for (float& value : waves)
            value = static_cast<float>(random.uniform() * 2.0 - 1.0);
        const std::vector<float> got = preprocessTools().powerSpectra(waves, count, window, hop);
        const std::vector<float> plain = test::plainSpectra(waves, count, window, hop);
        ASSERT_EQ(got.size(), plain.size());
        for (std::size_t i = 0; i < got.size(); ++i)
            EXPECT_NEAR(got[i], plain[i], 1e-4F * (1.0F + plain[i])) << i;
    }
}

} // namespace
} // namespace palimpsest
