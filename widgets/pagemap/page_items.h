// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/pagemap/page_cells.h"
#include "widgets/results/run_results.h"
#include "widgets/view/selection.h"

#include <QString>

#include <cstdint>
#include <vector>

namespace palimpsest {

/// A cell of a page map: of the pool, row 0 and the slot as column; of tasks x pages, task and page.
struct CellIndex {
    std::int64_t row = -1;
    std::int64_t column = -1;
    [[nodiscard]] bool isNone() const { return row < 0 || column < 0; }
    bool operator==(const CellIndex&) const = default;
};

/// What the selection is when the user selects a cell: a slot, or a page with its slot.
[[nodiscard]] SelectedItem itemAt(const RunResults& results, PageMapMode mode, const CellIndex& cell);
/// The one cell that stands for an item; none where the item has no cell in this mode (a task, a layer, an exclusive page in the pool).
[[nodiscard]] CellIndex cellOf(const RunResults& results, PageMapMode mode, const SelectedItem& item);
/// Cells of all pages of a task or of a layer of it. Empty for any other item.
[[nodiscard]] std::vector<CellIndex> cellsOfGroup(
    const RunResults& results, PageMapMode mode, const SelectedItem& item);
/// In tasks x pages, the cells of all pages that use the item's slot. Empty in the pool and for an item without a slot.
[[nodiscard]] std::vector<CellIndex> cellsOfSlot(
    const RunResults& results, PageMapMode mode, const SelectedItem& item);

/// A page as an item, with its slot where it has one. Also for a run without tables.
[[nodiscard]] SelectedItem pageItem(const RunResults& results, std::size_t task, std::int64_t page);

/// "gtsrb:88": how a page is written and searched for.
[[nodiscard]] QString pageName(const RunResults& results, std::size_t task, std::int64_t page);
/// "fashion:3, digits:7": the tenants of a slot; past `most` of them "and 12 more".
[[nodiscard]] QString tenantsText(const RunResults& results, int slot, int most = 100);
/// A few lines on a cell, for a tool tip and for screen readers.
[[nodiscard]] QString cellText(const RunResults& results, PageMapMode mode, const CellIndex& cell);
/// Names of the layers that have weights on a page: "conv1, conv2".
[[nodiscard]] QString layersText(const TaskResults& task, std::int64_t page);

} // namespace palimpsest
