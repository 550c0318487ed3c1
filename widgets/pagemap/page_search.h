// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/results/run_results.h"
#include "widgets/view/selection.h"

#include <QString>

#include <vector>

namespace palimpsest {

/// What a text of a search box means: "gtsrb:88" a page, "slot 117" or "117" a slot, "gtsrb:conv1" or a part of a layer's name its layers, a
/// part of a task's name the task. Upper and lower case are the same. Exact names come first; tasks before layers. Empty: nothing
/// is meant.
[[nodiscard]] std::vector<SelectedItem> searchPages(const RunResults& results, const QString& text);

/// An item in words: "page gtsrb:88", "slot 117", "layer conv1 of gtsrb", "task gtsrb"; empty for none.
[[nodiscard]] QString itemText(const RunResults& results, const SelectedItem& item);

} // namespace palimpsest
