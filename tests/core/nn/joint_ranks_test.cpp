// SPDX-License-Identifier: Apache-2.0
// Joint optimisation by two processes against the same by one.
#include "core/nn/joint_shares.h"

#include "core/nn/joint_model.h"
#include "core/nn/task_feed.h"
#include "tests/core/nn/joint_fixture.h"
#include "tests/core/nn/rank_group.h"

#include <gtest/gtest.h>

#include <limits>
#include <numeric>
#include <optional>

namespace palimpsest {
namespace {

using test::JointFixture;
using test::RankGroup;

double largestOf(const at::Tensor& values)
{
    return values.abs().max().item<double>();
}

/// Gradients of the first step of a request: of all tasks by one process, or of this rank's and then added up.
struct FirstStep {
    std::vector<at::Tensor> gradients;
    std::vector<double> losses;
};
FirstStep firstStep(const JointRequest& request, Ranks* ranks)
{
    const nn::ComputeDevice device = nn::computeDevice("cpu");
    std::vector<std::size_t> all(request.tasks.size());
    std::iota(all.begin(), all.end(), std::size_t { 0 });
    nn::JointModel model(request.tasks, all, request.forms, request.settings, device);
    model.load(request.start);
    model.beginStep();
    nn::JointShares shares(request.tasks, request.settings.batch, ranks);
    FirstStep step;
    step.losses.resize(all.size());
    for (const std::size_t task : all) {
        nn::TaskFeed feed(request.tasks[task], request.settings, request.seed, device);
        if (shares.isMine(task))
            step.losses[task] = model.addGradient(task, feed.next(), feed.generator()).item<double>();
    }
    model.foldGradients();
    nn::JointShares::Wishes wishes;
    EXPECT_TRUE(shares.addUp(model.gradients(), step.losses, wishes));
    EXPECT_FALSE(wishes.stop || wishes.save);
    for (const at::Tensor& gradient : model.gradients())
        step.gradients.push_back(gradient.clone());
    return step;
}

TEST(JointRanks, AddUpTheGradientsOfOneProcess)
{
    const JointFixture fixture = test::mixedFixture();
    RankGroup group(2);
    const FirstStep alone = firstStep(fixture.request(), nullptr);
    const FirstStep shared = firstStep(fixture.request(), &group.ranks());
    ASSERT_EQ(shared.gradients.size(), alone.gradients.size());
    for (std::size_t i = 0; i < alone.gradients.size(); ++i) {
        ASSERT_GT(largestOf(alone.gradients[i]), 0.0) << i;
        EXPECT_LE(largestOf(shared.gradients[i] - alone.gradients[i]), 1e-5 * largestOf(alone.gradients[i]))
            << i;
    }
    EXPECT_EQ(shared.losses, alone.losses) << "every rank has every loss, bit for bit";
}

TEST(JointRanks, PassWishesOn)
{
    const JointFixture fixture = test::mixedFixture();
    RankGroup group(2);
    const JointRequest request = fixture.request();
    nn::JointShares shares(request.tasks, request.settings.batch, &group.ranks());
    std::vector<double> losses(3);
    nn::JointShares::Wishes wishes { .stop = !group.ranks().isFirst(), .save = group.ranks().isFirst() };
    ASSERT_TRUE(shares.addUp({ at::zeros({ 4 }) }, losses, wishes));
    EXPECT_TRUE(wishes.stop && wishes.save);
}

/// Every task is somebody's, and nobody's twice.
TEST(JointRanks, ShareTheTasks)
{
    const JointFixture fixture = test::mixedFixture();
    RankGroup group(2);
    const JointRequest request = fixture.request();
    nn::JointShares shares(request.tasks, request.settings.batch, &group.ranks());
    std::vector<double> mine;
    for (std::size_t task = 0; task < request.tasks.size(); ++task)
        mine.push_back(shares.isMine(task) ? 1.0 : 0.0);
    EXPECT_GT(std::accumulate(mine.begin(), mine.end(), 0.0), 0.0);
    ASSERT_TRUE(shares.share(mine));
    EXPECT_EQ(mine, std::vector<double>(request.tasks.size(), 1.0));
}

/// What rank 1 has comes to rank 0 by a sum with zeros.
void expectSameBits(const StoredState& stored, Ranks& ranks)
{
    const VirtualizedState state = readState(stored);
    std::vector<std::vector<float>> all { state.pool, state.exclusive, state.poolScales };
    all.insert(all.end(), state.privateRuns.begin(), state.privateRuns.end());
    for (const std::vector<float>& values : all) {
        const at::Tensor own = at::tensor(values, at::kFloat);
        const at::Tensor theirs = ranks.isFirst() ? at::zeros_like(own) : own.clone();
        ASSERT_TRUE(ranks.sum(theirs));
        EXPECT_TRUE(at::equal(own, theirs));
    }
}

TEST(JointRanks, EndWhereOneProcessEnds)
{
    const JointFixture fixture = test::mixedFixture();
    RankGroup group(2);
    JointRequest request = fixture.request();
    const JointOutcome alone = test::optimise(request);
    std::optional<Record> checkpoint; // the last before the end
    request.settings.checkpointSeconds = 0.0;
    request.saveCheckpoint = [&](const Record& record) {
        checkpoint = record;
        return success();
    };
    request.ranks = &group.ranks();
    const JointOutcome shared = test::optimise(request);

    EXPECT_EQ(shared.steps, alone.steps);
    EXPECT_EQ(shared.snapshotStep, alone.snapshotStep);
    const VirtualizedState expected = readState(alone.state);
    EXPECT_LE(test::largestDifference(readState(shared.state), expected), 1e-4);
    for (std::size_t task = 0; task < alone.curves.size(); ++task) {
        ASSERT_EQ(shared.curves[task].size(), alone.curves[task].size());
        for (std::size_t i = 0; i < alone.curves[task].size(); ++i) {
            EXPECT_NEAR(shared.curves[task][i].trainLoss, alone.curves[task][i].trainLoss, 1e-4);
            EXPECT_NEAR(shared.curves[task][i].validationLoss, alone.curves[task][i].validationLoss, 1e-4);
        }
    }
    expectSameBits(shared.state, group.ranks());
    EXPECT_EQ(checkpoint.has_value(), group.ranks().isFirst()) << "rank 0 alone writes";
    if (!checkpoint)
        return;
    request.ranks = nullptr; // one process goes on with what two have left
    request.checkpoint = std::move(checkpoint);
    EXPECT_LE(test::largestDifference(readState(test::optimise(request).state), expected), 1e-4);
}

TEST(JointRanks, TrainThroughTheRoundingTogether)
{
    const JointFixture fixture = test::mixedFixture();
    RankGroup group(2);
    JointRequest request = fixture.request();
    request.forms = { Storage::Ternary, Storage::Int4, Storage::Float16 };
    request.settings.distillation = 0.5;
    request.settings.mixing = 0.25;
    request.settings.averaging = 0.5;
    request.settings.clipNorm = 0.5;
    request.ranks = &group.ranks();
    const JointOutcome outcome = test::optimise(request);
    EXPECT_EQ(outcome.state.pool.storage, Storage::Ternary);
    expectSameBits(outcome.state, group.ranks());
}

TEST(JointRanks, NameTheTaskThatDiverges)
{
    JointFixture fixture = test::mixedFixture();
    RankGroup group(2);
    for (float& value : fixture.parts(1).train.x)
        value = std::numeric_limits<float>::infinity();
    JointRequest request = fixture.request();
    request.ranks = &group.ranks();
    test::Job job;
    const auto outcome = optimiseJointly(request, job.context);
    ASSERT_FALSE(outcome);
    EXPECT_NE(
        outcome.error().message.find("the training loss of task 'b' became NaN at step 1"), std::string::npos)
        << outcome.error().message;
}

TEST(JointRanks, RefuseWhatCannotBeShared)
{
    const JointFixture fixture = test::mixedFixture();
    RankGroup group(2);
    JointRequest request = fixture.request();
    request.ranks = &group.ranks();
    request.settings.schedule = Schedule::Turns;
    test::Job job;
    const auto turns = optimiseJointly(request, job.context);
    ASSERT_FALSE(turns);
    EXPECT_NE(turns.error().message.find("trains one task at a time"), std::string::npos);
    request.settings.schedule = Schedule::Simultaneous;
    request.tasks.resize(1);
    request.start.privateRuns.resize(1);
    const auto many = optimiseJointly(request, job.context);
    ASSERT_FALSE(many);
    EXPECT_NE(many.error().message.find("got 2 processes for 1 tasks"), std::string::npos)
        << many.error().message;
}

} // namespace
} // namespace palimpsest
