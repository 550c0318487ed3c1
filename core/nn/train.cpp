// SPDX-License-Identifier: Apache-2.0
#include "core/nn/train.h"

#include "core/base/random.h"
#include "core/nn/augmenter.h"
#include "core/nn/compute_device.h"
#include "core/nn/functional.h"
#include "core/nn/score.h"
#include "core/nn/snapshot_rule.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <string>
#include <thread>

namespace palimpsest {
namespace {

constexpr std::int64_t kLossPoints = 400; ///< about so many points has a live loss curve

/// One training run: what its steps share.
class Training {
public:
    Training(const TrainRequest& request, const JobContext& context)
        : m_request(request)
        , m_context(context)
        , m_device(nn::computeDevice(context.device()))
        , m_network(*request.network)
        , m_flat(nn::makeFlatNetwork(m_network, m_device.torch))
        , m_trained(m_flat.values.narrow(0, 0, m_network.trainableCount()))
        , m_gradients { m_flat.gradients.narrow(0, 0, m_network.trainableCount()) }
        , m_adam({ m_trained }, request.settings.weightDecay)
        , m_inputs(nn::inputTensor(*request.train).to(m_device.torch))
        , m_labels(nn::labelTensor(*request.train).to(m_device.torch))
        , m_validationInputs(nn::inputTensor(*request.validation).to(m_device.torch))
        , m_validationLabels(nn::labelTensor(*request.validation).to(m_device.torch))
        , m_batches(m_inputs.size(0), request.settings.batch, deriveSeed(request.seed, "batches"))
        , m_augmenter(
              request.augmentation, *request.train, deriveSeed(request.seed, "augmentation"), m_device)
    {
        m_forward.training = true;
        m_forward.generator = m_device.generator(deriveSeed(request.seed, "dropout"));
        const std::int64_t batch = std::min(request.settings.batch, m_inputs.size(0));
        m_stepsPerEpoch = (m_inputs.size(0) + batch - 1) / batch;
        m_steps = m_stepsPerEpoch * request.settings.epochs;
        nn::loadWeights(m_flat, initialWeights(m_network, deriveSeed(request.seed, "weights")));
    }

    Result<TrainOutcome> run()
    {
        TrainOutcome outcome;
        outcome.validationLoss = std::numeric_limits<double>::infinity();
        at::Tensor best;
        double bestQuality = -1.0;
        std::int64_t epochsWithoutGain = 0;
        for (std::int64_t epoch = 0; epoch < m_request.settings.epochs; ++epoch) {
            PALIMPSEST_TRY(const CurvePoint point, runEpoch(epoch));
            outcome.curve.push_back(point);
            outcome.steps = point.step;
            const double reached = quality(point);
            if (reached > bestQuality
                || (reached == bestQuality && point.validationLoss < outcome.validationLoss)) {
                bestQuality = reached;
                outcome.validationLoss = point.validationLoss;
                outcome.validationAccuracy = point.validationAccuracy;
                best = m_flat.values.clone();
                epochsWithoutGain = 0;
            } else if (++epochsWithoutGain >= m_request.settings.patience) {
                break;
            }
        }
        if (best.defined())
            m_flat.values.copy_(best);
        outcome.weights = nn::storeWeights(m_network, m_flat);
        return outcome;
    }

private:
    /// What epochs are chosen by, as snapshots of joint optimisation are.
    [[nodiscard]] double quality(const CurvePoint& point) const
    {
        return m_validationLabels.size(0) < nn::kFewSamples ? std::exp(-point.validationLoss)
                                                            : point.validationAccuracy;
    }

    Result<CurvePoint> runEpoch(std::int64_t epoch)
    {
        const std::string phase
            = "epoch " + std::to_string(epoch + 1) + " of " + std::to_string(m_request.settings.epochs);
        double sum = 0.0;
        for (std::int64_t i = 0; i < m_stepsPerEpoch; ++i) {
            if (m_context.isCanceled())
                return canceled();
            m_context.setProgress(static_cast<double>(m_step) / static_cast<double>(m_steps), phase);
            m_unread.push_back(step());
            if (std::ssize(m_unread) < m_device.readEvery() && i + 1 < m_stepsPerEpoch)
                continue;
            PALIMPSEST_TRY(const double losses, readLosses());
            sum += losses;
        }
        PALIMPSEST_TRY(const Score score,
            nn::scoreTensors(
                m_network, m_flat.tensors, m_validationInputs, m_validationLabels, m_context.stopToken()));
        if (!std::isfinite(score.loss))
            return diverged("validation loss");
        m_context.channel().addSample({ m_request.series + "/" + m_request.task + "/validationAccuracy",
            static_cast<double>(m_step), score.accuracy() });
        return CurvePoint { m_step, sum / static_cast<double>(m_stepsPerEpoch), score.loss,
            score.accuracy() };
    }

    /// Reads the losses that are still on the device. @return their sum
    Result<double> readLosses()
    {
        const at::Tensor losses = at::stack(m_unread).to(at::kCPU, at::kDouble);
        m_unread.clear();
        double sum = 0.0;
        for (std::int64_t i = 0; i < losses.size(0); ++i) {
            const double loss = losses.const_data_ptr<double>()[i];
            ++m_read;
            if (!std::isfinite(loss))
                return diverged("loss");
            sum += loss;
            report(loss);
        }
        return sum;
    }

    /// @return the loss before the step, on the device
    at::Tensor step()
    {
        const at::Tensor indices = m_batches.next().to(m_device.torch);
        at::Tensor inputs = m_inputs.index_select(0, indices);
        if (m_augmenter.isOn())
            inputs = m_augmenter.apply(
                inputs, m_augmenter.draws(m_step, 1, indices.size(0)).select(0, 0).to(m_device.torch));
        m_flat.gradients.zero_();
        const at::Tensor logits = nn::forward(m_network, m_flat.tensors, inputs, m_forward);
        const at::Tensor loss = at::cross_entropy_loss(logits, m_labels.index_select(0, indices));
        loss.backward();
        m_adam.step(m_gradients, rate());
        ++m_step;
        return loss.detach();
    }

    double rate() const
    {
        const double done = static_cast<double>(m_step) / static_cast<double>(m_steps);
        return m_request.settings.learningRate * 0.5 * (1.0 + std::cos(std::numbers::pi * done));
    }

    void report(double loss)
    {
        m_pointSum += loss;
        ++m_pointSteps;
        if (m_pointSteps * kLossPoints < m_steps && m_read < m_steps)
            return;
        m_context.channel().addSample({ m_request.series + "/" + m_request.task + "/loss",
            static_cast<double>(m_read), m_pointSum / static_cast<double>(m_pointSteps) });
        m_pointSum = 0.0;
        m_pointSteps = 0;
    }

    Error diverged(const std::string& what) const
    {
        return failure("training of task '" + m_request.task + "' diverged: the " + what
            + " is no finite number at step " + std::to_string(m_read) + "; lower its learning rate (now "
            + std::to_string(m_request.settings.learningRate)
            + "), or look for values that are no numbers in its data");
    }

    const TrainRequest& m_request;
    const JobContext& m_context;
    nn::ComputeDevice m_device;
    const Network& m_network;
    nn::FlatNetwork m_flat;
    at::Tensor m_trained;
    std::vector<at::Tensor> m_gradients;
    nn::FusedAdam m_adam;
    at::Tensor m_inputs, m_labels, m_validationInputs, m_validationLabels;
    nn::BatchStream m_batches;
    nn::Augmenter m_augmenter;
    nn::ForwardOptions m_forward;
    std::int64_t m_stepsPerEpoch = 0, m_steps = 0; ///< of the whole run, where patience does not end it
    std::int64_t m_step = 0; ///< taken
    std::int64_t m_read = 0; ///< steps whose loss was read
    std::vector<at::Tensor> m_unread;
    double m_pointSum = 0.0;
    std::int64_t m_pointSteps = 0;
};

} // namespace

void setEngineThreads(std::int64_t threads)
{
    const auto cores = static_cast<std::int64_t>(std::thread::hardware_concurrency());
    at::set_num_threads(static_cast<int>(std::max<std::int64_t>(threads > 0 ? threads : cores, 1)));
}

Result<TrainOutcome> trainNetwork(const TrainRequest& request, const JobContext& context)
{
    PALIMPSEST_CHECK(nn::checkSamples(*request.network, *request.train, "task " + request.task + ", train"));
    PALIMPSEST_CHECK(
        nn::checkSamples(*request.network, *request.validation, "task " + request.task + ", validation"));
    PALIMPSEST_CHECK(
        checkAugmentation(request.augmentation, request.train->sampleShape, "task " + request.task));
    return Training(request, context).run();
}

} // namespace palimpsest
