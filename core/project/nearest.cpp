// SPDX-License-Identifier: Apache-2.0
#include "core/project/nearest.h"

#include <algorithm>
#include <numeric>

namespace palimpsest {

namespace {

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

} // namespace

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

std::string nearest(std::string_view name, const std::vector<std::string>& candidates)
{
    const std::string_view bounded = name.substr(0, 200); // a key may be megabytes long
    const auto best
        = std::min_element(candidates.begin(), candidates.end(), [bounded](const auto& a, const auto& b) {
              return editDistance(bounded, a) < editDistance(bounded, b);
          });
    return best == candidates.end() ? std::string() : *best;
}

std::string quotedList(const std::vector<std::string>& items)
{
    std::string text;
    for (const std::string& item : items)
        text += (text.empty() ? "\"" : ", \"") + item + "\"";
    return text;
}

} // namespace palimpsest
