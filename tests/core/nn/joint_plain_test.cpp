// SPDX-License-Identifier: Apache-2.0
// Joint optimisation against plain autograd, finite differences and training apart.
#include "core/nn/joint.h"
#include "core/nn/joint_model.h"
#include "core/nn/joint_schedule.h"
#include "core/nn/train_alone.h"
#include "tests/core/nn/joint_fixture.h"
#include "tests/core/nn/plain_joint.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace palimpsest {
namespace {

using namespace test;

TEST(JointModel, GradientIsThatOfIndexSelect)
{
    const JointFixture fixture = mixedFixture();
    const JointRequest request = fixture.request();
    const nn::ComputeDevice cpu = nn::computeDevice("cpu");
    nn::JointModel model(request.tasks, { 0, 1, 2 }, request.forms, request.settings, cpu);
    model.load(request.start);
    model.beginStep();
    PlainJoint plain(request, fixture.slots());
    at::Tensor loss = at::zeros({});
    for (std::size_t t = 0; t < 3; ++t) {
        nn::TaskFeed feed(request.tasks[t], request.settings, request.seed, cpu);
        model.addGradient(t, feed.next(), feed.generator());
        loss = loss + plain.nextLoss(t);
    }
    loss.backward();
    model.foldGradients();
    const at::Tensor expected = at::cat({ plain.pool.grad().flatten(), plain.exclusive.grad().flatten() });
    EXPECT_GT(expected.abs().max().item<double>(), 0.01);
    EXPECT_LT((model.pageGradient() - expected).abs().max().item<double>(), 1e-6);
}

TEST(JointModel, LeavesSlotsThatNoMemberUsesAlone)
{
    JointFixture fixture(std::vector<Network> { denseNetwork(), denseNetwork() }, 9, false);
    JointRequest request = fixture.request();
    const nn::ComputeDevice cpu = nn::computeDevice("cpu");
    request.settings.weightDecay = 0.1;
    nn::JointModel model(request.tasks, { 0 }, request.forms, request.settings, cpu);
    model.load(request.start);
    model.beginStep();
    nn::TaskFeed feed(request.tasks[0], request.settings, 1, cpu);
    model.addGradient(0, feed.next(), feed.generator());
    model.foldGradients();
    model.applyGradients(0.01);
    VirtualizedState state = request.start;
    model.store(state);
    std::set<std::uint32_t> used;
    for (const PageRef& entry : request.tasks[0].table->entries)
        used.insert(entry.index);
    ASSERT_LT(used.size(), 9U);
    for (std::uint32_t slot = 0; slot < 9; ++slot) {
        const auto first = static_cast<std::ptrdiff_t>(slot) * JointFixture::kPageSize;
        const bool same = std::equal(state.pool.begin() + first,
            state.pool.begin() + first + JointFixture::kPageSize, request.start.pool.begin() + first);
        EXPECT_EQ(same, used.count(slot) == 0) << "slot " << slot;
    }
    EXPECT_EQ(state.privateRuns[1], request.start.privateRuns[1]);
}

TEST(OptimiseJointly, SimultaneousEqualsPlainAutograd)
{
    const JointFixture fixture = mixedFixture();
    JointRequest request = fixture.request();
    request.settings.weightDecay = 0.01;
    request.settings.validateEvery = request.settings.steps;
    const JointOutcome outcome = optimise(request);
    ASSERT_EQ(outcome.snapshotStep, request.settings.steps); // else the comparison says nothing
    PlainJoint plain(request, fixture.slots());
    PlainAdam adam(plain.parameters({ 0, 1, 2 }), request.settings.weightDecay);
    for (std::int64_t step = 0; step < request.settings.steps; ++step) {
        at::Tensor loss = plain.nextLoss(0) + plain.nextLoss(1) + plain.nextLoss(2);
        adam.step(loss, nn::learningRate(request.settings, step));
    }
    EXPECT_GT(largestDifference(readState(outcome.state), request.start), 0.01);
    EXPECT_LT(largestDifference(readState(outcome.state), plain.state()), 2e-5);
}

TEST(OptimiseJointly, TurnsWithPenaltyEqualPlainAutograd)
{
    const JointFixture fixture = mixedFixture();
    JointRequest request = fixture.request();
    request.settings.schedule = Schedule::Turns;
    request.settings.softPenalty = 3.0;
    request.settings.weightDecay = 0.0; // the plain optimiser decays the whole pool in every turn
    request.settings.validateEvery = request.settings.steps;
    const JointOutcome outcome = optimise(request);
    ASSERT_EQ(outcome.snapshotStep, request.settings.steps);

    PlainJoint plain(request, fixture.slots());
    std::vector<at::Tensor> fishers, targets;
    for (const JointTask& task : request.tasks) {
        fishers.push_back(at::tensor(nn::fisherImage(task), at::kFloat));
        std::vector<float> image(static_cast<std::size_t>(task.layout->imageSize()));
        fillImage(*task.layout, *task.standalone, image);
        targets.push_back(at::tensor(image, at::kFloat));
    }
    const std::int64_t pageSize = request.start.pageSize;
    const auto penalty
        = [&](std::size_t t) { // page by page and tenant by tenant, as ALGORITHMS.md 1.7 has it
              const at::Tensor image = plain.image(t);
              const at::Tensor valid = at::tensor(std::vector<std::int64_t>([&] {
                  const std::vector<std::uint8_t> mask = validityMask(*request.tasks[t].layout);
                  return std::vector<std::int64_t>(mask.begin(), mask.end());
              }()),
                  at::kLong);
              at::Tensor sum = at::zeros({});
              const auto& entries = request.tasks[t].table->entries;
              for (std::size_t page = 0; page < entries.size(); ++page) {
                  const auto part = [pageSize](const at::Tensor& x, std::size_t i) {
                      return x.narrow(0, static_cast<std::int64_t>(i) * pageSize, pageSize);
                  };
                  at::Tensor terms = at::zeros({ pageSize });
                  at::Tensor count = at::zeros({ pageSize });
                  for (std::size_t u = 0; u < request.tasks.size(); ++u) {
                      const auto& others = request.tasks[u].table->entries;
                      for (std::size_t j = 0; u != t && !entries[page].exclusive && j < others.size(); ++j) {
                          if (!(others[j] == entries[page]))
                              continue;
                          terms = terms
                              + part(fishers[u], j) * (part(image, page) - part(targets[u], j)).square();
                          count = count + part(fishers[u], j).gt(0).to(at::kFloat);
                      }
                  }
                  sum = sum + (terms / count.clamp_min(1) * part(valid, page)).sum();
              }
              return sum * request.settings.softPenalty;
          };
    std::int64_t done = 0;
    std::int64_t turns = 0;
    while (done < request.settings.steps) {
        const std::int64_t length = std::min(request.settings.turnSteps, request.settings.steps - done);
        for (std::size_t t = 0; t < 3; ++t, ++turns) {
            PlainAdam adam(plain.parameters({ t }), 0.0); // fresh moments
            for (std::int64_t i = 0; i < length; ++i)
                adam.step(plain.nextLoss(t) + penalty(t), nn::learningRate(request.settings, done + i));
            targets[t] = plain.image(t).detach().clone();
        }
        done += length;
    }
    EXPECT_EQ(turns, 9); // 5, 5 and 2 steps of three tasks
    EXPECT_GT(largestDifference(readState(outcome.state), request.start), 0.01);
    EXPECT_LT(largestDifference(readState(outcome.state), plain.state()), 5e-5);
}

TEST(SoftPenalty, GradientIsThatOfFiniteDifferences)
{
    JointFixture fixture = mixedFixture();
    const JointRequest request = fixture.request();
    std::vector<std::vector<float>> fishers, targets;
    Random random(3);
    for (const JointTask& task : request.tasks) {
        fishers.push_back(nn::fisherImage(task));
        targets.emplace_back();
        for (std::size_t i = 0; i < fishers.back().size(); ++i)
            targets.back().push_back(static_cast<float>(random.normal()));
    }
    constexpr std::size_t kTask = 0;
    constexpr double kLambda = 2.0;
    const auto& entries = request.tasks[kTask].table->entries;
    const auto pageSize = static_cast<std::size_t>(request.start.pageSize);
    const auto value = [&](const std::vector<double>& w) {
        double sum = 0.0;
        for (std::size_t k = 0; k < w.size(); ++k) {
            const PageRef& own = entries[k / pageSize];
            double terms = 0.0, count = 0.0;
            for (std::size_t u = 1; u < 3; ++u)
                for (std::size_t j = 0; !own.exclusive && j < request.tasks[u].table->entries.size(); ++j)
                    if (request.tasks[u].table->entries[j] == own
                        && fishers[u][j * pageSize + k % pageSize] > 0.0F) {
                        const double d = w[k] - static_cast<double>(targets[u][j * pageSize + k % pageSize]);
                        terms += static_cast<double>(fishers[u][j * pageSize + k % pageSize]) * d * d;
                        count += 1.0;
                    }
            sum += count > 0.0 ? terms / count : 0.0;
        }
        return kLambda * sum;
    };
    std::vector<double> w;
    std::vector<float> image;
    for (std::size_t i = 0; i < entries.size() * pageSize; ++i) {
        image.push_back(static_cast<float>(random.normal()));
        w.push_back(static_cast<double>(image.back()));
    }
    at::Tensor gradient = at::zeros({ static_cast<std::int64_t>(w.size()) });
    nn::SoftPenalty(request.tasks, kTask, fishers, targets, kLambda)
        .addGradient(at::tensor(image, at::kFloat), gradient);
    const auto* actual = gradient.const_data_ptr<float>();
    const std::vector<std::uint8_t> valid = validityMask(*request.tasks[kTask].layout);
    int pulled = 0;
    for (std::size_t k = 0; k < w.size(); ++k) {
        constexpr double kStep = 1e-4;
        std::vector<double> up = w, down = w;
        up[k] += kStep;
        down[k] -= kStep;
        const double expected = valid[k] == 0 ? 0.0 : (value(up) - value(down)) / (2.0 * kStep);
        EXPECT_NEAR(static_cast<double>(actual[k]), expected, 1e-4) << "weight " << k;
        pulled += expected != 0.0 ? 1 : 0;
    }
    EXPECT_GT(pulled, 100);
}

TEST(OptimiseJointly, TasksThatShareNothingTrainAsIfAlone)
{
    const Network network = denseNetwork(); // 4 pages: 192 + 64 weights
    JointFixture fixture({ network, convolutionalNetwork() }, 100, false);
    const std::int64_t pages = fixture.parts(0).layout.pageCount;
    for (PageRef& entry : fixture.parts(1).table.entries)
        entry.index += static_cast<std::uint32_t>(pages);
    JointRequest request = fixture.request();
    request.settings.weightDecay = 0.01;
    request.settings.validateEvery = request.settings.steps;
    for (JointTask& task : request.tasks)
        task.lossWeight = 1.0;
    const JointOutcome together = optimise(request);
    ASSERT_EQ(together.snapshotStep, request.settings.steps);
    for (std::size_t t = 0; t < 2; ++t) {
        Job job;
        const Result<AloneOutcome> alone
            = trainAlone({ request.tasks[t], {}, request.settings, request.seed, "alone" }, job.context);
        ASSERT_TRUE(alone.ok());
        EXPECT_EQ(alone->steps, request.settings.steps);
        const Weights shared = virtualizedWeights(request.tasks[t], t, readState(together.state));
        for (std::size_t i = 0; i < shared.tensors.size(); ++i)
            EXPECT_LT(largestDifference(shared.tensors[i].values, alone->weights.tensors[i].values), 1e-5)
                << shared.tensors[i].name;
        EXPECT_NEAR(together.curves[t].back().trainLoss, alone->curve.back().trainLoss, 1e-5);
        EXPECT_DOUBLE_EQ(together.validationAccuracy[t], alone->validationAccuracy);
    }
}

TEST(OptimiseJointly, PaddingAndStateAreNoParameters)
{
    JointFixture fixture({ convolutionalNetwork() }, 8, false);
    JointRequest request = fixture.request();
    request.settings.weightDecay = 0.5;
    request.settings.validateEvery = request.settings.steps;
    const JointOutcome outcome = optimise(request);
    const PageLayout& layout = fixture.parts(0).layout;
    const std::vector<std::uint8_t> valid = validityMask(layout);
    ASSERT_TRUE(std::count(valid.begin(), valid.end(), std::uint8_t { 0 }) > 0);
    for (std::size_t i = 0; i < valid.size(); ++i)
        EXPECT_TRUE(valid[i] != 0 || readState(outcome.state).pool[i] == 0.0F) << i;
    // Running statistics: the exact recursion new = 0.9 old + 0.1 batch; with decay they would shrink towards 0.
    PlainJoint plain(request, fixture.slots());
    PlainAdam adam(plain.parameters({ 0 }), request.settings.weightDecay);
    for (std::int64_t step = 0; step < request.settings.steps; ++step)
        adam.step(plain.nextLoss(0), nn::learningRate(request.settings, step));
    ASSERT_EQ(outcome.snapshotStep, request.settings.steps);
    EXPECT_LT(largestDifference(readState(outcome.state), plain.state()), 2e-5);
}

} // namespace
} // namespace palimpsest
