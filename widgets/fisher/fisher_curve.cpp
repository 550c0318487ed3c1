// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/fisher/fisher_curve.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace palimpsest {

FisherCurve makeFisherCurve(std::span<const double> pageFisher)
{
    FisherCurve curve;
    curve.density.assign(pageFisher.begin(), pageFisher.end());
    const double whole = std::accumulate(curve.density.begin(), curve.density.end(), 0.0);
    if (whole > 0.0)
        for (double& density : curve.density)
            density /= whole;
    curve.order.resize(pageFisher.size());
    std::iota(curve.order.begin(), curve.order.end(), 0U);
    std::ranges::stable_sort(
        curve.order, std::ranges::greater {}, [&](std::uint32_t page) { return curve.density[page]; });
    // From the least dense page on, as separation sums: the same digits give the same pages.
    curve.rest.resize(pageFisher.size() + 1);
    for (std::size_t rank = pageFisher.size(); rank > 0; --rank)
        curve.rest[rank - 1] = curve.rest[rank] + curve.density[curve.order[rank - 1]];
    return curve;
}

std::int64_t FisherCurve::exclusivePages(double margin) const
{
    const auto first = std::ranges::partition_point(rest, [margin](double share) { return share > margin; });
    return std::min<std::int64_t>(first - rest.begin(), std::ssize(order));
}

FisherHistogram makeFisherHistogram(const std::vector<std::span<const double>>& pageFisher, std::size_t bins)
{
    FisherHistogram histogram;
    double least = std::numeric_limits<double>::max();
    double greatest = 0.0;
    for (const std::span<const double>& task : pageFisher) {
        for (const double value : task) {
            greatest = std::max(greatest, value);
            if (value > 0.0)
                least = std::min(least, value);
        }
    }
    histogram.counts.assign(pageFisher.size(), std::vector<std::int64_t>(bins, 0));
    histogram.withoutFisher.assign(pageFisher.size(), 0);
    const bool hasAny = greatest > 0.0;
    if (hasAny && least == greatest) { // one value: a decade around it
        least /= std::sqrt(10.0);
        greatest *= std::sqrt(10.0);
    }
    const double width = hasAny ? std::log(greatest / least) / static_cast<double>(bins) : 1.0;
    if (hasAny)
        for (std::size_t edge = 0; edge <= bins; ++edge)
            histogram.edges.push_back(least * std::exp(width * static_cast<double>(edge)));
    for (std::size_t task = 0; task < pageFisher.size(); ++task) {
        for (const double value : pageFisher[task]) {
            if (value <= 0.0) {
                ++histogram.withoutFisher[task];
                continue;
            }
            const auto bin = static_cast<std::size_t>(std::max(std::log(value / least) / width, 0.0));
            ++histogram.counts[task][std::min(bin, bins - 1)];
        }
    }
    return histogram;
}

} // namespace palimpsest
