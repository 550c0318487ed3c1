// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/nn/joint.h"
#include "core/nn/joint_model.h"
#include "core/nn/joint_schedule.h"
#include "core/nn/joint_shares.h"
#include "core/nn/recorded_step.h"
#include "core/nn/snapshot_rule.h"
#include "core/nn/task_feed.h"

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace palimpsest::nn {

struct JointRunOptions {
    std::string series = "optimise"; ///< live curves "<series>/<task>/..."
    bool mayStopEarly
        = true; ///< with a constant rate or freezeFinished, once every task is within its tolerance
};

/// One run of optimiseJointly().
///
/// The clock of a run is the number of minibatches of all tasks together, `m_minibatches`; divided by the
/// number of tasks it is the step of curves and snapshots. Everything a run will do next depends on it and on
/// what a checkpoint holds, never on the time of day: so a resumed run ends bit-equal to an unbroken one.
class JointRun {
public:
    /// @pre checkJointRequest(request) is success; `request` outlives the run
    JointRun(const JointRequest& request, JointRunOptions options, const JobContext& context);

    [[nodiscard]] Result<JointOutcome> run();

private:
    using Clock = std::chrono::steady_clock;

    /// The best state so far.
    struct Snapshot {
        StoredState state;
        SnapshotGrade grade;
        std::int64_t step = -1; ///< -1: none yet
        std::vector<double> accuracy; ///< on validation, one a task
    };
    /// What a task has learned since its last curve point.
    struct LossSum {
        double sum = 0.0;
        std::int64_t count = 0;
    };

    [[nodiscard]] const OptimisationSettings& settings() const { return m_request.settings; }
    [[nodiscard]] std::size_t taskCount() const { return m_request.tasks.size(); }
    [[nodiscard]] bool isTurns() const { return settings().schedule == Schedule::Turns; }
    [[nodiscard]] std::int64_t step() const { return m_minibatches / static_cast<std::int64_t>(taskCount()); }
    [[nodiscard]] bool isAtEnd() const;
    [[nodiscard]] bool isValidationDue() const;
    /// With other ranks: what all have agreed on, so that all do the same.
    [[nodiscard]] bool isCanceled() const
    {
        return m_shares.isAlone() ? m_context.isCanceled() : m_agreed.stop;
    }
    [[nodiscard]] bool isSavingDue() const { return m_shares.isAlone() ? isPeriodOver() : m_agreed.save; }
    [[nodiscard]] bool isPeriodOver() const;

    /// With freezeFinished: the task reached its target and adds no gradient.
    [[nodiscard]] bool isResting(std::size_t task) const
    {
        return settings().freezeFinished && !isTurns() && m_within[task] != 0;
    }
    [[nodiscard]] bool areAllWithin() const;
    /// Tells the model who rests. @param before  m_within that it knows
    void updateResting(const std::vector<std::uint8_t>& before);

    [[nodiscard]] Status setGoals();
    [[nodiscard]] Status advance();
    [[nodiscard]] Status takeJointStep();
    /// The same on CUDA, where losses come back a block of steps at a time.
    [[nodiscard]] Status takeRecordedStep();
    [[nodiscard]] std::int64_t stepsToValidation() const;
    /// Counts the losses of recorded steps that were not read yet.
    [[nodiscard]] Status readLosses();
    [[nodiscard]] Status takeTurnStep();
    void beginTurn(std::size_t task);
    void preparePenalty(std::size_t task);
    void endTurn(std::size_t task);
    [[nodiscard]] Status countLoss(std::size_t task, std::int64_t minibatch, double value);

    /// The model in the middle of its work: the only one whose moments matter and whose parameters are newer
    /// than m_state. nullptr between two turns.
    [[nodiscard]] JointModel* trainingModel() const;
    /// Brings m_state up to date with the training model, on all ranks.
    [[nodiscard]] Status sync();
    [[nodiscard]] Status validate();
    [[nodiscard]] Result<std::vector<Score>> scoreState(const StoredState& stored);
    void keepBest(StoredState stored, const std::vector<Score>& scores);
    [[nodiscard]] std::int64_t firstAveragedStep() const;
    void reportPoint(std::size_t task, const CurvePoint& point) const;
    [[nodiscard]] bool isDone() const;

    // joint_checkpoint.cpp
    [[nodiscard]] Status saveCheckpoint();
    [[nodiscard]] std::string requestText() const;
    [[nodiscard]] Status restore(const Record& record);
    [[nodiscard]] Status restoreTask(const Record& record, std::size_t task);
    [[nodiscard]] Status restoreModels(const Record& record);

    const JointRequest& m_request;
    JointRunOptions m_options;
    JobContext m_context;
    ComputeDevice m_device;
    JointShares m_shares;
    JointShares::Wishes m_agreed;
    std::vector<SnapshotGoal> m_goals;
    std::vector<TaskFeed> m_feeds;
    std::vector<at::Tensor> m_validationInput, m_validationLabels;
    std::vector<std::unique_ptr<JointModel>> m_models; ///< simultaneous: one of all tasks; turns: one a task
    std::vector<std::vector<float>> m_fishers; ///< with a soft penalty: F_u, one page image a task
    std::unique_ptr<SoftPenalty> m_penalty; ///< of the turn's task
    std::unique_ptr<RecordedStep> m_recorded; ///< simultaneous on CUDA
    std::int64_t m_lossesRead = 0; ///< rows of the recorded block

    // What a checkpoint holds.
    VirtualizedState m_state;
    std::int64_t m_minibatches = 0; ///< of all tasks together
    std::int64_t m_validatedAt = -1; ///< m_minibatches at the last validation
    std::vector<std::uint8_t> m_within; ///< 1 for a task within its tolerance at the last validation
    Snapshot m_best;
    std::vector<std::vector<CurvePoint>> m_curves;
    std::vector<LossSum> m_losses;
    std::vector<std::vector<float>> m_turnImages; ///< with a soft penalty: w'_u, one page image a task

    Clock::time_point m_savedAt = Clock::now();
};

/// What a request must be. Settings and samples that cannot work are BadInput; a table, layout or state that
/// does not fit the rest is a bug of the caller: @throws std::invalid_argument
[[nodiscard]] Status checkJointRequest(const JointRequest& request);

} // namespace palimpsest::nn
