// SPDX-License-Identifier: Apache-2.0
#include "core/nn/evaluate.h"

#include "tests/core/nn/network_fixture.h"
#include "tests/core/nn/plain_forward.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>

namespace palimpsest {
namespace {

using namespace test;
using enum LayerKind;

Network smallNetwork()
{
    Layer drop = layer(Dropout, "d"); // does nothing here
    drop.probability = 0.9;
    return makeNetwork({ 1, 5, 4 },
        { convolution(Conv2d, "c", 3, { 3, 3 }, {}, { 1, 1 }), layer(BatchNorm, "n"), layer(Relu, "r"), drop,
            layer(Flatten, "f"), linear("out", 4) });
}

TEST(Evaluate, EqualsPlainLoopsOverSeveralBatches)
{
    const Network network = smallNetwork();
    const Weights weights = randomWeights(network, 1);
    const LabelledSamples samples = randomSamples(network, 1203, 2); // whole batches and a part
    const PlainForward plain(network, weights);
    Job job;
    const auto logits = networkLogits(network, weights, samples, job.context);
    ASSERT_TRUE(logits.ok());
    ASSERT_EQ(logits->size(), 1203U * 4U);
    double loss = 0.0;
    std::int64_t correct = 0;
    for (std::size_t n = 0; n < samples.count(); ++n) {
        const auto expected = plain(std::span(samples.x).subspan(n * 20, 20));
        const auto label = static_cast<std::size_t>(samples.y[n]);
        double sum = 0.0;
        for (std::size_t k = 0; k < 4; ++k) {
            sum += std::exp(expected[k]);
            ASSERT_NEAR((*logits)[n * 4 + k], expected[k], 1e-4) << n;
        }
        loss += std::log(sum) - expected[label];
        if (static_cast<std::size_t>(std::max_element(expected.begin(), expected.end()) - expected.begin())
            == label)
            ++correct;
    }
    const auto score = evaluateNetwork(network, weights, samples, job.context);
    ASSERT_TRUE(score.ok());
    EXPECT_EQ(score->samples, 1203);
    EXPECT_EQ(score->correct, correct);
    EXPECT_NEAR(score->loss, loss / 1203.0, 1e-5);
    EXPECT_DOUBLE_EQ(score->accuracy(), static_cast<double>(correct) / 1203.0);
    EXPECT_DOUBLE_EQ(job.channel.take().fraction, 1.0);
}

TEST(Evaluate, FindsTensorsByNameInAnyOrder)
{
    const Network network = smallNetwork();
    Weights weights = randomWeights(network, 1);
    const LabelledSamples samples = randomSamples(network, 50, 2);
    Job job;
    const auto expected = networkLogits(network, weights, samples, job.context);
    std::reverse(weights.tensors.begin(), weights.tensors.end());
    const auto logits = networkLogits(network, weights, samples, job.context);
    ASSERT_TRUE(expected.ok() && logits.ok());
    EXPECT_EQ(*logits, *expected);
}

TEST(Evaluate, RefusesWhatDoesNotFit)
{
    const Network network = smallNetwork();
    const Weights weights = randomWeights(network, 1);
    const LabelledSamples samples = randomSamples(network, 5, 2);
    Job job;
    LabelledSamples otherShape = samples;
    otherShape.sampleShape = { 20 };
    EXPECT_EQ(evaluateNetwork(network, weights, otherShape, job.context).error().kind, ErrorKind::BadInput);
    Weights missing = weights;
    missing.tensors.pop_back();
    EXPECT_EQ(evaluateNetwork(network, missing, samples, job.context).error().kind, ErrorKind::BadInput);
    Weights noNumber = weights;
    noNumber.tensors[0].values[0] = std::numeric_limits<float>::quiet_NaN();
    EXPECT_EQ(evaluateNetwork(network, noNumber, samples, job.context).error().kind, ErrorKind::BadInput);
}

TEST(Evaluate, StopsWhenCanceled)
{
    const Network network = smallNetwork();
    Job job;
    job.stop.request_stop();
    const auto score
        = evaluateNetwork(network, randomWeights(network, 1), randomSamples(network, 5, 2), job.context);
    ASSERT_FALSE(score.ok());
    EXPECT_EQ(score.error().kind, ErrorKind::Canceled);
}

} // namespace
} // namespace palimpsest
