// SPDX-License-Identifier: Apache-2.0
#include "core/nn/functional.h"

#include "tests/core/nn/network_fixture.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <set>
#include <string>
#include <vector>

namespace palimpsest {
namespace {

using namespace test;
using enum LayerKind;

Network normNetwork()
{
    return makeNetwork({ 1, 6, 6 },
        { convolution(Conv2d, "c1", 2, { 3, 3 }), layer(BatchNorm, "n"), layer(Relu, "r"),
            layer(Flatten, "f"), linear("out", 3) });
}

std::vector<std::int64_t> toVector(const at::Tensor& indices)
{
    const auto* first = indices.const_data_ptr<std::int64_t>();
    return { first, first + indices.numel() };
}

TEST(FlatNetwork, GradientsOfATrainingStepLandInTheFlatBuffer)
{
    const Network network = normNetwork();
    const Weights weights = randomWeights(network, 1);
    const at::Tensor input = nn::inputTensor(randomSamples(network, 5, 2)).clone();
    const at::Tensor labels = at::tensor({ 0, 1, 2, 0, 1 }, at::kLong);
    nn::ForwardOptions options;
    options.training = true; // running statistics change in the buffer that also holds the weights

    std::vector<at::Tensor> apart; // separate tensors without any flat buffer
    for (const at::Tensor& view : nn::viewsOf(weights))
        apart.push_back(view.clone());
    for (std::size_t i = 0; i < apart.size(); ++i)
        apart[i].set_requires_grad(!isState(network.tensors[i].role));
    at::cross_entropy_loss(nn::forward(network, apart, input, options), labels).backward();

    nn::FlatNetwork flat = nn::makeFlatNetwork(network);
    nn::loadWeights(flat, weights);
    const float* const buffer = flat.gradients.const_data_ptr<float>();
    for (int repeat = 1; repeat <= 2; ++repeat) { // gradients add up until the caller zeroes them
        at::cross_entropy_loss(nn::forward(network, flat.tensors, input, options), labels).backward();
        for (std::size_t i = 0; i < apart.size(); ++i)
            if (!isState(network.tensors[i].role)) {
                EXPECT_TRUE(at::allclose(flat.tensors[i].grad(), apart[i].grad() * repeat, 1e-4, 1e-6))
                    << network.tensors[i].name;
                EXPECT_GE(flat.tensors[i].grad().const_data_ptr<float>(), buffer);
                EXPECT_LT(flat.tensors[i].grad().const_data_ptr<float>(), buffer + flat.gradients.numel());
            }
    }
    const at::Tensor ofState = flat.gradients.narrow(
        0, network.trainableCount(), flat.gradients.numel() - network.trainableCount());
    EXPECT_EQ(ofState.numel(), 4);
    EXPECT_EQ(ofState.abs().max().item<float>(), 0.0F);
}

TEST(FlatNetwork, KeepsTrainedValuesFirstAndStateLast)
{
    const Network network = normNetwork();
    const Weights weights = randomWeights(network, 1);
    nn::FlatNetwork flat = nn::makeFlatNetwork(network);
    nn::loadWeights(flat, weights);
    std::vector<float> expected;
    for (const bool state : { false, true })
        for (std::size_t i = 0; i < weights.tensors.size(); ++i)
            if (isState(network.tensors[i].role) == state)
                expected.insert(
                    expected.end(), weights.tensors[i].values.begin(), weights.tensors[i].values.end());
    const float* values = flat.values.const_data_ptr<float>();
    EXPECT_EQ(std::vector<float>(values, values + flat.values.numel()), expected);
    EXPECT_EQ(nn::storeWeights(network, flat), weights);
}

TEST(FlatNetwork, BindsTensorsToGivenOffsets)
{
    const Network network = makeNetwork({ 2 }, { linear("a", 2) });
    nn::FlatNetwork flat = nn::makeFlatNetwork(network, std::vector<std::int64_t> { 8, 3 }, 16);
    nn::loadWeights(flat, { { { "a.weight", { 2, 2 }, { 1, 2, 3, 4 } }, { "a.bias", { 2 }, { 5, 6 } } } });
    const float* values = flat.values.const_data_ptr<float>();
    EXPECT_EQ(std::vector<float>(values, values + 16),
        (std::vector<float> { 0, 0, 0, 5, 6, 0, 0, 0, 1, 2, 3, 4, 0, 0, 0, 0 }));
    EXPECT_THROW(
        (void)nn::makeFlatNetwork(network, std::vector<std::int64_t> { 0 }, 16), std::invalid_argument);
    EXPECT_THROW(nn::loadWeights(flat, {}), std::invalid_argument);
    EXPECT_THROW(
        nn::loadWeights(flat, { { { "a.weight", { 4 }, { 1, 2, 3, 4 } }, { "a.bias", { 2 }, { 5, 6 } } } }),
        std::invalid_argument);
}

/// Adam with decoupled decay, one number at a time, as Loshchilov & Hutter 2019, algorithm 2, writes it.
struct PlainAdam {
    std::vector<double> m, v;
    int step = 0;
    void operator()(std::vector<double>& w, const std::vector<float>& g, double rate, double decay)
    {
        m.resize(w.size());
        v.resize(w.size());
        ++step;
        for (std::size_t i = 0; i < w.size(); ++i) {
            m[i] = 0.9 * m[i] + 0.1 * g[i];
            v[i] = 0.999 * v[i] + 0.001 * g[i] * g[i];
            const double unbiasedM = m[i] / (1.0 - std::pow(0.9, step));
            const double unbiasedV = v[i] / (1.0 - std::pow(0.999, step));
            w[i] -= rate * (unbiasedM / (std::sqrt(unbiasedV) + 1e-8) + decay * w[i]);
        }
    }
};

TEST(FusedAdam, EqualsAHandWrittenLoop)
{
    for (const double decay : { 0.0, 0.1 }) {
        Random random(7);
        const std::vector<float> start = normals(37, random);
        at::Tensor values = at::tensor(start);
        std::vector<double> expected(start.begin(), start.end());
        nn::FusedAdam adam({ values.narrow(0, 0, 20), values.narrow(0, 20, 17) }, decay);
        PlainAdam plain;
        for (int step = 0; step < 6; ++step) {
            std::vector<float> gradient = normals(37, random);
            gradient[4] = 0.0F; // never moves without decay
            const at::Tensor g = at::tensor(gradient);
            const double rate = 0.01 * (step + 1);
            adam.step({ g.narrow(0, 0, 20), g.narrow(0, 20, 17) }, rate);
            plain(expected, gradient, rate, decay);
            for (std::size_t i = 0; i < expected.size(); ++i)
                ASSERT_NEAR(values[static_cast<std::int64_t>(i)].item<double>(), expected[i], 2e-6) << step;
        }
        if (decay == 0.0) {
            EXPECT_EQ(values[4].item<float>(), start[4]);
        }
    }
}

TEST(FusedAdam, GoesOnFromItsState)
{
    Random random(8);
    const auto gradient = [&] { return std::vector<at::Tensor> { at::tensor(normals(10, random)) }; };
    at::Tensor values = at::tensor(normals(10, random));
    nn::FusedAdam adam({ values });
    adam.step(gradient(), 0.1);
    adam.step(gradient(), 0.1);

    at::Tensor copy = values.clone();
    nn::FusedAdam resumed({ copy });
    resumed.setState(adam.state());
    const auto next = gradient();
    adam.step(next, 0.1);
    resumed.step(next, at::scalar_tensor(0.1));
    EXPECT_TRUE(at::equal(values, copy));
    EXPECT_THROW(resumed.setState({}), std::invalid_argument);
    EXPECT_THROW(resumed.step({}, 0.1), std::invalid_argument);
}

TEST(BatchStream, GivesEverySampleOnceAnEpochAndJoinsEpochs)
{
    nn::BatchStream stream(10, 4, 1);
    std::vector<std::int64_t> seen;
    for (int i = 0; i < 5; ++i) {
        const auto batch = toVector(stream.next());
        ASSERT_EQ(batch.size(), 4U);
        seen.insert(seen.end(), batch.begin(), batch.end());
    }
    const std::set<std::int64_t> first(seen.begin(), seen.begin() + 10);
    const std::set<std::int64_t> second(seen.begin() + 10, seen.end());
    EXPECT_EQ(first.size(), 10U);
    EXPECT_EQ(second.size(), 10U);
    EXPECT_FALSE(std::equal(seen.begin(), seen.begin() + 10, seen.begin() + 10))
        << "every epoch has its own order";
}

TEST(BatchStream, FollowsItsSeed)
{
    nn::BatchStream a(50, 8, 1);
    nn::BatchStream b(50, 8, 1);
    nn::BatchStream c(50, 8, 2);
    const auto first = toVector(a.next());
    EXPECT_EQ(first, toVector(b.next()));
    EXPECT_NE(first, toVector(c.next()));
}

TEST(BatchStream, SkipsAsIfBatchesHadBeenTaken)
{
    for (const std::int64_t batches : { 0, 1, 2, 3, 5, 11, 20 }) {
        nn::BatchStream taken(10, 4, 3);
        nn::BatchStream skipped(10, 4, 3);
        (void)taken.next();
        (void)skipped.next();
        for (std::int64_t i = 0; i < batches; ++i)
            (void)taken.next();
        skipped.skip(batches);
        for (int i = 0; i < 4; ++i)
            ASSERT_EQ(toVector(taken.next()), toVector(skipped.next())) << batches << " batches, then " << i;
    }
}

TEST(BatchStream, GivesWholeSetsWhereTheSetIsSmallerThanABatch)
{
    nn::BatchStream stream(3, 64, 1);
    for (int i = 0; i < 3; ++i) {
        const auto batch = toVector(stream.next());
        EXPECT_EQ(std::set<std::int64_t>(batch.begin(), batch.end()), (std::set<std::int64_t> { 0, 1, 2 }));
    }
    EXPECT_THROW(nn::BatchStream(0, 4, 1), std::invalid_argument);
    EXPECT_THROW(nn::BatchStream(4, 0, 1), std::invalid_argument);
}

TEST(SampleTensors, ShareTheSamplesMemory)
{
    const Network network = normNetwork();
    const LabelledSamples samples = randomSamples(network, 3, 1);
    const at::Tensor input = nn::inputTensor(samples);
    EXPECT_EQ(input.sizes(), (Shape { 3, 1, 6, 6 }));
    EXPECT_EQ(input.const_data_ptr<float>(), samples.x.data());
    const auto labels = toVector(nn::labelTensor(samples));
    EXPECT_TRUE(std::equal(labels.begin(), labels.end(), samples.y.begin(), samples.y.end()));
}

TEST(CheckSamples, SaysInOneSentenceWhatDoesNotFit)
{
    const Network network = normNetwork();
    const LabelledSamples good = randomSamples(network, 3, 1);
    EXPECT_TRUE(nn::checkSamples(network, good, "here").ok());

    const auto message = [&](const LabelledSamples& samples) {
        const Status status = nn::checkSamples(network, samples, "here");
        if (status.ok())
            return std::string("accepted");
        EXPECT_EQ(status.error().kind, ErrorKind::BadInput);
        EXPECT_EQ(status.error().where, "here");
        return status.error().message;
    };
    LabelledSamples bad = good;
    bad.sampleShape = { 36 };
    EXPECT_NE(message(bad).find("[36], but network 'net' takes [1, 6, 6]"), std::string::npos)
        << message(bad);
    bad = good;
    bad.y[1] = 3;
    EXPECT_NE(message(bad).find("label 3, but network 'net' has 3 outputs"), std::string::npos)
        << message(bad);
    bad.y[1] = -1;
    EXPECT_NE(message(bad).find("label -1"), std::string::npos) << message(bad);
    bad = good;
    bad.x.pop_back();
    EXPECT_NE(message(bad).find("expected 108 values"), std::string::npos) << message(bad);
    EXPECT_NE(message({ {}, { 1, 6, 6 }, {}, 3 }).find("no samples"), std::string::npos);
}

} // namespace
} // namespace palimpsest
