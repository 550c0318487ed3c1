// SPDX-License-Identifier: Apache-2.0
#include "core/backend/cpu_rounding.h"

#include <algorithm>
#include <cstring>

namespace palimpsest {
namespace {

/// Calls visit(first weight, weights, scale's index) for every group of every page.
template <class Visit> void forEachGroup(const TrainedPages& pages, const Visit& visit)
{
    const std::int64_t groups = scaleCount(pages.storage, pages.pageSize);
    for (std::int64_t page = 0; page < pages.pageCount; ++page)
        for (std::int64_t group = 0; group < groups; ++group)
            visit(page * pages.pageSize + group * kScaleGroup,
                std::min(kScaleGroup, pages.pageSize - group * kScaleGroup), page * groups + group);
}

} // namespace

void roundPagesOnCpu(const TrainedPages& pages, float* rounded)
{
    const std::int64_t count = pages.pageCount * pages.pageSize;
    if (pages.storage == Storage::Float32) {
        if (count > 0)
            std::memcpy(rounded, pages.values, static_cast<std::size_t>(count) * sizeof(float));
        return;
    }
    if (pages.storage == Storage::Float16) {
        std::transform(pages.values, pages.values + count, rounded, nearestHalf);
        return;
    }
    const auto largest = static_cast<float>(largestCode(pages.storage));
    forEachGroup(pages, [&](std::int64_t first, std::int64_t size, std::int64_t scale) {
        const float s = scaleAsRead(pages.scales[scale]);
        const float* const v = pages.values + first;
        float* const w = rounded + first;
        for (std::int64_t k = 0; k < size; ++k)
            w[k] = s * roundedCode(v[k] / s, pages.storage, largest);
    });
}

void roundGradientsOnCpu(const TrainedPages& pages, float* gradient, float* scaleGradient)
{
    if (!isIntegerForm(pages.storage))
        return;
    const auto largest = static_cast<float>(largestCode(pages.storage));
    forEachGroup(pages, [&](std::int64_t first, std::int64_t size, std::int64_t scale) {
        const float s = scaleAsRead(pages.scales[scale]);
        const float* const v = pages.values + first;
        float* const g = gradient + first;
        float sum = 0.0F;
        for (std::int64_t k = 0; k < size; ++k) {
            const float u = v[k] / s;
            sum += g[k] * scaleShare(u, roundedCode(u, pages.storage, largest), largest);
            g[k] = u >= -largest && u <= largest ? g[k] : 0.0F;
        }
        scaleGradient[scale] = sum;
    });
}

} // namespace palimpsest
