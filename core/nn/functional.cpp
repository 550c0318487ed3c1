// SPDX-License-Identifier: Apache-2.0
#include "core/nn/functional.h"

#include <algorithm>
#include <array>
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

/// One run of a network: hands each layer its tensors in order.
class Pass {
public:
    Pass(const Network& network, std::span<const at::Tensor> tensors, const ForwardOptions& options)
        : m_network(network)
        , m_tensors(tensors)
        , m_options(options)
    {
        if (tensors.size() != network.tensors.size())
            throw std::invalid_argument("forward: " + std::to_string(tensors.size())
                + " tensors for network '" + network.name + "', which needs "
                + std::to_string(network.tensors.size()));
        findBranches();
    }

    at::Tensor run(const at::Tensor& input)
    {
        at::Tensor x = toImages(input);
        for (std::size_t i = 0; i < m_network.layers.size(); ++i) {
            const std::size_t used = m_used;
            at::Tensor y = apply(m_network.layers[i], x);
            if (m_options.tape != nullptr)
                record(x, y, m_used != used);
            if (m_isBranch[i])
                m_branches[i] = y;
            x = std::move(y);
        }
        return x;
    }

private:
    /// Marks the layers whose output an Add wants later.
    void findBranches()
    {
        m_isBranch.resize(m_network.layers.size());
        m_branches.resize(m_network.layers.size());
        for (const Layer& layer : m_network.layers)
            if (layer.kind == LayerKind::Add)
                m_isBranch[indexOf(layer.from)] = true;
    }

    std::size_t indexOf(const std::string& name) const
    {
        const auto& layers = m_network.layers;
        const auto found
            = std::find_if(layers.begin(), layers.end(), [&](const Layer& l) { return l.name == name; });
        if (found == layers.end())
            throw std::invalid_argument(
                "forward: no layer '" + name + "' in network '" + m_network.name + "'");
        return static_cast<std::size_t>(found - layers.begin());
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
            return (isTensorFlow() && x.dim() > 2 ? x.movedim(1, -1) : x).flatten(1);
        case LayerKind::Add:
            return x + m_branches[indexOf(layer.from)];
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
        return at::conv2d(x, weight, bias, axes(layer.stride, 1, 1), axes(layer.padding, 0, 0));
    }

    static at::Tensor pool(const Layer& layer, const at::Tensor& x)
    {
        const auto kernel = axes(layer.kernel, 1, 1);
        const auto stride = layer.stride.empty() ? kernel : axes(layer.stride, 1, 1);
        const auto padding = axes(layer.padding, 0, 0);
        return layer.kind == LayerKind::MaxPool ? at::max_pool2d(x, kernel, stride, padding)
                                                : at::avg_pool2d(x, kernel, stride, padding);
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
    std::vector<bool> m_isBranch;
    std::vector<at::Tensor> m_branches;
};

} // namespace

at::Tensor forward(const Network& network, std::span<const at::Tensor> tensors, const at::Tensor& input,
    const ForwardOptions& options)
{
    return Pass(network, tensors, options).run(input);
}

} // namespace palimpsest::nn
