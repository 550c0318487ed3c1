// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace palimpsest {

/// Fewest insertions, deletions and replacements of single characters that turn one text into the other
/// (Levenshtein 1966), upper and lower case being equal.
[[nodiscard]] std::size_t editDistance(std::string_view a, std::string_view b);

/// The candidate with the smallest edit distance to `name`, the first of several; empty where there is no
/// candidate.
[[nodiscard]] std::string nearest(std::string_view name, const std::vector<std::string>& candidates);

/// `"a", "b", "c"`
[[nodiscard]] std::string quotedList(const std::vector<std::string>& items);

} // namespace palimpsest
