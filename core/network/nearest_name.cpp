// SPDX-License-Identifier: Apache-2.0
#include "core/network/nearest_name.h"

#include <algorithm>
#include <numeric>
#include <vector>

namespace palimpsest {

namespace {

constexpr std::size_t kLongestName
    = 64; ///< longer ones are no slip of the finger, and the table below stays small

char lower(char letter)
{
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

/// Levenshtein's distance, row by row.
std::size_t editDistance(std::string_view a, std::string_view b)
{
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t { 0 });
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replaced = diagonal + (lower(a[i - 1]) == lower(b[j - 1]) ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({ row[j] + 1, row[j - 1] + 1, replaced });
        }
    }
    return row.back();
}

} // namespace

std::string_view nearestName(std::string_view name, std::span<const std::string_view> known)
{
    std::string_view nearest;
    if (name.empty() || name.size() > kLongestName)
        return nearest;
    std::size_t fewest = std::max<std::size_t>(name.size() / 3, 1) + 1;
    for (const std::string_view candidate : known) {
        const std::size_t edits = editDistance(name, candidate);
        if (edits < fewest && edits < candidate.size()) {
            fewest = edits;
            nearest = candidate;
        }
    }
    return nearest;
}

std::string didYouMean(std::string_view name, std::span<const std::string_view> known)
{
    const std::string_view nearest = nearestName(name, known);
    return nearest.empty() ? std::string() : " (did you mean \"" + std::string(nearest) + "\"?)";
}

} // namespace palimpsest
