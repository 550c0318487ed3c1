// SPDX-License-Identifier: Apache-2.0
#include "core/nn/joint.h"

#include "core/nn/evaluate.h"
#include "core/nn/joint_model.h"
#include "core/nn/joint_schedule.h"
#include "tests/core/nn/joint_fixture.h"
#include "tests/core/nn/plain_joint.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numeric>
#include <set>

namespace palimpsest {
namespace {

using namespace test;

JointOutcome optimise(const JointRequest& request)
{
    TestJob job;
    Result<JointOutcome> outcome = optimiseJointly(request, job.context());
    EXPECT_TRUE(outcome.ok()) << (outcome.ok() ? "" : outcome.error().text());
    return std::move(outcome).value();
}

bool isBitEqual(const JointOutcome& a, const JointOutcome& b)
{
    const auto same = [](const CurvePoint& x, const CurvePoint& y) {
        return x.step == y.step && x.trainLoss == y.trainLoss && x.validationLoss == y.validationLoss
            && x.validationAccuracy == y.validationAccuracy;
    };
    bool curves = a.curves.size() == b.curves.size();
    for (std::size_t t = 0; curves && t < a.curves.size(); ++t)
        curves = std::equal(
            a.curves[t].begin(), a.curves[t].end(), b.curves[t].begin(), b.curves[t].end(), same);
    return curves && test::isBitEqual(a.state, b.state) && a.steps == b.steps
        && a.snapshotStep == b.snapshotStep && a.validationAccuracy == b.validationAccuracy;
}

TEST(JointModel, GradientIsThatOfIndexSelect)
{
    const JointFixture fixture = mixedFixture();
    const JointRequest request = fixture.request();
    const auto backend = makeCpuBackend();
    nn::JointModel model(request.tasks, { 0, 1, 2 }, *backend, 0.0);
    model.load(request.start);
    model.zeroGradients();
    PlainJoint plain(request, fixture.slots());
    at::Tensor loss = at::zeros({});
    for (std::size_t t = 0; t < 3; ++t) {
        nn::TaskFeed feed(request.tasks[t], request.settings.batch, request.seed);
        const nn::TaskFeed::Minibatch batch = feed.next();
        model.addGradient(t, batch.input, batch.labels, feed.generator());
        loss = loss + plain.nextLoss(t);
    }
    loss.backward();
    const at::Tensor expected = plain.pool.grad().flatten();
    EXPECT_GT(expected.abs().max().item<double>(), 0.01);
    EXPECT_LT((model.poolGradient() - expected).abs().max().item<double>(), 1e-6);
}

TEST(JointModel, LeavesSlotsThatNoMemberUsesAlone)
{
    JointFixture fixture(std::vector<Network> { denseNetwork(), denseNetwork() }, 9, false);
    JointRequest request = fixture.request();
    const auto backend = makeCpuBackend();
    nn::JointModel model(request.tasks, { 0 }, *backend, /*weightDecay=*/0.1);
    model.load(request.start);
    model.zeroGradients();
    nn::TaskFeed feed(request.tasks[0], 8, 1);
    const nn::TaskFeed::Minibatch batch = feed.next();
    model.addGradient(0, batch.input, batch.labels, feed.generator());
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
    EXPECT_GT(largestDifference(outcome.state, request.start), 0.01);
    EXPECT_LT(largestDifference(outcome.state, plain.state()), 2e-5);
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
    EXPECT_GT(largestDifference(outcome.state, request.start), 0.01);
    EXPECT_LT(largestDifference(outcome.state, plain.state()), 5e-5);
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
        TestJob job;
        const Result<SameStepsOutcome> alone
            = trainSameSteps(request.tasks[t], request.settings, request.seed, job.context());
        ASSERT_TRUE(alone.ok());
        EXPECT_EQ(alone->steps, request.settings.steps);
        const Weights shared = virtualizedWeights(request.tasks[t], t, together.state);
        for (std::size_t i = 0; i < shared.tensors.size(); ++i)
            EXPECT_LT(largestDifference(shared.tensors[i].values, alone->weights.tensors[i].values), 1e-5)
                << shared.tensors[i].name;
        EXPECT_NEAR(together.curves[t].back().trainLoss, alone->curve.back().trainLoss, 1e-5);
        EXPECT_DOUBLE_EQ(together.validationAccuracy[t], alone->validationAccuracy);
    }
}

TEST(OptimiseJointly, SameRequestTwiceIsBitEqual)
{
    const JointFixture fixture = mixedFixture();
    for (const Schedule schedule : { Schedule::Simultaneous, Schedule::Turns }) {
        JointRequest request = fixture.request();
        request.settings.schedule = schedule;
        request.settings.softPenalty = 0.5;
        const JointOutcome first = optimise(request);
        EXPECT_TRUE(isBitEqual(first, optimise(request)));
        request.seed = 8;
        EXPECT_FALSE(isBitEqual(first, optimise(request)));
    }
}

TEST(OptimiseJointly, ResumesBitEqualFromEveryStep)
{
    const JointFixture fixture = mixedFixture();
    for (const Schedule schedule : { Schedule::Simultaneous, Schedule::Turns }) {
        JointRequest request = fixture.request();
        request.settings.schedule = schedule;
        request.settings.softPenalty = 0.5;
        const JointOutcome unbroken = optimise(request);
        std::vector<Record> records;
        request.settings.checkpointSeconds = 0.0;
        request.saveCheckpoint = [&](const Record& record) {
            records.push_back(record);
            return success();
        };
        EXPECT_TRUE(isBitEqual(unbroken, optimise(request))) << "saving changes nothing";
        ASSERT_GE(records.size(), static_cast<std::size_t>(request.settings.steps - 1));
        request.saveCheckpoint = {};
        for (const Record& record : records) {
            request.checkpoint = record;
            EXPECT_TRUE(isBitEqual(unbroken, optimise(request)));
        }
    }
}

TEST(OptimiseJointly, RefusesAForeignCheckpoint)
{
    const JointFixture fixture = mixedFixture();
    JointRequest request = fixture.request();
    request.settings.checkpointSeconds = 0.0;
    Record record;
    request.saveCheckpoint = [&](const Record& saved) {
        record = saved;
        return success();
    };
    (void)optimise(request);
    const auto refused = [&](const JointRequest& asked) {
        TestJob job;
        const Result<JointOutcome> outcome = optimiseJointly(asked, job.context());
        ASSERT_FALSE(outcome.ok());
        EXPECT_EQ(outcome.error().kind, ErrorKind::BadInput);
        EXPECT_NE(outcome.error().message.find("checkpoint"), std::string::npos);
    };
    JointRequest other = request;
    other.checkpoint = record;
    other.seed = 9;
    refused(other);
    for (const char* name :
        { "counters", "state/pool", "snapshot/private/1", "optimiser/0", "generators/2", "curves/0" }) {
        other = request;
        other.checkpoint = record;
        ASSERT_EQ(other.checkpoint->arrays.erase(name), 1U) << name;
        refused(other);
    }
    other = request;
    other.checkpoint = record;
    other.checkpoint->arrays.at("state/pool") = Array::from(std::vector<float>(3));
    refused(other);
}

TEST(OptimiseJointly, AnErrorOfTheCheckpointEndsTheRun)
{
    const JointFixture fixture = mixedFixture();
    JointRequest request = fixture.request();
    request.settings.checkpointSeconds = 0.0;
    request.saveCheckpoint = [](const Record&) -> Status { return failure("disk full"); };
    TestJob job;
    const Result<JointOutcome> outcome = optimiseJointly(request, job.context());
    ASSERT_FALSE(outcome.ok());
    EXPECT_EQ(outcome.error().message, "disk full");
}

TEST(OptimiseJointly, CancelsAndSavesWhatIsDone)
{
    const JointFixture fixture = mixedFixture();
    for (const Schedule schedule : { Schedule::Simultaneous, Schedule::Turns }) {
        JointRequest request = fixture.request();
        request.settings.schedule = schedule;
        const JointOutcome unbroken = optimise(request);
        request.settings.checkpointSeconds = 0.0;
        TestJob job;
        std::vector<Record> records;
        request.saveCheckpoint = [&](const Record& record) {
            records.push_back(record);
            if (records.size() == 4)
                job.stop.request_stop();
            return success();
        };
        const Result<JointOutcome> canceled = optimiseJointly(request, job.context());
        ASSERT_FALSE(canceled.ok());
        EXPECT_EQ(canceled.error().kind, ErrorKind::Canceled);
        ASSERT_EQ(records.size(), 5U); // the fifth on the way out
        request.checkpoint = records.back();
        request.saveCheckpoint = {};
        EXPECT_TRUE(isBitEqual(unbroken, optimise(request)));
    }
}

TEST(OptimiseJointly, CanceledBeforeTheStartReturnsAtOnce)
{
    const JointFixture fixture = mixedFixture();
    TestJob job;
    job.stop.request_stop();
    const Result<JointOutcome> outcome = optimiseJointly(fixture.request(), job.context());
    ASSERT_FALSE(outcome.ok());
    EXPECT_EQ(outcome.error().kind, ErrorKind::Canceled);
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
        EXPECT_TRUE(valid[i] != 0 || outcome.state.pool[i] == 0.0F) << i;
    // Running statistics: the exact recursion new = 0.9 old + 0.1 batch; with decay they would shrink towards 0.
    PlainJoint plain(request, fixture.slots());
    PlainAdam adam(plain.parameters({ 0 }), request.settings.weightDecay);
    for (std::int64_t step = 0; step < request.settings.steps; ++step)
        adam.step(plain.nextLoss(0), nn::learningRate(request.settings, step));
    ASSERT_EQ(outcome.snapshotStep, request.settings.steps);
    EXPECT_LT(largestDifference(outcome.state, plain.state()), 2e-5);
}

TEST(OptimiseJointly, TheSnapshotIsTheBestOfTheCurve)
{
    const JointFixture fixture = mixedFixture();
    JointRequest request = fixture.request();
    request.settings.steps = 30;
    request.settings.validateEvery = 3;
    request.settings.learningRate = 0.3; // jumps about: the last is not the best
    request.settings.cosine = false;
    const JointOutcome outcome = optimise(request);
    ASSERT_EQ(outcome.curves.size(), 3U);
    ASSERT_EQ(outcome.curves[0].size(), 11U);
    std::vector<double> grades;
    for (std::size_t i = 0; i < outcome.curves[0].size(); ++i) {
        double grade = 0.0;
        for (std::size_t t = 0; t < 3; ++t)
            grade
                += std::min(0.0, outcome.curves[t][i].validationAccuracy - 0.99 + request.tasks[t].tolerance)
                / 3.0;
        grades.push_back(grade);
    }
    const auto best = static_cast<std::size_t>(outcome.snapshotStep / 3);
    EXPECT_DOUBLE_EQ(grades[best], *std::max_element(grades.begin(), grades.end()));
    for (std::size_t t = 0; t < 3; ++t) {
        EXPECT_DOUBLE_EQ(outcome.validationAccuracy[t], outcome.curves[t][best].validationAccuracy);
        // The state that is handed out is the one that was scored.
        TestJob job;
        const Result<Score> score = evaluateNetwork(*request.tasks[t].network,
            virtualizedWeights(request.tasks[t], t, outcome.state), *request.tasks[t].validation,
            job.context());
        ASSERT_TRUE(score.ok());
        EXPECT_NEAR(score->accuracy(), outcome.validationAccuracy[t], 0.01);
        EXPECT_NEAR(score->loss, outcome.curves[t][best].validationLoss, 1e-4);
    }
}

TEST(OptimiseJointly, StepZeroIsACandidate)
{
    const JointFixture fixture = mixedFixture();
    JointRequest request = fixture.request();
    for (JointTask& task : request.tasks)
        task.standaloneValidationAccuracy = 0.0; // all states are good enough: the loss decides
    request.settings.learningRate = 30.0; // ruins it
    request.settings.warmup = 0.0;
    const JointOutcome outcome = optimise(request);
    EXPECT_EQ(outcome.snapshotStep, 0);
    EXPECT_TRUE(test::isBitEqual(outcome.state, request.start));
    EXPECT_EQ(outcome.steps, request.settings.steps); // with a cosine it runs to its end
}

TEST(OptimiseJointly, StopsEarlyOnlyWithAConstantRate)
{
    const JointFixture fixture = mixedFixture();
    for (const Schedule schedule : { Schedule::Simultaneous, Schedule::Turns }) {
        JointRequest request = fixture.request();
        request.settings.schedule = schedule;
        request.settings.steps = 200;
        for (JointTask& task : request.tasks) {
            task.standaloneValidationAccuracy = 0.75;
            task.tolerance = 0.05;
        }
        request.settings.cosine = false;
        const JointOutcome stopped = optimise(request);
        EXPECT_LT(stopped.steps, 200);
        EXPECT_GT(stopped.steps, 0);
        for (const double accuracy : stopped.validationAccuracy)
            EXPECT_GE(accuracy, 0.7);
        request.settings.cosine = true;
        request.settings.steps = 40;
        EXPECT_EQ(optimise(request).steps, 40);
    }
}

TEST(OptimiseJointly, SaysWhichTaskDivergedAndWhen)
{
    JointFixture fixture = mixedFixture();
    fixture.parts(1).train.x[5] = std::numeric_limits<float>::quiet_NaN();
    for (const Schedule schedule : { Schedule::Simultaneous, Schedule::Turns }) {
        JointRequest request = fixture.request();
        request.settings.schedule = schedule;
        request.settings.batch = 150; // the whole set: the first minibatch has it
        TestJob job;
        const Result<JointOutcome> outcome = optimiseJointly(request, job.context());
        ASSERT_FALSE(outcome.ok());
        EXPECT_EQ(outcome.error().kind, ErrorKind::Failed);
        EXPECT_NE(outcome.error().message.find("task 'b' became NaN at step 1"), std::string::npos)
            << outcome.error().message;
    }
}

TEST(OptimiseJointly, ReportsProgressAndCurves)
{
    const JointFixture fixture = mixedFixture();
    const JointRequest request = fixture.request();
    TestJob job;
    ASSERT_TRUE(optimiseJointly(request, job.context()).ok());
    const JobChannel::Update update = job.channel.take();
    EXPECT_DOUBLE_EQ(update.fraction, 1.0);
    EXPECT_EQ(update.phase, "step 12 of 12");
    const auto count = [&](const std::string& series) {
        return std::count_if(update.samples.begin(), update.samples.end(),
            [&](const Sample& sample) { return sample.series == series; });
    };
    EXPECT_EQ(count("optimise/b/validationAccuracy"), 4); // 0, 4, 8, 12
    EXPECT_EQ(count("optimise/b/loss"), 3);
}

TEST(OptimiseJointly, RefusesBadRequests)
{
    JointFixture fixture = mixedFixture();
    const auto message = [](const JointRequest& request) {
        TestJob job;
        const Result<JointOutcome> outcome = optimiseJointly(request, job.context());
        EXPECT_FALSE(outcome.ok());
        return outcome.ok() ? std::string() : outcome.error().text();
    };
    JointRequest request = fixture.request();
    request.settings.validateEvery = 0;
    EXPECT_EQ(message(request), "optimisation.validateEvery must be at least 1, got 0");
    request = fixture.request();
    request.tasks.clear();
    EXPECT_NE(message(request).find("no task"), std::string::npos);
    const LabelledSamples none;
    request = fixture.request();
    request.tasks[1].validation = &none;
    EXPECT_NE(message(request).find("task 'b', validation"), std::string::npos) << message(request);
    request = fixture.request();
    request.start.pool.resize(1);
    TestJob job;
    EXPECT_THROW((void)optimiseJointly(request, job.context()), std::invalid_argument);
}

TEST(TrainSameSteps, TakesExactlyTheStepsAndImproves)
{
    const JointFixture fixture = mixedFixture();
    JointRequest request = fixture.request();
    request.settings.cosine = false; // never stops early: the baseline takes what the virtualized run took
    request.settings.steps = 60;
    request.settings.validateEvery = 20;
    JointTask task = request.tasks[1];
    task.standaloneValidationAccuracy = 0.0;
    TestJob job;
    const Result<SameStepsOutcome> outcome
        = trainSameSteps(task, request.settings, request.seed, job.context());
    ASSERT_TRUE(outcome.ok());
    EXPECT_EQ(outcome->steps, 60);
    ASSERT_EQ(outcome->curve.size(), 4U);
    EXPECT_GT(outcome->validationAccuracy, outcome->curve.front().validationAccuracy);
    EXPECT_TRUE(checkWeights(*task.network, outcome->weights, "same steps").ok());
    EXPECT_EQ(job.channel.take().samples.front().series, "sameSteps/b/validationAccuracy");
}

TEST(BenchmarkStep, MeasuresBoth)
{
    const JointFixture fixture = mixedFixture();
    TestJob job;
    const Result<StepBenchmark> times = benchmarkStep(fixture.request(), 3, job.context());
    ASSERT_TRUE(times.ok());
    EXPECT_GT(times->jointSeconds, 0.0);
    EXPECT_GT(times->separateSeconds, 0.0);
    EXPECT_EQ(times->repetitions, 3);
    EXPECT_FALSE(benchmarkStep(fixture.request(), 0, job.context()).ok());
}

} // namespace
} // namespace palimpsest
