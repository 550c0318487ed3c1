// SPDX-License-Identifier: Apache-2.0
#include "core/nn/joint.h"
#include "core/nn/torch_headers.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <stdexcept>

namespace palimpsest {
namespace {

constexpr std::int64_t kScaleGroup = 128; // weights
constexpr std::int64_t kScaleBytes = 2; // float16
constexpr float kLargestHalf = 65504.0F;

/// Largest code of an integer form: q in -Q..Q. Binary has only -1 and 1.
float largestCode(Storage storage)
{
    switch (storage) {
    case Storage::Int8:
        return 127.0F;
    case Storage::Int6:
        return 31.0F;
    case Storage::Int4:
        return 7.0F;
    case Storage::Int3:
        return 3.0F;
    case Storage::Ternary:
    case Storage::Binary:
        return 1.0F;
    case Storage::Float32:
    case Storage::Float16:
        break;
    }
    throw std::invalid_argument("largestCode: not an integer form");
}

/// Bytes of the codes of `count` weights of one tensor.
std::int64_t packedBytes(Storage storage, std::int64_t count)
{
    const auto bits = [count](std::int64_t each) { return (count * each + 7) / 8; };
    switch (storage) {
    case Storage::Float32:
        return count * 4;
    case Storage::Float16:
        return count * 2;
    case Storage::Int8:
        return count;
    case Storage::Int6:
        return bits(6);
    case Storage::Int4:
        return bits(4);
    case Storage::Int3:
        return bits(3);
    case Storage::Ternary:
        return (count + 4) / 5; // five weights a byte
    case Storage::Binary:
        return bits(1);
    }
    throw std::invalid_argument("packedBytes: unknown storage");
}

bool isIntegerForm(Storage storage)
{
    return storage != Storage::Float32 && storage != Storage::Float16;
}

/// To the nearest float16, ties to even; what is larger than the largest becomes the largest.
float roundToHalf(float value)
{
    return static_cast<float>(c10::Half(std::clamp(value, -kLargestHalf, kLargestHalf)));
}

void roundGroup(std::span<float> group, Storage storage)
{
    const float largest = largestCode(storage);
    float magnitude = 0.0F;
    for (const float value : group)
        magnitude = std::max(magnitude, std::abs(value));
    const float scale = roundToHalf(magnitude / largest);
    for (float& value : group) {
        if (storage == Storage::Binary)
            value = value < 0.0F ? -scale : scale;
        else if (scale == 0.0F)
            value = 0.0F; // too small for any float16 scale
        else
            value = scale * std::clamp(std::nearbyint(value / scale), -largest, largest);
    }
}

/// 1-D tensors (biases, normalisation) and state keep float16 in every narrow form.
bool isSmall(const TensorSpec& spec)
{
    return spec.shape.size() < 2 || isState(spec.role);
}

} // namespace

Weights roundWeights(const Network& network, const Weights& weights, Storage storage)
{
    if (weights.tensors.size() != network.tensors.size())
        throw std::invalid_argument(
            "roundWeights: the weights are not those of network '" + network.name + "'");
    Weights rounded = weights;
    if (storage == Storage::Float32)
        return rounded;
    for (std::size_t i = 0; i < rounded.tensors.size(); ++i) {
        std::span<float> values = rounded.tensors[i].values;
        if (!isIntegerForm(storage) || isSmall(network.tensors[i])) {
            std::transform(values.begin(), values.end(), values.begin(), roundToHalf);
            continue;
        }
        while (!values.empty()) {
            const std::size_t size = std::min<std::size_t>(values.size(), kScaleGroup);
            roundGroup(values.first(size), storage);
            values = values.subspan(size);
        }
    }
    return rounded;
}

std::int64_t roundedBytes(const Network& network, Storage storage)
{
    std::int64_t bytes = 0;
    for (const TensorSpec& spec : network.tensors) {
        const std::int64_t count = spec.size();
        if (!isIntegerForm(storage))
            bytes += packedBytes(storage, count);
        else if (isSmall(spec))
            bytes += packedBytes(Storage::Float16, count);
        else
            bytes += packedBytes(storage, count) + (count + kScaleGroup - 1) / kScaleGroup * kScaleBytes;
    }
    return bytes;
}

} // namespace palimpsest
