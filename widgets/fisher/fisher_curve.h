// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace palimpsest {

/// How one task's Fisher information lies on its pages. Contribution density as core/matching/separation.h has it: a page's share
/// of the task's whole Fisher.
struct FisherCurve {
    std::vector<double> density; ///< of each page; all 0 where the task has no Fisher
    std::vector<std::uint32_t> order; ///< pages, the densest first
    std::vector<double> rest; ///< [pages + 1]: share on all pages but the k densest; from 1 down to 0

    /// How many of the densest pages become exclusive so that those that stay shared hold at most `margin`.
    [[nodiscard]] std::int64_t exclusivePages(double margin) const;
};

[[nodiscard]] FisherCurve makeFisherCurve(std::span<const double> pageFisher);

/// Page Fisher of several tasks in bins that are even in its logarithm; the same bins for all.
struct FisherHistogram {
    std::vector<double> edges; ///< [bins + 1], > 0; empty where no page has any Fisher
    std::vector<std::vector<std::int64_t>> counts; ///< [task][bin]
    std::vector<std::int64_t> withoutFisher; ///< [task]: pages that have none and so no logarithm
};

[[nodiscard]] FisherHistogram makeFisherHistogram(
    const std::vector<std::span<const double>>& pageFisher, std::size_t bins);

} // namespace palimpsest
