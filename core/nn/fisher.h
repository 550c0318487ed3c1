// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/data/samples.h"
#include "core/job/job_channel.h"
#include "core/network/network.h"
#include "core/project/settings.h"

#include <cstdint>

namespace palimpsest {

struct FisherOutcome {
    Weights
        fisher; ///< one tensor a trainable tensor of the network, same shapes; >= 0, nats per squared weight
    std::int64_t samples = 0; ///< S
};

/// Diagonal of the Fisher information in evaluation mode (ALGORITHMS.md 5.2),
///     F = 1/S sum_n E_{y ~ p(.|x_n)} (d log p(y|x_n) / dw)^2,
/// with per-sample squares taken exactly, layer by layer, from the layer's input and the gradient at its output, without a
/// loop over samples. labels Sampled: one y drawn from the model a sample; All: the whole expectation (K backward passes);
/// Reference: f_max (d log f_max / dw)^2 with the most likely class (ALGORITHMS.md 1.2).
///
/// The samples are drawn without replacement, at most all of `train`; with Reference, as the references do, with
/// replacement, so that S is always settings.samples. @return BadInput where samples or weights do not fit the network
[[nodiscard]] Result<FisherOutcome> computeFisher(const Network& network, const Weights& weights,
    const LabelledSamples& train, const FisherSettings& settings, std::uint64_t seed,
    const JobContext& context);

/// The same by one backward pass a sample: slow and plain, the check of computeFisher() in tests and benchmarks.
[[nodiscard]] Result<FisherOutcome> computeFisherPerSample(const Network& network, const Weights& weights,
    const LabelledSamples& train, const FisherSettings& settings, std::uint64_t seed,
    const JobContext& context);

/// Seconds of computeFisher() and of one forward and backward pass (evaluation mode, gradients of all weights) over the same
/// samples and batches: the least of three runs each, taken in turns. For `bench fisher`.
struct FisherBenchmark {
    std::int64_t samples = 0;
    double fisherSeconds = 0.0;
    double passSeconds = 0.0;
};
[[nodiscard]] Result<FisherBenchmark> benchmarkFisher(const Network& network, const Weights& weights,
    const LabelledSamples& train, const FisherSettings& settings, std::uint64_t seed,
    const JobContext& context);

} // namespace palimpsest
