// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/data/samples.h"
#include "core/job/job_channel.h"
#include "core/network/network.h"

#include <cstdint>
#include <vector>

namespace palimpsest {

struct Score {
    std::int64_t samples = 0;
    std::int64_t correct = 0;
    double loss = 0.0; ///< mean cross entropy, nats
    [[nodiscard]] double accuracy() const
    {
        return samples == 0 ? 0.0 : static_cast<double>(correct) / static_cast<double>(samples);
    }
};

/// Scores a network in evaluation mode. @return BadInput where samples or weights do not fit the network
[[nodiscard]] Result<Score> evaluateNetwork(const Network& network, const Weights& weights,
    const LabelledSamples& samples, const JobContext& context);

/// Logits [samples, classes] in evaluation mode. For tests and previews.
[[nodiscard]] Result<std::vector<float>> networkLogits(const Network& network, const Weights& weights,
    const LabelledSamples& samples, const JobContext& context);

} // namespace palimpsest
