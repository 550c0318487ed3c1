// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/inspector/weight_histogram.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace palimpsest {

namespace {

/// Calls visit(first, last) with every run of positions of a page that hold weights, [first, last) within the page.
template <class Visit> void visitWeights(const PageLayout& layout, std::int64_t page, const Visit& visit)
{
    const std::int64_t begin = page * layout.pageSize;
    for (const TensorPlace& place : layout.places) {
        const std::int64_t first = std::max(place.offset, begin) - begin;
        const std::int64_t last = std::min(place.offset + place.size, begin + layout.pageSize) - begin;
        if (!place.isPrivate && first < last)
            visit(static_cast<std::size_t>(first), static_cast<std::size_t>(last));
    }
}

} // namespace

WeightHistogram makeWeightHistogram(const std::vector<std::vector<float>>& pages, std::size_t bins)
{
    float low = std::numeric_limits<float>::infinity();
    float high = -low;
    for (const std::vector<float>& page : pages) {
        for (const float value : page) {
            if (!std::isfinite(value))
                continue;
            low = std::min(low, value);
            high = std::max(high, value);
        }
    }
    WeightHistogram histogram;
    histogram.counts.assign(pages.size(), std::vector<std::int64_t>(bins, 0));
    histogram.totals.assign(pages.size(), 0);
    if (!(low <= high))
        return histogram;
    const double width = double { high } - double { low };
    histogram.low = width > 0.0 ? double { low } : double { low } - 0.5; // one value: in the middle
    histogram.binWidth = (width > 0.0 ? width : 1.0) / static_cast<double>(bins);
    for (std::size_t i = 0; i < pages.size(); ++i) {
        for (const float value : pages[i]) {
            if (!std::isfinite(value))
                continue;
            const double place = (double { value } - histogram.low) / histogram.binWidth;
            ++histogram.counts[i][std::min(static_cast<std::size_t>(std::max(place, 0.0)), bins - 1)];
            ++histogram.totals[i];
        }
    }
    return histogram;
}

std::vector<float> pageValues(const TaskResults& task, std::int64_t page)
{
    std::vector<float> values;
    const std::span<const float> all = task.pageWeights(page);
    if (all.empty())
        return values;
    visitWeights(task.layout, page, [&](std::size_t first, std::size_t last) {
        values.insert(values.end(), all.begin() + static_cast<std::ptrdiff_t>(first),
            all.begin() + static_cast<std::ptrdiff_t>(last));
    });
    return values;
}

std::vector<float> slotValues(const RunResults& results, int slot)
{
    const std::span<const float> all = results.slotValues(slot);
    std::vector<std::uint8_t> isUsed(all.size(), 0);
    if (all.empty())
        return {};
    for (const SlotTenant& tenant : results.pageMap->tenantsOf(slot))
        visitWeights(
            results.tasks[tenant.task].layout, tenant.page, [&](std::size_t first, std::size_t last) {
                std::fill(isUsed.begin() + static_cast<std::ptrdiff_t>(first),
                    isUsed.begin() + static_cast<std::ptrdiff_t>(std::min(last, isUsed.size())),
                    std::uint8_t { 1 });
            });
    std::vector<float> values;
    for (std::size_t k = 0; k < all.size(); ++k)
        if (isUsed[k] != 0)
            values.push_back(all[k]);
    return values;
}

std::vector<SlotTenant> weightiestTenants(const RunResults& results, int slot, std::size_t most)
{
    const std::span<const SlotTenant> all = results.pageMap->tenantsOf(slot);
    std::vector<SlotTenant> tenants(all.begin(), all.end());
    if (tenants.size() <= most)
        return tenants;
    const auto fisherOf = [&](const SlotTenant& tenant) {
        const std::vector<double>& fisher = results.tasks[tenant.task].pageFisher;
        return tenant.page < fisher.size() ? fisher[tenant.page] : 0.0;
    };
    std::stable_sort(tenants.begin(), tenants.end(),
        [&](const SlotTenant& a, const SlotTenant& b) { return fisherOf(a) > fisherOf(b); });
    tenants.resize(most);
    std::sort(tenants.begin(), tenants.end(), [](const SlotTenant& a, const SlotTenant& b) {
        return a.task != b.task ? a.task < b.task : a.page < b.page;
    });
    return tenants;
}

} // namespace palimpsest
