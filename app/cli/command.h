// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/json.h"
#include "core/base/result.h"
#include "core/job/job_channel.h"

#include <functional>
#include <string>

namespace CLI {
class App;
}

namespace palimpsest {
class Ranks;
}

namespace palimpsest::cli {

/// Exit codes of the program (DESIGN.md 10).
enum ExitCode : int { kDone = 0, kFailed = 1, kBadInput = 2, kCanceled = 130 };

/// Prints the error's one sentence to standard error. @return the exit code for it
int reportError(const Error& error);

/// One JSON object on one line of standard output.
void printLine(const Json& json);

/// Runs `work` on a worker thread and shows its progress: a bar with the time left on a terminal, otherwise one line a
/// stage, or JSON lines. Ctrl-C asks the work to stop; a second one ends the program at once.
/// @param ranks  of a job of several processes: all but the first are silent, and one of them tells of a failure
/// @return the exit code; the value of a finished job is what `work` stored itself
int runJob(const std::function<Result<JobEnd>(JobChannel&, std::stop_token)>& work, bool json,
    const Ranks* ranks = nullptr);

// Each adds its verbs to the program. What a verb does is run in its callback; `exitCode` receives its end.
void addProjectCommands(CLI::App& app, int& exitCode); ///< and addRunCommand() among them
void addRunCommand(CLI::App& app, int& exitCode);
void addNetworkCommands(CLI::App& app, int& exitCode);
void addBenchCommands(CLI::App& app, int& exitCode);
void addDataCommands(CLI::App& app, int& exitCode);
void addTuneCommand(CLI::App& app, int& exitCode);

} // namespace palimpsest::cli
