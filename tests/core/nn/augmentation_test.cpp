// SPDX-License-Identifier: Apache-2.0
// Augmentation against a plain loop over samples, and where it takes part: in training alone.
#include "core/nn/augmentation.h"

#include "core/nn/augmenter.h"
#include "core/nn/evaluate.h"
#include "core/nn/task_feed.h"
#include "core/nn/train_alone.h"
#include "tests/core/nn/joint_fixture.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>

namespace palimpsest {
namespace {

using namespace test;

const AugmentationSettings kAll { .flip = true, .shift = 2, .timeShift = 0.3, .noise = 0.5 };

LabelledSamples randomSamples(const Shape& shape, std::size_t count)
{
    LabelledSamples samples;
    samples.sampleShape = shape;
    samples.classes = 2;
    samples.y.resize(count);
    Random random(3);
    samples.x = normals(count * samples.sampleSize(), random, 2.0);
    return samples;
}

nn::Augmenter augmenter(const AugmentationSettings& settings, const LabelledSamples& samples)
{
    return nn::Augmenter(settings, samples, 11, nn::computeDevice("cpu"));
}

/// One value of a moved sample, as the settings' help texts say it. @param draw  rows, columns, flip
float plainValue(const LabelledSamples& samples, std::size_t n, std::int64_t c, std::int64_t y,
    std::int64_t x, const std::int64_t* draw)
{
    const Shape& shape = samples.sampleShape;
    const std::int64_t width = shape.back();
    const std::int64_t height = shape.size() == 3 ? shape[1] : 1;
    if (draw[2] == 1)
        x = width - 1 - x;
    x = std::min(std::max<std::int64_t>(x + draw[1], 0), width - 1);
    y = std::min(std::max<std::int64_t>(y + draw[0], 0), height - 1);
    return samples.x[n * samples.sampleSize() + static_cast<std::size_t>((c * height + y) * width + x)];
}

TEST(Augmenter, IsAPlainLoopOverSamples)
{
    for (const Shape& shape : { Shape { 2, 5, 7 }, Shape { 3, 10 }, Shape { 6 } }) {
        const LabelledSamples samples = randomSamples(shape, 40);
        AugmentationSettings settings = kAll;
        settings.noise = 0.0;
        settings.flip = shape.size() == 3;
        settings.shift = shape.size() == 3 ? 2 : 0;
        settings.timeShift = shape.size() > 1 ? 0.3 : 0.0;
        const at::Tensor input = nn::inputTensor(samples);
        const nn::Augmenter still = augmenter(settings, samples);
        settings.noise = 0.5;
        const nn::Augmenter noisy = augmenter(settings, samples);
        const at::Tensor draws = noisy.draws(0, 1, 40).select(0, 0).contiguous();
        const at::Tensor moved = still.apply(input, draws).contiguous();
        const at::Tensor all = noisy.apply(input, draws).contiguous();
        ASSERT_EQ(moved.sizes(), input.sizes());
        const std::int64_t width = shape.back(), height = shape.size() == 3 ? shape[1] : 1;
        const std::int64_t channels = static_cast<std::int64_t>(samples.sampleSize()) / (width * height);
        std::size_t at = 0;
        for (std::size_t n = 0; n < 40; ++n)
            for (std::int64_t c = 0; c < channels; ++c)
                for (std::int64_t y = 0; y < height; ++y)
                    for (std::int64_t x = 0; x < width; ++x, ++at)
                        ASSERT_EQ(moved.const_data_ptr<float>()[at],
                            plainValue(samples, n, c, y, x,
                                draws.const_data_ptr<std::int64_t>()
                                    + static_cast<std::int64_t>(n) * nn::Augmenter::kDraws))
                            << toString(shape) << " sample " << n << " at " << c << ", " << y << ", " << x;
        EXPECT_TRUE(shape.size() == 1 ? moved.equal(input) : !moved.equal(input));
        const at::Tensor noise = all - moved;
        const double deviation = 0.5 * nn::inputTensor(samples).std(/*unbiased=*/false).item<double>();
        EXPECT_NEAR(noise.std().item<double>(), deviation, 0.1 * deviation);
        EXPECT_NEAR(noise.mean().item<double>(), 0.0, 0.1);
        EXPECT_FALSE(noise.select(0, 0).equal(noise.select(0, 1)));
    }
}

TEST(Augmenter, DrawsEveryChangeEquallyOftenWithinItsBounds)
{
    const LabelledSamples samples = randomSamples({ 1, 8, 10 }, 4);
    const nn::Augmenter made = augmenter(kAll, samples);
    const at::Tensor draws = made.draws(0, 100, 50).view({ -1, nn::Augmenter::kDraws }).contiguous();
    std::map<std::int64_t, int> rows, flips;
    std::int64_t least = 0, most = 0;
    for (std::int64_t i = 0; i < draws.size(0); ++i) {
        const auto* draw = draws.const_data_ptr<std::int64_t>() + i * nn::Augmenter::kDraws;
        ++rows[draw[0]];
        ++flips[draw[2]];
        least = std::min(least, draw[1]);
        most = std::max(most, draw[1]);
        ASSERT_GE(draw[3], 0);
        ASSERT_LT(draw[3], 65'536);
    }
    ASSERT_EQ(rows.size(), 5U); // -2..2
    for (const auto& [row, count] : rows)
        EXPECT_NEAR(count, 1000, 150) << row;
    ASSERT_EQ(flips.size(), 2U);
    EXPECT_NEAR(flips[1], 2500, 200);
    EXPECT_EQ(least, -5); // 2 pixels and three tenths of 10
    EXPECT_EQ(most, 5);
}

TEST(Augmenter, DrawsByTheMinibatchsNumber)
{
    const LabelledSamples samples = randomSamples({ 1, 8, 8 }, 4);
    const nn::Augmenter one = augmenter(kAll, samples), same = augmenter(kAll, samples);
    const nn::Augmenter other(kAll, samples, 12, nn::computeDevice("cpu"));
    const at::Tensor block = one.draws(5, 4, 16);
    for (std::int64_t i = 0; i < 4; ++i)
        EXPECT_TRUE(block.select(0, i).equal(same.draws(5 + i, 1, 16).select(0, 0)));
    EXPECT_FALSE(block.select(0, 0).equal(block.select(0, 1)));
    EXPECT_FALSE(block.equal(other.draws(5, 4, 16)));
    EXPECT_TRUE(one.apply(nn::inputTensor(samples), block.select(0, 0).narrow(0, 0, 4))
                    .equal(same.apply(nn::inputTensor(samples), block.select(0, 0).narrow(0, 0, 4))));
}

TEST(Augmentation, SaysWhatDoesNotFit)
{
    const auto message = [](const AugmentationSettings& settings, const Shape& shape) {
        const Status status = checkAugmentation(settings, shape, "tasks.a");
        return status.ok() ? std::string() : status.error().text();
    };
    EXPECT_EQ(message(kAll, { 3, 32, 32 }), "");
    EXPECT_EQ(message({ .timeShift = 0.1, .noise = 0.1 }, { 9, 128 }), "");
    EXPECT_EQ(message({ .noise = 0.1 }, { 64 }), "");
    EXPECT_EQ(message({ .flip = true }, { 64 }),
        "tasks.a: augmentation.flip needs pictures of shape [channels, height, width], these samples have "
        "the "
        "shape [64]; turn it off");
    EXPECT_NE(
        message({ .shift = 1 }, { 1, 100 }).find("augmentation.shift needs pictures"), std::string::npos);
    EXPECT_NE(
        message({ .shift = 8 }, { 1, 9, 8 }).find("less than the pictures' height and width, got 8 pixels"),
        std::string::npos);
    EXPECT_NE(message({ .timeShift = 0.1 }, { 64 }).find("last axis is time"), std::string::npos);
    EXPECT_NE(message({ .timeShift = 0.6 }, { 1, 64 }).find("from 0 to 0.5, got 0.6"), std::string::npos);
    EXPECT_NE(message({ .noise = -1.0 }, { 1, 64 }).find("noise must be a fraction of at least 0"),
        std::string::npos);
    JointFixture fixture({ denseNetwork() }, 3, false);
    JointRequest request = fixture.request();
    request.tasks[0].augmentation.flip = true;
    Job job;
    EXPECT_FALSE(optimiseJointly(request, job.context).ok());
    TrainRequest train;
    train.network = request.tasks[0].network;
    train.train = request.tasks[0].train;
    train.validation = request.tasks[0].validation;
    train.augmentation.flip = true;
    EXPECT_FALSE(trainNetwork(train, job.context).ok());
}

TEST(TaskFeed, TheTeacherSeesWhatTheNetworkSees)
{
    JointFixture fixture({ convolutionalNetwork() }, 3, false);
    JointRequest request = fixture.request();
    request.settings.distillation = 0.7;
    const nn::ComputeDevice cpu = nn::computeDevice("cpu");
    JointTask& task = request.tasks[0];
    task.augmentation = { .flip = true, .shift = 1, .timeShift = 0.0, .noise = 0.2 };
    nn::TaskFeed feed(task, request.settings, 5, cpu), twin(task, request.settings, 5, cpu);
    feed.skip(3);
    (void)twin.nextDraws(3);
    const nn::TaskFeed::Draws draws = twin.nextDraws(1);
    const nn::TaskFeed::Minibatch batch = feed.next();
    ASSERT_EQ(feed.augmentedRows(), 16 + 8);

    // By hand: pick, change, mix, ask.
    const nn::Augmenter changer(task.augmentation, *task.train, deriveSeed(5, "augmentation/a"), cpu);
    const at::Tensor all = nn::inputTensor(*task.train), changes = draws.changes.select(0, 0);
    const at::Tensor first
        = changer.apply(all.index_select(0, draws.positions.select(0, 0)), changes.narrow(0, 0, 16));
    const at::Tensor second
        = changer.apply(all.index_select(0, draws.partners.select(0, 0)), changes.narrow(0, 16, 8));
    const at::Tensor share = draws.shares.select(0, 0).view({ 8, 1, 1, 1 });
    const at::Tensor expected
        = at::cat({ first.narrow(0, 0, 8), first.narrow(0, 8, 8) * share + second * (1 - share) });
    EXPECT_TRUE(batch.input.allclose(expected, 1e-5, 1e-6));
    EXPECT_FALSE(first.equal(all.index_select(0, draws.positions.select(0, 0))));
    const at::NoGradGuard noGrad;
    const at::Tensor logits = nn::forward(*task.network, nn::viewsOf(*task.standalone), batch.input);
    EXPECT_TRUE(batch.targets.allclose(at::softmax(logits / request.settings.temperature, 1), 1e-5, 1e-6));
}

/// The mixed fixture with augmentation of each task's kind.
JointRequest augmentedRequest(const JointFixture& fixture)
{
    JointRequest request = fixture.request();
    request.tasks[0].augmentation.noise = 0.3;
    request.tasks[1].augmentation = { .flip = true, .shift = 1, .timeShift = 0.0, .noise = 0.3 };
    return request;
}

TEST(OptimiseJointly, AugmentsAlikeAfterAResume)
{
    const JointFixture fixture = mixedFixture();
    for (const Schedule schedule : { Schedule::Simultaneous, Schedule::Turns }) {
        JointRequest request = augmentedRequest(fixture);
        request.settings.schedule = schedule;
        request.settings.distillation = 0.7;
        const JointOutcome unbroken = optimise(request);
        const std::vector<Record> records = checkpointsOf(request);
        for (const Record& record : records) {
            request.checkpoint = record;
            const JointOutcome resumed = optimise(request);
            EXPECT_EQ(resumed.state, unbroken.state);
            EXPECT_EQ(resumed.curves[1].back().trainLoss, unbroken.curves[1].back().trainLoss);
        }
        request.checkpoint.reset();
        request.tasks[1].augmentation.shift = 2;
        EXPECT_NE(optimise(request).curves[1].back().trainLoss, unbroken.curves[1].back().trainLoss);
        request.checkpoint = records.front();
        Job job;
        EXPECT_FALSE(optimiseJointly(request, job.context).ok()) << "a checkpoint of other settings";
    }
}

TEST(OptimiseJointly, NeverAugmentsValidation)
{
    const JointFixture fixture = mixedFixture();
    JointRequest request = fixture.request();
    for (JointTask& task : request.tasks)
        task.augmentation.noise = 10.0;
    const JointOutcome outcome = optimise(request);
    Job job;
    for (std::size_t t = 0; t < request.tasks.size(); ++t) {
        const auto alone = evaluateNetwork(*request.tasks[t].network,
            virtualizedWeights(request.tasks[t], t, request.start), *request.tasks[t].validation,
            job.context);
        ASSERT_TRUE(alone.ok());
        EXPECT_EQ(outcome.curves[t].front().validationAccuracy, alone->accuracy());
        EXPECT_EQ(outcome.curves[t].front().validationLoss, alone->loss);
        const auto last = evaluateNetwork(*request.tasks[t].network,
            virtualizedWeights(request.tasks[t], t, readState(outcome.state)), *request.tasks[t].validation,
            job.context);
        ASSERT_TRUE(last.ok());
        EXPECT_EQ(outcome.validationAccuracy[t], last->accuracy());
    }
}

TEST(TrainAlone, IsAugmentedLikeTheJointRun)
{
    JointFixture fixture({ convolutionalNetwork() }, 3, false);
    AloneRequest request;
    request.task = fixture.request().tasks[0];
    request.settings = fixture.request().settings;
    request.settings.steps = 8;
    request.series = "sameSteps";
    const auto loss = [&] {
        Job job;
        const auto outcome = trainAlone(request, job.context);
        EXPECT_TRUE(outcome.ok());
        return outcome->curve.back().trainLoss;
    };
    const double plain = loss();
    EXPECT_EQ(loss(), plain);
    request.task.augmentation = { .flip = true, .shift = 2, .timeShift = 0.0, .noise = 0.5 };
    const double augmented = loss();
    EXPECT_NE(augmented, plain);
    EXPECT_EQ(loss(), augmented);
}

TEST(Train, AugmentsTrainingAlone)
{
    const Network network = convolutionalNetwork();
    const LabelledSamples train = cloudSamples(network, 200, 1), validation = cloudSamples(network, 120, 2);
    TrainRequest request;
    request.task = "a";
    request.network = &network;
    request.train = &train;
    request.validation = &validation;
    request.settings.epochs = 4;
    request.settings.learningRate = 0.01;
    request.seed = 5;
    const auto run = [&] {
        Job job;
        auto outcome = trainNetwork(request, job.context);
        EXPECT_TRUE(outcome.ok());
        return std::move(outcome).value();
    };
    const TrainOutcome plain = run();
    request.augmentation = { .flip = false, .shift = 1, .timeShift = 0.0, .noise = 0.3 };
    const TrainOutcome augmented = run();
    EXPECT_NE(augmented.weights, plain.weights);
    EXPECT_EQ(augmented.weights, run().weights);
    Job job;
    const auto score = evaluateNetwork(network, augmented.weights, validation, job.context);
    ASSERT_TRUE(score.ok());
    EXPECT_EQ(score->loss, augmented.validationLoss);
    EXPECT_GT(augmented.validationAccuracy, 0.6);
}

} // namespace
} // namespace palimpsest
