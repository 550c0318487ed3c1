// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/json.h"
#include "core/job/job_channel.h"
#include "core/pipeline/run_session.h"

#include <functional>
#include <stop_token>

namespace palimpsest {

/// A part's result, and what was measured while it was made (seconds, memory: for the log, never for the result file).
struct PartOutcome {
    Record record;
    std::string measured; ///< JSON text of an object; empty: nothing
};

/// Some parts of a project, for those who hold its lock.
struct PartsRequest {
    std::function<bool(const StagePart&)> isWanted;
    std::function<bool(const StagePart&)> isRedone
        = [](const StagePart&) { return false; }; ///< although it is done
    std::string device = "cpu"; ///< as resolveDevice() gave it
    std::string run; ///< as the log names it
    Ranks* ranks = nullptr; ///< as RunOptions::ranks
};
/// Runs those that are not done yet, or redone, in order; each result is saved, over an older one, before the next part starts. What they read and is not wanted must be done.
/// @return JobEnd::Canceled where `stop` was set: what is done stays
[[nodiscard]] Result<JobEnd> runParts(
    const Project& project, const PartsRequest& request, JobChannel& channel, const std::stop_token& stop);

// One function a part, called by runParts() alone. Each reads the results of earlier parts from the session.
[[nodiscard]] Result<PartOutcome> runImport(RunSession& session, std::size_t task, const JobContext& context);
[[nodiscard]] Result<PartOutcome> runTrain(RunSession& session, std::size_t task, const JobContext& context);
[[nodiscard]] Result<PartOutcome> runFisher(RunSession& session, std::size_t task, const JobContext& context);
[[nodiscard]] Result<PartOutcome> runPages(RunSession& session, const JobContext& context);
[[nodiscard]] Result<PartOutcome> runSeparate(RunSession& session, const JobContext& context);
[[nodiscard]] Result<PartOutcome> runMatch(RunSession& session, const JobContext& context);
/// What optimise is asked for. @param resume  from the project's checkpoint
[[nodiscard]] Result<JointRequest> optimiseRequest(RunSession& session, bool resume);
[[nodiscard]] Result<PartOutcome> runOptimise(RunSession& session, const JobContext& context);
/// @param name  a trained baseline
[[nodiscard]] Result<PartOutcome> runBaseline(
    RunSession& session, const std::string& name, std::size_t task, const JobContext& context);
[[nodiscard]] Result<PartOutcome> runEvaluate(RunSession& session, const JobContext& context);
[[nodiscard]] Result<PartOutcome> runPlace(RunSession& session, const JobContext& context);
[[nodiscard]] Result<PartOutcome> runExecute(RunSession& session, const JobContext& context);
[[nodiscard]] Result<PartOutcome> runReport(RunSession& session, const JobContext& context);

/// The storage form of a rounded baseline ("int8" -> Int8); empty for baselines that are trained.
[[nodiscard]] std::optional<Storage> roundedBaseline(std::string_view name);
/// Bytes of the recipe's baselines, of all tasks together, but of those that take what the stand-alone networks take.
[[nodiscard]] Result<std::map<std::string, std::int64_t>> baselineBytes(RunSession& session);
/// Where the bytes of the virtualized networks go. Needs the results up to match.
[[nodiscard]] Result<MemoryPlan> memoryPlan(RunSession& session);

} // namespace palimpsest
