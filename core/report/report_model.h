// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/json.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace palimpsest {

/// A curve of the report: one point each validation.
struct ReportCurve {
    std::vector<double> steps;
    std::vector<double> accuracy; ///< fraction of the validation split
    std::vector<double> loss; ///< mean training loss since the point before; 0 where nothing was trained yet
};

struct ReportTask {
    std::string name;
    std::string data; ///< "idx, 60,000 + 10,000 samples of [1, 28, 28]"
    std::int64_t weights = 0;
    std::int64_t pages = 0;
    std::int64_t exclusivePages = 0;
    std::int64_t trainSamples = 0;
    std::int64_t validationSamples = 0;
    std::int64_t testSamples = 0;
    double tolerance = 0.0;
    std::map<std::string, double>
        accuracy; ///< fraction of the test split: "standalone", "virtualized", each baseline that ran; empty: none is stated, `data` says why
    std::map<std::string, double> validation; ///< fraction of the validation split, same keys where known
    ReportCurve standaloneCurve, jointCurve, sameStepsCurve;
};

struct ReportMemory {
    std::int64_t standaloneBytes = 0, poolBytes = 0, exclusiveBytes = 0, privateBytes = 0, tableBytes = 0,
                 scaleBytes = 0, scratchBytes = 0;
    std::int64_t level1Budget = 0, level2Budget = 0; ///< 0: none
    std::int64_t exclusiveScaleBytes = 0; ///< of scaleBytes: those of exclusive pages, which lie in level 2
    [[nodiscard]] std::int64_t virtualizedBytes() const
    {
        return poolBytes + exclusiveBytes + privateBytes + tableBytes + scaleBytes;
    }
};

struct ReportMatching {
    std::string strategy;
    double costBarycentre = 0.0, costPairwise = 0.0;
    std::optional<double> lowerBoundBarycentre, lowerBoundPairwise;
    std::optional<double>
        gap; ///< cost the strategy minimised / its bound - 1; empty where slots are used twice
    std::int64_t slots = 0, pageSize = 0;
    std::vector<std::int64_t> tenants; ///< one a slot
    std::vector<double> slotCosts; ///< J_bary, one a slot
};

struct ReportStage {
    std::string name, state, fingerprint;
};

/// All that a report says, from the results of one run. Deterministic but for `measured`.
struct ReportModel {
    std::string project, description, version, device, run;
    std::uint64_t seed = 0;
    std::string settings; ///< JSON text: the recipe as it ran, overrides applied
    ReportMemory memory;
    ReportMatching matching;
    std::vector<ReportTask> tasks;
    std::map<std::string, std::int64_t> baselineBytes; ///< "int8" -> bytes of all tasks
    std::vector<std::string> baselinesNotRun;
    std::vector<ReportStage> stages;
    /// DESIGN.md 10: seconds, switch, memory, host, date. Not reproducible.
    std::string measured; ///< JSON text of an object; empty: nothing was measured
};

/// DESIGN.md 10's contract; its schema is core/report/report.schema.json.
[[nodiscard]] Json toJson(const ReportModel& model);
/// One line a task and accuracy: task,quantity,value.
[[nodiscard]] std::string toCsv(const ReportModel& model);
/// A picture that the page takes in, as the workbench's views give them.
struct ReportPicture {
    std::string title;
    std::string mediaType; ///< "image/svg+xml", "image/png"
    std::string base64; ///< its bytes
};
/// One self-contained page, charts as inline SVG, light and dark; `pictures` in a section of their own.
/// @throws std::invalid_argument if a picture's media type or data hold other characters than theirs
[[nodiscard]] std::string toHtml(const ReportModel& model, const std::vector<ReportPicture>& pictures = {});
/// The table that `palimpsest run` prints at its end: plain text, 100 columns at most.
[[nodiscard]] std::string toText(const ReportModel& model);

} // namespace palimpsest
