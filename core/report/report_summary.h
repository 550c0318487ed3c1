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

/// What several forms of a report say, worked out once.
struct ReportSummary {
    std::optional<double> ratio; ///< stand-alone bytes / virtualized bytes; empty where nothing is stored
    std::string
        reference; ///< what changes are counted from: "sameSteps", or "standalone" where that did not run
    std::optional<double> meanChange; ///< mean over tasks of virtualized - reference, a fraction
    std::size_t tasksBelowTolerance = 0; ///< virtualized < standalone - tolerance
    std::vector<SwitchFigure> switches; ///< paged first
    std::vector<std::size_t> switchSequence; ///< task of each sample of `switches`; empty: not told
    double networkBytes = 0.0; ///< mean of a switched network; 0: not measured
};

/// @throws std::invalid_argument if `settings` or `measured` is no JSON
[[nodiscard]] ReportSummary summarise(const ReportModel& model);

/// virtualized - `reference` of one task; empty where either is missing.
[[nodiscard]] std::optional<double> change(const ReportTask& task, const std::string& reference);

/// "whole copy" for "wholeCopy": what reports call a way to switch; an unknown one keeps its key.
[[nodiscard]] std::string switchLabel(const std::string& method);
/// What a switch does that way, as part of a sentence: "reading the network's weight file again".
[[nodiscard]] std::string switchMeaning(const std::string& method);

/// The model's JSON texts as values; an empty text is an empty object. @throws std::invalid_argument if it is no JSON object
[[nodiscard]] Json objectFromText(const std::string& text);

} // namespace palimpsest
