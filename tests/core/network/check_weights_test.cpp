// SPDX-License-Identifier: Apache-2.0
#include "core/network/network.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace palimpsest {
namespace {

Network smallNetwork()
{
    Network network;
    network.name = "small";
    network.inputShape = { 3 };
    network.layers.resize(3);
    network.layers[0].name = "hidden";
    network.layers[0].outputs = 2;
    network.layers[1].kind = LayerKind::BatchNorm;
    network.layers[1].name = "norm";
    network.layers[2].name = "out";
    network.layers[2].outputs = 2;
    EXPECT_TRUE(completeNetwork(network, "test").ok());
    return network;
}

Weights filledWeights(const Network& network)
{
    Weights weights;
    float next = 0.0F;
    for (const TensorSpec& spec : network.tensors) {
        Tensor tensor { spec.name, spec.shape, {} };
        for (std::int64_t i = 0; i < spec.size(); ++i)
            tensor.values.push_back(next++);
        weights.tensors.push_back(std::move(tensor));
    }
    return weights;
}

std::string errorOf(const Weights& weights)
{
    const Result<Weights> checked = checkWeights(smallNetwork(), weights, "w.safetensors");
    return checked.ok() ? "no error" : checked.error().text();
}

TEST(CheckWeights, PutsTensorsIntoTheNetworksOrder)
{
    const Network network = smallNetwork();
    const Weights expected = filledWeights(network);
    Weights shuffled = expected;
    std::reverse(shuffled.tensors.begin(), shuffled.tensors.end());
    const Result<Weights> checked = checkWeights(network, shuffled, "w");
    ASSERT_TRUE(checked.ok()) << checked.error().text();
    EXPECT_EQ(*checked, expected);
    ASSERT_NE(checked->find("out.bias"), nullptr);
    EXPECT_EQ(checked->find("out.bias")->shape, (Shape { 2 }));
    EXPECT_EQ(checked->find("out.scale"), nullptr);
}

TEST(CheckWeights, NamesAMissingTensor)
{
    Weights weights = filledWeights(smallNetwork());
    weights.tensors.erase(weights.tensors.begin());
    EXPECT_EQ(
        errorOf(weights), "w.safetensors: tensor \"hidden.weight\" [2, 3] of layer \"hidden\" is missing");
    weights.tensors.pop_back();
    EXPECT_EQ(errorOf(weights),
        "w.safetensors: tensor \"hidden.weight\" [2, 3] of layer \"hidden\" is missing, and 1 more");
    Weights renamed = filledWeights(smallNetwork());
    renamed.tensors[0].name = "hidden.weigths";
    EXPECT_EQ(errorOf(renamed),
        "w.safetensors: tensor \"hidden.weight\" [2, 3] of layer \"hidden\" is missing; \"hidden.weigths\" "
        "[2, 3] is there, but no "
        "layer uses it");
}

TEST(CheckWeights, NamesASurplusAndADoubleTensor)
{
    Weights weights = filledWeights(smallNetwork());
    weights.tensors.push_back({ "extra.weight", { 2, 2 }, { 1, 2, 3, 4 } });
    EXPECT_EQ(errorOf(weights),
        "w.safetensors: tensor \"extra.weight\" [2, 2] belongs to no layer of network \"small\"; remove it, "
        "or add the layer to the "
        "layer list");
    weights.tensors.back().name = "out.bias";
    EXPECT_EQ(errorOf(weights), "w.safetensors: tensor \"out.bias\" [2, 2] is there twice");
}

TEST(CheckWeights, NamesBothShapes)
{
    Weights weights = filledWeights(smallNetwork());
    weights.tensors[0].shape = { 3, 2 };
    EXPECT_EQ(errorOf(weights),
        "w.safetensors: tensor \"hidden.weight\" of layer \"hidden\": expected the shape [2, 3], got [3, 2]");
    weights.tensors[0].shape = { 2, 3 };
    weights.tensors[0].values.pop_back();
    EXPECT_EQ(errorOf(weights),
        "w.safetensors: tensor \"hidden.weight\" of layer \"hidden\": expected 6 values, got 5");
}

TEST(CheckWeights, RefusesValuesThatAreNoNumbers)
{
    Weights weights = filledWeights(smallNetwork());
    weights.tensors[0].values[4] = std::numeric_limits<float>::quiet_NaN();
    EXPECT_EQ(errorOf(weights),
        "w.safetensors: tensor \"hidden.weight\" of layer \"hidden\" [2, 3] holds NaN at index 4; train the "
        "network again");
    weights.tensors[0].values[4] = -std::numeric_limits<float>::infinity();
    EXPECT_NE(errorOf(weights).find("holds an infinity at index 4"), std::string::npos);
    weights.tensors[0].values[4] = -1.0F; // a weight may be negative, a variance may not
    EXPECT_EQ(errorOf(weights), "no error");
    weights.tensors[5].values[1] = -1.0F;
    EXPECT_EQ(errorOf(weights),
        "w.safetensors: tensor \"norm.running_var\" of layer \"norm\" [2] holds a variance below 0 at index "
        "1; train the network "
        "again");
}

} // namespace
} // namespace palimpsest
