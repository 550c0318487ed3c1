// SPDX-License-Identifier: Apache-2.0
#include "core/nn/functional.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>
#include <utility>

namespace palimpsest::nn {
namespace {

/// A layer's numbers for the two axes of an image: sequences are images of height 1.
std::array<std::int64_t, 2> axes(const Shape& given, std::int64_t fallback, std::int64_t alongHeight)
{
    if (given.empty())
        return { fallback, fallback };
    return given.size() == 1 ? std::array { alongHeight, given[0] } : std::array { given[0], given[1] };
}

/// Padding of a layer on both sides of height and width: sequences are images of height 1.
struct WindowSides {
    std::array<std::int64_t, 2> before {}, after {};
    [[nodiscard]] bool areEqual() const { return before == after; }
};

/// @param layer  completed: its kernel, or the doubled padding of Pad, tells how many axes there are
WindowSides sidesOf(const Layer& layer)
{
    const std::size_t axes = layer.kind == LayerKind::Pad ? layer.padding.size() / 2 : layer.kernel.size();
    WindowSides sides;
    for (std::size_t axis = 0; axis < axes; ++axis) {
        const Sides given = paddingOf(layer, axis, axes);
        sides.before.at(2 - axes + axis) = given.before;
        sides.after.at(2 - axes + axis) = given.after;
    }
    return sides;
}

at::Tensor pad(const at::Tensor& images, const WindowSides& sides, double value)
{
    return at::constant_pad_nd(
        images, { sides.before[1], sides.after[1], sides.before[0], sides.after[0] }, value);
}

/// Sequences [batch, C, L] as images [batch, C, 1, L]; on the CPU all images in channels-last memory, in which the
/// convolutions and pools of LibTorch are up to ten times as fast.
at::Tensor toImages(const at::Tensor& x)
{
    if (x.dim() < 3)
        return x;
    const at::Tensor images = x.dim() == 3 ? x.unsqueeze(2) : x;
    if (!images.is_cpu())
        return images;
    if (images.size(1) == 1
        && images.is_contiguous()) // contiguous() would not change the strides, which decide
        return images.as_strided(images.sizes(), { images.stride(0), 1, images.stride(2), 1 });
    return images.contiguous(at::MemoryFormat::ChannelsLast);
}

/// One run of a network: hands each layer what it reads and its tensors in order, and keeps outputs as long as a later
/// layer reads them.
class Pass {
public:
    Pass(const Network& network, std::span<const at::Tensor> tensors, const ForwardOptions& options)
        : m_network(network)
        , m_tensors(tensors)
        , m_options(options)
        , m_outputs(network.layers.size())
        , m_readers(network.layers.size(), 0)
    {
        if (tensors.size() != network.tensors.size())
            throw std::invalid_argument("forward: " + std::to_string(tensors.size())
                + " tensors for network '" + network.name + "', which needs "
                + std::to_string(network.tensors.size()));
        if (network.sources.size() != network.layers.size())
            throw std::invalid_argument("forward: network '" + network.name + "' is not completed");
        for (const std::vector<std::size_t>& sources : network.sources)
            for (const std::size_t source : sources)
                if (source != kInputSource)
                    ++m_readers.at(source);
    }

    at::Tensor run(const at::Tensor& input)
    {
        m_input = toImages(input);
        for (m_index = 0; m_index < m_network.layers.size(); ++m_index) {
            const std::size_t used = m_used;
            const at::Tensor x = read(0);
            at::Tensor y = apply(m_network.layers[m_index], x);
            if (m_options.tape != nullptr)
                record(x, y, m_used != used);
            m_outputs[m_index] = std::move(y);
            for (const std::size_t source : m_network.sources[m_index])
                if (source != kInputSource && --m_readers[source] == 0)
                    m_outputs[source].reset();
        }
        return m_outputs.back();
    }

private:
    /// What the layer under work reads, the first or another one.
    const at::Tensor& read(std::size_t which) const
    {
        const std::size_t source = m_network.sources[m_index].at(which);
        return source == kInputSource ? m_input : m_outputs[source];
    }

    const at::Tensor& take() { return m_tensors[m_used++]; }
    bool isTensorFlow() const { return m_network.layout == TensorLayout::TensorFlow; }

    void record(const at::Tensor& x, at::Tensor& y, bool hasTensors)
    {
        if (hasTensors && at::GradMode::is_enabled() && !y.requires_grad())
            y.set_requires_grad(true);
        m_options.tape->inputs.push_back(x);
        m_options.tape->outputs.push_back(y);
    }

    at::Tensor apply(const Layer& layer, const at::Tensor& x)
    {
        switch (layer.kind) {
        case LayerKind::Conv1d:
        case LayerKind::Conv2d:
            return convolution(layer, x);
        case LayerKind::Linear: {
            const at::Tensor& weight = take();
            return at::linear(
                x, isTensorFlow() ? weight.t() : weight, layer.bias ? std::optional(take()) : std::nullopt);
        }
        case LayerKind::MaxPool:
        case LayerKind::AveragePool:
            return pool(layer, x);
        case LayerKind::GlobalAveragePool:
            return x.dim() > 2 ? x.flatten(2).mean(-1) : x;
        case LayerKind::BatchNorm:
            return batchNorm(layer, x);
        case LayerKind::Scale:
            return scale(x);
        case LayerKind::LeakyRelu:
            return at::leaky_relu(x, layer.slope);
        case LayerKind::Relu:
            return at::relu(x);
        case LayerKind::Sigmoid:
            return at::sigmoid(x);
        case LayerKind::Tanh:
            return at::tanh(x);
        case LayerKind::Dropout:
            return dropout(layer, x);
        case LayerKind::Flatten:
            return flat(x);
        case LayerKind::Add:
            return x + read(1);
        case LayerKind::Concat:
            return concat();
        case LayerKind::Clip:
            return clip(layer, x);
        case LayerKind::Softmax:
            return at::softmax(x, 1);
        case LayerKind::Pad:
            return pad(x, sidesOf(layer), layer.value);
        case LayerKind::Reshape:
            return reshape(layer, x);
        case LayerKind::Permute:
            return permute(layer, x);
        }
        throw std::invalid_argument("forward: unknown kind of layer '" + layer.name + "'");
    }

    at::Tensor convolution(const Layer& layer, const at::Tensor& x)
    {
        at::Tensor weight = take();
        if (weight.dim() == 3)
            weight = weight.unsqueeze(isTensorFlow() ? 0 : 2);
        if (isTensorFlow())
            weight = weight.permute({ 3, 2, 0, 1 });
        const auto bias = layer.bias ? std::optional(take()) : std::nullopt;
        const WindowSides sides = sidesOf(layer);
        const bool equal = sides.areEqual();
        return at::conv2d(equal ? x : pad(x, sides, 0.0), weight, bias, axes(layer.stride, 1, 1),
            equal ? sides.before : std::array<std::int64_t, 2> {}, axes(layer.dilation, 1, 1), layer.groups);
    }

    /// LibTorch's pools take equal padding up to half of the kernel; any other is put around the input first.
    at::Tensor pool(const Layer& layer, const at::Tensor& x) const
    {
        const auto kernel = axes(layer.kernel, 1, 1);
        const auto stride = layer.stride.empty() ? kernel : axes(layer.stride, 1, 1);
        const WindowSides sides = sidesOf(layer);
        const bool isPlain
            = sides.areEqual() && sides.before[0] <= kernel[0] / 2 && sides.before[1] <= kernel[1] / 2;
        if (layer.kind == LayerKind::MaxPool)
            return isPlain
                ? at::max_pool2d(x, kernel, stride, sides.before)
                : at::max_pool2d(pad(x, sides, -std::numeric_limits<double>::infinity()), kernel, stride);
        if (isPlain)
            return at::avg_pool2d(x, kernel, stride, sides.before, /*ceil_mode=*/false, layer.countPadding);
        const at::Tensor mean = at::avg_pool2d(pad(x, sides, 0.0), kernel, stride);
        if (layer.countPadding)
            return mean;
        const at::Tensor inside = at::ones({ 1, 1, x.size(2), x.size(3) }, x.options().requires_grad(false));
        return mean / at::avg_pool2d(pad(inside, sides, 0.0), kernel, stride);
    }

    at::Tensor concat() const
    {
        std::vector<at::Tensor> parts;
        for (std::size_t i = 0; i < m_network.sources[m_index].size(); ++i)
            parts.push_back(read(i));
        return at::cat(parts, 1);
    }

    static at::Tensor clip(const Layer& layer, const at::Tensor& x)
    {
        const auto bound = [](double value) {
            return std::isinf(value) ? std::nullopt : std::optional<at::Scalar>(value);
        };
        const auto minimum = bound(layer.minimum);
        const auto maximum = bound(layer.maximum);
        return minimum || maximum ? at::clamp(x, minimum, maximum) : x;
    }

    at::Tensor flat(const at::Tensor& x) const
    {
        return (isTensorFlow() && x.dim() > 2 ? x.movedim(1, -1) : x).flatten(1);
    }

    /// The numbers in the order in which flat() gives them.
    at::Tensor reshape(const Layer& layer, const at::Tensor& x) const
    {
        Shape shape { x.size(0) };
        shape.insert(shape.end(), layer.shape.begin(), layer.shape.end());
        if (isTensorFlow() && shape.size() > 2)
            std::rotate(shape.begin() + 1, shape.begin() + 2, shape.end());
        const at::Tensor y = flat(x).reshape(shape);
        return toImages(isTensorFlow() && shape.size() > 2 ? y.movedim(-1, 1) : y);
    }

    at::Tensor permute(const Layer& layer, const at::Tensor& x) const
    {
        Shape order { 0 };
        for (const std::int64_t axis : layer.order)
            order.push_back(axis + 1);
        const bool isSequence = order.size() == 3; // held as an image of height 1
        return toImages((isSequence ? x.squeeze(2) : x).permute(order));
    }

    at::Tensor batchNorm(const Layer& layer, const at::Tensor& x)
    {
        const at::Tensor& scale = take();
        const at::Tensor& shift = take();
        const at::Tensor& mean = take();
        const at::Tensor& variance = take();
        return at::batch_norm(
            x, scale, shift, mean, variance, m_options.training, layer.momentum, layer.epsilon, false);
    }

    at::Tensor scale(const at::Tensor& x)
    {
        Shape perChannel(static_cast<std::size_t>(x.dim()), 1);
        perChannel[1] = x.size(1);
        const at::Tensor& weight = take();
        return x * weight.view(perChannel) + take().view(perChannel);
    }

    at::Tensor dropout(const Layer& layer, const at::Tensor& x) const
    {
        if (!m_options.training || layer.probability <= 0.0)
            return x;
        if (!m_options.generator)
            throw std::invalid_argument("forward: dropout in training needs a generator");
        const double kept = 1.0 - layer.probability;
        if (kept <= 0.0)
            return x * 0.0;
        at::Tensor mask = at::empty_like(x, x.options().requires_grad(false));
        mask.bernoulli_(kept, m_options.generator).mul_(1.0 / kept);
        return x * mask;
    }

    const Network& m_network;
    std::span<const at::Tensor> m_tensors;
    const ForwardOptions& m_options;
    std::size_t m_used = 0;
    at::Tensor m_input;
    std::size_t m_index = 0; ///< of the layer under work
    std::vector<at::Tensor> m_outputs; ///< one a layer; empty once no later layer reads it
    std::vector<std::size_t> m_readers; ///< how many later layers read the output
};

} // namespace

at::Tensor forward(const Network& network, std::span<const at::Tensor> tensors, const at::Tensor& input,
    const ForwardOptions& options)
{
    return Pass(network, tensors, options).run(input);
}

} // namespace palimpsest::nn
