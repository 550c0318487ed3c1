// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/json.h"
#include "core/job/job_channel.h"
#include "core/pipeline/run_session.h"

namespace palimpsest {

/// A part's result, and what was measured while it was made (seconds, memory: for the log, never for the result file).
struct PartOutcome {
    Record record;
    std::string measured; ///< JSON text of an object; empty: nothing
};

// One function a part, called by runPipeline() alone. Each reads the results of earlier parts from the session.
[[nodiscard]] Result<PartOutcome> runImport(RunSession& session, std::size_t task, const JobContext& context);
[[nodiscard]] Result<PartOutcome> runTrain(RunSession& session, std::size_t task, const JobContext& context);
[[nodiscard]] Result<PartOutcome> runFisher(RunSession& session, std::size_t task, const JobContext& context);
[[nodiscard]] Result<PartOutcome> runPages(RunSession& session, const JobContext& context);
[[nodiscard]] Result<PartOutcome> runSeparate(RunSession& session, const JobContext& context);
[[nodiscard]] Result<PartOutcome> runMatch(RunSession& session, const JobContext& context);
[[nodiscard]] Result<PartOutcome> runOptimise(RunSession& session, const JobContext& context);
[[nodiscard]] Result<PartOutcome> runSameSteps(
    RunSession& session, std::size_t task, const JobContext& context);
[[nodiscard]] Result<PartOutcome> runEvaluate(RunSession& session, const JobContext& context);
[[nodiscard]] Result<PartOutcome> runPlace(RunSession& session, const JobContext& context);
[[nodiscard]] Result<PartOutcome> runExecute(RunSession& session, const JobContext& context);
[[nodiscard]] Result<PartOutcome> runReport(RunSession& session, const JobContext& context);

/// The storage form of a rounded baseline ("int8" -> Int8); empty for baselines that are trained.
[[nodiscard]] std::optional<Storage> roundedBaseline(const std::string& name);

} // namespace palimpsest
