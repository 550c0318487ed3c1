// SPDX-License-Identifier: Apache-2.0
#include "core/nn/fisher.h"

#include "core/nn/compute_device.h"
#include "core/nn/fisher_labels.h"
#include "core/nn/functional.h"
#include "core/nn/layer_fisher.h"

#include <algorithm>
#include <functional>
#include <utility>

namespace palimpsest {
namespace {

/// Index into Network::tensors of each trainable tensor.
std::vector<std::size_t> trainable(const Network& network)
{
    std::vector<std::size_t> indices;
    for (std::size_t i = 0; i < network.tensors.size(); ++i)
        if (!isState(network.tensors[i].role))
            indices.push_back(i);
    return indices;
}

/// Layers that have tensors.
std::vector<std::size_t> layersWithTensors(const Network& network)
{
    std::vector<std::size_t> layers;
    for (const TensorSpec& spec : network.tensors)
        if (layers.empty() || layers.back() != spec.layer)
            layers.push_back(spec.layer);
    return layers;
}

/// Sums of squares in float64, one a trainable tensor.
class SquareSums {
public:
    SquareSums(const Network& network, at::Device device)
        : m_network(network)
        , m_indices(trainable(network))
    {
        for (const std::size_t i : m_indices)
            m_sums.push_back(at::zeros(network.tensors[i].shape, at::device(device).dtype(at::kDouble)));
    }

    void add(std::size_t i, const at::Tensor& squares) { m_sums.at(i).add_(squares); }

    Weights mean(std::int64_t samples) const
    {
        Weights fisher;
        for (std::size_t i = 0; i < m_indices.size(); ++i) {
            const TensorSpec& spec = m_network.tensors[m_indices[i]];
            const at::Tensor values
                = (m_sums[i] / static_cast<double>(samples)).to(at::kCPU, at::kFloat).contiguous();
            const float* first = values.const_data_ptr<float>();
            fisher.tensors.push_back(
                { spec.name, spec.shape, std::vector<float>(first, first + values.numel()) });
        }
        return fisher;
    }

private:
    const Network& m_network;
    std::vector<std::size_t> m_indices;
    std::vector<at::Tensor> m_sums;
};

/// Adds one batch: a forward pass, and for each list of labels a backward pass that stops at the layers' outputs.
void addBatch(const Network& network, std::span<const at::Tensor> tensors, const at::Tensor& inputs,
    const nn::FisherDraws& draws, std::int64_t first, SquareSums& sums)
{
    nn::Tape tape;
    nn::ForwardOptions options;
    options.tape = &tape;
    const at::Tensor logits = nn::forward(network, tensors, inputs, options);
    const at::Tensor probabilities = logits.detach().softmax(1);
    const std::vector<std::size_t> layers = layersWithTensors(network);
    std::vector<at::Tensor> outputs;
    for (const std::size_t layer : layers)
        outputs.push_back(tape.outputs[layer]);

    for (const at::Tensor& labels : draws.labels(first, logits)) {
        // d log p_y / d logits = e_y - p; its root weight stands before it, as it is squared later.
        at::Tensor signal = -probabilities;
        signal.scatter_add_(1, labels.unsqueeze(1), at::ones_like(labels, signal.options()).unsqueeze(1));
        signal.mul_(draws.weights(probabilities, labels).sqrt().unsqueeze(1));
        const auto gradients = torch::autograd::grad({ logits }, outputs, { signal }, /*retain_graph=*/true);
        std::size_t next = 0;
        for (std::size_t i = 0; i < layers.size(); ++i)
            for (const at::Tensor& squares :
                nn::squaredGradients(network, layers[i], tensors, tape.inputs[layers[i]], gradients[i]))
                sums.add(next++, squares);
    }
}

/// Adds one sample by an ordinary backward pass to the weights.
void addSample(const Network& network, std::span<const at::Tensor> leaves, const at::Tensor& input,
    const nn::FisherDraws& draws, std::int64_t first, SquareSums& sums)
{
    const at::Tensor logits = nn::forward(network, leaves, input);
    const at::Tensor logLikelihoods = logits.log_softmax(1);
    std::vector<at::Tensor> wanted;
    for (const std::size_t i : trainable(network))
        wanted.push_back(leaves[i]);
    for (const at::Tensor& labels : draws.labels(first, logits)) {
        const at::Tensor chosen = logLikelihoods.gather(1, labels.unsqueeze(1)).sum();
        const double weight = draws.weights(logits.detach().softmax(1), labels).item<double>();
        const auto gradients = torch::autograd::grad({ chosen }, wanted, {}, /*retain_graph=*/true);
        for (std::size_t i = 0; i < gradients.size(); ++i)
            sums.add(i, gradients[i].to(at::kDouble).square().mul(weight));
    }
}

using AddBatch = std::function<void(const Network&, std::span<const at::Tensor>, const at::Tensor&,
    const nn::FisherDraws&, std::int64_t, SquareSums&)>;

Result<FisherOutcome> compute(const Network& network, const Weights& weights, const LabelledSamples& train,
    const FisherSettings& settings, std::uint64_t seed, const JobContext& context, std::int64_t batch,
    bool leaves, const AddBatch& add)
{
    PALIMPSEST_CHECK(nn::checkSamples(network, train, network.name));
    PALIMPSEST_TRY(const Weights checked, checkWeights(network, weights, network.name));
    const at::AutoGradMode gradMode(true);
    const at::Device device = nn::computeDevice(context.device()).torch;
    std::vector<at::Tensor> tensors = nn::tensorsOn(checked, device);
    if (leaves)
        for (const std::size_t i : trainable(network))
            tensors[i].set_requires_grad(true);
    const at::Tensor inputs = nn::inputTensor(train).to(device);
    const nn::FisherDraws draws(inputs.size(0), settings, seed);
    SquareSums sums(network, device);
    for (std::int64_t first = 0; first < draws.count(); first += batch) {
        if (context.isCanceled())
            return canceled();
        context.setProgress(
            static_cast<double>(first) / static_cast<double>(draws.count()), "Fisher information");
        const std::int64_t count = std::min(batch, draws.count() - first);
        add(network, tensors, inputs.index_select(0, draws.samples(first, count).to(device)), draws, first,
            sums);
    }
    return FisherOutcome { sums.mean(draws.count()), draws.count() };
}

} // namespace

Result<FisherOutcome> computeFisher(const Network& network, const Weights& weights,
    const LabelledSamples& train, const FisherSettings& settings, std::uint64_t seed,
    const JobContext& context)
{
    return compute(network, weights, train, settings, seed, context, settings.batch, false, addBatch);
}

Result<FisherOutcome> computeFisherPerSample(const Network& network, const Weights& weights,
    const LabelledSamples& train, const FisherSettings& settings, std::uint64_t seed,
    const JobContext& context)
{
    return compute(network, weights, train, settings, seed, context, 1, true, addSample);
}

} // namespace palimpsest
