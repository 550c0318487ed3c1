// SPDX-License-Identifier: Apache-2.0
#include "core/nn/functional.h"

#include <stdexcept>
#include <string>

namespace palimpsest::nn {

std::vector<at::Tensor> bindTensors(const Network& network, std::span<const std::int64_t> offsets,
    const at::Tensor& values, const at::Tensor& gradients)
{
    if (offsets.size() != network.tensors.size())
        throw std::invalid_argument("bindTensors: " + std::to_string(offsets.size()) + " offsets for "
            + std::to_string(network.tensors.size()) + " tensors");
    std::vector<at::Tensor> tensors;
    for (std::size_t i = 0; i < offsets.size(); ++i) {
        const TensorSpec& spec = network.tensors[i];
        // variable_data() gives each leaf its own version counter: running statistics change in place between
        // the use of a weight of the same buffer and its backward pass.
        const auto part = [&](const at::Tensor& buffer) {
            return buffer.narrow(0, offsets[i], spec.size()).view(spec.shape).variable_data();
        };
        at::Tensor tensor = part(values);
        if (!isState(spec.role)) {
            tensor.set_requires_grad(true);
            tensor.mutable_grad() = part(gradients);
        }
        tensors.push_back(std::move(tensor));
    }
    return tensors;
}

FlatNetwork makeFlatNetwork(
    const Network& network, std::span<const std::int64_t> offsets, std::int64_t size, at::Device device)
{
    FlatNetwork flat;
    flat.values = at::zeros({ size }, at::device(device).dtype(at::kFloat));
    flat.gradients = at::zeros_like(flat.values);
    flat.tensors = bindTensors(network, offsets, flat.values, flat.gradients);
    return flat;
}

FlatNetwork makeFlatNetwork(const Network& network, at::Device device)
{
    std::vector<std::int64_t> offsets(network.tensors.size());
    std::int64_t size = 0;
    for (const bool state : { false, true })
        for (std::size_t i = 0; i < offsets.size(); ++i)
            if (isState(network.tensors[i].role) == state) {
                offsets[i] = size;
                size += network.tensors[i].size();
            }
    return makeFlatNetwork(network, offsets, size, device);
}

void loadWeights(FlatNetwork& flat, const Weights& weights)
{
    if (weights.tensors.size() != flat.tensors.size())
        throw std::invalid_argument("loadWeights: " + std::to_string(weights.tensors.size()) + " tensors for "
            + std::to_string(flat.tensors.size()));
    const at::NoGradGuard noGrad;
    for (std::size_t i = 0; i < flat.tensors.size(); ++i) {
        const at::Tensor source = viewOf(weights.tensors[i]);
        if (source.sizes() != flat.tensors[i].sizes())
            throw std::invalid_argument("loadWeights: '" + weights.tensors[i].name + "' has another shape");
        flat.tensors[i].copy_(source);
    }
}

Weights storeWeights(const Network& network, const FlatNetwork& flat)
{
    Weights weights;
    const at::NoGradGuard noGrad;
    for (std::size_t i = 0; i < flat.tensors.size(); ++i) {
        const TensorSpec& spec = network.tensors.at(i);
        const at::Tensor values = flat.tensors[i].detach().to(at::kCPU).contiguous();
        const float* first = values.const_data_ptr<float>();
        weights.tensors.push_back(
            { spec.name, spec.shape, std::vector<float>(first, first + values.numel()) });
    }
    return weights;
}

at::Tensor viewOf(const Tensor& tensor)
{
    // from_blob() wants a mutable pointer; nothing writes through the view of a constant tensor.
    return at::from_blob(const_cast<float*>(tensor.values.data()), tensor.shape, at::kFloat);
}

std::vector<at::Tensor> viewsOf(const Weights& weights)
{
    std::vector<at::Tensor> views;
    views.reserve(weights.tensors.size());
    for (const Tensor& tensor : weights.tensors)
        views.push_back(viewOf(tensor));
    return views;
}

std::vector<at::Tensor> tensorsOn(const Weights& weights, at::Device device)
{
    std::vector<at::Tensor> tensors = viewsOf(weights);
    for (at::Tensor& tensor : tensors)
        tensor = tensor.to(device);
    return tensors;
}

} // namespace palimpsest::nn
