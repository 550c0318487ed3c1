// SPDX-License-Identifier: Apache-2.0
#include "core/network/scaled_widths.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <rapidcheck.h>

#include <string>
#include <vector>

namespace palimpsest {
namespace {

Network parsed(const std::string& layers, const std::string& input = "[3, 8, 8]")
{
    const std::string text = R"({"format": "palimpsest-network", "version": 1, "name": "n", "inputShape": )"
        + input + R"(, "layers": [)" + layers + "]}";
    Result<Network> network = parseNetwork(Json::parse(text), "test");
    EXPECT_TRUE(network.ok()) << (network ? "" : network.error().message);
    return network ? *network : Network {};
}

std::int64_t floatBytes(const Network& network)
{
    std::int64_t bytes = 0;
    for (const TensorSpec& tensor : network.tensors)
        bytes += tensor.size() * 4;
    return bytes;
}

std::vector<std::int64_t> outputsOf(const Network& network)
{
    std::vector<std::int64_t> outputs;
    for (const Layer& layer : network.layers)
        if (layer.outputs > 0)
            outputs.push_back(layer.outputs);
    return outputs;
}

using Widths = std::vector<std::int64_t>;

TEST(ScaledWidths, ChainKeepsInputAndClasses)
{
    const Network network
        = parsed(R"({"type": "conv2d", "outputs": 16, "kernel": 3, "padding": 1}, {"type": "batchNorm"},
        {"type": "relu"}, {"type": "maxPool", "kernel": 2}, {"type": "flatten"}, {"type": "linear", "outputs": 41},
        {"type": "relu"}, {"type": "linear", "outputs": 10})");
    const Network half = scaleWidths(network, 0.5);
    EXPECT_EQ(outputsOf(half), (Widths { 8, 21, 10 })); // 20.5 rounds up
    EXPECT_EQ(half.tensors[0].shape, (Shape { 8, 3, 3, 3 }));
    EXPECT_EQ(outputsOf(scaleWidths(network, 1e-6)), (Widths { 1, 1, 10 }));
    EXPECT_EQ(scaleWidths(network, 1.0), network);
    EXPECT_THROW((void)scaleWidths(network, 0.0), std::invalid_argument);
    EXPECT_THROW((void)scaleWidths(network, 1.5), std::invalid_argument);
}

TEST(ScaledWidths, InputsOfAnAddShareTheirWidth)
{
    const Network network = parsed(R"({"type": "conv2d", "name": "a", "outputs": 12, "kernel": 1},
        {"type": "conv2d", "name": "b", "outputs": 30, "kernel": 1}, {"type": "conv2d", "name": "c", "outputs": 12, "kernel": 1},
        {"type": "add", "from": "a"}, {"type": "globalAveragePool"}, {"type": "linear", "outputs": 4})");
    EXPECT_EQ(outputsOf(scaleWidths(network, 0.25)), (Widths { 3, 8, 3, 4 }));
}

TEST(ScaledWidths, WhatIsAddedToTheInputKeepsItsWidth)
{
    const Network network = parsed(R"({"type": "conv2d", "name": "a", "outputs": 8, "kernel": 1},
        {"type": "conv2d", "name": "b", "outputs": 3, "kernel": 1}, {"type": "add", "from": "@input"},
        {"type": "globalAveragePool"}, {"type": "linear", "outputs": 4})");
    EXPECT_EQ(outputsOf(scaleWidths(network, 0.25)), (Widths { 2, 3, 4 }));
}

TEST(ScaledWidths, PartsOfAConcatShrinkEachForItself)
{
    const Network network = parsed(R"({"type": "conv2d", "name": "a", "outputs": 8, "kernel": 1},
        {"type": "conv2d", "name": "b", "outputs": 20, "kernel": 1, "input": "@input"},
        {"type": "concat", "name": "both", "parts": ["a", "b", "@input"]}, {"type": "flatten"},
        {"type": "linear", "outputs": 5})");
    const Network half = scaleWidths(network, 0.5);
    EXPECT_EQ(outputsOf(half), (Widths { 4, 10, 5 }));
    EXPECT_EQ(half.outputShapes[2], (Shape { 17, 8, 8 }));
}

TEST(ScaledWidths, AddOfAConcatAndAConvolutionIsLeftAlone)
{
    const Network network = parsed(R"({"type": "conv2d", "name": "a", "outputs": 8, "kernel": 1},
        {"type": "conv2d", "name": "b", "outputs": 4, "kernel": 1},
        {"type": "concat", "name": "both", "parts": ["a", "b"]}, {"type": "conv2d", "outputs": 12, "kernel": 1},
        {"type": "add", "from": "both"}, {"type": "globalAveragePool"}, {"type": "linear", "outputs": 5})");
    EXPECT_EQ(outputsOf(scaleWidths(network, 0.5)), (Widths { 8, 4, 12, 5 }));
}

TEST(ScaledWidths, GroupsFollowOrStay)
{
    const Network depthwise = parsed(R"({"type": "conv2d", "outputs": 16, "kernel": 1},
        {"type": "conv2d", "outputs": 32, "kernel": 3, "groups": 16}, {"type": "globalAveragePool"},
        {"type": "linear", "outputs": 5})");
    const Network half = scaleWidths(depthwise, 0.5);
    EXPECT_EQ(outputsOf(half), (Widths { 8, 16, 5 }));
    EXPECT_EQ(half.layers[1].groups, 8);

    const Network grouped = parsed(R"({"type": "conv2d", "outputs": 16, "kernel": 1},
        {"type": "conv2d", "outputs": 24, "kernel": 3, "groups": 4}, {"type": "globalAveragePool"},
        {"type": "linear", "outputs": 5})");
    EXPECT_EQ(outputsOf(scaleWidths(grouped, 0.3)), (Widths { 4, 8, 5 }));
    EXPECT_EQ(outputsOf(scaleWidths(grouped, 0.01)), (Widths { 4, 4, 5 }));
}

TEST(ScaledWidths, ReshapeAndPermute)
{
    const Network flat
        = parsed(R"({"type": "conv2d", "outputs": 16, "kernel": 1}, {"type": "permute", "order": [0, 2, 1]},
        {"type": "reshape", "shape": [1024]}, {"type": "linear", "outputs": 5})");
    EXPECT_EQ(scaleWidths(flat, 0.5).layers[2].shape, (Shape { 512 }));
    const Network folded
        = parsed(R"({"type": "conv2d", "outputs": 16, "kernel": 1}, {"type": "permute", "order": [1, 2, 0]},
        {"type": "reshape", "shape": [32, 32]}, {"type": "conv1d", "outputs": 10, "kernel": 1}, {"type": "flatten"},
        {"type": "linear", "outputs": 5})");
    EXPECT_EQ(outputsOf(scaleWidths(folded, 0.5)), (Widths { 16, 5, 5 }));
}

TEST(ScaledWidths, FitTakesTheLargestFactorThatFits)
{
    const Network a = parsed(
        R"({"type": "flatten"}, {"type": "linear", "outputs": 64}, {"type": "linear", "outputs": 10})");
    const Network b = parsed(
        R"({"type": "flatten"}, {"type": "linear", "outputs": 32}, {"type": "linear", "outputs": 4})");
    const std::int64_t whole = floatBytes(a) + floatBytes(b);
    const auto all = scaleToFit({ &a, &b }, whole, floatBytes);
    ASSERT_TRUE(all.ok());
    EXPECT_EQ(all->front(), a);
    const std::int64_t budget = whole / 5;
    const auto fitted = scaleToFit({ &a, &b }, budget, floatBytes);
    ASSERT_TRUE(fitted.ok());
    EXPECT_LE(floatBytes((*fitted)[0]) + floatBytes((*fitted)[1]), budget);
    // One more feature in either would be too much: the widths are those of the greatest factor.
    const double next = (static_cast<double>((*fitted)[0].layers[1].outputs) + 0.5) / 64.0;
    EXPECT_GT(floatBytes(scaleWidths(a, next)) + floatBytes(scaleWidths(b, next)), budget);
    const auto none = scaleToFit({ &a, &b }, 100, floatBytes);
    ASSERT_FALSE(none.ok());
    EXPECT_NE(none.error().message.find("got 100"), std::string::npos) << none.error().message;
}

int in(int low, int high)
{
    return *rc::gen::inRange(low, high + 1);
}

/// A random directed graph of layers that fit each other.
Network anyNetwork()
{
    Network network;
    network.name = "random";
    network.inputShape = { in(1, 4), 6, 6 };
    network.layout = static_cast<TensorLayout>(in(0, 1));
    std::vector<std::string> names { std::string(kNetworkInput) };
    const auto append = [&](Layer layer) {
        layer.name = "n" + std::to_string(names.size());
        network.layers.push_back(layer);
        names.push_back(layer.name);
    };
    const auto any
        = [&] { return names[static_cast<std::size_t>(in(0, static_cast<int>(names.size()) - 1))]; };
    for (int left = in(1, 8); left > 0; --left) {
        Layer layer;
        const LayerKind kinds[] { LayerKind::Conv2d, LayerKind::Conv2d, LayerKind::BatchNorm, LayerKind::Add,
            LayerKind::Concat, LayerKind::Relu, LayerKind::Permute };
        layer.kind = kinds[in(0, 6)];
        layer.input = any();
        layer.from = any();
        layer.parts = { any(), any() };
        layer.outputs = 4 * in(1, 6);
        layer.kernel = { 1 };
        layer.groups = in(0, 2) == 0 ? 1 << in(0, 4) : 1;
        layer.order = in(0, 1) == 0 ? Shape { 0, 2, 1 } : Shape { 1, 0, 2 };
        append(layer);
    }
    Layer pool;
    pool.kind = in(0, 1) == 0 ? LayerKind::Flatten : LayerKind::GlobalAveragePool;
    append(pool);
    Layer last;
    last.outputs = 3;
    append(last);
    return network;
}

TEST(ScaledWidths, AnyGraphScalesAndNothingGrows)
{
    int completed = 0;
    EXPECT_TRUE(rc::check([&] {
        Network network = anyNetwork();
        // Layers that nothing reads are dropped, so that more of the graphs are whole.
        for (bool again = true; again;) {
            again = false;
            for (std::size_t i = 0; i + 2 < network.layers.size() && !again; ++i) {
                const std::string& name = network.layers[i].name;
                bool isRead = i + 3 == network.layers.size();
                for (std::size_t k = i + 1; k < network.layers.size(); ++k) {
                    const Layer& other = network.layers[k];
                    isRead = isRead || (other.kind != LayerKind::Concat && other.input == name)
                        || (other.kind == LayerKind::Add && other.from == name)
                        || (other.kind == LayerKind::Concat
                            && (other.parts[0] == name || other.parts[1] == name));
                }
                if (!isRead) {
                    network.layers.erase(network.layers.begin() + static_cast<std::ptrdiff_t>(i));
                    again = true;
                }
            }
        }
        if (!completeNetwork(network, "random").ok())
            return;
        ++completed;
        const double small = in(1, 100) / 100.0;
        const double large = std::min(1.0, small + in(0, 50) / 100.0);
        const Network narrow = scaleWidths(network, small);
        const Network wide = scaleWidths(network, large);
        RC_ASSERT(narrow.inputShape == network.inputShape);
        RC_ASSERT(narrow.outputShapes.back() == network.outputShapes.back());
        RC_ASSERT(narrow.tensors.size() == network.tensors.size());
        for (std::size_t i = 0; i < network.tensors.size(); ++i) {
            RC_ASSERT(narrow.tensors[i].name == network.tensors[i].name);
            RC_ASSERT(narrow.tensors[i].size() <= wide.tensors[i].size());
            RC_ASSERT(wide.tensors[i].size() <= network.tensors[i].size());
        }
        RC_ASSERT(scaleWidths(network, 1.0) == network);
        const std::int64_t bytes = floatBytes(network) * in(1, 100) / 100;
        if (const auto fitted = scaleToFit({ &network }, bytes, floatBytes))
            RC_ASSERT(floatBytes(fitted->front()) <= bytes);
        else
            RC_ASSERT(floatBytes(scaleWidths(network, 1e-9)) > bytes);
    }));
    EXPECT_GT(completed, 10); // the property must not hold because everything was refused
}

} // namespace
} // namespace palimpsest
