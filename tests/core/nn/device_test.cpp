// SPDX-License-Identifier: Apache-2.0
// The same work on another device gives the same results, but for rounding; and a recorded step is the plain one.
#include "core/backend/gpu_module.h"
#include "core/nn/evaluate.h"
#include "core/nn/fisher.h"
#include "core/nn/paged_executor.h"
#include "core/nn/recorded_step.h"
#include "core/nn/switch_benchmark.h"
#include "core/nn/train_alone.h"
#include "tests/core/nn/joint_fixture.h"

#include <gtest/gtest.h>

namespace palimpsest {
namespace {

using namespace test;

TEST(RecordedStep, IsThePlainStep)
{
    const JointFixture fixture = mixedFixture();
    JointRequest request = fixture.request();
    request.forms.pool = Storage::Ternary;
    request.settings.distillation = 0.7;
    request.settings.clipNorm = 0.1;
    request.tasks[0].augmentation.noise = 0.2;
    request.tasks[1].augmentation = { .flip = true, .shift = 1, .timeShift = 0.2, .noise = 0.2 };
    const nn::ComputeDevice cpu = nn::computeDevice("cpu");
    const std::vector<std::size_t> all { 0, 1, 2 };
    nn::JointModel plain(request.tasks, all, request.forms, request.settings, cpu);
    nn::JointModel recorded(request.tasks, all, request.forms, request.settings, cpu);
    VirtualizedState start = request.start;
    findScales(start, request.forms);
    plain.load(start);
    recorded.load(start);
    std::vector<nn::TaskFeed> plainFeeds, recordedFeeds;
    for (const JointTask& task : request.tasks) {
        plainFeeds.emplace_back(task, request.settings, 3, cpu);
        recordedFeeds.emplace_back(task, request.settings, 3, cpu);
    }
    nn::RecordedStep step(recorded, recordedFeeds, cpu);
    const std::vector<std::vector<float>> blocks { { 0.01F, 0.02F }, { 0.03F, 0.02F, 0.01F, 0.005F } };
    for (const std::vector<float>& rates : blocks) {
        step.beginBlock(rates);
        std::vector<double> losses;
        for (const float rate : rates) {
            step.run();
            plain.beginStep();
            for (const std::size_t task : all)
                losses.push_back(
                    plain.addGradient(task, plainFeeds[task].next(), plainFeeds[task].generator())
                        .item<double>());
            plain.foldGradients();
            plain.applyGradients(rate);
        }
        EXPECT_EQ(step.stepsLeft(), 0);
        EXPECT_THROW(step.run(), std::logic_error);
        const at::Tensor got = step.losses().contiguous();
        ASSERT_EQ(got.numel(), static_cast<std::int64_t>(losses.size()));
        for (std::size_t i = 0; i < losses.size(); ++i)
            EXPECT_EQ(got.const_data_ptr<double>()[i], losses[i]) << i;
    }
    VirtualizedState a = start, b = start;
    plain.store(a);
    recorded.store(b);
    EXPECT_TRUE(isBitEqual(a, b));
    EXPECT_FALSE(isBitEqual(a, start));
}

TEST(RecordedStep, RefusesABlockOfNoStepOrTooMany)
{
    const JointFixture fixture = mixedFixture();
    const JointRequest request = fixture.request();
    const nn::ComputeDevice cpu = nn::computeDevice("cpu");
    nn::JointModel model(request.tasks, { 0 }, request.forms, request.settings, cpu);
    std::vector<nn::TaskFeed> feeds;
    feeds.emplace_back(request.tasks[0], request.settings, 3, cpu);
    nn::RecordedStep step(model, feeds, cpu);
    EXPECT_THROW(step.beginBlock({}), std::invalid_argument);
    EXPECT_THROW(step.beginBlock(std::vector<float>(nn::RecordedStep::kBlock + 1)), std::invalid_argument);
}

/// Compares CUDA with the CPU; skipped, with the reason, where there is no CUDA device.
class OnCuda : public testing::Test {
protected:
    void SetUp() override
    {
        const DeviceList list = listDevices();
        if (!list.whyNoCuda.empty())
            GTEST_SKIP() << "no CUDA device: " << list.whyNoCuda;
    }
    [[nodiscard]] JobContext cuda() const { return job.context.onDevice("cuda:0"); }

    Job job;
};

double relativeDifference(const Weights& a, const Weights& b)
{
    double difference = 0.0, norm = 0.0;
    for (std::size_t i = 0; i < a.tensors.size(); ++i)
        for (std::size_t k = 0; k < a.tensors[i].values.size(); ++k) {
            const double x = a.tensors[i].values[k];
            const double y = b.tensors.at(i).values.at(k);
            difference += (x - y) * (x - y);
            norm += x * x;
        }
    return std::sqrt(difference / norm);
}

TEST_F(OnCuda, ScoresAndFisherAreThoseOfTheCpu)
{
    const Network network = convolutionalNetwork();
    const Weights weights = initialWeights(network, 4);
    const LabelledSamples samples = cloudSamples(network, 300, 5);
    const auto onCpu = networkLogits(network, weights, samples, job.context);
    const auto onCuda = networkLogits(network, weights, samples, cuda());
    ASSERT_TRUE(onCpu && onCuda);
    EXPECT_LT(largestDifference(*onCpu, *onCuda), 1e-4);

    FisherSettings settings;
    settings.labels = FisherLabels::All; // sampled labels may differ where a probability is rounded
    const auto fisherCpu = computeFisher(network, weights, samples, settings, 1, job.context);
    const auto fisherCuda = computeFisher(network, weights, samples, settings, 1, cuda());
    ASSERT_TRUE(fisherCpu && fisherCuda);
    EXPECT_LT(relativeDifference(fisherCpu->fisher, fisherCuda->fisher), 1e-4);
}

TEST_F(OnCuda, TrainingLearnsAsOnTheCpu)
{
    const Network network = denseNetwork();
    const LabelledSamples train = cloudSamples(network, 400, 6);
    const LabelledSamples validation = cloudSamples(network, 200, 7);
    TrainRequest request;
    request.task = "clouds";
    request.network = &network;
    request.train = &train;
    request.validation = &validation;
    request.augmentation.noise = 0.2;
    request.seed = 3;
    request.settings.epochs = 5;
    const auto onCpu = trainNetwork(request, job.context);
    const auto onCuda = trainNetwork(request, cuda());
    ASSERT_TRUE(onCpu && onCuda);
    ASSERT_EQ(onCpu->curve.size(), onCuda->curve.size());
    EXPECT_NEAR(onCpu->curve.back().trainLoss, onCuda->curve.back().trainLoss, 1e-3);
    EXPECT_LT(relativeDifference(onCpu->weights, onCuda->weights), 1e-2);
}

TEST_F(OnCuda, JointOptimisationFollowsTheCpu)
{
    // Without dropout, whose random numbers are the device's own.
    JointFixture fixture({ denseNetwork(), denseNetwork() }, 3, true);
    LabelledSamples& few = fixture.parts(1).validation; // such a task is measured by its loss
    few.y.resize(50);
    few.x.resize(50 * few.sampleSize());
    for (const Schedule schedule : { Schedule::Simultaneous, Schedule::Turns }) {
        JointRequest request = fixture.request();
        request.settings.schedule = schedule;
        request.settings.softPenalty = schedule == Schedule::Turns ? 0.1 : 0.0;
        request.settings.steps = 30; // longer than it takes to record a step
        const JointOutcome onCpu = optimise(request);
        const auto onCuda = optimiseJointly(request, cuda());
        ASSERT_TRUE(onCuda) << onCuda.error().text();
        ASSERT_EQ(onCpu.curves[0].size(), onCuda->curves[0].size());
        EXPECT_NEAR(onCpu.curves[1].back().trainLoss, onCuda->curves[1].back().trainLoss, 1e-3);
        EXPECT_LT(largestDifference(readState(onCpu.state), readState(onCuda->state)), 1e-2);
    }
}

TEST_F(OnCuda, ANetworkAloneFollowsTheCpu)
{
    const JointFixture fixture({ denseNetwork() }, 3, false);
    for (const Storage storage : { Storage::Float32, Storage::Int4 }) {
        const JointRequest joint = fixture.request();
        AloneRequest request { joint.tasks[0], { storage, Storage::Float32 }, joint.settings, joint.seed,
            "alone" };
        request.settings.steps = 30;
        request.settings.distillation = 0.5;
        request.settings.mixing = 0.0; // the shares are the device's own
        const auto onCpu = trainAlone(request, job.context);
        const auto onCuda = trainAlone(request, cuda());
        ASSERT_TRUE(onCpu && onCuda);
        EXPECT_NEAR(onCpu->curve.back().trainLoss, onCuda->curve.back().trainLoss, 1e-2);
        EXPECT_NEAR(onCpu->validationAccuracy, onCuda->validationAccuracy, 0.03);
    }
}

TEST_F(OnCuda, AnInterruptedRunGoesOnAlike)
{
    const JointFixture fixture({ denseNetwork(), denseNetwork() }, 3, true);
    JointRequest request = fixture.request();
    request.settings.steps = 40;
    request.settings.validateEvery = 10;
    const auto whole = optimiseJointly(request, cuda());
    ASSERT_TRUE(whole);
    request.settings.checkpointSeconds = 0.0;
    std::optional<Record> middle;
    int saved = 0;
    request.saveCheckpoint = [&](const Record& record) {
        if (++saved == 17)
            middle = record;
        return success();
    };
    ASSERT_TRUE(optimiseJointly(request, cuda()));
    ASSERT_TRUE(middle);
    request.checkpoint = middle;
    request.saveCheckpoint = {};
    const auto resumed = optimiseJointly(request, cuda());
    ASSERT_TRUE(resumed) << resumed.error().text();
    EXPECT_LT(largestDifference(readState(whole->state), readState(resumed->state)), 1e-4);
}

TEST_F(OnCuda, SwitchesAndRunsAsOnTheCpu)
{
    const JointFixture fixture = mixedFixture();
    const JointRequest request = fixture.request();
    for (const Storage pool : { Storage::Float32, Storage::Int8, Storage::Ternary }) {
        const StoredState stored
            = storeState(request.tasks, request.start, { pool, Storage::Float16, Storage::Float16 });
        auto executor = PagedExecutor::create(request.tasks, stored, {}, "cuda:0");
        ASSERT_TRUE(executor) << executor.error().text();
        for (const std::size_t task : { 0U, 1U, 1U, 2U, 0U, 1U }) {
            for (const std::int64_t count : { 1, 5 }) {
                const LabelledSamples samples
                    = cloudSamples(*request.tasks[task].network, static_cast<std::size_t>(count), 5 + task);
                const auto expected = networkLogits(*request.tasks[task].network,
                    virtualizedWeights(request.tasks[task], task, readState(stored)), samples, job.context);
                ASSERT_TRUE(expected);
                EXPECT_LT(largestDifference(executor->run(task, samples.x, count), *expected), 1e-4);
            }
        }
        executor->switchTo(2);
        const LabelledSamples samples = cloudSamples(*request.tasks[2].network, 3, 9);
        EXPECT_LT(largestDifference(executor->forward(samples.x, 3), executor->run(2, samples.x, 3)), 1e-4);
    }
}

TEST_F(OnCuda, BenchmarkMeasuresEveryMethod)
{
    const JointFixture fixture = mixedFixture();
    const JointRequest request = fixture.request();
    const auto result = benchmarkSwitch(
        request.tasks, storeState(request.tasks, request.start, {}), 20, 3, testing::TempDir(), cuda());
    ASSERT_TRUE(result) << result.error().text();
    EXPECT_EQ(result->methods.size(), 10U);
    EXPECT_LT(result->largestDifference, 1e-5);
    EXPECT_EQ(result->deviceBytesGrown, 0);
}

} // namespace
} // namespace palimpsest
