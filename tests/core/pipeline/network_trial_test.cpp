// SPDX-License-Identifier: Apache-2.0
#include "core/pipeline/network_trial.h"

#include "core/data/preprocess.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <stop_token>

namespace palimpsest {
namespace {

/// One linear layer from `inputShape`, by way of flatten where it is no row.
ImportedNetwork linear(Shape inputShape, std::int64_t outputs, std::vector<float> weights)
{
    ImportedNetwork imported;
    Network& network = imported.network;
    network.name = "n";
    network.inputShape = std::move(inputShape);
    Layer flatten;
    flatten.kind = LayerKind::Flatten;
    Layer out;
    out.name = "out";
    out.outputs = outputs;
    if (network.inputShape.size() > 1)
        network.layers.push_back(flatten);
    network.layers.push_back(out);
    EXPECT_TRUE(completeNetwork(network, "test"));
    imported.weights.tensors
        = { { "out.weight", { outputs, elementCount(network.inputShape) }, std::move(weights) },
              { "out.bias", { outputs }, std::vector<float>(static_cast<std::size_t>(outputs), 0.0F) } };
    return imported;
}

/// `count` samples of class i % 2: [200, 10] for class 0, [10, 200] for class 1.
RawSamples brightSides(int count)
{
    RawSamples samples;
    std::vector<std::uint8_t> values;
    for (int i = 0; i < count; ++i) {
        const bool isSecond = i % 2 == 1;
        values.push_back(isSecond ? 10 : 200);
        values.push_back(isSecond ? 200 : 10);
        samples.y.push_back(isSecond ? 1 : 0);
    }
    samples.x = Array::from(std::span<const std::uint8_t>(values), { count, 2 });
    return samples;
}

class NetworkTrialTest : public testing::Test {
protected:
    void SetUp() override { task.name = "sides"; }
    Result<TrialData> prepare(const Network& network, RawSamples samples, std::size_t count = 100)
    {
        const TrialReader read
            = [&, original = std::move(samples)](
                  const DataSettings& settings) -> Result<std::shared_ptr<const RawSamples>> {
            ++reads;
            RawSamples given = original;
            if (!settings.sampleShape.empty()) {
                Shape shape { static_cast<std::int64_t>(given.count()) };
                shape.insert(shape.end(), settings.sampleShape.begin(), settings.sampleShape.end());
                given.x.reshape(shape);
            }
            return std::make_shared<const RawSamples>(std::move(given));
        };
        return prepareTrial(task, network, read, 7, count);
    }
    JobContext context() { return { channel, stop.get_token() }; }

    TaskSettings task;
    JobChannel channel;
    std::stop_source stop;
    int reads = 0;
};

TEST_F(NetworkTrialTest, ScoresSamplesOfTheValidationSplit)
{
    const ImportedNetwork network = linear({ 2 }, 2, { 1, 0, 0, 1 });
    const Result<TrialData> data = prepare(network.network, brightSides(400), 40);
    ASSERT_TRUE(data) << data.error().text();
    EXPECT_TRUE(data->isValidation);
    EXPECT_EQ(data->tried.size(), 40U);
    const std::set<std::int64_t> learning(data->learning.begin(), data->learning.end());
    EXPECT_EQ(learning.size(), 340U) << "15 % are cut";
    for (const std::int64_t tried : data->tried)
        EXPECT_FALSE(learning.contains(tried)) << "nothing that trains is scored";

    const Result<NetworkTrial> trial = tryNetwork(network, *data, { "scale=255" }, context());
    ASSERT_TRUE(trial) << trial.error().text();
    EXPECT_EQ(trial->samples, 40);
    EXPECT_EQ(trial->correct, 40);
    // Each sample: log(1 + exp(-(200 - 10) / 255)).
    EXPECT_NEAR(trial->loss, std::log1p(std::exp(-190.0 / 255.0)), 1e-6);
    ASSERT_EQ(trial->shown.size(), 12U);
    for (const TriedSample& sample : trial->shown) {
        EXPECT_EQ(sample.predicted, sample.label);
        EXPECT_EQ(sample.values[static_cast<std::size_t>(sample.label)], 200.0F) << "as the file has it";
    }
    const Result<TrialData> again = prepare(network.network, brightSides(400), 40);
    EXPECT_EQ(again->tried, data->tried) << "the same at every run";
}

TEST_F(NetworkTrialTest, FindsThePreprocessingThatWasTrainedWith)
{
    // Right where the darker side is the larger value: only after `invert`.
    ImportedNetwork network = linear({ 2 }, 2, { 1, 0, 0, 1 });
    const Result<TrialData> data = prepare(network.network, brightSides(400));
    ASSERT_TRUE(data);
    network.weights.tensors[0].values = { 0, 1, 1, 0 };
    const auto trials = tryCommonSteps(network, *data, context());
    ASSERT_TRUE(trials) << trials.error().text();
    EXPECT_EQ(trials->front().steps, (std::vector<std::string> { "invert=255" }));
    EXPECT_EQ(trials->front().correct, 60) << "of the 15 % of 400";
    EXPECT_EQ(trials->back().correct, 0);
    EXPECT_TRUE(std::is_sorted(trials->begin(), trials->end(),
        [](const NetworkTrial& a, const NetworkTrial& b) { return a.correct > b.correct; }));
    EXPECT_EQ(trials->size(), 5U) << "column-mean needs pictures, and is left out";
}

TEST_F(NetworkTrialTest, TakesAllOfTrainWhereNoValidationCanBeCut)
{
    const ImportedNetwork network = linear({ 2 }, 2, { 1, 0, 0, 1 });
    const Result<TrialData> data = prepare(network.network, brightSides(2));
    ASSERT_TRUE(data) << data.error().text();
    EXPECT_FALSE(data->isValidation);
    EXPECT_EQ(data->tried.size(), 2U);
}

TEST_F(NetworkTrialTest, AdaptsShapesWhoseOrderIsNoQuestion)
{
    RawSamples flat = brightSides(40);
    const ImportedNetwork picture = linear({ 1, 1, 2 }, 2, { 1, 0, 0, 1 });
    const Result<TrialData> unfolded = prepare(picture.network, flat);
    ASSERT_TRUE(unfolded);
    EXPECT_EQ(unfolded->settings.sampleShape, (Shape { 1, 1, 2 }));
    EXPECT_NE(unfolded->adapted.find("[1, 1, 2]"), std::string::npos) << unfolded->adapted;
    EXPECT_EQ(reads, 2);
    EXPECT_TRUE(tryNetwork(picture, *unfolded, {}, context()));

    RawSamples last = brightSides(40);
    last.x.reshape({ 40, 2, 1, 1 });
    const ImportedNetwork two = linear({ 1, 2, 1 }, 2, { 1, 0, 0, 1 });
    const Result<TrialData> moved = prepare(two.network, last);
    ASSERT_TRUE(moved);
    EXPECT_TRUE(moved->settings.channelsLast) << "[height, width, channels]";
}

TEST_F(NetworkTrialTest, SaysWhatDoesNotFitAndWhatWouldMendIt)
{
    const ImportedNetwork network = linear({ 2 }, 3, { 1, 0, 0, 1, 1, 1 });
    const Result<TrialData> data = prepare(network.network, brightSides(40));
    ASSERT_TRUE(data);
    const Result<NetworkTrial> trial = tryNetwork(network, *data, {}, context());
    ASSERT_FALSE(trial);
    EXPECT_EQ(trial.error().message,
        "the network has 3 outputs, the data have 2 classes; choose the data that it was trained for, or a "
        "network with as many outputs");

    RawSamples colour;
    colour.x = Array(DType::UInt8, { 40, 3, 6, 4 });
    for (int i = 0; i < 40; ++i)
        colour.y.push_back(i % 2);
    const ImportedNetwork grey = linear({ 1, 2, 2 }, 2, std::vector<float>(8, 0.5F));
    const Result<TrialData> pictures = prepare(grey.network, colour);
    ASSERT_TRUE(pictures);
    const Result<NetworkTrial> bare = tryNetwork(grey, *pictures, { "scale=255" }, context());
    ASSERT_FALSE(bare);
    EXPECT_NE(bare.error().message.find("add the steps grey, resize=2x2"), std::string::npos)
        << bare.error().message;
    const auto trials = tryCommonSteps(grey, *pictures, context());
    ASSERT_TRUE(trials) << trials.error().text();
    EXPECT_EQ(trials->front().steps[0], "grey");
    EXPECT_EQ(trials->front().steps[1], "resize=2x2");
    EXPECT_FALSE(tryNetwork(grey, *pictures, { "blur" }, context()));
}

TEST_F(NetworkTrialTest, ComparesShapesAloneWithoutWeights)
{
    ImportedNetwork network = linear({ 2 }, 2, { 1, 0, 0, 1 });
    network.weights.tensors.clear();
    const Result<TrialData> data = prepare(network.network, brightSides(40));
    ASSERT_TRUE(data);
    const Result<NetworkTrial> trial = tryNetwork(network, *data, {}, context());
    ASSERT_TRUE(trial);
    EXPECT_EQ(trial->samples, 0);
    stop.request_stop();
    EXPECT_EQ(tryCommonSteps(network, *data, context()).error().kind, ErrorKind::Canceled);
}

} // namespace
} // namespace palimpsest
