// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/data/samples.h"
#include "core/job/job_channel.h"
#include "core/network/network.h"
#include "core/nn/stored_state.h"
#include "core/nn/train.h"
#include "core/nn/virtualized_state.h"
#include "core/pages/page_layout.h"
#include "core/pages/page_table.h"
#include "core/project/settings.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace palimpsest {

class Ranks;

/// One task of a joint optimisation. Pointers are views that outlive the call.
struct JointTask {
    std::string name;
    const Network* network = nullptr;
    const Weights* standalone
        = nullptr; ///< start of private tensors and of exclusive pages; the teacher in distillation
    const Weights* fisher = nullptr; ///< for the soft penalty; may be nullptr where softPenalty = 0
    const PageLayout* layout = nullptr;
    const PageTable* table = nullptr;
    const LabelledSamples* train = nullptr;
    const LabelledSamples* validation = nullptr;
    AugmentationSettings augmentation = {}; ///< of the training samples
    double lossWeight = 1.0;
    double tolerance = 0.01;
    double standaloneValidationAccuracy = 0.0;
    /// Another network that distillation asks for, with its weights, same inputs and classes; nullptr: `network`, `standalone`.
    const Network* teacherNetwork = nullptr;
    const Weights* teacher = nullptr;
};

/// The weights a task reads: a gather of its pages and its private run.
/// @param index  the task's place in state.privateRuns
[[nodiscard]] Weights virtualizedWeights(
    const JointTask& task, std::size_t index, const VirtualizedState& state);

/// storeState() with the tasks' layouts.
[[nodiscard]] StoredState storeState(
    std::span<const JointTask> tasks, const VirtualizedState& state, const StateForms& forms);

struct JointRequest {
    std::vector<JointTask> tasks;
    /// Pool at its page value; exclusive pages and private runs of the stand-alone networks. Scales that are missing start at the
    /// least squared error.
    VirtualizedState start;
    StateForms forms; ///< below Float32, pages are trained through the rounding
    OptimisationSettings settings;
    std::uint64_t seed = 0;
    /// Resumes from a checkpoint that an earlier call with the same request handed out.
    std::optional<Record> checkpoint;
    /// Called every settings.checkpointSeconds (0: at every step) and on cancellation with the state to go on
    /// from; may be empty. An error ends the run.
    std::function<Status(const Record&)> saveCheckpoint;
    /// The other processes of this run (`simultaneous` alone): each is given the same request, but for saveCheckpoint, which
    /// is called on rank 0. The tasks are divided among them. nullptr: this process does it alone.
    Ranks* ranks = nullptr;
};

struct JointOutcome {
    StoredState state; ///< the best snapshot by validation, never by test; rounded as it was scored
    std::int64_t steps = 0; ///< minibatches each task was given up to the end (`turns`: on average)
    std::int64_t snapshotStep = 0; ///< counted as `steps`; 0: nothing that was tried is better than the start
    std::vector<double> validationAccuracy; ///< of the snapshot, one a task
    std::vector<std::vector<CurvePoint>>
        curves; ///< one a task; trainLoss 0 where nothing was trained: at step 0 and at rest
};

/// Joint optimisation, from `start`.
///
/// `simultaneous`: every step takes one minibatch of every task and adds their gradients in the pool: one fused
/// AdamW (or SGD) step on pool, exclusive pages and private weights (and without decay on scales). Pages are read as request.forms
/// store them, and trained through the rounding (core/backend/rounding.h). The loss of a task is
///     (1 - d) CE(labels) + d T^2 CE(teacher's softened outputs)
/// with d = distillation and T = temperature (Hinton, Vinyals & Dean 2015). The last `mixing` share of a minibatch is made of
/// lam x_i + (1 - lam) x_j, lam uniform in 0..1, x_j any training sample (Zhang et al. 2018), and counts in the second term
/// alone. `turns`: task after task, turnSteps minibatches
/// each, until each has had `steps`; only the weights that the task reads move, with a fresh optimiser at the
/// beginning of each turn as in the references, and with their soft penalty lambda sum_k mean over u of
/// F_uk (w_k - w'_uk)^2 (ALGORITHMS.md 1.7), w'_u being u's weights at the end of its own last turn (before its
/// first: the stand-alone ones). The rate follows the task's own count of minibatches.
///
/// Every validateEvery steps (`turns`: minibatches a task on average), at step 0 and at the end, all tasks are
/// scored on their whole validation split, exactly as they would be stored. With averaging, the mean of the weights over the
/// last steps is scored too, at the end. The best snapshot is handed out: the greatest mean over the tasks of
/// min(0, q - q_standalone + tolerance), ties by the greatest mean q, then by the least mean validation loss, then the earliest. q is the
/// validation accuracy, or for a task with fewer than 100 validation samples exp(-validation loss). With a
/// constant rate the run ends as soon as no task falls short.
///
/// With freezeFinished (simultaneous), a task that does not fall short at a validation rests until one at which it does: it adds no
/// gradient and no loss, its state and private weights and the pages that no task in training reads stay as they are,
/// and its minibatches are passed over, so that all tasks stay in step. The run ends when all rest.
///
/// Live curves "optimise/<task>/validationAccuracy" and ".../loss" (mean training loss since the last point).
/// Bit-equal for equal request and thread count on the CPU, also when resumed from a checkpoint. The stop token
/// is polled every step and every validation batch.
/// @return BadInput for settings or samples that cannot work, or a checkpoint of another request; Failed where a
///         loss is not finite (task and step named); Canceled
/// @throws std::invalid_argument where tables, layouts and state do not fit each other
[[nodiscard]] Result<JointOutcome> optimiseJointly(const JointRequest& request, const JobContext& context);

/// Weights as private storage would hold them after rounding: Float16 to nearest; the integer forms symmetric,
/// with a scale per 128 consecutive weights of each tensor,
///     s = float16(max |w| / Q),   w' = s clamp(rint(w / s), -Q, Q)      (binary: s sign(w), 0 counts as positive)
/// Q = 127, 31, 7, 3, 1 for Int8, Int6, Int4, Int3 and Ternary; ties to even; a scale of least squared error is
/// not searched. 1-D tensors and state are kept as float16. What exceeds the largest float16 becomes it. Float32
/// changes nothing. Used by the baselines float16, int8, int6, int4.
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
