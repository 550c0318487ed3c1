// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/array.h"
#include "core/base/json.h"
#include "core/base/result.h"

#include <cstdint>
#include <filesystem>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace palimpsest {

/// What one layer does. Shapes are without the batch: [channels, height, width], [channels, length] or
/// [features].
enum class LayerKind : std::uint8_t {
    Conv1d,
    Conv2d,
    Linear,
    MaxPool,
    AveragePool,
    GlobalAveragePool, ///< mean over all positions: [C, ...] -> [C]
    BatchNorm, ///< over the channel axis; scale and shift trainable, running statistics kept
    LeakyRelu,
    Relu,
    Sigmoid,
    Tanh,
    Dropout,
    Flatten,
    Add, ///< residual: adds the output of the earlier layer `from`, which must have the same shape
    Concat, ///< the outputs of the earlier layers `parts`, one after the other along the first axis
    Clip, ///< values below `minimum` and above `maximum` become these
    Softmax, ///< over the first axis; never the last layer, which gives logits
    Pad, ///< puts `value` around all axes but the first
    Reshape, ///< the same numbers with another shape, in the order in which Flatten runs through them
    Scale, ///< over the channel axis, as BatchNorm without statistics: x weight + bias, both trainable
    Permute, ///< other order of the axes: axis i of the output is axis order[i] of the input
};

/// What a layer names to read the samples themselves. No layer can be called so.
inline constexpr std::string_view kNetworkInput = "@input";

/// One layer of a network description. Only the fields that the kind uses are read.
struct Layer {
    LayerKind kind = LayerKind::Linear;
    std::string name; ///< unique; empty: type and index ("relu1"); tensors are called name.weight, name.bias,
        ///< name.running_mean, ...
    std::string
        input; ///< name of the earlier layer that it reads, or kNetworkInput; empty: the one before it
    std::int64_t outputs = 0; ///< channels or features out: Conv1d, Conv2d, Linear
    Shape kernel; ///< Conv*: [kh, kw] or [k]; pools: the same. Of kernel, stride, dilation and padding, one
        ///< number counts for all axes
    Shape stride; ///< empty: 1 for Conv*, the kernel for pools
    Shape padding; ///< Conv*, pools, Pad: one number an axis, for both of its sides, or two: those before the
        ///< axes, then those after them. Conv*: zeros; MaxPool: never the maximum. Empty: none
    Shape dilation; ///< Conv*: steps between the inputs of a window; empty: 1
    std::int64_t groups = 1; ///< Conv*: output block i of so many reads input block i alone
    bool countPadding = true; ///< AveragePool: whether padded zeros count in the mean
    bool bias = true; ///< Conv*, Linear
    double slope = 0.01; ///< LeakyRelu
    double probability = 0.5; ///< Dropout
    double epsilon = 1e-5; ///< BatchNorm
    double momentum = 0.1; ///< BatchNorm: new = (1 - momentum) old + momentum batch
    double minimum = -std::numeric_limits<double>::infinity(); ///< Clip
    double maximum = std::numeric_limits<double>::infinity(); ///< Clip
    double value = 0.0; ///< Pad
    Shape shape; ///< Reshape: of one sample
    Shape order; ///< Permute
    std::string from; ///< Add: name of the layer whose output is added, or kNetworkInput
    std::vector<std::string> parts; ///< Concat: names of earlier layers (or kNetworkInput), two or more
    std::string weightName,
        biasName; ///< names of the tensors, where the source has its own; empty: name.weight, name.bias
    bool operator==(const Layer&) const = default;
};

/// How the source of a network lays its tensors out. Pages follow the source's layout.
enum class TensorLayout : std::uint8_t {
    Native, ///< conv [out, in, kh, kw], linear [out, in], flatten in the order C, H, W
    TensorFlow, ///< conv [kh, kw, in, out], linear [in, out], flatten in the order H, W, C
};

enum class TensorRole : std::uint8_t { Weight, Bias, NormScale, NormShift, RunningMean, RunningVariance };

/// State that is no weight: it is never paged and has no gradient.
[[nodiscard]] inline bool isState(TensorRole role)
{
    return role == TensorRole::RunningMean || role == TensorRole::RunningVariance;
}

/// One tensor that a network needs.
struct TensorSpec {
    std::string name; ///< "conv1.weight"
    Shape shape; ///< in the network's layout
    TensorRole role = TensorRole::Weight;
    std::size_t layer = 0; ///< index into Network::layers
    [[nodiscard]] std::int64_t size() const { return elementCount(shape); }
    bool operator==(const TensorSpec&) const = default;
};

/// In Network::sources: the network's input.
inline constexpr std::size_t kInputSource = static_cast<std::size_t>(-1);

/// A network without its weights. Made by parseNetwork(), which checks everything, and then only read.
struct Network {
    std::string name;
    Shape inputShape; ///< [C, H, W], [C, L] or [F]
    TensorLayout layout = TensorLayout::Native;
    std::vector<Layer> layers;
    // Derived by completeNetwork():
    std::vector<Shape> outputShapes; ///< one a layer
    std::vector<std::vector<std::size_t>> sources; ///< what each layer reads: indices of layers before it, or
        ///< kInputSource
    std::vector<TensorSpec>
        tensors; ///< in layer order: weight, bias / scale, shift, running mean, running variance
    [[nodiscard]] std::int64_t classes() const
    {
        return outputShapes.empty() ? 0 : outputShapes.back().at(0);
    }
    /// Weights and biases, without state.
    [[nodiscard]] std::int64_t trainableCount() const;
    bool operator==(const Network&) const = default;
};

/// Checks the layers, finds what each reads, infers all shapes and lists the tensors. An error names the layer and the
/// two shapes. Names the unnamed layers, and spreads single numbers of kernel, stride, dilation and padding over all axes;
/// padding that is equal on both sides of every axis is left with one number an axis (Pad: always two).
[[nodiscard]] Status completeNetwork(Network& network, const std::string& where);

/// Reads the JSON layer list (its format: core/network/FORMAT.md) and completes it.
[[nodiscard]] Result<Network> parseNetwork(const Json& json, const std::string& where);
[[nodiscard]] Result<Network> readNetwork(const std::filesystem::path& path);
[[nodiscard]] Json toJson(const Network& network);

[[nodiscard]] std::string_view toString(LayerKind kind);

/// Padding of a completed layer before and after an axis; 0 is the first axis after the channels.
/// @param axes  how many there are: 2 for images, 1 for sequences
struct Sides {
    std::int64_t before = 0;
    std::int64_t after = 0;
    [[nodiscard]] bool areEqual() const { return before == after; }
};
[[nodiscard]] Sides paddingOf(const Layer& layer, std::size_t axis, std::size_t axes);

/// One tensor's values, float32, in the network's layout.
struct Tensor {
    std::string name;
    Shape shape;
    std::vector<float> values;
    bool operator==(const Tensor&) const = default;
};

/// All tensors of a network (or of its Fisher information: then without state), in the order of
/// Network::tensors.
struct Weights {
    std::vector<Tensor> tensors;
    /// nullptr where there is none.
    [[nodiscard]] const Tensor* find(std::string_view name) const;
    bool operator==(const Weights&) const = default;
};

/// Puts `weights` into the network's order and checks them: a missing, surplus or NaN-holding tensor, or one
/// of another shape, is BadInput that names the tensor, its layer and the two shapes.
[[nodiscard]] Result<Weights> checkWeights(const Network& network, Weights weights, const std::string& where);

} // namespace palimpsest
