// SPDX-License-Identifier: Apache-2.0
#include "core/network/layer_keys.h"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace palimpsest {

namespace {

using namespace std::string_view_literals;

constexpr std::array kTypes { "conv1d"sv, "conv2d"sv, "linear"sv, "maxPool"sv, "averagePool"sv,
    "globalAveragePool"sv, "batchNorm"sv, "leakyRelu"sv, "relu"sv, "sigmoid"sv, "tanh"sv, "dropout"sv,
    "flatten"sv, "add"sv, "concat"sv, "clip"sv, "softmax"sv, "pad"sv, "reshape"sv, "scale"sv, "permute"sv };

constexpr std::array kConvolution { "type"sv, "name"sv, "input"sv, "outputs"sv, "kernel"sv, "stride"sv,
    "padding"sv, "dilation"sv, "groups"sv, "bias"sv, "weightName"sv, "biasName"sv };
constexpr std::array kLinear { "type"sv, "name"sv, "input"sv, "outputs"sv, "bias"sv, "weightName"sv,
    "biasName"sv };
constexpr std::array kMaxPool { "type"sv, "name"sv, "input"sv, "kernel"sv, "stride"sv, "padding"sv };
constexpr std::array kAveragePool { "type"sv, "name"sv, "input"sv, "kernel"sv, "stride"sv, "padding"sv,
    "countPadding"sv };
constexpr std::array kNorm { "type"sv, "name"sv, "input"sv, "epsilon"sv, "momentum"sv, "weightName"sv,
    "biasName"sv };
constexpr std::array kScale { "type"sv, "name"sv, "input"sv, "weightName"sv, "biasName"sv };
constexpr std::array kLeaky { "type"sv, "name"sv, "input"sv, "slope"sv };
constexpr std::array kDropout { "type"sv, "name"sv, "input"sv, "probability"sv };
constexpr std::array kAdd { "type"sv, "name"sv, "input"sv, "from"sv };
constexpr std::array kConcat { "type"sv, "name"sv, "parts"sv };
constexpr std::array kClip { "type"sv, "name"sv, "input"sv, "minimum"sv, "maximum"sv };
constexpr std::array kPad { "type"sv, "name"sv, "input"sv, "padding"sv, "value"sv };
constexpr std::array kReshape { "type"sv, "name"sv, "input"sv, "shape"sv };
constexpr std::array kPermute { "type"sv, "name"sv, "input"sv, "order"sv };
constexpr std::array kPlain { "type"sv, "name"sv, "input"sv };

} // namespace

std::span<const std::string_view> layerTypeNames()
{
    return kTypes;
}

std::optional<LayerKind> layerKindFromName(std::string_view name)
{
    const auto found = std::find(kTypes.begin(), kTypes.end(), name);
    if (found == kTypes.end())
        return std::nullopt;
    return static_cast<LayerKind>(found - kTypes.begin());
}

std::string_view toString(LayerKind kind)
{
    return kTypes.at(static_cast<std::size_t>(kind));
}

std::span<const std::string_view> layerKeys(LayerKind kind)
{
    switch (kind) {
    case LayerKind::Conv1d:
    case LayerKind::Conv2d:
        return kConvolution;
    case LayerKind::Linear:
        return kLinear;
    case LayerKind::MaxPool:
        return kMaxPool;
    case LayerKind::AveragePool:
        return kAveragePool;
    case LayerKind::BatchNorm:
        return kNorm;
    case LayerKind::Scale:
        return kScale;
    case LayerKind::LeakyRelu:
        return kLeaky;
    case LayerKind::Dropout:
        return kDropout;
    case LayerKind::Add:
        return kAdd;
    case LayerKind::Concat:
        return kConcat;
    case LayerKind::Clip:
        return kClip;
    case LayerKind::Pad:
        return kPad;
    case LayerKind::Reshape:
        return kReshape;
    case LayerKind::Permute:
        return kPermute;
    case LayerKind::GlobalAveragePool:
    case LayerKind::Relu:
    case LayerKind::Sigmoid:
    case LayerKind::Tanh:
    case LayerKind::Softmax:
    case LayerKind::Flatten:
        return kPlain;
    }
    throw std::invalid_argument("unknown LayerKind");
}

} // namespace palimpsest
