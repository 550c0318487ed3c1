// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/network/network.h"
#include "core/pages/page_layout.h"
#include "core/pages/page_table.h"
#include "core/project/settings.h"
#include "core/report/report_model.h"
#include "widgets/pagemap/page_map.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace palimpsest {

/// What views know of one task. Each part is there as soon as the stage that makes it is done; until then it is empty.
struct TaskResults {
    std::string name;
    Network network; ///< import
    PageLayout layout; ///< pages
    std::vector<float>
        weights; ///< page image of the stand-alone network, [pageCount, pageSize]; train and pages
    std::vector<float> fisher; ///< page image of its Fisher, nats per squared weight; fisher and pages
    std::vector<double> pageFisher; ///< sum of `fisher` over each page, [pageCount]
    std::optional<double> standaloneValidation; ///< accuracy of the stand-alone network, a fraction; train
    PageTable table; ///< match

    [[nodiscard]] std::span<const float> pageWeights(std::int64_t page) const;
    /// Layers that have weights on a page, ascending indices into network.layers.
    [[nodiscard]] std::vector<std::size_t> layersOf(std::int64_t page) const;
    /// Paged tensors of a layer: the pages that hold them, ascending.
    [[nodiscard]] std::vector<std::int64_t> pagesOf(std::size_t layer) const;
};

/// All that the views show of one run. Immutable once made: shared between threads as std::shared_ptr<const RunResults>.
struct RunResults {
    std::string run; ///< "r3"; empty: of the recipe as it stands, not kept as a run
    Recipe recipe; ///< that made it
    std::vector<TaskResults> tasks; ///< in the recipe's order
    std::shared_ptr<const PageMap> pageMap; ///< match; nullptr: not done
    std::vector<float> pool; ///< [slotCount, pageSize] after joint optimisation; empty: not done
    std::shared_ptr<const ReportModel> report; ///< evaluate and place; nullptr: not done

    [[nodiscard]] std::span<const float> slotValues(
        std::int64_t slot) const; ///< empty where there is no pool
};

} // namespace palimpsest
