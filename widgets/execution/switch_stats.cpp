// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/execution/switch_stats.h"

#include "core/base/quantile.h"
#include "core/report/report_summary.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace palimpsest {

bool SwitchStats::isFloor() const
{
    return method == "allResident" || method == "launch" || method == "gather";
}

SwitchResults switchResults(const ReportModel& report)
{
    SwitchResults results;
    try {
        ReportSummary summary = summarise(report);
        for (SwitchFigure& figure : summary.switches) {
            SwitchStats way { std::move(figure.method), figure.medianUs, figure.p95Us, std::nullopt,
                std::move(figure.samplesUs) };
            if (!way.samplesUs.empty())
                way.p99Us = quantileOf(way.samplesUs, 0.99);
            results.ways.push_back(std::move(way));
        }
        results.sequence = std::move(summary.switchSequence);
        results.networkBytes = summary.networkBytes;
    } catch (const std::invalid_argument&) { // the log's JSON was damaged
        return {};
    }
    return results;
}

} // namespace palimpsest
