// SPDX-License-Identifier: Apache-2.0
// Tasks that rest once they reached their target.
#include "core/backend/gpu_module.h"
#include "core/nn/joint_model.h"
#include "core/nn/recorded_step.h"
#include "core/nn/train_alone.h"
#include "tests/core/nn/joint_fixture.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>

namespace palimpsest {
namespace {

using namespace test;

std::vector<float> floatsOf(const Record& record, const std::string& name)
{
    const auto values = record.arrays.at(name).as<float>();
    return { values.begin(), values.end() };
}

/// Task b is within its tolerance whatever happens, the others never are.
JointRequest restingRequest(const JointFixture& fixture)
{
    JointRequest request = fixture.request();
    request.forms.pool = Storage::Ternary;
    request.forms.exclusive = Storage::Int4;
    request.settings.freezeFinished = true;
    request.settings.weightDecay = 0.1;
    for (JointTask& task : request.tasks) {
        task.standaloneValidationAccuracy = 1.0;
        task.tolerance = 0.0;
    }
    request.tasks[1].tolerance = 1.0;
    return request;
}

TEST(FreezeFinished, ARestingTaskIsAsIfItWereNotThere)
{
    const JointFixture fixture = mixedFixture();
    JointRequest request = restingRequest(fixture);
    const Record with = checkpointsOf(request).back();

    JointRequest without = request;
    without.tasks.erase(without.tasks.begin() + 1);
    without.start.privateRuns.erase(without.start.privateRuns.begin() + 1);
    const Record absent = checkpointsOf(without).back();
    for (const char* name : { "state/pool", "state/exclusive", "state/poolScales" })
        EXPECT_EQ(floatsOf(with, name), floatsOf(absent, name)) << name;
    EXPECT_NE(floatsOf(with, "state/pool"), request.start.pool);
    EXPECT_EQ(floatsOf(with, "state/private/0"), floatsOf(absent, "state/private/0"));
    EXPECT_EQ(floatsOf(with, "state/private/2"), floatsOf(absent, "state/private/1"));
    EXPECT_EQ(floatsOf(with, "state/private/1"), request.start.privateRuns[1])
        << "weights and statistics of batch norm stay";

    request.settings.freezeFinished = false;
    EXPECT_NE(floatsOf(checkpointsOf(request).back(), "state/private/1"), request.start.privateRuns[1]);
}

/// The first two tasks hover about a target.
JointRequest hoveringRequest(const JointFixture& fixture, double target)
{
    JointRequest request = fixture.request();
    request.settings.freezeFinished = true;
    request.settings.steps = 60;
    request.settings.validateEvery = 3;
    request.settings.learningRate = 0.05;
    for (JointTask& task : request.tasks)
        task.tolerance = 0.0;
    request.tasks[0].standaloneValidationAccuracy = target;
    request.tasks[1].standaloneValidationAccuracy = target;
    request.tasks[2].standaloneValidationAccuracy = 2.0; // never
    return request;
}

TEST(FreezeFinished, FollowsEveryValidation)
{
    const JointFixture fixture = mixedFixture();
    int rested = 0, wokeUp = 0;
    for (const double target : { 0.5, 0.7, 0.8, 0.9, 0.95 }) {
        const JointRequest request = hoveringRequest(fixture, target);
        const JointOutcome outcome = optimise(request);
        EXPECT_EQ(outcome.steps, request.settings.steps);
        for (std::size_t t = 0; t < request.tasks.size(); ++t) {
            const std::vector<CurvePoint>& curve = outcome.curves[t];
            for (std::size_t i = 1; i < curve.size(); ++i) {
                const bool wasWithin
                    = curve[i - 1].validationAccuracy >= request.tasks[t].standaloneValidationAccuracy;
                EXPECT_EQ(curve[i].trainLoss == 0.0, wasWithin) << "task " << t << ", step " << curve[i].step;
                rested += wasWithin ? 1 : 0;
                wokeUp += i > 1 && curve[i].trainLoss != 0.0 && curve[i - 1].trainLoss == 0.0 ? 1 : 0;
            }
        }
    }
    EXPECT_GT(rested, 0);
    EXPECT_GT(wokeUp, 0) << "a task whose shared pages others spoil trains again";
}

TEST(FreezeFinished, ResumesBitEqualFromEveryStep)
{
    const JointFixture fixture = mixedFixture();
    JointRequest request = hoveringRequest(fixture, 0.8);
    request.settings.steps = 24;
    request.forms.pool = Storage::Ternary;
    const JointOutcome unbroken = optimise(request);
    for (const Record& record : checkpointsOf(request)) {
        request.checkpoint = record;
        const JointOutcome resumed = optimise(request);
        EXPECT_EQ(resumed.state, unbroken.state);
        for (std::size_t t = 0; t < 3; ++t)
            EXPECT_EQ(resumed.curves[t].back().trainLoss, unbroken.curves[t].back().trainLoss);
    }
}

TEST(FreezeFinished, EndsWhereAllRestButNotTheBaselines)
{
    const JointFixture fixture = mixedFixture();
    JointRequest request = fixture.request();
    for (JointTask& task : request.tasks)
        task.tolerance = 1.0;
    EXPECT_EQ(optimise(request).steps, request.settings.steps);
    request.settings.freezeFinished = true;
    EXPECT_EQ(optimise(request).steps, 0);

    AloneRequest alone;
    alone.task = request.tasks[0];
    alone.settings = request.settings;
    Job job;
    const auto outcome = trainAlone(alone, job.context);
    ASSERT_TRUE(outcome.ok());
    EXPECT_EQ(outcome->steps, request.settings.steps);
    EXPECT_GT(outcome->curve.back().trainLoss, 0.0);
}

/// The recorded step beside the plain one on the same device, while members come to rest and wake up.
void compareRecorded(const nn::ComputeDevice& device, double tolerance)
{
    Network still = convolutionalNetwork();
    for (Layer& layer : still.layers)
        layer.probability = 0.0; // of dropout, whose random numbers a GPU gives to whoever asks first
    const JointFixture fixture({ denseNetwork(), still, denseNetwork() }, 3, true);
    JointRequest request = restingRequest(fixture);
    request.tasks[0].augmentation.noise = 0.4;
    request.tasks[1].augmentation = { .flip = true, .shift = 1, .timeShift = 0.2, .noise = 0.1 };
    request.settings.distillation = 0.7;
    VirtualizedState start = request.start;
    findScales(start, request.forms);
    nn::JointModel plain(request.tasks, { 0, 1, 2 }, request.forms, request.settings, device);
    nn::JointModel recorded(request.tasks, { 0, 1, 2 }, request.forms, request.settings, device);
    plain.load(start);
    recorded.load(start);
    std::vector<nn::TaskFeed> plainFeeds, recordedFeeds;
    for (const JointTask& task : request.tasks) {
        plainFeeds.emplace_back(task, request.settings, 3, device);
        recordedFeeds.emplace_back(task, request.settings, 3, device);
    }
    nn::RecordedStep step(recorded, recordedFeeds, device);
    const std::vector<float> rates(5, 0.01F);
    for (const std::vector<bool>& resting : { std::vector<bool> { false, false, false },
             std::vector<bool> { false, true, false }, std::vector<bool> { true, false, false } }) {
        step.setResting(resting);
        plain.setResting(resting);
        step.beginBlock(rates);
        for (const float rate : rates) {
            step.run();
            plain.beginStep();
            for (std::size_t t = 0; t < 3; ++t) {
                if (resting[t])
                    plainFeeds[t].skip(1);
                else
                    (void)plain.addGradient(t, plainFeeds[t].next(), plainFeeds[t].generator());
            }
            plain.foldGradients();
            plain.applyGradients(rate);
            if (step.stepsLeft() > 0) {
                EXPECT_THROW(step.setResting(resting), std::logic_error);
            }
        }
        VirtualizedState a = start, b = start;
        plain.store(a);
        recorded.store(b);
        EXPECT_LE(largestDifference(a, b), tolerance);
        EXPECT_GT(largestDifference(a, start), 0.01);
    }
}

TEST(RecordedStep, LeavesOutWhoRests)
{
    compareRecorded(nn::computeDevice("cpu"), 0.0);
}

TEST(RecordedStep, LeavesOutWhoRestsOnCuda)
{
    const DeviceList list = listDevices();
    if (!list.whyNoCuda.empty())
        GTEST_SKIP() << "no CUDA device: " << list.whyNoCuda;
    compareRecorded(nn::computeDevice("cuda:0"), 1e-3);
}

TEST(FreezeFinished, FollowsTheCpuOnCuda)
{
    const DeviceList list = listDevices();
    if (!list.whyNoCuda.empty())
        GTEST_SKIP() << "no CUDA device: " << list.whyNoCuda;
    const JointFixture fixture({ denseNetwork(), denseNetwork(), denseNetwork() }, 3, true);
    JointRequest request = restingRequest(fixture);
    request.settings.optimiser = Optimiser::Sgd;
    request.settings.steps = 40;
    request.forms = {};
    request.tasks[0].augmentation.noise = 0.3;
    const JointOutcome onCpu = optimise(request);
    Job job;
    const auto onCuda = optimiseJointly(request, job.context.onDevice("cuda:0"));
    ASSERT_TRUE(onCuda) << onCuda.error().text();
    EXPECT_NEAR(onCpu.curves[0].back().trainLoss, onCuda->curves[0].back().trainLoss, 1e-3);
    EXPECT_EQ(onCuda->curves[1].back().trainLoss, 0.0);
    EXPECT_LT(largestDifference(readState(onCpu.state), readState(onCuda->state)), 1e-2);
}

TEST(OptimiseJointly, KeepsTheLastGoodCheckpoint)
{
    const JointFixture fixture = mixedFixture();
    JointRequest request = fixture.request();
    request.settings.optimiser = Optimiser::Sgd; // a float32 holds 3.4e38: the first step breaks weights
    request.settings.learningRate = 3e38;
    request.tasks[0].lossWeight = 1e4;
    request.settings.warmup = 0.0;
    request.settings.checkpointSeconds = 0.0;
    int saved = 0;
    request.saveCheckpoint = [&](const Record&) {
        ++saved;
        return success();
    };
    Job job;
    const auto outcome = optimiseJointly(request, job.context);
    ASSERT_FALSE(outcome.ok());
    EXPECT_NE(outcome.error().message.find("at step 2"), std::string::npos) << outcome.error().message;
    EXPECT_EQ(saved, 0);
    request.settings.learningRate = 0.01;
    (void)optimise(request);
    EXPECT_GT(saved, 0);
}

} // namespace
} // namespace palimpsest
