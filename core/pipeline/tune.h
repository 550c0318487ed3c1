// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/job/job_channel.h"
#include "core/project/settings.h"
#include "core/report/tune_front.h"

#include <filesystem>
#include <stop_token>
#include <string>

namespace palimpsest {

struct TuneOptions {
    TuneTarget target;
    /// Of the tries; what they need first (trained networks, their Fisher information, the reference) is not counted. No try is begun that would
    /// not end in time, but the first.
    double seconds = 600.0;
    std::string device = "auto"; ///< "auto", "cpu", "cuda:N"
};

struct TuneOutcome {
    TuneFront front;
    JobEnd end = JobEnd::Finished; ///< Canceled: all that was tried to its end is kept
    bool isTimeUp = false; ///< the search was not at its end
};

/// Searches storage forms, pages, exclusive pages and steps for a target, on training and validation samples alone (tune_plan.h).
///
/// Every try starts at the trained networks' own weights. It is kept in tune.json as soon as it is finished, a try that was interrupted goes on
/// from its checkpoint, and its results are those that a run with the same settings would make: taking a point costs no second training. Each try
/// is told as a TuneEvent.
///
/// Also writes report/tune.json and report/tune.csv.
/// @return BadInput where the target cannot be met by any packing (says the smallest), or the recipe cannot be run; where every try
///         failed, the error of the last one
[[nodiscard]] Result<TuneOutcome> tuneProject(const std::filesystem::path& folder, const Recipe& recipe,
    const TuneOptions& options, JobChannel& channel, std::stop_token stop);

} // namespace palimpsest
