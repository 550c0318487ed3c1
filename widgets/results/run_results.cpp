// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/results/run_results.h"

#include <algorithm>

namespace palimpsest {

namespace {

template <class Values>
std::span<const float> rowOf(const Values& values, std::int64_t row, std::int64_t size)
{
    const auto first = static_cast<std::size_t>(row * size);
    const auto count = static_cast<std::size_t>(size);
    if (row < 0 || size <= 0 || first + count > values.size())
        return {};
    return { values.data() + first, count };
}

/// First and last page that a paged tensor touches.
std::pair<std::int64_t, std::int64_t> pageRange(const TensorPlace& place, std::int64_t pageSize)
{
    return { place.offset / pageSize, (place.offset + place.size - 1) / pageSize };
}

} // namespace

std::span<const float> TaskResults::pageWeights(std::int64_t page) const
{
    return rowOf(weights, page, layout.pageSize);
}

std::vector<std::size_t> TaskResults::layersOf(std::int64_t page) const
{
    std::vector<std::size_t> found;
    for (const TensorPlace& place : layout.places) {
        if (place.isPrivate || place.size == 0)
            continue;
        const auto [first, last] = pageRange(place, layout.pageSize);
        if (page >= first && page <= last)
            found.push_back(network.tensors[place.tensor].layer);
    }
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
}

std::vector<std::int64_t> TaskResults::pagesOf(std::size_t layer) const
{
    std::vector<std::int64_t> found;
    for (const TensorPlace& place : layout.places) {
        if (place.isPrivate || place.size == 0 || network.tensors[place.tensor].layer != layer)
            continue;
        const auto [first, last] = pageRange(place, layout.pageSize);
        for (std::int64_t page = first; page <= last; ++page)
            found.push_back(page);
    }
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
}

std::span<const float> RunResults::slotValues(std::int64_t slot) const
{
    return rowOf(pool, slot, pageMap ? pageMap->pageSize : 0);
}

} // namespace palimpsest
