// SPDX-License-Identifier: Apache-2.0
#include "core/nn/joint.h"

#include "core/nn/evaluate.h"
#include "tests/core/nn/joint_fixture.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace palimpsest {
namespace {

using namespace test;

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
    return curves && a.state == b.state && a.steps == b.steps && a.snapshotStep == b.snapshotStep
        && a.validationAccuracy == b.validationAccuracy;
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

TEST(OptimiseJointly, AveragesTheLastSteps)
{
    const JointFixture fixture = mixedFixture();
    JointRequest request = fixture.request();
    request.settings.averaging = 0.5; // of 12 steps
    request.settings.checkpointSeconds = 0.0;
    std::vector<double> sum;
    int count = 0;
    Record last;
    request.saveCheckpoint = [&](const Record& record) {
        last = record;
        if (record.arrays.at("counters").as<std::int64_t>()[0] <= 6 * 3)
            return success();
        std::vector<float> pages;
        for (const char* name : { "state/pool", "state/exclusive" })
            for (const float value : record.arrays.at(name).as<float>())
                pages.push_back(value);
        sum.resize(pages.size());
        for (std::size_t i = 0; i < pages.size(); ++i)
            sum[i] += static_cast<double>(pages[i]);
        ++count;
        return success();
    };
    (void)optimise(request);
    ASSERT_EQ(count, 5); // steps 7 to 11: the last is not saved
    const auto average = last.arrays.at("average/0").as<float>();
    ASSERT_EQ(average.size(), sum.size());
    for (std::size_t i = 0; i < sum.size(); ++i)
        EXPECT_NEAR(average[i], sum[i] / count, 1e-6);
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
        Job job;
        const Result<JointOutcome> outcome = optimiseJointly(asked, job.context);
        ASSERT_FALSE(outcome.ok());
        EXPECT_EQ(outcome.error().kind, ErrorKind::BadInput);
        EXPECT_NE(outcome.error().message.find("checkpoint"), std::string::npos);
    };
    JointRequest other = request;
    other.checkpoint = record;
    other.seed = 9;
    refused(other);
    for (const char* name : { "counters", "state/pool", "snapshot/private/1", "state/poolScales",
             "optimiser/0", "generators/2", "curves/0" }) {
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
    Job job;
    const Result<JointOutcome> outcome = optimiseJointly(request, job.context);
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
        Job job;
        std::vector<Record> records;
        request.saveCheckpoint = [&](const Record& record) {
            records.push_back(record);
            if (records.size() == 4)
                job.stop.request_stop();
            return success();
        };
        const Result<JointOutcome> canceled = optimiseJointly(request, job.context);
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
    Job job;
    job.stop.request_stop();
    const Result<JointOutcome> outcome = optimiseJointly(fixture.request(), job.context);
    ASSERT_FALSE(outcome.ok());
    EXPECT_EQ(outcome.error().kind, ErrorKind::Canceled);
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
        Job job;
        const Result<Score> score = evaluateNetwork(*request.tasks[t].network,
            virtualizedWeights(request.tasks[t], t, readState(outcome.state)), *request.tasks[t].validation,
            job.context);
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
        task.standaloneValidationAccuracy = 0.0; // all states are good enough: their quality decides
    request.settings.steps = 60;
    request.start = readState(optimise(request).state); // has something to lose
    request.settings.learningRate = 30.0; // ruins it
    request.settings.warmup = 0.0;
    const JointOutcome outcome = optimise(request);
    EXPECT_EQ(outcome.snapshotStep, 0);
    EXPECT_TRUE(test::isBitEqual(readState(outcome.state), request.start));
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
        Job job;
        const Result<JointOutcome> outcome = optimiseJointly(request, job.context);
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
    Job job;
    ASSERT_TRUE(optimiseJointly(request, job.context).ok());
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
        Job job;
        const Result<JointOutcome> outcome = optimiseJointly(request, job.context);
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
    Job job;
    EXPECT_THROW((void)optimiseJointly(request, job.context), std::invalid_argument);
}

TEST(BenchmarkStep, MeasuresBoth)
{
    const JointFixture fixture = mixedFixture();
    Job job;
    const Result<StepBenchmark> times = benchmarkStep(fixture.request(), 3, job.context);
    ASSERT_TRUE(times.ok());
    EXPECT_GT(times->jointSeconds, 0.0);
    EXPECT_GT(times->separateSeconds, 0.0);
    EXPECT_EQ(times->repetitions, 3);
    EXPECT_FALSE(benchmarkStep(fixture.request(), 0, job.context).ok());
}

} // namespace
} // namespace palimpsest
