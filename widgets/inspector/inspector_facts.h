// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/results/run_results.h"
#include "widgets/view/selection.h"

#include <QString>

#include <optional>
#include <utility>
#include <vector>

namespace palimpsest {

/// What there is to say of one item: a title and some facts, whose values are rich text with links to other items.
struct InspectorFacts {
    QString title; ///< plain: "Slot 12"; empty: the item is not there in this run
    int colorTask = -1; ///< task whose colour stands beside the title; -1: none
    std::vector<std::pair<QString, QString>> facts; ///< name (plain), value (rich text)
};

[[nodiscard]] InspectorFacts inspectorFacts(const RunResults& results, const SelectedItem& item);

/// A link's target, and back; empty where it is none.
[[nodiscard]] QString itemLink(const SelectedItem& item);
[[nodiscard]] std::optional<SelectedItem> itemOfLink(const QString& link);

} // namespace palimpsest
