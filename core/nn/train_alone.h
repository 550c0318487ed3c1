// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/nn/joint.h"

#include <string>

namespace palimpsest {

/// How the weights of a network that shares nothing are stored.
struct AloneForms {
    Storage weights = Storage::
        Float32; ///< tensors of two axes or more; below Float32 they are trained through the rounding
    Storage privates = Storage::Float32; ///< the other tensors and state: Float32, Float16 or Int8
    bool operator==(const AloneForms&) const = default;
};

/// Bytes of a network in these forms: packed bits of each tensor and its scales.
[[nodiscard]] std::int64_t aloneBytes(const Network& network, const AloneForms& forms);

/// A network that is trained for itself, with the recipe of the joint run: the fair baselines of sharing.
struct AloneRequest {
    /// Starts from `standalone`; is distilled from its teacher where the settings ask for distillation. Layout, table, lossWeight
    /// and penalty have no meaning.
    JointTask task;
    AloneForms forms;
    OptimisationSettings settings;
    std::uint64_t seed = 0;
    std::string series; ///< live curves "<series>/<task>/..."
};

struct AloneOutcome {
    Weights weights; ///< the best snapshot by validation, as stored
    std::int64_t steps = 0;
    double validationAccuracy = 0.0;
    std::vector<CurvePoint> curve;
};
/// The run is that of optimiseJointly() with one task whose pages are all exclusive: the same minibatches, rates, loss, optimiser,
/// rounding and choice of snapshot. It always takes all settings.steps.
[[nodiscard]] Result<AloneOutcome> trainAlone(const AloneRequest& request, const JobContext& context);

} // namespace palimpsest
