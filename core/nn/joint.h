// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/data/samples.h"
#include "core/job/job_channel.h"
#include "core/network/network.h"
#include "core/nn/train.h"
#include "core/pages/page_layout.h"
#include "core/pages/page_table.h"
#include "core/project/settings.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace palimpsest {

/// One task of a joint optimisation. Pointers are views that outlive the call.
struct JointTask {
    std::string name;
    const Network* network = nullptr;
    const Weights* standalone = nullptr; ///< start of private tensors and of exclusive pages
    const Weights* fisher = nullptr; ///< for the soft penalty; may be nullptr where softPenalty = 0
    const PageLayout* layout = nullptr;
    const PageTable* table = nullptr;
    const LabelledSamples* train = nullptr;
    const LabelledSamples* validation = nullptr;
    double lossWeight = 1.0;
    double tolerance = 0.01;
    double standaloneValidationAccuracy = 0.0;
};

/// Everything that joint optimisation trains: what a device would keep.
struct VirtualizedState {
    std::int64_t pageSize = 0;
    std::vector<float> pool; ///< [slotCount, pageSize]
    std::vector<float> exclusive; ///< [exclusiveCount, pageSize]
    std::vector<std::vector<float>> privateRuns; ///< one a task: private tensors and state, PageLayout order
};

/// The weights a task reads: a gather of its pages and its private run.
/// @param index  the task's place in state.privateRuns
[[nodiscard]] Weights virtualizedWeights(const JointTask& task, std::size_t index, const VirtualizedState& state);

struct JointRequest {
    std::vector<JointTask> tasks;
    VirtualizedState start; ///< pool at its page value; exclusive pages and private runs of the stand-alone networks
    OptimisationSettings settings;
    std::uint64_t seed = 0;
    /// Resumes from a checkpoint that an earlier call with the same request handed out.
    std::optional<Record> checkpoint;
    /// Called every settings.checkpointSeconds with the state to go on from; may be empty. An error ends the run.
    std::function<Status(const Record&)> saveCheckpoint;
};

struct JointOutcome {
    VirtualizedState state; ///< the best snapshot by validation (DESIGN.md 6), never by test
    std::int64_t steps = 0; ///< minibatches each task was given up to the end of the run
    std::int64_t snapshotStep = 0;
    std::vector<double> validationAccuracy; ///< of the snapshot, one a task
    std::vector<std::vector<CurvePoint>> curves; ///< one a task
};

/// Joint optimisation. `simultaneous`: every step takes one minibatch of every task and adds their gradients in the pool (one
/// fused AdamW step on pool, exclusive pages and private runs). `turns`: task after task, turnSteps each, with the
/// references' soft penalty lambda sum_k mean over u of F_uk (w_k - w'_uk)^2 (ALGORITHMS.md 1.7).
/// Live curves "optimise/<task>/validationAccuracy". Bit-equal for equal request and thread count on the CPU, also when
/// resumed from a checkpoint.
/// @return Failed where a loss becomes NaN (task and step named)
[[nodiscard]] Result<JointOutcome> optimiseJointly(const JointRequest& request, const JobContext& context);

/// The fair baseline: a stand-alone network goes on from `task.standalone` alone, with the same settings and the same number
/// of steps as the virtualized run, best snapshot by validation.
struct SameStepsOutcome {
    Weights weights;
    std::int64_t steps = 0;
    double validationAccuracy = 0.0;
    std::vector<CurvePoint> curve;
};
[[nodiscard]] Result<SameStepsOutcome> trainSameSteps(
    const JointTask& task, const OptimisationSettings& settings, std::uint64_t seed, const JobContext& context);

/// Weights as private storage would hold them after rounding to nearest: Float16, or Int8 / Int6 / Int4 / ... symmetric with a
/// float16 scale per 128 weights of each tensor (least squared error is not searched: scale = max |w| / Q).
/// 1-D tensors and state are kept as float16. Used by the baselines float16, int8, int6, int4.
[[nodiscard]] Weights roundWeights(const Network& network, const Weights& weights, Storage storage);
/// Bytes of roundWeights() as stored: packed bits, scales and 1-D tensors included.
[[nodiscard]] std::int64_t roundedBytes(const Network& network, Storage storage);

/// Times of one joint step and of the separate steps of the same tasks, same batches. For `bench step`.
struct StepBenchmark {
    double jointSeconds = 0.0; ///< median of one simultaneous step
    double separateSeconds = 0.0; ///< median of the sum of the tasks' separate training steps
    std::int64_t repetitions = 0;
};
[[nodiscard]] Result<StepBenchmark> benchmarkStep(
    const JointRequest& request, std::int64_t repetitions, const JobContext& context);

} // namespace palimpsest
