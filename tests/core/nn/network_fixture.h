// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/random.h"
#include "core/data/samples.h"
#include "core/job/job_channel.h"
#include "core/network/network.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace palimpsest::test {

inline Layer layer(LayerKind kind, std::string name)
{
    Layer l;
    l.kind = kind;
    l.name = std::move(name);
    return l;
}

inline Layer convolution(LayerKind kind, std::string name, std::int64_t outputs, Shape kernel,
    Shape stride = {}, Shape padding = {}, bool bias = true)
{
    Layer l = layer(kind, std::move(name));
    l.outputs = outputs;
    l.kernel = std::move(kernel);
    l.stride = std::move(stride);
    l.padding = std::move(padding);
    l.bias = bias;
    return l;
}

inline Layer pool(LayerKind kind, std::string name, Shape kernel, Shape stride = {}, Shape padding = {})
{
    return convolution(kind, std::move(name), 0, std::move(kernel), std::move(stride), std::move(padding));
}

inline Layer linear(std::string name, std::int64_t outputs, bool bias = true)
{
    Layer l = layer(LayerKind::Linear, std::move(name));
    l.outputs = outputs;
    l.bias = bias;
    return l;
}

inline Layer add(std::string name, std::string from)
{
    Layer l = layer(LayerKind::Add, std::move(name));
    l.from = std::move(from);
    return l;
}

inline Layer concat(std::string name, std::vector<std::string> parts)
{
    Layer l = layer(LayerKind::Concat, std::move(name));
    l.parts = std::move(parts);
    return l;
}

/// The same layer, reading the output of another one.
inline Layer reading(std::string input, Layer l)
{
    l.input = std::move(input);
    return l;
}

inline Network makeNetwork(
    Shape inputShape, std::vector<Layer> layers, TensorLayout layout = TensorLayout::Native)
{
    Network network;
    network.name = "net";
    network.inputShape = std::move(inputShape);
    network.layout = layout;
    network.layers = std::move(layers);
    if (const Status completed = completeNetwork(network, "test"); !completed.ok())
        throw std::invalid_argument(completed.error().text());
    return network;
}

inline std::vector<float> normals(std::size_t count, Random& random, double scale = 1.0)
{
    std::vector<float> values(count);
    std::generate(values.begin(), values.end(), [&] { return static_cast<float>(scale * random.normal()); });
    return values;
}

/// Nothing is 0 or 1, running statistics included.
inline Weights randomWeights(const Network& network, std::uint64_t seed)
{
    Random random(seed);
    Weights weights;
    for (const TensorSpec& spec : network.tensors) {
        Tensor tensor { spec.name, spec.shape, normals(static_cast<std::size_t>(spec.size()), random, 0.4) };
        if (spec.role == TensorRole::RunningVariance)
            std::transform(tensor.values.begin(), tensor.values.end(), tensor.values.begin(),
                [](float v) { return 0.3F + v * v; });
        weights.tensors.push_back(std::move(tensor));
    }
    return weights;
}

inline LabelledSamples randomSamples(const Network& network, std::size_t count, std::uint64_t seed)
{
    Random random(seed);
    LabelledSamples samples;
    samples.sampleShape = network.inputShape;
    samples.classes = network.classes();
    samples.x = normals(count * samples.sampleSize(), random);
    for (std::size_t i = 0; i < count; ++i)
        samples.y.push_back(
            static_cast<std::int32_t>(random.below(static_cast<std::uint64_t>(samples.classes))));
    return samples;
}

/// A channel and a context that nobody cancels.
struct Job {
    JobChannel channel;
    std::stop_source stop;
    JobContext context { channel, stop.get_token() };
};

} // namespace palimpsest::test
