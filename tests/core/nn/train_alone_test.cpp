// SPDX-License-Identifier: Apache-2.0
#include "core/nn/train_alone.h"

#include "core/base/float_formats.h"
#include "core/network/scaled_widths.h"
#include "tests/core/nn/joint_fixture.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace palimpsest {
namespace {

using namespace test;

AloneRequest aloneRequest(const JointFixture& fixture, std::size_t task)
{
    const JointRequest joint = fixture.request();
    AloneRequest request { joint.tasks[task], {}, joint.settings, joint.seed, "alone" };
    request.task.standaloneValidationAccuracy = 0.0;
    request.settings.steps = 60;
    request.settings.validateEvery = 20;
    request.settings.distillation = 0.0;
    return request;
}

AloneOutcome trained(const AloneRequest& request)
{
    Job job;
    Result<AloneOutcome> outcome = trainAlone(request, job.context);
    if (!outcome)
        throw std::logic_error(outcome.error().text());
    return std::move(outcome).value();
}

TEST(TrainAlone, TakesExactlyTheStepsAndImproves)
{
    const JointFixture fixture = mixedFixture();
    AloneRequest request = aloneRequest(fixture, 1);
    request.settings.cosine = false; // never stops early: a baseline takes what the virtualized run took
    Job job;
    const Result<AloneOutcome> outcome = trainAlone(request, job.context);
    ASSERT_TRUE(outcome.ok());
    EXPECT_EQ(outcome->steps, 60);
    ASSERT_EQ(outcome->curve.size(), 4U);
    EXPECT_GT(outcome->validationAccuracy, outcome->curve.front().validationAccuracy);
    EXPECT_TRUE(checkWeights(*request.task.network, outcome->weights, "alone").ok());
    EXPECT_EQ(job.channel.take().samples.front().series, "alone/b/validationAccuracy");
}

/// Codes of each group of 128 weights: s q with q from -Q to Q and a float16 s.
void expectOnGrid(const Tensor& tensor, int largest)
{
    for (std::size_t first = 0; first < tensor.values.size(); first += kScaleGroup) {
        const std::size_t end = std::min<std::size_t>(first + kScaleGroup, tensor.values.size());
        std::set<float> sizes;
        for (std::size_t i = first; i < end; ++i)
            sizes.insert(std::abs(tensor.values[i]));
        EXPECT_LE(sizes.size(), static_cast<std::size_t>(largest) + 1) << tensor.name << " from " << first;
    }
}

class TrainAloneThroughRounding : public testing::TestWithParam<Storage> { };

TEST_P(TrainAloneThroughRounding, GivesWeightsOfItsFormAndLearns)
{
    const JointFixture fixture = mixedFixture();
    for (const std::size_t task : { std::size_t { 0 }, std::size_t { 1 } }) {
        AloneRequest request = aloneRequest(fixture, task);
        request.forms = { GetParam(), Storage::Float16 };
        request.settings.distillation = 0.5;
        request.settings.mixing = 0.25;
        const AloneOutcome outcome = trained(request);
        EXPECT_GT(outcome.validationAccuracy, outcome.curve.front().validationAccuracy) << task;
        const Network& network = *request.task.network;
        for (std::size_t i = 0; i < network.tensors.size(); ++i) {
            const Tensor& tensor = outcome.weights.tensors[i];
            if (network.tensors[i].shape.size() > 1)
                expectOnGrid(tensor, largestCode(GetParam()));
            else
                for (const float value : tensor.values)
                    EXPECT_EQ(value, floatFromHalf(halfFromFloat(value))) << tensor.name;
        }
        EXPECT_EQ(trained(request).weights, outcome.weights) << "equal requests give equal bits";
    }
}

INSTANTIATE_TEST_SUITE_P(Forms, TrainAloneThroughRounding,
    testing::Values(Storage::Int4, Storage::Int3, Storage::Ternary),
    [](const auto& form) { return "Q" + std::to_string(largestCode(form.param)); });

TEST(TrainAlone, ANarrowNetworkIsDistilledFromAWideOne)
{
    const JointFixture fixture({ denseNetwork() }, 3, false);
    AloneRequest request = aloneRequest(fixture, 0);
    const AloneOutcome wide = trained(request);
    const Network narrow = scaleWidths(*request.task.network, 0.5);
    const Weights start = initialWeights(narrow, 3);
    request.task.teacherNetwork = request.task.network;
    request.task.teacher = &wide.weights;
    request.task.network = &narrow;
    request.task.standalone = &start;
    request.settings.distillation = 1.0;
    request.settings.mixing = 0.0;
    const AloneOutcome outcome = trained(request);
    EXPECT_GT(outcome.validationAccuracy, outcome.curve.front().validationAccuracy + 0.2);
    ASSERT_TRUE(checkWeights(narrow, outcome.weights, "narrow").ok());

    // It learns from the teacher: one that says nothing teaches nothing.
    Weights blank = wide.weights;
    for (Tensor& tensor : blank.tensors)
        std::fill(tensor.values.begin(), tensor.values.end(), 0.0F);
    request.task.teacher = &blank;
    EXPECT_LT(trained(request).validationAccuracy, outcome.validationAccuracy);
}

TEST(TrainAlone, BytesAreCountedAsStored)
{
    // [16, 12], [16], [4, 16], [4]
    const Network network = denseNetwork();
    EXPECT_EQ(aloneBytes(network, {}), 4 * (192 + 16 + 64 + 4));
    EXPECT_EQ(aloneBytes(network, { Storage::Ternary, Storage::Float16 }), (39 + 2 * 2) + (13 + 2) + 2 * 20);
    EXPECT_EQ(aloneBytes(network, { Storage::Int3, Storage::Int8 }), (72 + 2 * 2) + (24 + 2) + (20 + 2));
    EXPECT_EQ(aloneBytes(network, { Storage::Int4, Storage::Float16 }), roundedBytes(network, Storage::Int4));
    // State keeps float16: [4, 1, 3, 3], 4 values of batch norm for each channel, [3, 64], [3].
    EXPECT_EQ(aloneBytes(convolutionalNetwork(), { Storage::Int8, Storage::Int8 }),
        (36 + 2) + (192 + 2 * 2) + 2 * (4 * 4 + 3));
}

} // namespace
} // namespace palimpsest
