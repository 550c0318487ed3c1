// SPDX-License-Identifier: Apache-2.0
#include "core/matching/separation.h"

#include <algorithm>
#include <numeric>
#include <string>

namespace palimpsest {

namespace {

/// Share of the task's whole Fisher in each page; all zero where the task has none.
std::vector<double> contributionDensity(const TaskPages& task, std::int64_t pageSize)
{
    std::vector<double> density(static_cast<std::size_t>(task.pageCount));
    const auto size = static_cast<std::size_t>(pageSize);
    for (std::size_t page = 0; page < density.size(); ++page)
        for (std::size_t k = page * size; k < (page + 1) * size; ++k)
            if (task.valid.empty() || task.valid[k] != 0)
                density[page] += static_cast<double>(task.fisher[k]);
    const double whole = std::accumulate(density.begin(), density.end(), 0.0);
    if (whole > 0.0)
        for (double& value : density)
            value /= whole;
    return density;
}

/// Pages in order of density until the rest holds at most `margin`. Summed from the least dense page on, where no digits are lost.
std::vector<std::uint8_t> densestPages(const std::vector<double>& density, double margin)
{
    std::vector<std::size_t> order(density.size());
    std::iota(order.begin(), order.end(), std::size_t { 0 });
    std::stable_sort(
        order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return density[a] > density[b]; });
    std::vector<std::uint8_t> exclusive(density.size(), 1);
    double shared = 0.0;
    for (auto page = order.rbegin(); page != order.rend() && shared + density[*page] <= margin; ++page) {
        shared += density[*page];
        exclusive[*page] = 0;
    }
    return exclusive;
}

} // namespace

Result<Separation> separatePages(const std::vector<TaskPages>& tasks, std::int64_t pageSize,
    const SeparationSettings& settings, std::int64_t level2Bytes, std::int64_t storedPageBytes)
{
    Separation separation;
    std::int64_t pages = 0;
    for (const TaskPages& task : tasks)
        separation.density.push_back(contributionDensity(task, pageSize));
    if (settings.strategy == SeparationStrategy::Density) {
        for (const std::vector<double>& density : separation.density) {
            const auto& flags = separation.exclusive.emplace_back(densestPages(density, settings.margin));
            pages += std::count(flags.begin(), flags.end(), std::uint8_t { 1 });
        }
    } else {
        for (const TaskPages& task : tasks)
            pages += task.pageCount;
        pages = std::min(pages, settings.exclusivePages);
        separation.exclusiveLimit = pages;
    }
    if (level2Bytes > 0 && pages * storedPageBytes > level2Bytes)
        return badInput("budgets.level2Bytes: expected at least " + std::to_string(pages * storedPageBytes)
            + " bytes for " + std::to_string(pages) + " exclusive pages, got " + std::to_string(level2Bytes)
            + "; raise it, or lower separation.exclusivePages (price) or raise separation.margin (density)");
    return separation;
}

} // namespace palimpsest
