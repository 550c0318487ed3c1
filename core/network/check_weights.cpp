// SPDX-License-Identifier: Apache-2.0
#include "core/network/nearest_name.h"
#include "core/network/network.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <map>
#include <utility>

namespace palimpsest {

namespace {

std::string nameAndShape(const std::string& name, const Shape& shape)
{
    return "\"" + name + "\" " + toString(shape);
}

std::string layerText(const Network& network, const TensorSpec& spec)
{
    return "layer \"" + network.layers[spec.layer].name + "\"";
}

/// Without a branch a value: an exponent of ones is an infinity or no number.
bool areFinite(const std::vector<float>& values)
{
    std::uint32_t isWrong = 0;
    for (const float value : values)
        isWrong
            |= static_cast<std::uint32_t>((std::bit_cast<std::uint32_t>(value) & 0x7F800000U) == 0x7F800000U);
    return isWrong == 0;
}

Status checkValues(
    const Network& network, const TensorSpec& spec, const Tensor& tensor, const std::string& where)
{
    const std::string subject = "tensor \"" + spec.name + "\" of " + layerText(network, spec);
    if (tensor.shape != spec.shape)
        return badInput(
            subject + ": expected the shape " + toString(spec.shape) + ", got " + toString(tensor.shape),
            where);
    if (tensor.values.size() != static_cast<std::size_t>(spec.size()))
        return badInput(subject + ": expected " + std::to_string(spec.size()) + " values, got "
                + std::to_string(tensor.values.size()),
            where);
    const bool isVariance = spec.role == TensorRole::RunningVariance;
    if (!isVariance && areFinite(tensor.values))
        return success();
    const auto wrong = std::find_if(tensor.values.begin(), tensor.values.end(),
        [&](float value) { return !std::isfinite(value) || (isVariance && value < 0.0F); });
    if (wrong == tensor.values.end())
        return success();
    const std::string what = std::isnan(*wrong) ? "NaN"
        : std::isinf(*wrong)                    ? "an infinity"
                                                : "a variance below 0";
    return badInput(subject + " " + toString(spec.shape) + " holds " + what + " at index "
            + std::to_string(wrong - tensor.values.begin()) + "; train the network again",
        where);
}

} // namespace

Result<Weights> checkWeights(const Network& network, Weights weights, const std::string& where)
{
    std::map<std::string_view, Tensor*> byName;
    for (Tensor& tensor : weights.tensors)
        if (!byName.emplace(tensor.name, &tensor).second)
            return badInput("tensor " + nameAndShape(tensor.name, tensor.shape) + " is there twice", where);

    std::vector<Tensor*> ordered;
    std::vector<const TensorSpec*> missing;
    for (const TensorSpec& spec : network.tensors) {
        const auto found = byName.find(spec.name);
        if (found == byName.end()) {
            missing.push_back(&spec);
            continue;
        }
        PALIMPSEST_CHECK(checkValues(network, spec, *found->second, where));
        ordered.push_back(found->second);
        byName.erase(found);
    }
    if (!missing.empty()) {
        std::vector<std::string_view> surplus;
        for (const auto& [name, tensor] : byName)
            surplus.push_back(name);
        const TensorSpec& first = *missing.front();
        std::string message = "tensor " + nameAndShape(first.name, first.shape) + " of "
            + layerText(network, first) + " is missing";
        if (missing.size() > 1)
            message += ", and " + std::to_string(missing.size() - 1) + " more";
        if (const std::string_view near = nearestName(first.name, surplus); !near.empty()) {
            const Tensor& other = *byName.at(near);
            message += "; \"" + std::string(near) + "\" " + toString(other.shape)
                + " is there, but no layer uses it";
        }
        return badInput(message, where);
    }
    if (!byName.empty()) {
        const Tensor& first = *byName.begin()->second;
        return badInput("tensor " + nameAndShape(first.name, first.shape)
                + " belongs to no layer of network \"" + network.name
                + "\"; remove it, or add the layer to the layer list",
            where);
    }
    Weights result;
    for (Tensor* tensor : ordered)
        result.tensors.push_back(std::move(*tensor));
    return result;
}

} // namespace palimpsest
