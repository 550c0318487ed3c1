// SPDX-License-Identifier: Apache-2.0
#include "core/nn/joint.h"
#include "core/nn/joint_loss.h"
#include "core/nn/joint_run.h"
#include "core/nn/recorded_step.h"

#include <algorithm>
#include <chrono>
#include <memory>
#include <numeric>
#include <utility>
#include <vector>

namespace palimpsest {
namespace {

using Seconds = std::chrono::duration<double>;

/// A stand-alone float32 network in training with the losses of the joint step: its plain rival.
class SeparateTraining {
public:
    SeparateTraining(const JointTask& task, const OptimisationSettings& settings, at::Device device)
        : m_network(*task.network)
        , m_settings(settings)
        , m_flat(nn::makeFlatNetwork(*task.network, device))
        , m_adam({ m_flat.values }, settings.weightDecay)
    {
        nn::loadWeights(m_flat, *task.standalone);
    }

    /// @return the loss, on the device
    at::Tensor step(const nn::TaskFeed::Minibatch& batch, const at::Generator& generator, double rate)
    {
        m_flat.gradients.zero_();
        const at::Tensor logits = nn::forward(
            m_network, m_flat.tensors, batch.input, { .training = true, .generator = generator });
        const nn::JointLoss loss
            = nn::jointLoss(logits, batch, m_settings.distillation, m_settings.temperature);
        loss.total.backward();
        m_adam.step({ m_flat.gradients }, rate);
        return loss.hard.detach();
    }

private:
    const Network& m_network;
    const OptimisationSettings& m_settings;
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
    const nn::ComputeDevice device = nn::computeDevice(context.device());
    // On CUDA the host queues steps without waiting: only many of them together can be timed.
    const std::int64_t stepsPerTime = device.isCuda() ? nn::RecordedStep::kBlock : 1;
    std::vector<std::size_t> all(request.tasks.size());
    std::iota(all.begin(), all.end(), std::size_t { 0 });
    nn::JointModel model(request.tasks, all, request.forms, settings, device);
    VirtualizedState start = request.start;
    findScales(start, request.forms);
    model.load(start);
    std::vector<SeparateTraining> separate;
    std::vector<nn::TaskFeed> feeds, separateFeeds;
    for (const JointTask& task : request.tasks) {
        separate.emplace_back(task, settings, device.torch);
        feeds.emplace_back(task, settings, request.seed, device);
        separateFeeds.emplace_back(task, settings, request.seed, device);
    }
    nn::RecordedStep recorded(model, feeds, device);
    const std::vector<float> rates(
        static_cast<std::size_t>(stepsPerTime), static_cast<float>(settings.learningRate));
    const auto jointSteps = [&] {
        recorded.beginBlock(rates);
        while (recorded.stepsLeft() > 0)
            recorded.run();
        (void)recorded.losses();
    };
    const auto separateSteps = [&] {
        std::vector<at::Tensor> losses;
        for (std::int64_t step = 0; step < stepsPerTime; ++step)
            for (const std::size_t task : all)
                losses.push_back(separate[task].step(
                    separateFeeds[task].next(), separateFeeds[task].generator(), settings.learningRate));
        (void)at::stack(losses).cpu();
    };

    std::vector<double> jointTimes, separateTimes;
    for (std::int64_t i = -kWarmUp; i < repetitions; ++i) {
        if (context.isCanceled())
            return canceled();
        // Which of the two goes first alternates: neither always finds the other's caches.
        double joint = 0.0, apart = 0.0;
        if (i % 2 == 0) {
            joint = timed(jointSteps);
            apart = timed(separateSteps);
        } else {
            apart = timed(separateSteps);
            joint = timed(jointSteps);
        }
        if (i >= 0) {
            jointTimes.push_back(joint / static_cast<double>(stepsPerTime));
            separateTimes.push_back(apart / static_cast<double>(stepsPerTime));
            context.setProgress(static_cast<double>(i + 1) / static_cast<double>(repetitions), "steps");
        }
    }
    return StepBenchmark { median(std::move(jointTimes)), median(std::move(separateTimes)), repetitions };
}

} // namespace palimpsest
