// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/job/job_channel.h"
#include "core/pipeline/project.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <stop_token>
#include <vector>

namespace palimpsest {

/// What the search is for: one of the first two is set.
struct TuneTarget {
    std::optional<std::int64_t> bytes; ///< the best accuracy within so many bytes
    std::optional<double>
        maxDrop; ///< the fewest bytes with a mean loss of validation accuracy of at most this
    double minutes = 10.0; ///< no new try is started later
};

/// One number of pool pages that was tried. Changes are of validation accuracy, a fraction, against the stand-alone networks
/// given the same steps (or the stand-alone ones where the recipe does not ask for that baseline).
struct TunePoint {
    std::int64_t poolPages = 0;
    std::int64_t virtualizedBytes = 0;
    double ratio = 0.0;
    double meanChange = 0.0;
    double worstChange = 0.0;
};

struct TuneOutcome {
    std::vector<TunePoint> points; ///< by bytes, ascending
    std::optional<TunePoint> best; ///< empty where none reaches the target
};

/// Searches pages.poolPages by bisection, on validation data alone. Every try is an ordinary run of the project (kept in
/// runs.json with its override), so a search that was stopped goes on where it was.
[[nodiscard]] Result<TuneOutcome> tuneProject(const std::filesystem::path& folder, const Recipe& recipe,
    const TuneTarget& target, JobChannel& channel, std::stop_token stop);

} // namespace palimpsest
