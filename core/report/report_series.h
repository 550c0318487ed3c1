// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/report/report_model.h"

#include <string>
#include <vector>

namespace palimpsest {

/// How reports call and draw one kind of weights ("standalone", "virtualized", a baseline): the same in every figure.
struct ReportSeries {
    std::string key;
    std::string label; ///< "same steps"
    std::string meaning; ///< one sentence without full stop
    int style = 0; ///< of the charts: colour with pattern and marker
};

/// Whether the series takes the bytes of the stand-alone networks: they are whole and float32.
[[nodiscard]] bool isWholeNetwork(const ReportSeries& series);
/// The named one; an unknown baseline is called by its key.
[[nodiscard]] ReportSeries reportSeries(const std::string& key);
[[nodiscard]] std::vector<std::string> reportSeriesKeys(); ///< of all named ones
/// All that occur in the tasks' accuracies: standalone, sameSteps, virtualized, then the other baselines.
[[nodiscard]] std::vector<ReportSeries> reportSeries(const ReportModel& model);

} // namespace palimpsest
