// SPDX-License-Identifier: Apache-2.0
#include "core/report/chart_scale.h"
#include "core/report/number_format.h"
#include "core/report/report_figures.h"
#include "core/report/svg_chart.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace palimpsest {

namespace {

constexpr std::size_t kMostCells = 2400;
constexpr std::size_t kMostKeys = 8;

std::size_t slotsPerCell(std::size_t slots)
{
    return slots == 0 ? 1 : (slots + kMostCells - 1) / kMostCells;
}

std::string slotRange(std::size_t first, std::size_t end)
{
    return end - first == 1 ? "slot " + std::to_string(first)
                            : "slots " + std::to_string(first) + " to " + std::to_string(end - 1);
}

std::string count(std::int64_t number, const std::string& noun)
{
    return std::to_string(number) + " " + noun + (number == 1 ? "" : "s");
}

/// 0 tenants are hollow; 1 to the most are spread over the colours.
std::optional<double> tenantColour(std::int64_t tenants, std::int64_t most)
{
    if (tenants <= 0)
        return std::nullopt;
    return most > 1 ? static_cast<double>(tenants - 1) / static_cast<double>(most - 1) : 0.5;
}

} // namespace

PageMapFigure tenantsFigure(const ReportMatching& matching)
{
    const std::vector<std::int64_t>& tenants = matching.tenants;
    const std::size_t step = slotsPerCell(tenants.size());
    const std::int64_t most = tenants.empty() ? 0 : *std::max_element(tenants.begin(), tenants.end());
    std::vector<MapCell> cells;
    for (std::size_t first = 0; first < tenants.size(); first += step) {
        const std::size_t end = std::min(first + step, tenants.size());
        const std::int64_t here = *std::max_element(tenants.begin() + static_cast<std::ptrdiff_t>(first),
            tenants.begin() + static_cast<std::ptrdiff_t>(end));
        std::string title = slotRange(first, end) + ": " + (step > 1 ? "up to " : "") + count(here, "tenant");
        if (step == 1 && first < matching.slotCosts.size())
            title += ", cost " + shortText(matching.slotCosts[first]);
        cells.push_back({ tenantColour(here, most), here > 0 ? std::to_string(here) : "", std::move(title) });
    }

    std::map<std::int64_t, std::int64_t> slotsWith;
    for (const std::int64_t number : tenants)
        ++slotsWith[number];
    PageMapFigure figure;
    figure.slotsPerCell = static_cast<int>(step);
    // Where there are too many different numbers, the key shows an even choice of them.
    const std::size_t skip = (slotsWith.size() + kMostKeys - 1) / kMostKeys;
    std::size_t index = 0;
    std::string description;
    for (const auto& [number, slots] : slotsWith) {
        const std::optional<double> colour = tenantColour(number, most);
        const std::string text = count(number, "tenant") + ": " + count(slots, "slot");
        description += text + ". ";
        if (index++ % std::max<std::size_t>(skip, 1) == 0 || number == most)
            figure.keys.push_back({ colour ? viridis(*colour) : "none", text });
    }
    figure.svg = cellMap({ "tenants-map", "Tenants of each slot", description }, cells);
    return figure;
}

PageMapFigure slotCostFigure(const ReportMatching& matching)
{
    const std::vector<double>& costs = matching.slotCosts;
    const std::size_t step = slotsPerCell(costs.size());
    std::vector<double> sums;
    for (std::size_t first = 0; first < costs.size(); first += step) {
        double sum = 0.0;
        for (std::size_t i = first; i < std::min(first + step, costs.size()); ++i)
            sum += costs[i];
        sums.push_back(sum);
    }
    double low = 0.0;
    double high = 0.0;
    for (const double sum : sums)
        if (sum > 0.0) {
            low = low > 0.0 ? std::min(low, sum) : sum;
            high = std::max(high, sum);
        }
    std::vector<MapCell> cells;
    for (std::size_t i = 0; i < sums.size(); ++i) {
        const std::string title
            = slotRange(i * step, std::min((i + 1) * step, costs.size())) + ": cost " + shortText(sums[i]);
        const bool isFree = !(sums[i] > 0.0);
        cells.push_back(
            { isFree ? std::nullopt : std::optional(logPosition(sums[i], low, high)), "", title });
    }
    PageMapFigure figure;
    figure.slotsPerCell = static_cast<int>(step);
    std::string description = "No slot costs anything.";
    if (high > 0.0) {
        description
            = "Costs from " + shortText(low) + " to " + shortText(high) + ", colours by their logarithm.";
        const int keys = high > low ? 5 : 1;
        for (int i = 0; i < keys; ++i) {
            const double position = keys > 1 ? static_cast<double>(i) / (keys - 1) : 0.0;
            figure.keys.push_back({ viridis(position), shortText(low * std::pow(high / low, position)) });
        }
    }
    figure.keys.push_back({ "none", "nothing shared" });
    figure.svg = cellMap({ "cost-map", "Cost of each slot", description }, cells);
    return figure;
}

} // namespace palimpsest
