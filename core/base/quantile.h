// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <stdexcept>
#include <vector>

namespace palimpsest {

/// Quantile by nearest rank: the smallest sample that at least `share` of them do not exceed; 0.5: median.
/// @throws std::logic_error where there is no sample
[[nodiscard]] inline double quantileOf(std::vector<double> samples, double share)
{
    if (samples.empty())
        throw std::logic_error("quantileOf: there is no sample");
    std::sort(samples.begin(), samples.end());
    const auto rank = static_cast<std::size_t>(std::ceil(share * static_cast<double>(samples.size())));
    return samples[std::clamp<std::size_t>(rank, 1, samples.size()) - 1];
}

} // namespace palimpsest
