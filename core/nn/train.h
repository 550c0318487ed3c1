// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/data/samples.h"
#include "core/job/job_channel.h"
#include "core/network/network.h"
#include "core/project/settings.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace palimpsest {

/// Sets the number of LibTorch's worker threads, once a process, before the first tensor. 0: as many as
/// cores.
void setEngineThreads(std::int64_t threads);

/// One point of a learning curve.
struct CurvePoint {
    std::int64_t step = 0;
    double trainLoss = 0.0; ///< mean cross entropy since the last point, nats
    double validationLoss = 0.0; ///< nats
    double validationAccuracy = 0.0; ///< fraction
};

struct TrainRequest {
    std::string task;
    const Network* network = nullptr;
    const LabelledSamples* train = nullptr;
    const LabelledSamples* validation = nullptr;
    TrainingSettings settings;
    AugmentationSettings augmentation = {}; ///< of the training samples alone
    std::uint64_t seed = 0;
    std::string series = "train"; ///< live curves "<series>/<task>/..."
};

struct TrainOutcome {
    Weights weights; ///< of the epoch with the least validation loss
    double validationAccuracy = 0.0;
    double validationLoss = 0.0;
    std::int64_t steps = 0; ///< minibatches run
    std::vector<CurvePoint> curve; ///< one point an epoch
};

/// Trains a network from a seeded start (initialWeights()) with AdamW at a rate that falls as a half cosine
/// from learningRate to 0 over the given epochs; stops when `patience` epochs bring no better validation
/// accuracy (with fewer than 100 validation samples: loss), and gives the weights of the best epoch, of equal ones that with
/// less loss. Bit-equal for equal request and thread count on
/// the CPU.
///
/// Live curves over steps: "<series>/<task>/loss" (mean since the last point) and
/// "<series>/<task>/validationAccuracy".
/// @return BadInput where the samples do not fit the network; Failed where the loss becomes NaN (task and
/// step named)
[[nodiscard]] Result<TrainOutcome> trainNetwork(const TrainRequest& request, const JobContext& context);

/// The seeded start of trainNetwork(): weights uniform in +-sqrt(6 / inputs of a unit) (He et al. 2015),
/// biases and shifts 0, scales 1, running mean 0 and variance 1. Each tensor has a random stream of its own,
/// named after the tensor.
[[nodiscard]] Weights initialWeights(const Network& network, std::uint64_t seed);

} // namespace palimpsest
