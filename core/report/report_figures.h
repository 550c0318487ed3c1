// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/report/report_model.h"
#include "core/report/report_series.h"
#include "core/report/report_summary.h"

#include <string>
#include <vector>

namespace palimpsest {

// The figures of the page: what of the model goes into which chart. Each gives <svg> elements.

struct LegendEntry {
    std::string label;
    int style = 0;
};

/// One panel of a task: all accuracies from 0 to 100 % with their 95 % intervals.
[[nodiscard]] std::string accuracyFigure(
    const ReportTask& task, const std::vector<ReportSeries>& series, std::size_t index);

/// One panel of a task: how far each form is from `summary.reference`, in points. All panels have the same axis.
/// Empty where the reference did not run for the task.
[[nodiscard]] std::string changeFigure(const ReportModel& model, const ReportSummary& summary,
    const ReportTask& task, const std::vector<ReportSeries>& series, std::size_t index);

/// One panel of a task: validation accuracy over the joint steps. Empty where there is no curve.
[[nodiscard]] std::string curveFigure(const ReportTask& task, std::size_t index);
[[nodiscard]] std::vector<LegendEntry> curveLegend(const ReportModel& model);

[[nodiscard]] std::string memoryFigure(const ReportModel& model);
[[nodiscard]] std::vector<LegendEntry> memoryLegend();

/// A page map, cells in slot order, each with its colour's key.
struct PageMapFigure {
    std::string svg;
    int slotsPerCell = 1; ///< more where there are too many slots to draw each
    struct Key {
        std::string colour, text;
    };
    std::vector<Key> keys;
};
[[nodiscard]] PageMapFigure tenantsFigure(const ReportMatching& matching);
[[nodiscard]] PageMapFigure slotCostFigure(const ReportMatching& matching);

/// @pre summary.switches is not empty
[[nodiscard]] std::string switchFigure(const ReportSummary& summary);

} // namespace palimpsest
