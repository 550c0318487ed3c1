// SPDX-License-Identifier: Apache-2.0
#include "core/nn/joint.h"
#include "tests/core/nn/joint_fixture.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

namespace palimpsest {
namespace {

using namespace test;

constexpr std::array kNarrow { Storage::Float16, Storage::Int8, Storage::Int6, Storage::Int4, Storage::Int3,
    Storage::Ternary, Storage::Binary };

/// One [rows, columns] weight and its bias.
Network oneLayer(std::int64_t rows, std::int64_t columns)
{
    return makeNetwork({ columns }, { linear("one", rows) });
}

Weights randomWeights(const Network& network, double scale, std::uint64_t seed)
{
    Random random(seed);
    Weights weights;
    for (const TensorSpec& spec : network.tensors) {
        Tensor tensor { spec.name, spec.shape, {} };
        for (std::int64_t i = 0; i < spec.size(); ++i)
            tensor.values.push_back(static_cast<float>(scale * random.normal()));
        weights.tensors.push_back(std::move(tensor));
    }
    return weights;
}

TEST(RoundWeights, HandWorkedCodes)
{
    const Network network = oneLayer(1, 6);
    Weights weights;
    weights.tensors = { { "one.weight", { 1, 6 }, { 7.0F, -7.0F, 0.5F, 1.5F, 2.5F, -2.6F } },
        { "one.bias", { 1 }, { 0.1F } } };
    const Weights int4 = roundWeights(network, weights, Storage::Int4); // scale 7 / 7 = 1; ties to even
    EXPECT_EQ(int4.tensors[0].values, (std::vector<float> { 7.0F, -7.0F, 0.0F, 2.0F, 2.0F, -3.0F }));
    EXPECT_EQ(int4.tensors[1].values[0], 0.0999755859375F); // the float16 next to 0.1
    const Weights ternary = roundWeights(network, weights, Storage::Ternary); // scale 7
    EXPECT_EQ(ternary.tensors[0].values, (std::vector<float> { 7.0F, -7.0F, 0.0F, 0.0F, 0.0F, 0.0F }));
    weights.tensors[0].values[2] = 0.0F;
    const Weights binary = roundWeights(network, weights, Storage::Binary); // 0 counts as positive
    EXPECT_EQ(binary.tensors[0].values, (std::vector<float> { 7.0F, -7.0F, 7.0F, 7.0F, 7.0F, -7.0F }));
    EXPECT_EQ(roundWeights(network, weights, Storage::Float32), weights);
}

TEST(RoundWeights, ScalesAreOfEach128WeightsAndFloat16)
{
    const Network network = oneLayer(2, 100); // groups of 128 and 72, across the rows
    Weights weights = randomWeights(network, 1.0, 1);
    weights.tensors[0].values[0] = 10.1F; // scale 10.1 / 127, not a float16
    weights.tensors[0].values[127] = 0.01F;
    weights.tensors[0].values[128] = 5.0F;
    const Weights rounded = roundWeights(network, weights, Storage::Int8);
    const float scale = rounded.tensors[0].values[0] / 127.0F;
    EXPECT_NE(scale, 10.1F / 127.0F);
    EXPECT_NEAR(scale, 10.1F / 127.0F, 10.1F / 127.0F / 2048.0F);
    EXPECT_EQ(std::fmod(scale, std::ldexp(1.0F, -14)), 0.0F); // 0.0795 has float16 steps of 2^-14
    EXPECT_EQ(rounded.tensors[0].values[127], 0.0F); // 0.01 is under half of the first group's scale
    EXPECT_NEAR(rounded.tensors[0].values[128], 5.0F, 5.0F / 2048.0F); // the second group has its own
}

TEST(RoundWeights, ErrorIsWithinHalfAStep)
{
    const Network network = oneLayer(7, 61);
    const Weights weights = randomWeights(network, 0.3, 2);
    const std::vector<float>& values = weights.tensors[0].values;
    for (const auto& [storage, largest] :
        { std::pair(Storage::Int8, 127.0), std::pair(Storage::Int6, 31.0), std::pair(Storage::Int4, 7.0),
            std::pair(Storage::Int3, 3.0), std::pair(Storage::Ternary, 1.0) }) {
        const Weights rounded = roundWeights(network, weights, storage);
        for (std::size_t first = 0; first < values.size(); first += 128) {
            const std::size_t last = std::min(first + 128, values.size());
            double magnitude = 0.0;
            std::set<float> codes;
            for (std::size_t i = first; i < last; ++i) {
                magnitude = std::max(magnitude, std::abs(static_cast<double>(values[i])));
                codes.insert(rounded.tensors[0].values[i]);
            }
            const double step = magnitude / largest;
            for (std::size_t i = first; i < last; ++i) // 1 / 1024 of a weight: the scale's own rounding
                EXPECT_LE(std::abs(static_cast<double>(rounded.tensors[0].values[i] - values[i])),
                    0.5 * step + magnitude / 1024.0);
            EXPECT_LE(codes.size(), static_cast<std::size_t>(2.0 * largest + 1.0));
        }
    }
    const Weights half = roundWeights(network, weights, Storage::Float16);
    for (std::size_t i = 0; i < values.size(); ++i)
        EXPECT_LE(std::abs(half.tensors[0].values[i] - values[i]), std::abs(values[i]) / 2048.0F + 3e-8F);
}

TEST(RoundWeights, RoundedWeightsStayAsTheyAre)
{
    const Network network = convolutionalNetwork();
    // Below about 1e-2 a float16 scale is subnormal and coarse: then the rounded weights may give another scale.
    for (const double scale : { 1e-12, 0.05, 1.0, 1e4 })
        for (const Storage storage : kNarrow) {
            const Weights once = roundWeights(network, randomWeights(network, scale, 3), storage);
            EXPECT_EQ(roundWeights(network, once, storage), once)
                << static_cast<int>(storage) << " at " << scale;
        }
}

TEST(RoundWeights, ExtremesStayFinite)
{
    const Network network = oneLayer(1, 4);
    Weights weights;
    weights.tensors
        = { { "one.weight", { 1, 4 }, { 1e30F, -1e30F, 0.0F, 1e-30F } }, { "one.bias", { 1 }, { -1e9F } } };
    for (const Storage storage : kNarrow) {
        const Weights rounded = roundWeights(network, weights, storage);
        for (const Tensor& tensor : rounded.tensors)
            for (const float value : tensor.values)
                EXPECT_TRUE(std::isfinite(value)) << static_cast<int>(storage);
    }
    weights.tensors[0].values = { 0.0F, -0.0F, 1e-12F, 0.0F };
    const Weights tiny = roundWeights(network, weights, Storage::Int8);
    for (const float value : tiny.tensors[0].values)
        EXPECT_EQ(value, 0.0F);
}

TEST(RoundWeights, StateAndSmallTensorsKeepFloat16)
{
    const Network network = convolutionalNetwork();
    const Weights weights = randomWeights(network, 1.0, 4);
    const Weights half = roundWeights(network, weights, Storage::Float16);
    const Weights ternary = roundWeights(network, weights, Storage::Ternary);
    for (std::size_t i = 0; i < network.tensors.size(); ++i)
        EXPECT_EQ(ternary.tensors[i] == half.tensors[i], network.tensors[i].shape.size() < 2)
            << network.tensors[i].name;
}

TEST(RoundedBytes, CountsCodesScalesAndSmallTensors)
{
    const Network network = oneLayer(3, 171); // 513 weights: five groups; 3 biases
    EXPECT_EQ(roundedBytes(network, Storage::Float32), 516 * 4);
    EXPECT_EQ(roundedBytes(network, Storage::Float16), 516 * 2);
    EXPECT_EQ(roundedBytes(network, Storage::Int8), 513 + 10 + 6);
    EXPECT_EQ(roundedBytes(network, Storage::Int6), 385 + 10 + 6); // 384.75
    EXPECT_EQ(roundedBytes(network, Storage::Int4), 257 + 10 + 6);
    EXPECT_EQ(roundedBytes(network, Storage::Int3), 193 + 10 + 6);
    EXPECT_EQ(roundedBytes(network, Storage::Ternary), 103 + 10 + 6);
    EXPECT_EQ(roundedBytes(network, Storage::Binary), 65 + 10 + 6);
}

TEST(RoundedBytes, OnePageIsAsInTheDesign)
{
    const Network network = oneLayer(4, 128); // 512 weights, 4 biases: 8 bytes of scales and 8 of biases
    EXPECT_EQ(roundedBytes(network, Storage::Int8) - 16, 512);
    EXPECT_EQ(roundedBytes(network, Storage::Int6) - 16, 384);
    EXPECT_EQ(roundedBytes(network, Storage::Int4) - 16, 256);
    EXPECT_EQ(roundedBytes(network, Storage::Int3) - 16, 192);
    EXPECT_EQ(roundedBytes(network, Storage::Ternary) - 16, 103);
    EXPECT_EQ(roundedBytes(network, Storage::Binary) - 16, 64);
}

} // namespace
} // namespace palimpsest
