// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/io/bundle.h"
#include "core/job/job_channel.h"
#include "core/pipeline/project.h"
#include "core/pipeline/stage.h"
#include "core/report/report_model.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace palimpsest {

class Ranks;

enum class StageState : std::uint8_t {
    Waiting, ///< never run, and a stage before it is not done
    Ready, ///< never run, can be run now
    Stale, ///< was run with other inputs; `reason` says which
    Failed, ///< the last try with these inputs failed; `reason` is its error
    Done,
};
/// "waiting", "ready", ...
[[nodiscard]] std::string_view toString(StageState state);

struct StageStatus {
    Stage stage = Stage::Import;
    StageState state = StageState::Waiting;
    std::string reason; ///< one clause for people; empty where there is nothing to say
    std::string fingerprint; ///< of all the stage's parts together
    std::size_t partsDone = 0;
    std::size_t partCount = 0;
};

/// One entry a stage, in order. Reads file names and small texts only; no LibTorch work.
[[nodiscard]] Result<std::vector<StageStatus>> stageStatus(const Project& project);

struct RunOptions {
    std::optional<Stage> from
        = std::nullopt; ///< this stage and all after it run again even where they are done
    std::optional<Stage> until = std::nullopt; ///< the last stage to run; empty: report
    std::string device = "auto"; ///< "auto", "cpu", "cuda:N"
    Ranks* ranks = nullptr; ///< the processes of this job; nullptr: this one is alone
};

/// Runs every part whose result is not there yet, in order, under the project's lock. Each result is saved before the
/// next part starts; runs.json and the log are kept.
///
/// The same function serves the command line, the workbench and the tests. Progress, samples and messages go to `channel`.
/// With other ranks, rank 0 calls it; it alone locks, writes and reports, and the others follow: see followPipeline(). Joint
/// optimisation is divided among all, the rest is rank 0's.
/// @return JobEnd::Canceled where `stop` was set: what is done stays
[[nodiscard]] Result<JobEnd> runPipeline(
    const Project& project, const RunOptions& options, JobChannel& channel, std::stop_token stop);

/// What the other ranks do: they wait for rank 0's orders and take their part, until rank 0 has left. They read the same
/// project folder, on a file system that all share, and write nothing.
/// @pre options.ranks is not nullptr, and not rank 0
[[nodiscard]] Result<JobEnd> followPipeline(
    const Project& project, const RunOptions& options, JobChannel& channel, const std::stop_token& stop);

/// What the report says of a project's results. @return BadInput where `evaluate` or `place` is not done
[[nodiscard]] Result<ReportModel> buildReport(const Project& project);

/// Writes the deployable bundle into `target`, which must not exist or be empty (core/io/bundle.h): the pages as they are stored.
[[nodiscard]] Result<BundleSize> exportProject(const Project& project, const std::filesystem::path& target);

/// Checks the recipe and every file it names, reads the training data of each task, and runs nothing.
/// @return one line a task
[[nodiscard]] Result<std::vector<std::string>> validateProject(const Project& project);

/// Removes kept runs but the newest `keep`, and result files that no kept run and no front of a search uses. @return bytes freed
[[nodiscard]] Result<std::int64_t> pruneRuns(const std::filesystem::path& folder, std::size_t keep);

} // namespace palimpsest
