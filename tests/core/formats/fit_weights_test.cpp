// SPDX-License-Identifier: Apache-2.0
#include "core/formats/fit_weights.h"

#include <gtest/gtest.h>

namespace palimpsest {
namespace {

Layer linear(const char* name, std::int64_t outputs)
{
    Layer layer;
    layer.kind = LayerKind::Linear;
    layer.name = name;
    layer.outputs = outputs;
    return layer;
}

/// Eleven square layers and a last one, so that names beyond 9 decide.
Network deepNetwork()
{
    Network network;
    network.name = "deep";
    network.inputShape = { 2 };
    for (int i = 0; i < 11; ++i)
        network.layers.push_back(linear(("fc" + std::to_string(i)).c_str(), 2));
    EXPECT_TRUE(completeNetwork(network, "test"));
    return network;
}

WeightsFile fileOf(const Network& network, const std::string& weight, const std::string& bias)
{
    WeightsFile file;
    file.format = "safetensors";
    for (std::size_t i = network.tensors.size(); i-- > 0;) { // the file has another order
        const TensorSpec& spec = network.tensors[i];
        const std::string number = std::to_string(spec.layer);
        file.weights.tensors.push_back(
            { (spec.role == TensorRole::Weight ? weight : bias) + number, spec.shape,
                std::vector<float>(static_cast<std::size_t>(spec.size()), static_cast<float>(spec.layer)) });
    }
    return file;
}

TEST(FitWeights, TakesTensorsByNameAndReportsEach)
{
    Network network = deepNetwork();
    WeightsFile file = fileOf(network, "", "");
    for (Tensor& tensor : file.weights.tensors)
        tensor.name = "fc" + tensor.name + (tensor.shape.size() == 2 ? ".weight" : ".bias");
    file.skipped.push_back({ "steps", {}, {}, {}, "not a weight" });
    const auto result = fitWeights(network, std::move(file), "x.safetensors");
    ASSERT_TRUE(result) << result.error().text();
    EXPECT_TRUE(result->notes.empty());
    ASSERT_EQ(result->tensors.size(), network.tensors.size() + 1);
    EXPECT_EQ(result->tensors.front().source, "fc10.bias");
    EXPECT_EQ(result->tensors.front().target, "fc10.bias");
    EXPECT_TRUE(result->tensors.back().target.empty());
    EXPECT_EQ(result->network.weights.tensors[2].values[0], 1.0F);
}

TEST(FitWeights, TakesForeignNamesInTheOrderInWhichPeopleCount)
{
    const Network network = deepNetwork();
    const auto result = fitWeights(network, fileOf(network, "w_", "b_"), "x.safetensors");
    ASSERT_TRUE(result) << result.error().text();
    ASSERT_EQ(result->notes.size(), 1U); // it was a guess, and says so
    for (std::size_t i = 0; i < network.tensors.size(); ++i) {
        const Tensor& tensor = result->network.weights.tensors[i];
        EXPECT_EQ(tensor.name, network.tensors[i].name);
        EXPECT_EQ(tensor.values[0], static_cast<float>(network.tensors[i].layer)) << tensor.name;
    }
    EXPECT_EQ(result->tensors.front().source, "b_10");
    EXPECT_EQ(result->tensors.front().target, "fc10.bias");
}

TEST(FitWeights, DoesNotGuessWhereAShapeDisagreesOrSomeNamesFit)
{
    const Network network = deepNetwork();
    WeightsFile file = fileOf(network, "w_", "b_");
    file.weights.tensors[0].shape = { 1, 2 };
    auto result = fitWeights(network, file, "x.safetensors");
    ASSERT_FALSE(result);
    EXPECT_NE(result.error().text().find("fc0.weight"), std::string::npos) << result.error().text();

    file = fileOf(network, "w_", "b_");
    file.weights.tensors[0].name = "fc10.bias";
    EXPECT_FALSE(fitWeights(network, file, "x.safetensors"));
}

TEST(FitWeights, RefusesANameThatIsThereTwice)
{
    Network network = deepNetwork();
    WeightsFile file = fileOf(network, "w_", "b_");
    file.weights.tensors[1].name = file.weights.tensors[3].name;
    EXPECT_FALSE(fitWeights(network, std::move(file), "x.safetensors"));
}

} // namespace
} // namespace palimpsest
