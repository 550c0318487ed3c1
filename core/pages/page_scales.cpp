// SPDX-License-Identifier: Apache-2.0
#include "core/pages/page_scales.h"

#include "core/backend/rounding.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>

namespace palimpsest {
namespace {

constexpr int kGrid = 100;
constexpr int kSharpenings = 3;

/// What one scale gives on a group.
struct Fit {
    double error = 0.0; ///< sum (w - s q)^2
    double best = 0.0; ///< the optimal scale for the same codes
};

Fit fit(std::span<const float> group, Storage storage, float scale)
{
    const auto largest = static_cast<float>(largestCode(storage));
    double wq = 0.0, qq = 0.0, error = 0.0;
    for (const float w : group) {
        const auto q = static_cast<double>(roundedCode(w / scale, storage, largest));
        const double rest = static_cast<double>(w) - static_cast<double>(scale) * q;
        error += rest * rest;
        wq += static_cast<double>(w) * q;
        qq += q * q;
    }
    return { error, qq > 0.0 ? wq / qq : 0.0 };
}

float bestScale(std::span<const float> group, Storage storage)
{
    float magnitude = 0.0F;
    for (const float value : group)
        magnitude = std::max(magnitude, std::abs(value));
    const float top = magnitude / static_cast<float>(largestCode(storage));
    if (!(top > kLeastScale))
        return kLeastScale;
    float best = top;
    double least = fit(group, storage, top).error;
    for (int i = 1; i < kGrid; ++i) {
        float scale = std::max(top * static_cast<float>(i) / kGrid, kLeastScale);
        for (int round = 0; round <= kSharpenings; ++round) {
            const Fit found = fit(group, storage, scale);
            if (found.error < least) {
                least = found.error;
                best = scale;
            }
            scale = std::max(static_cast<float>(found.best), kLeastScale);
        }
    }
    return best;
}

} // namespace

std::vector<float> leastSquaresScales(std::span<const float> values, std::int64_t pageSize, Storage storage)
{
    const auto count = static_cast<std::int64_t>(values.size());
    if (pageSize < 1 || count % pageSize != 0)
        throw std::invalid_argument("leastSquaresScales: " + std::to_string(count)
            + " values are no whole pages of " + std::to_string(pageSize));
    std::vector<float> scales;
    if (!isIntegerForm(storage))
        return scales;
    for (std::int64_t page = 0; page < count / pageSize; ++page)
        for (std::int64_t first = 0; first < pageSize; first += kScaleGroup)
            scales.push_back(bestScale(values.subspan(static_cast<std::size_t>(page * pageSize + first),
                                           static_cast<std::size_t>(std::min(kScaleGroup, pageSize - first))),
                storage));
    return scales;
}

} // namespace palimpsest
