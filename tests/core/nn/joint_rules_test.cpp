// SPDX-License-Identifier: Apache-2.0
#include "core/nn/joint_schedule.h"
#include "core/nn/snapshot_rule.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <vector>

namespace palimpsest::nn {
namespace {

OptimisationSettings settings(std::int64_t steps, double warmup, bool cosine)
{
    OptimisationSettings made;
    made.steps = steps;
    made.warmup = warmup;
    made.cosine = cosine;
    made.learningRate = 2.0;
    return made;
}

TEST(LearningRate, WarmsUpThenFallsAsACosine)
{
    const OptimisationSettings s = settings(14, 0.3, true); // 4 steps of warm-up, 10 of cosine
    EXPECT_DOUBLE_EQ(learningRate(s, 0), 0.4);
    EXPECT_DOUBLE_EQ(learningRate(s, 3), 1.6);
    EXPECT_DOUBLE_EQ(learningRate(s, 4), 2.0);
    EXPECT_NEAR(learningRate(s, 9), 1.0, 1e-12); // half way
    EXPECT_GT(learningRate(s, 13), 0.0);
    EXPECT_NEAR(learningRate(s, 14), 0.0, 1e-12);
}

TEST(LearningRate, ConstantAfterWarmUp)
{
    const OptimisationSettings s = settings(10, 0.1, false);
    EXPECT_DOUBLE_EQ(learningRate(s, 0), 1.0);
    for (std::int64_t step = 1; step < 10; ++step)
        EXPECT_DOUBLE_EQ(learningRate(s, step), 2.0);
    EXPECT_DOUBLE_EQ(learningRate(settings(10, 1.0, true), 9), 2.0 * 10.0 / 11.0); // all of it warm-up
}

TEST(TurnPosition, CountsAsALoopWould)
{
    for (const std::int64_t turnSteps : { 1, 3, 5, 12, 50 }) {
        OptimisationSettings s = settings(12, 0.0, false);
        s.schedule = Schedule::Turns;
        s.turnSteps = turnSteps;
        constexpr std::size_t kTasks = 3;
        std::int64_t total = 0;
        std::array<std::int64_t, kTasks> done {};
        while (done[kTasks - 1] < s.steps) {
            for (std::size_t task = 0; task < kTasks; ++task) {
                const std::int64_t length = std::min(turnSteps, s.steps - done[task]);
                for (std::int64_t i = 0; i < length; ++i, ++total, ++done[task]) {
                    EXPECT_EQ(turnPosition(s, kTasks, total), (TurnPosition { task, i, length, done[task] }));
                    for (std::size_t other = 0; other < kTasks; ++other)
                        EXPECT_EQ(minibatchesOfTask(s, kTasks, other, total), done[other]);
                }
            }
        }
        EXPECT_EQ(total, 36);
        EXPECT_EQ(minibatchesOfTask(s, kTasks, 1, total), 12);
    }
}

TEST(SnapshotRule, ShortfallByAccuracy)
{
    const SnapshotGoal goal { 0.90, 0.0, 0.01 };
    EXPECT_NEAR(
        shortfall(goal, { 200, 160, 9.0 }), -0.09, 1e-12); // 0.80 - 0.90 + 0.01; the loss plays no part
    EXPECT_EQ(shortfall(goal, { 200, 179, 9.0 }), 0.0); // 0.895: within the tolerance
    EXPECT_EQ(shortfall(goal, { 200, 200, 9.0 }), 0.0); // better than alone is no merit
}

TEST(SnapshotRule, FewSamplesCountByTheirLoss)
{
    const SnapshotGoal goal { 0.90, 0.5, 0.01 };
    EXPECT_NEAR(shortfall(goal, { 99, 99, 0.9 }), std::exp(-0.9) - std::exp(-0.5) + 0.01, 1e-12);
    EXPECT_EQ(shortfall(goal, { 99, 0, 0.5 }), 0.0);
    EXPECT_LT(shortfall(goal, { 100, 0, 0.5 }), -0.8); // a hundred are enough for the accuracy
}

TEST(SnapshotRule, MeanShortfallFirstThenQualityThenLoss)
{
    const std::array goals { SnapshotGoal { 0.9, 0.0, 0.0 }, SnapshotGoal { 0.5, 0.0, 0.0 } };
    const auto grade = [&](std::int64_t first, double firstLoss, std::int64_t second, double secondLoss) {
        const std::array scores { Score { 100, first, firstLoss }, Score { 100, second, secondLoss } };
        return gradeSnapshot(goals, scores);
    };
    EXPECT_NEAR(grade(80, 1.0, 40, 3.0).shortfall, -0.1, 1e-12);
    EXPECT_DOUBLE_EQ(grade(80, 1.0, 40, 3.0).loss, 2.0);
    EXPECT_TRUE(
        grade(90, 5.0, 50, 5.0).isBetterThan(grade(99, 0.1, 49, 0.1))); // nothing makes up for a shortfall
    EXPECT_TRUE(grade(95, 9.0, 50, 9.0).isBetterThan(grade(94, 0.1, 50, 0.1))); // no shortfall: more right answers
    EXPECT_TRUE(grade(95, 0.1, 50, 0.2).isBetterThan(grade(94, 0.2, 51, 0.2))); // as many: less loss
    EXPECT_FALSE(grade(95, 0.1, 50, 0.2).isBetterThan(grade(95, 0.1, 50, 0.2))); // the earlier one stays
}

} // namespace
} // namespace palimpsest::nn
