// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/results/run_results.h"
#include "widgets/view/selection.h"

#include <cstdint>
#include <span>
#include <vector>

namespace palimpsest {

/// How the weights of several pages are spread: counts in bins of equal width, the same bins for all.
struct WeightHistogram {
    double low = 0.0; ///< of the first bin; weights
    double binWidth = 1.0;
    std::vector<std::vector<std::int64_t>> counts; ///< [page][bin]
    std::vector<std::int64_t> totals; ///< [page]: weights counted; those that are not finite are left out
};

/// @param bins  at least 1
[[nodiscard]] WeightHistogram makeWeightHistogram(
    const std::vector<std::vector<float>>& pages, std::size_t bins);

/// Weights of a page without its padding. Empty where the stand-alone weights are not there.
[[nodiscard]] std::vector<float> pageValues(const TaskResults& task, std::int64_t page);
/// What a slot holds after joint optimisation, without positions that no tenant uses. Empty where there is no pool.
[[nodiscard]] std::vector<float> slotValues(const RunResults& results, int slot);

/// The tenants of a slot whose pages hold most Fisher information, at most `most` of them; the first ones where it is not known. In the
/// order of the page map.
[[nodiscard]] std::vector<SlotTenant> weightiestTenants(
    const RunResults& results, int slot, std::size_t most);

} // namespace palimpsest
