// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/pipeline/pipeline.h"
#include "core/project/settings.h"
#include "core/report/report_model.h"
#include "widgets/pagemap/page_map.h"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace palimpsest {

/// All that the window shows of a project at one moment. Immutable once loaded.
struct ProjectSnapshot {
    std::filesystem::path folder;
    Recipe recipe;
    std::vector<StageStatus> stages;
    /// Of the recipe as it is, else of the newest kept run that has it; nullptr: no run has.
    std::shared_ptr<const ReportModel> report;
    std::shared_ptr<const PageMap> pageMap;
    std::string resultsNote; ///< says so where report or page map are of an earlier run; else empty
    std::string problem; ///< why results that are there could not be read; else empty
};

/// Reads recipe, states and results of a project folder; takes no lock and runs nothing. Long where files must be hashed for
/// the first time: call it on a worker thread.
[[nodiscard]] Result<std::shared_ptr<const ProjectSnapshot>> loadSnapshot(
    const std::filesystem::path& folder);

} // namespace palimpsest
