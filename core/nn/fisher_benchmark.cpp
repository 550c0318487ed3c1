// SPDX-License-Identifier: Apache-2.0
#include "core/nn/compute_device.h"
#include "core/nn/fisher.h"
#include "core/nn/fisher_labels.h"
#include "core/nn/functional.h"

#include <algorithm>
#include <chrono>
#include <limits>

namespace palimpsest {
namespace {

constexpr int kRuns = 3;

/// One ordinary forward and backward pass over the samples of the draws.
Status runPass(const Network& network, nn::FlatNetwork& flat, const LabelledSamples& train,
    const nn::FisherDraws& draws, std::int64_t batch, const JobContext& context)
{
    const at::AutoGradMode gradMode(true);
    const at::Device device = flat.values.device();
    const at::Tensor inputs = nn::inputTensor(train).to(device);
    const at::Tensor labels = nn::labelTensor(train).to(device);
    for (std::int64_t first = 0; first < draws.count(); first += batch) {
        if (context.isCanceled())
            return canceled();
        const at::Tensor indices = draws.samples(first, std::min(batch, draws.count() - first)).to(device);
        const at::Tensor logits = nn::forward(network, flat.tensors, inputs.index_select(0, indices));
        at::cross_entropy_loss(logits, labels.index_select(0, indices), {}, at::Reduction::Sum).backward();
    }
    (void)flat.gradients.sum().item<float>(); // waits for the device
    return success();
}

template <class Work> Status keepLeastTime(double& seconds, const Work& work)
{
    const auto start = std::chrono::steady_clock::now();
    PALIMPSEST_CHECK(work());
    seconds
        = std::min(seconds, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    return success();
}

} // namespace

Result<FisherBenchmark> benchmarkFisher(const Network& network, const Weights& weights,
    const LabelledSamples& train, const FisherSettings& settings, std::uint64_t seed,
    const JobContext& context)
{
    PALIMPSEST_CHECK(nn::checkSamples(network, train, network.name));
    PALIMPSEST_TRY(const Weights checked, checkWeights(network, weights, network.name));
    nn::FlatNetwork flat = nn::makeFlatNetwork(network, nn::computeDevice(context.device()).torch);
    nn::loadWeights(flat, checked);
    const nn::FisherDraws draws(static_cast<std::int64_t>(train.count()), settings, seed);

    FisherBenchmark times { draws.count(), std::numeric_limits<double>::infinity(),
        std::numeric_limits<double>::infinity() };
    for (int run = 0; run < kRuns; ++run) {
        const JobContext part = context.part(run / double { kRuns }, (run + 1) / double { kRuns });
        PALIMPSEST_CHECK(keepLeastTime(
            times.passSeconds, [&] { return runPass(network, flat, train, draws, settings.batch, part); }));
        PALIMPSEST_CHECK(keepLeastTime(times.fisherSeconds, [&]() -> Status {
            const auto outcome = computeFisher(network, checked, train, settings, seed, part);
            return outcome.ok() ? success() : Status(outcome.error());
        }));
    }
    return times;
}

} // namespace palimpsest
