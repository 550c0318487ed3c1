// SPDX-License-Identifier: Apache-2.0
#include "core/nn/layer_fisher.h"

#include <algorithm>
#include <stdexcept>
#include <string>

namespace palimpsest::nn {
namespace {

constexpr std::int64_t kChunkBytes = 4
    << 20; ///< windows and gradients of so many bytes are in work at a time
constexpr std::int64_t kCudaChunkBytes = 256
    << 20; ///< the same on a GPU, which has work for all of a batch at once
constexpr std::int64_t kFewChannels
    = 8; ///< below, windows are copied row by row of the image, not channel by channel

/// [batch, C, ...] -> [batch, C]
at::Tensor overPositions(const at::Tensor& x)
{
    return x.dim() > 2 ? x.flatten(2).sum(-1) : x;
}

at::Tensor squareSum(const at::Tensor& perSample)
{
    return perSample.square().sum(0);
}

/// Numbers of a convolution on [batch, C, H, W]; sequences have height 1.
struct Window {
    std::int64_t kernelHeight = 1, kernelWidth = 1;
    std::int64_t strideHeight = 1, strideWidth = 1;
    std::int64_t dilationHeight = 1, dilationWidth = 1;
    Sides paddingHeight, paddingWidth;
};

Window windowOf(const Layer& layer)
{
    const auto numberOr1 = [](const Shape& given, bool isLast) {
        return given.empty() ? 1 : isLast ? given.back() : given.front();
    };
    const std::size_t axes = layer.kernel.size();
    Window w;
    w.kernelWidth = layer.kernel.back();
    w.strideWidth = numberOr1(layer.stride, true);
    w.dilationWidth = numberOr1(layer.dilation, true);
    w.paddingWidth = paddingOf(layer, axes - 1, axes);
    if (layer.kind == LayerKind::Conv2d) {
        w.kernelHeight = layer.kernel.front();
        w.strideHeight = numberOr1(layer.stride, false);
        w.dilationHeight = numberOr1(layer.dilation, false);
        w.paddingHeight = paddingOf(layer, 0, axes);
    }
    return w;
}

/// Squares of a convolution's weight, [C, kh, kw, O].
///
/// The windows of a chunk of samples are a strided view of the padded input, copied to where one matrix product a sample
/// finds them: [position, kh, kw, C] or, with few channels, [C, kh, kw, position], whichever is copied in longer runs.
at::Tensor convolutionSquares(const Window& w, const at::Tensor& input, const at::Tensor& gradient)
{
    const std::int64_t batch = input.size(0);
    const std::int64_t channels = input.size(1);
    const std::int64_t outputs = gradient.size(1);
    const std::int64_t height = gradient.size(2);
    const std::int64_t width = gradient.size(3);
    const std::int64_t positions = height * width;
    const std::int64_t taps = channels * w.kernelHeight * w.kernelWidth;
    const bool rowByRow = channels < kFewChannels;

    const at::Tensor padded = at::constant_pad_nd(input,
        { w.paddingWidth.before, w.paddingWidth.after, w.paddingHeight.before, w.paddingHeight.after });
    const at::Tensor g = gradient.permute({ 0, 2, 3, 1 }).reshape({ batch, positions, outputs });
    const std::int64_t ofBatch = padded.stride(0);
    const std::int64_t ofChannel = padded.stride(1);
    const std::int64_t ofRow = padded.stride(2);
    const std::int64_t ofColumn = padded.stride(3);
    const auto windows = [&](std::int64_t first, std::int64_t count) {
        const std::int64_t offset = padded.storage_offset() + first * ofBatch;
        const std::int64_t rowStep = ofRow * w.strideHeight;
        const std::int64_t columnStep = ofColumn * w.strideWidth;
        const std::int64_t tapRow = ofRow * w.dilationHeight;
        const std::int64_t tapColumn = ofColumn * w.dilationWidth;
        return rowByRow ? padded.as_strided({ count, channels, w.kernelHeight, w.kernelWidth, height, width },
                   { ofBatch, ofChannel, tapRow, tapColumn, rowStep, columnStep }, offset)
                        : padded.as_strided({ count, height, width, w.kernelHeight, w.kernelWidth, channels },
                            { ofBatch, rowStep, columnStep, tapRow, tapColumn, ofChannel }, offset);
    };

    const std::int64_t bytesPerSample
        = (positions + outputs) * taps * static_cast<std::int64_t>(sizeof(float));
    const std::int64_t chunk = std::clamp<std::int64_t>(
        (input.is_cuda() ? kCudaChunkBytes : kChunkBytes) / bytesPerSample, 1, batch);
    const at::Tensor copied = at::empty({ chunk * positions * taps }, g.options());
    at::Tensor product = at::empty({ chunk, taps, outputs }, g.options());
    at::Tensor sum = at::zeros({ taps, outputs }, g.options());
    for (std::int64_t first = 0; first < batch; first += chunk) {
        const std::int64_t count = std::min(chunk, batch - first);
        const at::Tensor view = windows(first, count);
        at::Tensor columns = copied.narrow(0, 0, count * positions * taps).view(view.sizes());
        columns.copy_(view);
        columns = rowByRow ? columns.view({ count, taps, positions })
                           : columns.view({ count, positions, taps }).transpose(1, 2);
        at::Tensor part = product.narrow(0, 0, count);
        at::bmm_out(part, columns, g.narrow(0, first, count));
        sum.add_(part.square_().sum(0));
    }
    return rowByRow ? sum.view({ channels, w.kernelHeight, w.kernelWidth, outputs })
                    : sum.view({ w.kernelHeight, w.kernelWidth, channels, outputs }).permute({ 2, 0, 1, 3 });
}

/// The same where output block i reads input block i alone: [C / groups, kh, kw, O].
at::Tensor groupedSquares(const Layer& layer, const at::Tensor& input, const at::Tensor& gradient)
{
    const Window window = windowOf(layer);
    if (layer.groups == 1)
        return convolutionSquares(window, input, gradient);
    const std::vector<at::Tensor> inputs = input.chunk(layer.groups, 1);
    const std::vector<at::Tensor> gradients = gradient.chunk(layer.groups, 1);
    std::vector<at::Tensor> squares;
    for (std::size_t i = 0; i < inputs.size(); ++i)
        squares.push_back(convolutionSquares(window, inputs[i], gradients[i]));
    return at::cat(squares, 3);
}

/// [C, kh, kw, O] -> the shape and layout of the layer's weight.
at::Tensor inLayout(const Network& network, LayerKind kind, const at::Tensor& squares)
{
    const bool tensorFlow = network.layout == TensorLayout::TensorFlow;
    const at::Tensor ordered = tensorFlow ? squares.permute({ 1, 2, 0, 3 }) : squares.permute({ 3, 0, 1, 2 });
    return kind == LayerKind::Conv1d ? ordered.squeeze(tensorFlow ? 0 : 2) : ordered;
}

at::Tensor linearSquares(const Network& network, const at::Tensor& input, const at::Tensor& gradient)
{
    const at::Tensor a = input.square();
    const at::Tensor g = gradient.square();
    return network.layout == TensorLayout::TensorFlow ? at::mm(a.t(), g) : at::mm(g.t(), a);
}

at::Tensor normalised(
    const Layer& layer, const at::Tensor& x, const at::Tensor& mean, const at::Tensor& variance)
{
    Shape perChannel(static_cast<std::size_t>(x.dim()), 1);
    perChannel[1] = x.size(1);
    const at::Tensor scale = (variance + layer.epsilon).rsqrt();
    return (x - mean.view(perChannel)) * scale.view(perChannel);
}

} // namespace

std::vector<at::Tensor> squaredGradients(const Network& network, std::size_t layer,
    std::span<const at::Tensor> tensors, const at::Tensor& input, const at::Tensor& gradient)
{
    const at::NoGradGuard noGrad;
    const Layer& description = network.layers.at(layer);
    std::vector<at::Tensor> squares;
    switch (description.kind) {
    case LayerKind::Linear:
        squares.push_back(linearSquares(network, input, gradient));
        break;
    case LayerKind::Conv1d:
    case LayerKind::Conv2d:
        squares.push_back(inLayout(network, description.kind, groupedSquares(description, input, gradient)));
        break;
    case LayerKind::BatchNorm: {
        const auto stateOf = [&](TensorRole role) -> const at::Tensor& {
            for (std::size_t i = 0; i < network.tensors.size(); ++i)
                if (network.tensors[i].layer == layer && network.tensors[i].role == role)
                    return tensors[i];
            throw std::invalid_argument(
                "squaredGradients: layer '" + description.name + "' has no running statistics");
        };
        const at::Tensor x = normalised(
            description, input, stateOf(TensorRole::RunningMean), stateOf(TensorRole::RunningVariance));
        squares.push_back(squareSum(overPositions(gradient * x)));
        break;
    }
    case LayerKind::Scale:
        squares.push_back(squareSum(overPositions(gradient * input)));
        break;
    default:
        throw std::invalid_argument("squaredGradients: layer '" + description.name + "' has no weights");
    }
    if (description.kind == LayerKind::BatchNorm || description.kind == LayerKind::Scale || description.bias)
        squares.push_back(squareSum(overPositions(gradient)));
    return squares;
}

} // namespace palimpsest::nn
