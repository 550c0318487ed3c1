// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/array.h"
#include "core/base/result.h"
#include "core/data/dataset.h"
#include "core/data/preprocess.h"
#include "core/matching/matching.h"
#include "core/matching/placement.h"
#include "core/matching/separation.h"
#include "core/network/network.h"
#include "core/nn/evaluate.h"
#include "core/nn/joint.h"
#include "core/nn/train.h"
#include "core/nn/train_alone.h"
#include "core/pages/page_layout.h"
#include "core/pages/page_table.h"
#include "core/pipeline/stage.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace palimpsest {

// What each part's result file holds, and its form as a Record (core/io/FORMAT.md). Vectors over tasks are in the
// recipe's order. Nothing in here is a time, a host or a memory reading: those live in the log.

struct ImportResult {
    Network network;
    Preprocessing preprocessing; ///< fitted on the training samples
    TrainSplit split;
    std::int64_t classes = 0;
    Shape sampleShape;
    std::vector<std::string> classNames;
};

struct TrainResult {
    Weights weights;
    bool imported = false; ///< the recipe named a file of weights: nothing was trained
    double validationAccuracy = 0.0;
    double validationLoss = 0.0;
    std::int64_t steps = 0;
    std::vector<CurvePoint> curve;
};

struct FisherResult {
    Weights fisher;
    std::int64_t samples = 0; ///< 0: it was read from a file
};

struct PagesResult {
    std::vector<PageLayout> layouts;
    std::int64_t slotCount = 0;
};

using SeparateResult = Separation;

struct MatchStageResult {
    MatchResult match;
    std::optional<LowerBounds> bounds;
    std::vector<double> slotCosts; ///< J_bary of each slot
};

using OptimiseResult = JointOutcome;

/// Of one task.
struct BaselineResult {
    AloneOutcome outcome;
    std::optional<Network> network; ///< that was trained; empty: the task's own
};

struct EvaluateResult {
    /// One entry a task: "standalone", "virtualized", and each baseline that ran.
    std::vector<std::map<std::string, Score>> scores;
};

struct PlaceResult {
    MemoryPlan plan;
    std::map<std::string, std::int64_t> baselineBytes; ///< of all tasks together
};

struct ExecuteResult {
    std::vector<std::int64_t> sequence; ///< task of each switch
    double networkBytes = 0.0; ///< mean of the switched networks
    double largestDifference = 0.0; ///< of logits: paged against directly assembled weights
    std::int64_t level1Bytes = 0; ///< counted from the executor's containers
};

[[nodiscard]] Record encode(const ImportResult& result);
[[nodiscard]] Record encode(const TrainResult& result);
[[nodiscard]] Record encode(const FisherResult& result);
[[nodiscard]] Record encode(const PagesResult& result);
[[nodiscard]] Record encode(const SeparateResult& result);
[[nodiscard]] Record encode(const MatchStageResult& result, std::int64_t slotCount);
[[nodiscard]] Record encode(const OptimiseResult& result);
[[nodiscard]] Record encode(const BaselineResult& result);
[[nodiscard]] Record encode(const EvaluateResult& result);
[[nodiscard]] Record encode(const PlaceResult& result);
[[nodiscard]] Record encode(const ExecuteResult& result);

// Decoding throws DecodeError where an entry is missing or of another form: the file is damaged or of another version.
struct DecodeError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

[[nodiscard]] ImportResult decodeImport(const Record& record);
[[nodiscard]] TrainResult decodeTrain(const Record& record);
[[nodiscard]] FisherResult decodeFisher(const Record& record);
[[nodiscard]] PagesResult decodePages(const Record& record);
[[nodiscard]] SeparateResult decodeSeparate(const Record& record);
[[nodiscard]] MatchStageResult decodeMatch(const Record& record);
[[nodiscard]] OptimiseResult decodeOptimise(const Record& record);
[[nodiscard]] BaselineResult decodeBaseline(const Record& record);
[[nodiscard]] EvaluateResult decodeEvaluate(const Record& record);
[[nodiscard]] PlaceResult decodePlace(const Record& record);
[[nodiscard]] ExecuteResult decodeExecute(const Record& record);

} // namespace palimpsest
