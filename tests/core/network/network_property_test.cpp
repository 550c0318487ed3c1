// SPDX-License-Identifier: Apache-2.0
#include "core/network/network.h"
#include "core/network/safetensors.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <rapidcheck.h>

#include <algorithm>

namespace palimpsest {
namespace {

int in(int low, int high)
{
    return *rc::gen::inRange(low, high + 1);
}

/// Any layer, also one that does not fit where it stands.
Layer anyLayer()
{
    Layer layer;
    layer.kind = static_cast<LayerKind>(in(0, static_cast<int>(LayerKind::Permute)));
    layer.name = in(0, 2) == 0 ? "" : "n" + std::to_string(in(0, 30));
    layer.outputs = in(1, 6);
    const auto sizes = [](int low, int high) {
        Shape shape;
        for (int left = in(0, 2); left > 0; --left)
            shape.push_back(in(low, high));
        return shape;
    };
    layer.kernel = sizes(1, 4);
    layer.stride = sizes(1, 3);
    layer.padding = sizes(0, 2);
    if (in(0, 2) == 0)
        layer.padding = { in(0, 1), in(0, 1), in(0, 1), in(0, 1) };
    layer.bias = in(0, 1) == 0;
    layer.slope = in(-4, 4) / 8.0;
    layer.probability = in(0, 7) / 8.0;
    const auto anyName = [] { return in(0, 3) == 0 ? "@input" : "n" + std::to_string(in(0, 30)); };
    layer.input = in(0, 3) == 0 ? anyName() : "";
    layer.from = anyName();
    layer.parts = { anyName(), anyName() };
    layer.dilation = sizes(1, 2);
    layer.groups = in(1, 2);
    layer.countPadding = in(0, 1) == 0;
    layer.minimum = in(-4, 4) / 4.0;
    layer.value = in(-1, 1);
    layer.shape = in(0, 1) == 0 ? Shape { 7, 18 } : Shape { 3, 2, 21 };
    layer.order = in(0, 1) == 0 ? Shape { 1, 0 } : Shape { 2, 0, 1 };
    return layer;
}

/// Positions of a window, counted one by one.
std::int64_t countPositions(std::int64_t size, std::int64_t kernel, std::int64_t stride, std::int64_t padding)
{
    std::int64_t count = 0;
    for (std::int64_t start = -padding; start + kernel <= size + padding; start += stride)
        ++count;
    return count;
}

TEST(NetworkProperty, AnyListOfLayersIsRefusedOrComesBackFromJson)
{
    int completed = 0;
    const bool holds = rc::check([&] {
        Network network;
        network.inputShape = in(0, 1) == 0 ? Shape { 2, 9 } : Shape { 2, 9, 7 };
        network.layout = static_cast<TensorLayout>(in(0, 1));
        for (int left = in(0, 6); left > 0; --left)
            network.layers.push_back(anyLayer());
        Layer flatten;
        flatten.kind = LayerKind::Flatten;
        Layer last;
        last.outputs = 3;
        network.layers.insert(network.layers.end(), { flatten, last });
        if (!completeNetwork(network, "random").ok())
            return;
        ++completed;
        const Result<Network> again = parseNetwork(toJson(network), "again");
        RC_ASSERT(again.ok());
        RC_ASSERT(again->outputShapes == network.outputShapes);
        RC_ASSERT(again->tensors == network.tensors);
        RC_ASSERT(toJson(*again) == toJson(network));
        RC_ASSERT(network.outputShapes.back() == Shape { 3 });
        RC_ASSERT(network.outputShapes.size() == network.layers.size());
    });
    EXPECT_TRUE(holds);
    EXPECT_GT(completed, 0); // the property must not hold because everything was refused
}

TEST(NetworkProperty, ConvolutionShapesAgreeWithCounting)
{
    EXPECT_TRUE(rc::check([] {
        Network network;
        network.inputShape = { in(1, 3), in(1, 12), in(1, 12) };
        Layer conv;
        conv.kind = LayerKind::Conv2d;
        conv.outputs = in(1, 4);
        conv.kernel = { in(1, 5), in(1, 5) };
        conv.stride = { in(1, 4), in(1, 4) };
        conv.padding = { in(0, 3), in(0, 3) };
        Layer flatten;
        flatten.kind = LayerKind::Flatten;
        network.layers = { conv, flatten };
        Shape expected { conv.outputs };
        for (std::size_t axis = 0; axis < 2; ++axis)
            expected.push_back(countPositions(
                network.inputShape[axis + 1], conv.kernel[axis], conv.stride[axis], conv.padding[axis]));
        const bool fits = completeNetwork(network, "random").ok();
        RC_ASSERT(fits == (expected[1] > 0 && expected[2] > 0));
        if (fits)
            RC_ASSERT(network.outputShapes[0] == expected);
    }));
}

TEST(NetworkProperty, SafetensorsComeBackUnchanged)
{
    EXPECT_TRUE(rc::check([] {
        Weights weights;
        for (int i = in(0, 5); i > 0; --i) {
            Tensor tensor { "t" + std::to_string(i), { in(0, 4), in(1, 4) }, {} };
            for (std::int64_t k = 0; k < elementCount(tensor.shape); ++k)
                tensor.values.push_back(static_cast<float>(in(-1000, 1000)) / 7.0F);
            weights.tensors.push_back(std::move(tensor));
        }
        const std::string bytes = safetensorsBytes(weights);
        const Result<Weights> parsed = parseSafetensors(std::as_bytes(std::span(bytes)), "random");
        RC_ASSERT(parsed.ok());
        RC_ASSERT(*parsed == weights);
    }));
}

} // namespace
} // namespace palimpsest
