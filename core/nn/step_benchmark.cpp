// SPDX-License-Identifier: Apache-2.0
#include "core/nn/joint.h"
#include "core/nn/joint_run.h"

#include <algorithm>
#include <chrono>
#include <memory>
#include <numeric>
#include <utility>
#include <vector>

namespace palimpsest {
namespace {

using Seconds = std::chrono::duration<double>;

/// A stand-alone network in training, as trainNetwork() does it: the plain rival of a joint step.
class SeparateTraining {
public:
    SeparateTraining(const JointTask& task, double weightDecay)
        : m_network(*task.network)
        , m_flat(nn::makeFlatNetwork(*task.network))
        , m_adam({ m_flat.values }, weightDecay)
    {
        nn::loadWeights(m_flat, *task.standalone);
    }

    double step(const nn::TaskFeed::Minibatch& batch, const at::Generator& generator, double rate)
    {
        m_flat.gradients.zero_();
        const at::Tensor logits = nn::forward(
            m_network, m_flat.tensors, batch.input, { .training = true, .generator = generator });
        const at::Tensor loss = at::cross_entropy_loss(logits, batch.labels);
        loss.backward();
        m_adam.step({ m_flat.gradients }, rate);
        return loss.item<double>();
    }

private:
    const Network& m_network;
    nn::FlatNetwork m_flat;
    nn::FusedAdam m_adam;
};

double median(std::vector<double> values)
{
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

template <class Work> double timed(const Work& work)
{
    const auto start = std::chrono::steady_clock::now();
    work();
    return Seconds(std::chrono::steady_clock::now() - start).count();
}

} // namespace

Result<StepBenchmark> benchmarkStep(
    const JointRequest& request, std::int64_t repetitions, const JobContext& context)
{
    PALIMPSEST_CHECK(nn::checkJointRequest(request));
    if (repetitions < 1)
        return badInput("the number of repetitions must be at least 1, got " + std::to_string(repetitions));
    constexpr std::int64_t kWarmUp = 3; // caches of the allocator and of the convolutions fill
    const OptimisationSettings& settings = request.settings;
    const std::unique_ptr<Backend> backend = makeCpuBackend();
    std::vector<std::size_t> all(request.tasks.size());
    std::iota(all.begin(), all.end(), std::size_t { 0 });
    nn::JointModel model(request.tasks, all, *backend, settings.weightDecay);
    model.load(request.start);
    std::vector<SeparateTraining> separate;
    std::vector<nn::TaskFeed> feeds;
    for (const JointTask& task : request.tasks) {
        separate.emplace_back(task, settings.weightDecay);
        feeds.emplace_back(task, settings.batch, request.seed);
    }

    std::vector<double> jointTimes, separateTimes;
    for (std::int64_t i = -kWarmUp; i < repetitions; ++i) {
        if (context.isCanceled())
            return canceled();
        std::vector<nn::TaskFeed::Minibatch> batches;
        for (nn::TaskFeed& feed : feeds)
            batches.push_back(feed.next());
        const auto jointStep = [&] {
            model.zeroGradients();
            for (const std::size_t task : all)
                (void)model
                    .addGradient(task, batches[task].input, batches[task].labels, feeds[task].generator())
                    .item<double>();
            model.applyGradients(settings.learningRate);
        };
        const auto separateSteps = [&] {
            for (const std::size_t task : all)
                (void)separate[task].step(batches[task], feeds[task].generator(), settings.learningRate);
        };
        // Which of the two goes first alternates: neither always finds the other's caches.
        double joint = 0.0, apart = 0.0;
        if (i % 2 == 0) {
            joint = timed(jointStep);
            apart = timed(separateSteps);
        } else {
            apart = timed(separateSteps);
            joint = timed(jointStep);
        }
        if (i >= 0) {
            jointTimes.push_back(joint);
            separateTimes.push_back(apart);
            context.setProgress(static_cast<double>(i + 1) / static_cast<double>(repetitions), "steps");
        }
    }
    return StepBenchmark { median(std::move(jointTimes)), median(std::move(separateTimes)), repetitions };
}

} // namespace palimpsest
