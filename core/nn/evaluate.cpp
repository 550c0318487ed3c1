// SPDX-License-Identifier: Apache-2.0
#include "core/nn/evaluate.h"

#include "core/nn/compute_device.h"
#include "core/nn/functional.h"
#include "core/nn/score.h"

#include <algorithm>
#include <utility>

namespace palimpsest {
namespace {

constexpr std::int64_t kBatch = 100; ///< larger ones are slower: their activations leave the caches
constexpr std::int64_t kCudaBatch = 2000; ///< smaller ones leave most of a GPU idle

/// Calls `use` with the logits and the position of each batch.
template <class Use>
Status forEachBatch(const Network& network, std::span<const at::Tensor> tensors, const at::Tensor& inputs,
    const std::stop_token& stop, const Use& use)
{
    const at::NoGradGuard noGrad;
    const std::int64_t count = inputs.size(0);
    const std::int64_t batch = inputs.is_cuda() ? kCudaBatch : kBatch;
    for (std::int64_t first = 0; first < count; first += batch) {
        if (stop.stop_requested())
            return canceled();
        const std::int64_t size = std::min(batch, count - first);
        use(nn::forward(network, tensors, inputs.narrow(0, first, size)), first, size);
    }
    return success();
}

/// Samples and weights of a request as tensors; on the CPU they share their memory.
struct Request {
    Weights weights;
    std::vector<at::Tensor> tensors;
    at::Tensor inputs;
};

Result<Request> makeRequest(
    const Network& network, const Weights& weights, const LabelledSamples& samples, const JobContext& context)
{
    PALIMPSEST_CHECK(nn::checkSamples(network, samples, network.name));
    PALIMPSEST_TRY(Weights checked, checkWeights(network, weights, network.name));
    const at::Device device = nn::computeDevice(context.device()).torch;
    Request request { std::move(checked), {}, nn::inputTensor(samples).to(device) };
    request.tensors = nn::tensorsOn(request.weights, device);
    return request;
}

} // namespace

Result<Score> nn::scoreTensors(const Network& network, std::span<const at::Tensor> tensors,
    const at::Tensor& inputs, const at::Tensor& labels, const std::stop_token& stop,
    const std::function<void(double)>& progress)
{
    Score score;
    score.samples = inputs.size(0);
    // On the device: reading each batch's would wait for it.
    at::Tensor loss = at::zeros({}, inputs.options().dtype(at::kDouble));
    at::Tensor correct = at::zeros({}, inputs.options().dtype(at::kLong));
    const auto add = [&](const at::Tensor& logits, std::int64_t first, std::int64_t size) {
        const at::Tensor expected = labels.narrow(0, first, size);
        loss.add_(at::cross_entropy_loss(logits, expected, {}, at::Reduction::Sum));
        correct.add_(logits.argmax(1).eq(expected).sum());
        if (progress)
            progress(static_cast<double>(first + size) / static_cast<double>(score.samples));
    };
    PALIMPSEST_CHECK(forEachBatch(network, tensors, inputs, stop, add));
    score.loss = loss.item<double>() / static_cast<double>(std::max<std::int64_t>(score.samples, 1));
    score.correct = correct.item<std::int64_t>();
    return score;
}

Result<Score> evaluateNetwork(
    const Network& network, const Weights& weights, const LabelledSamples& samples, const JobContext& context)
{
    PALIMPSEST_TRY(const Request request, makeRequest(network, weights, samples, context));
    return nn::scoreTensors(network, request.tensors, request.inputs,
        nn::labelTensor(samples).to(request.inputs.device()), context.stopToken(),
        [&](double done) { context.setProgress(done, "scoring"); });
}

Result<std::vector<float>> networkLogits(
    const Network& network, const Weights& weights, const LabelledSamples& samples, const JobContext& context)
{
    PALIMPSEST_TRY(const Request request, makeRequest(network, weights, samples, context));
    std::vector<float> logits(samples.count() * static_cast<std::size_t>(network.classes()));
    at::Tensor out = at::from_blob(
        logits.data(), { static_cast<std::int64_t>(samples.count()), network.classes() }, at::kFloat);
    const auto keep = [&](const at::Tensor& batch, std::int64_t first, std::int64_t size) {
        out.narrow(0, first, size).copy_(batch);
    };
    PALIMPSEST_CHECK(forEachBatch(network, request.tensors, request.inputs, context.stopToken(), keep));
    return logits;
}

} // namespace palimpsest
