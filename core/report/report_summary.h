// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/report/report_model.h"

#include <optional>
#include <string>
#include <vector>

namespace palimpsest {

/// Switch times of one method, from ReportModel::measured.
struct SwitchFigure {
    std::string method; ///< "paged", "wholeCopy", "fileReload", "allResident"
    double medianUs = 0.0, p95Us = 0.0;
    std::vector<double> samplesUs; ///< may be empty
};

/// What the networks take, and how good they are, in a form that shares nothing.
struct RivalFigure {
    std::string key; ///< of the baseline
    std::int64_t bytes = 0; ///< of all tasks
    double meanAccuracy = 0.0; ///< over the tasks, a fraction
};

/// What several forms of a report say, worked out once.
struct ReportSummary {
    std::optional<double> ratio; ///< stand-alone bytes / virtualized bytes; empty where nothing is stored
    std::string
        reference; ///< what changes are counted from: "sameSteps", or "standalone" where that did not run
    std::optional<double> meanChange; ///< mean over tasks of virtualized - reference, a fraction
    std::size_t tasksBelowTolerance = 0; ///< virtualized < standalone - tolerance
    std::optional<double> meanAccuracy; ///< of virtualized, over the tasks; empty where a task has none
    std::vector<RivalFigure>
        rivals; ///< that every task was scored with and that take other bytes than stand-alone; the
        ///< largest first
    std::optional<RivalFigure>
        betterRival; ///< of those that take no more bytes than virtualized and are no worse on average,
        ///< the best: then sharing is not needed
    std::vector<SwitchFigure> switches; ///< paged first
    std::vector<std::size_t> switchSequence; ///< task of each sample of `switches`; empty: not told
    double networkBytes = 0.0; ///< mean of a switched network; 0: not measured
};

/// @throws std::invalid_argument if `settings` or `measured` is no JSON
[[nodiscard]] ReportSummary summarise(const ReportModel& model);

/// virtualized - `reference` of one task; empty where either is missing.
[[nodiscard]] std::optional<double> change(const ReportTask& task, const std::string& reference);

/// What the better rival means, as one sentence. @pre summary.betterRival
[[nodiscard]] std::string adviceText(const ReportSummary& summary);

/// "whole copy" for "wholeCopy": what reports call a way to switch; an unknown one keeps its key.
[[nodiscard]] std::vector<std::string> switchMethods(); ///< all that have a label
[[nodiscard]] std::string switchLabel(const std::string& method);
/// What a switch does that way, as part of a sentence: "reading the network's weight file again".
[[nodiscard]] std::string switchMeaning(const std::string& method);

/// The model's JSON texts as values; an empty text is an empty object. @throws std::invalid_argument if it is no JSON object
[[nodiscard]] Json objectFromText(const std::string& text);

} // namespace palimpsest
