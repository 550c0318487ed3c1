// SPDX-License-Identifier: Apache-2.0
#include "core/nn/fisher.h"

#include "tests/core/nn/network_fixture.h"
#include "tests/core/nn/plain_forward.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <set>
#include <string>
#include <vector>

namespace palimpsest {
namespace {

using namespace test;
using enum LayerKind;

struct Case {
    std::string name;
    Shape input;
    std::vector<Layer> layers;
};

Layer dilated(Layer l, std::int64_t groups, Shape dilation)
{
    l.groups = groups;
    l.dilation = std::move(dilation);
    return l;
}

std::vector<Layer> grouped()
{
    return { dilated(convolution(Conv2d, "a", 6, { 3, 2 }, { 1, 2 }, { 0, 1, 2, 2 }), 2, { 2, 1 }),
        layer(Tanh, "t"), dilated(convolution(Conv2d, "b", 18, { 3, 3 }, {}, { 1, 1 }, false), 6, { 1, 1 }),
        layer(Relu, "r"), dilated(convolution(Conv2d, "d", 2, { 2, 2 }, {}, { 0, 0, 1, 0 }), 2, {}),
        layer(Flatten, "flat"), linear("c", 3) };
}

std::vector<Case> cases()
{
    const Layer flat = layer(Flatten, "flat");
    return {
        { "dense", { 7 },
            { linear("a", 5), layer(Tanh, "t"), linear("b", 6, false), layer(Relu, "r"), linear("c", 3) } },
        { "images of few and of many channels", { 1, 9, 8 },
            { convolution(Conv2d, "a", 9, { 3, 3 }, {}, { 1, 1 }), layer(Relu, "r"),
                pool(MaxPool, "p", { 2, 2 }), convolution(Conv2d, "b", 5, { 3, 2 }), layer(LeakyRelu, "l"),
                flat, linear("c", 3) } },
        { "strides and padding", { 3, 9, 11 },
            { convolution(Conv2d, "a", 10, { 3, 4 }, { 2, 3 }, { 1, 2 }), layer(Sigmoid, "s"),
                convolution(Conv2d, "b", 4, { 2, 3 }, { 2, 1 }, { 1, 1 }, false), flat, linear("c", 3) } },
        { "sequences", { 2, 20 },
            { convolution(Conv1d, "a", 8, { 5 }, { 2 }, { 2 }), layer(Tanh, "t"),
                convolution(Conv1d, "b", 4, { 3 }), layer(GlobalAveragePool, "g"), linear("c", 3) } },
        { "batch norm of images and of features", { 2, 5, 5 },
            { convolution(Conv2d, "a", 4, { 3, 3 }, {}, {}, false), layer(BatchNorm, "n"), layer(Relu, "r"),
                flat, linear("b", 6), layer(BatchNorm, "m"), layer(Tanh, "t"), layer(Dropout, "d"),
                linear("c", 3) } },
        { "batch norm first", { 3, 6 }, { layer(BatchNorm, "n"), flat, linear("c", 3) } },
        { "residual", { 2, 6, 6 },
            { convolution(Conv2d, "a", 3, { 3, 3 }, {}, { 1, 1 }), layer(Relu, "r"),
                convolution(Conv2d, "b", 3, { 3, 3 }, {}, { 1, 1 }), layer(BatchNorm, "n"), add("sum", "r"),
                layer(Relu, "q"), add("more", "a"), layer(GlobalAveragePool, "g"), linear("c", 3) } },
        { "fire module", { 2, 6, 5 },
            { convolution(Conv2d, "squeeze", 2, { 1, 1 }), layer(Relu, "low"),
                convolution(Conv2d, "one", 3, { 1, 1 }), layer(Tanh, "t"),
                reading("low", convolution(Conv2d, "three", 4, { 3, 3 }, {}, { 1, 1 })), layer(Relu, "u"),
                concat("both", { "t", "u" }), layer(GlobalAveragePool, "g"), linear("c", 3) } },
        { "branches from the input", { 5 },
            { linear("a", 3), layer(Tanh, "t"), reading("@input", linear("b", 2)),
                concat("both", { "b", "t" }), linear("c", 3) } },
        { "scales", { 2, 4, 3 },
            { layer(Scale, "s"), convolution(Conv2d, "a", 3, { 2, 2 }), layer(Scale, "t"), layer(Tanh, "u"),
                flat, linear("b", 4), layer(Scale, "v"), layer(Tanh, "w"), linear("c", 3) } },
        { "groups, dilation and uneven padding", { 4, 9, 8 }, grouped() },
        { "a sequence dilated and padded on one side", { 3, 12 },
            { dilated(convolution(Conv1d, "a", 6, { 3 }, {}, { 4, 0 }), 3, { 2 }), layer(Tanh, "t"), flat,
                linear("c", 3) } },
    };
}

void expectClose(const Weights& batched, const Weights& loop)
{
    ASSERT_EQ(batched.tensors.size(), loop.tensors.size());
    for (std::size_t i = 0; i < loop.tensors.size(); ++i) {
        const auto& expected = loop.tensors[i].values;
        const auto& values = batched.tensors[i].values;
        EXPECT_EQ(batched.tensors[i].name, loop.tensors[i].name);
        EXPECT_EQ(batched.tensors[i].shape, loop.tensors[i].shape);
        ASSERT_EQ(values.size(), expected.size());
        const double mean
            = std::accumulate(expected.begin(), expected.end(), 0.0) / static_cast<double>(expected.size());
        EXPECT_GT(mean, 0.0) << loop.tensors[i].name;
        for (std::size_t k = 0; k < expected.size(); ++k)
            ASSERT_NEAR(values[k], expected[k], 1e-5 * (expected[k] + mean))
                << loop.tensors[i].name << "[" << k << "]";
    }
}

class FisherLabelsTest : public testing::TestWithParam<FisherLabels> { };

TEST_P(FisherLabelsTest, BatchedEqualsOneBackwardPassASample)
{
    for (const TensorLayout layout : { TensorLayout::Native, TensorLayout::TensorFlow })
        for (const Case& c : cases()) {
            SCOPED_TRACE(c.name + (layout == TensorLayout::Native ? ", native" : ", tensorflow"));
            const Network network = makeNetwork(c.input, c.layers, layout);
            const Weights weights = randomWeights(network, 3);
            const LabelledSamples samples = randomSamples(network, 30, 4);
            FisherSettings settings;
            settings.labels = GetParam();
            settings.samples = 25;
            settings.batch = 10;
            Job job;
            const auto batched = computeFisher(network, weights, samples, settings, 9, job.context);
            const auto loop = computeFisherPerSample(network, weights, samples, settings, 9, job.context);
            ASSERT_TRUE(batched.ok() && loop.ok());
            EXPECT_EQ(batched->samples, 25);
            EXPECT_EQ(loop->samples, 25);
            expectClose(batched->fisher, loop->fisher);
        }
}

INSTANTIATE_TEST_SUITE_P(Labels, FisherLabelsTest,
    testing::Values(FisherLabels::Sampled, FisherLabels::All, FisherLabels::Reference),
    [](const auto& tested) {
        return tested.param == FisherLabels::Sampled ? "Sampled"
            : tested.param == FisherLabels::All      ? "All"
                                                     : "Reference";
    });

/// Softmax regression on one sample, whose Fisher information is known in closed form.
struct Regression {
    Network network = makeNetwork({ 2 }, { linear("a", 3) });
    Weights weights { { { "a.weight", { 3, 2 }, { 0.5F, -0.2F, 0.1F, 0.9F, -0.3F, 0.4F } },
        { "a.bias", { 3 }, { 0.1F, 0.0F, -0.2F } } } };
    LabelledSamples sample { { 1.5F, -2.0F }, { 2 }, { 0 }, 3 };
    std::vector<double> p;
    Regression()
    {
        p = PlainForward(network, weights)(sample.x);
        double sum = 0.0;
        for (double& logit : p)
            sum += (logit = std::exp(logit));
        for (double& value : p)
            value /= sum;
    }
    /// F[k] of the bias of class k; those of the weights are F[k] x_i^2.
    void expectFisher(FisherLabels labels, const std::vector<double>& bias) const
    {
        FisherSettings settings;
        settings.labels = labels;
        settings.samples = 1;
        Job job;
        const auto outcome = computeFisher(network, weights, sample, settings, 1, job.context);
        ASSERT_TRUE(outcome.ok());
        const auto& fisher = outcome->fisher.tensors;
        for (std::size_t k = 0; k < 3; ++k) {
            EXPECT_NEAR(fisher[1].values[k], bias[k], 1e-6);
            EXPECT_NEAR(fisher[0].values[2 * k], bias[k] * 2.25, 1e-6);
            EXPECT_NEAR(fisher[0].values[2 * k + 1], bias[k] * 4.0, 1e-6);
        }
    }
    /// (d log p_y / d logit_k)^2
    double square(std::size_t y, std::size_t k) const { return std::pow((y == k ? 1.0 : 0.0) - p[k], 2); }
};

TEST(Fisher, AllLabelsGiveTheClosedFormOfSoftmaxRegression)
{
    const Regression r;
    r.expectFisher(
        FisherLabels::All, { r.p[0] * (1.0 - r.p[0]), r.p[1] * (1.0 - r.p[1]), r.p[2] * (1.0 - r.p[2]) });
}

TEST(Fisher, ReferenceTakesTheMostLikelyClassTimesItsProbability)
{
    const Regression r;
    const auto best = static_cast<std::size_t>(std::max_element(r.p.begin(), r.p.end()) - r.p.begin());
    r.expectFisher(FisherLabels::Reference,
        { r.p[best] * r.square(best, 0), r.p[best] * r.square(best, 1), r.p[best] * r.square(best, 2) });
}

TEST(Fisher, SampledLabelsFollowTheModelsProbabilities)
{
    const Regression r;
    std::vector<int> drawn(3, 0);
    FisherSettings settings;
    settings.samples = 1;
    Job job;
    constexpr int kDraws = 600;
    for (int seed = 0; seed < kDraws; ++seed) {
        const auto outcome = computeFisher(
            r.network, r.weights, r.sample, settings, static_cast<std::uint64_t>(seed), job.context);
        ASSERT_TRUE(outcome.ok());
        const auto& bias = outcome->fisher.tensors[1].values;
        int explained = 0;
        for (std::size_t y = 0; y < 3; ++y) // exactly one label explains all numbers
            if (std::abs(bias[0] - r.square(y, 0)) < 1e-6 && std::abs(bias[1] - r.square(y, 1)) < 1e-6
                && std::abs(bias[2] - r.square(y, 2)) < 1e-6) {
                ++explained;
                ++drawn[y];
            }
        ASSERT_EQ(explained, 1) << seed;
    }
    for (std::size_t y = 0; y < 3; ++y) // four standard deviations
        EXPECT_NEAR(drawn[y], kDraws * r.p[y], 4.0 * std::sqrt(kDraws * r.p[y] * (1.0 - r.p[y]))) << y;
}

TEST(Fisher, DrawsEachSampleOnceButTheReferenceWithReplacement)
{
    // One feature a sample is 1: with all labels, F of its weights shows how often the sample was drawn.
    const Network network = makeNetwork({ 8 }, { linear("a", 2, false) });
    const Weights weights { { { "a.weight", { 2, 8 }, std::vector<float>(16, 0.0F) } } };
    LabelledSamples samples { std::vector<float>(64, 0.0F), { 8 }, std::vector<std::int32_t>(8, 0), 2 };
    for (std::size_t i = 0; i < 8; ++i)
        samples.x[i * 9] = 1.0F;
    Job job;
    const auto counts = [&](FisherLabels labels, std::int64_t wanted) {
        FisherSettings settings;
        settings.labels = labels;
        settings.samples = wanted;
        settings.batch = 3;
        const auto outcome = computeFisher(network, weights, samples, settings, 2, job.context);
        EXPECT_TRUE(outcome.ok());
        std::vector<long> times;
        const double scale
            = labels == FisherLabels::All ? 0.25 : 0.125; // p (1 - p), or f_max (1 - f_max)^2, at p = 1/2
        for (std::size_t i = 0; i < 8; ++i)
            times.push_back(std::lround(
                outcome->fisher.tensors[0].values[i] * static_cast<double>(outcome->samples) / scale));
        EXPECT_EQ(std::accumulate(times.begin(), times.end(), 0L), outcome->samples);
        return times;
    };
    const auto some = counts(FisherLabels::All, 5);
    EXPECT_EQ(std::count(some.begin(), some.end(), 1L), 5);
    EXPECT_EQ(counts(FisherLabels::All, 1000), std::vector<long>(8, 1));
    const auto replaced = counts(FisherLabels::Reference, 40);
    EXPECT_EQ(std::accumulate(replaced.begin(), replaced.end(), 0L), 40);
}

TEST(Fisher, DoesNotDependOnTheBatch)
{
    const Case c = cases()[1];
    const Network network = makeNetwork(c.input, c.layers);
    const Weights weights = randomWeights(network, 3);
    const LabelledSamples samples = randomSamples(network, 30, 4);
    Job job;
    FisherSettings settings;
    settings.batch = 30;
    const auto whole = computeFisher(network, weights, samples, settings, 9, job.context);
    settings.batch = 7;
    const auto parts = computeFisher(network, weights, samples, settings, 9, job.context);
    ASSERT_TRUE(whole.ok() && parts.ok());
    expectClose(parts->fisher, whole->fisher);
}

TEST(Fisher, IsBitEqualForTheSameSeed)
{
    const Case c = cases()[4];
    const Network network = makeNetwork(c.input, c.layers);
    const Weights weights = randomWeights(network, 3);
    const LabelledSamples samples = randomSamples(network, 30, 4);
    Job job;
    const auto first = computeFisher(network, weights, samples, {}, 9, job.context);
    const auto second = computeFisher(network, weights, samples, {}, 9, job.context);
    const auto other = computeFisher(network, weights, samples, {}, 10, job.context);
    ASSERT_TRUE(first.ok() && second.ok() && other.ok());
    EXPECT_EQ(first->fisher, second->fisher);
    EXPECT_NE(first->fisher, other->fisher);
}

TEST(Fisher, HasOneTensorForEachThatIsTrained)
{
    const Case c = cases()[4];
    const Network network = makeNetwork(c.input, c.layers);
    Job job;
    const auto outcome = computeFisher(
        network, randomWeights(network, 1), randomSamples(network, 10, 2), {}, 1, job.context);
    ASSERT_TRUE(outcome.ok());
    std::vector<std::string> expected;
    for (const TensorSpec& spec : network.tensors)
        if (!isState(spec.role))
            expected.push_back(spec.name);
    std::vector<std::string> names;
    for (const Tensor& tensor : outcome->fisher.tensors)
        names.push_back(tensor.name);
    EXPECT_EQ(names, expected);
}

TEST(Fisher, RefusesWhatDoesNotFitAndStopsWhenCanceled)
{
    const Network network = makeNetwork({ 4 }, { linear("a", 3) });
    const Weights weights = randomWeights(network, 1);
    const LabelledSamples samples = randomSamples(network, 5, 2);
    Job job;
    LabelledSamples otherShape = samples;
    otherShape.sampleShape = { 2, 2 };
    EXPECT_EQ(
        computeFisher(network, weights, otherShape, {}, 1, job.context).error().kind, ErrorKind::BadInput);
    Weights noNumber = weights;
    noNumber.tensors[0].values[0] = std::numeric_limits<float>::quiet_NaN();
    EXPECT_EQ(
        computeFisher(network, noNumber, samples, {}, 1, job.context).error().kind, ErrorKind::BadInput);
    job.stop.request_stop();
    EXPECT_EQ(computeFisher(network, weights, samples, {}, 1, job.context).error().kind, ErrorKind::Canceled);
    EXPECT_EQ(
        benchmarkFisher(network, weights, samples, {}, 1, job.context).error().kind, ErrorKind::Canceled);
}

TEST(Fisher, BenchmarkMeasuresBothOnTheSameSamples)
{
    const Network network = makeNetwork({ 4 }, { linear("a", 3) });
    Job job;
    const auto times = benchmarkFisher(
        network, randomWeights(network, 1), randomSamples(network, 50, 2), {}, 1, job.context);
    ASSERT_TRUE(times.ok());
    EXPECT_EQ(times->samples, 50);
    EXPECT_GT(times->fisherSeconds, 0.0);
    EXPECT_GT(times->passSeconds, 0.0);
}

} // namespace
} // namespace palimpsest
