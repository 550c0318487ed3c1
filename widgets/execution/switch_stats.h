// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/report_model.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace palimpsest {

/// How long switches took in one way.
struct SwitchStats {
    std::string method; ///< "paged"
    double medianUs = 0.0, p95Us = 0.0;
    std::optional<double> p99Us; ///< empty where no samples were kept
    std::vector<double> samplesUs; ///< in the order of the switches
    [[nodiscard]] bool isFloor() const; ///< less than any way that moves the weights could take
};

/// What the stage execute measured.
struct SwitchResults {
    std::vector<SwitchStats> ways; ///< paged first; empty: nothing was measured
    std::vector<std::size_t> sequence; ///< task of each switch; may be empty
    double networkBytes = 0.0; ///< mean of a switched network
};

/// Empty where `report.measured` has none, or is damaged.
[[nodiscard]] SwitchResults switchResults(const ReportModel& report);

} // namespace palimpsest
