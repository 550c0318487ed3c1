// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/results/run_results.h"

#include <QString>

#include <vector>

namespace palimpsest {

/// One line of a comparison of two runs, A and B.
struct CompareRow {
    enum class Verdict { None, Better, Worse }; ///< of B against A; none where it is neither
    bool isTitle = false; ///< the line begins a section: it has a name alone
    bool isSum = false;
    QString name;
    QString a, b;
    QString difference; ///< B less A, with its sign; empty where it says nothing
    Verdict verdict = Verdict::None;
};

/// Settings that differ, accuracies, bytes, costs of matching, pages that share with others, and switch times: what both runs know.
[[nodiscard]] std::vector<CompareRow> compareRuns(const RunResults& a, const RunResults& b);

} // namespace palimpsest
