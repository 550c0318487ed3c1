// SPDX-License-Identifier: Apache-2.0
#include "core/nn/train.h"

#include "core/nn/evaluate.h"
#include "tests/core/nn/network_fixture.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <thread>

namespace palimpsest {
namespace {

using namespace test;
using enum LayerKind;

/// Every layer kind that behaves differently in training, or has a random part.
Network toyNetwork()
{
    Layer drop = layer(Dropout, "drop");
    drop.probability = 0.1;
    return makeNetwork({ 1, 8, 8 },
        { convolution(Conv2d, "conv", 8, { 3, 3 }, {}, { 1, 1 }), layer(BatchNorm, "norm"),
            layer(Relu, "relu"), pool(MaxPool, "pool", { 2, 2 }), layer(GlobalAveragePool, "mean"), drop,
            linear("out", 2) });
}

/// Class 1 has a bright row, class 0 a bright column, somewhere, under noise.
LabelledSamples toySamples(std::size_t count, std::uint64_t seed)
{
    Random random(seed);
    LabelledSamples samples;
    samples.sampleShape = { 1, 8, 8 };
    samples.classes = 2;
    samples.x = normals(count * 64, random, 0.3);
    for (std::size_t n = 0; n < count; ++n) {
        samples.y.push_back(static_cast<std::int32_t>(random.below(2)));
        const auto line = static_cast<std::size_t>(random.below(8));
        for (std::size_t i = 0; i < 8; ++i)
            samples.x[n * 64 + (samples.y[n] == 1 ? line * 8 + i : i * 8 + line)] += 1.0F;
    }
    return samples;
}

struct Toy {
    Network network = toyNetwork();
    LabelledSamples train = toySamples(300, 1);
    LabelledSamples validation = toySamples(100, 2);
    TrainRequest request;
    Toy()
    {
        request.task = "lines";
        request.network = &network;
        request.train = &train;
        request.validation = &validation;
        request.settings.epochs = 12;
        request.settings.batch = 32;
        request.settings.learningRate = 1e-2;
        request.seed = 5;
    }
};

TEST(Train, LearnsAToyProblem)
{
    Toy toy;
    Job job;
    const auto outcome = trainNetwork(toy.request, job.context);
    ASSERT_TRUE(outcome.ok()) << outcome.error().text();
    EXPECT_GE(outcome->validationAccuracy, 0.95);
    const auto test = evaluateNetwork(toy.network, outcome->weights, toySamples(200, 3), job.context);
    ASSERT_TRUE(test.ok());
    EXPECT_GE(test->accuracy(), 0.95);
}

TEST(Train, IsBitEqualForTheSameSeedAndOnlyForIt)
{
    Toy toy;
    toy.request.settings.epochs = 3;
    Job job;
    const auto first = trainNetwork(toy.request, job.context);
    const auto second = trainNetwork(toy.request, job.context);
    ASSERT_TRUE(first.ok() && second.ok());
    EXPECT_EQ(first->weights, second->weights);
    EXPECT_EQ(first->validationLoss, second->validationLoss);
    toy.request.seed = 6;
    const auto other = trainNetwork(toy.request, job.context);
    ASSERT_TRUE(other.ok());
    EXPECT_NE(first->weights, other->weights);
}

TEST(Train, GivesTheEpochWithTheLeastValidationLoss)
{
    Toy toy;
    toy.request.settings.learningRate = 0.1; // so wild that the last epoch is not always the best
    toy.request.settings.patience = 100;
    Job job;
    const auto outcome = trainNetwork(toy.request, job.context);
    ASSERT_TRUE(outcome.ok());
    ASSERT_EQ(outcome->curve.size(), 12U);
    const auto best = std::min_element(outcome->curve.begin(), outcome->curve.end(),
        [](const CurvePoint& a, const CurvePoint& b) { return a.validationLoss < b.validationLoss; });
    EXPECT_EQ(outcome->validationLoss, best->validationLoss);
    EXPECT_EQ(outcome->validationAccuracy, best->validationAccuracy);
    const auto score = evaluateNetwork(toy.network, outcome->weights, toy.validation, job.context);
    ASSERT_TRUE(score.ok());
    EXPECT_EQ(score->loss, best->validationLoss);
}

TEST(Train, StopsWhenPatienceIsAtItsEnd)
{
    Toy toy;
    toy.request.settings.epochs = 50;
    toy.request.settings.patience = 2;
    toy.request.settings.learningRate
        = 0.0; // nothing is ever better than the first epoch, but for running statistics
    toy.network = makeNetwork({ 1, 8, 8 }, { layer(Flatten, "flat"), linear("out", 2) });
    Job job;
    const auto outcome = trainNetwork(toy.request, job.context);
    ASSERT_TRUE(outcome.ok());
    EXPECT_EQ(outcome->curve.size(), 3U);
    EXPECT_EQ(outcome->steps, 3 * 10); // 300 samples in batches of 32
}

TEST(Train, ReportsCurvesAndProgress)
{
    Toy toy;
    toy.request.settings.epochs = 2;
    Job job;
    const auto outcome = trainNetwork(toy.request, job.context);
    ASSERT_TRUE(outcome.ok());
    const JobChannel::Update update = job.channel.take();
    EXPECT_EQ(update.phase, "epoch 2 of 2");
    EXPECT_DOUBLE_EQ(update.fraction, 19.0 / 20.0); // before the last of 20 steps
    std::vector<Sample> losses;
    std::vector<Sample> accuracies;
    for (const Sample& sample : update.samples) {
        if (sample.series == "train/lines/loss")
            losses.push_back(sample);
        else if (sample.series == "train/lines/validationAccuracy")
            accuracies.push_back(sample);
        else
            ADD_FAILURE() << sample.series;
    }
    EXPECT_EQ(losses.size(), 20U);
    EXPECT_EQ(losses.back().x, 20.0);
    ASSERT_EQ(accuracies.size(), 2U);
    EXPECT_EQ(accuracies[1].x, 20.0);
    EXPECT_EQ(accuracies[1].y, outcome->curve[1].validationAccuracy);
}

TEST(Train, StopsWhenCanceledFromAnotherThread)
{
    Toy toy;
    toy.request.settings.epochs = 1'000'000;
    toy.request.settings.patience = 1'000'000;
    Job job;
    std::thread canceler([&] {
        while (job.channel.take().samples.empty())
            std::this_thread::yield();
        job.stop.request_stop();
    });
    const auto outcome = trainNetwork(toy.request, job.context);
    canceler.join();
    ASSERT_FALSE(outcome.ok());
    EXPECT_EQ(outcome.error().kind, ErrorKind::Canceled);
}

TEST(Train, NamesTaskAndStepWhereTheLossIsNoNumber)
{
    Toy toy;
    toy.network = makeNetwork({ 1, 8, 8 }, { layer(Flatten, "flat"), linear("hidden", 8), linear("out", 2) });
    toy.request.settings.learningRate = 1e30;
    Job job;
    const auto outcome = trainNetwork(toy.request, job.context);
    ASSERT_FALSE(outcome.ok());
    EXPECT_EQ(outcome.error().kind, ErrorKind::Failed);
    EXPECT_NE(outcome.error().message.find("'lines'"), std::string::npos) << outcome.error().message;
    EXPECT_NE(outcome.error().message.find("at step 2"), std::string::npos) << outcome.error().message;
}

TEST(Train, RefusesSamplesThatDoNotFit)
{
    Toy toy;
    Job job;
    LabelledSamples other = toy.validation;
    other.sampleShape = { 64 };
    toy.request.validation = &other;
    const auto shape = trainNetwork(toy.request, job.context);
    ASSERT_FALSE(shape.ok());
    EXPECT_EQ(shape.error().kind, ErrorKind::BadInput);
    EXPECT_EQ(shape.error().where, "task lines, validation");
    const LabelledSamples empty { {}, { 1, 8, 8 }, {}, 2 };
    toy.request.train = &empty;
    const auto none = trainNetwork(toy.request, job.context);
    ASSERT_FALSE(none.ok());
    EXPECT_EQ(none.error().where, "task lines, train");
}

TEST(InitialWeights, AreUniformWithinTheBoundOfEachTensor)
{
    for (const TensorLayout layout : { TensorLayout::Native, TensorLayout::TensorFlow }) {
        const Network network = makeNetwork({ 6, 8, 8 },
            { convolution(Conv2d, "conv", 32, { 3, 3 }), layer(BatchNorm, "norm"), layer(Flatten, "flat"),
                linear("out", 10) },
            layout);
        const Weights weights = initialWeights(network, 1);
        EXPECT_EQ(weights, initialWeights(network, 1));
        EXPECT_NE(weights, initialWeights(network, 2));
        const auto expectUniform = [&](const std::string& name, double inputs) {
            const auto& values = weights.find(name)->values;
            const double bound = std::sqrt(6.0 / inputs);
            double sum = 0.0;
            double squares = 0.0;
            for (const float v : values) {
                ASSERT_LE(std::abs(v), bound);
                sum += v;
                squares += static_cast<double>(v) * v;
            }
            const auto count = static_cast<double>(values.size());
            EXPECT_NEAR(sum / count, 0.0, 0.05 * bound);
            EXPECT_NEAR(squares / count, bound * bound / 3.0, 0.05 * bound * bound);
        };
        expectUniform("conv.weight", 6 * 9);
        expectUniform("out.weight", 32 * 36);
        const auto expectAll = [&](const std::string& name, float value) {
            const auto& values = weights.find(name)->values;
            EXPECT_TRUE(std::all_of(values.begin(), values.end(), [&](float v) { return v == value; }))
                << name;
        };
        expectAll("conv.bias", 0.0F);
        expectAll("norm.weight", 1.0F);
        expectAll("norm.bias", 0.0F);
        expectAll("norm.running_mean", 0.0F);
        expectAll("norm.running_var", 1.0F);
    }
}

} // namespace
} // namespace palimpsest
