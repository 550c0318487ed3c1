// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/data/dataset.h"
#include "core/formats/network_importer.h"
#include "core/job/job_channel.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace palimpsest {

/// Samples that a network is tried on before it becomes a task's. Of the training part alone: the test split is not read.
struct TrialData {
    DataSettings settings; ///< as given, with what the shape of the samples needed
    std::string adapted; ///< what was added to them, a whole sentence; empty: nothing
    std::shared_ptr<const RawSamples> train;
    std::int64_t classes = 0;
    std::vector<std::int64_t>
        learning; ///< samples of `train` from which `standardise` learns: those that train
    std::vector<std::int64_t> tried; ///< samples of `train` that are scored, drawn with the seed
    bool isValidation
        = false; ///< `tried` are of the validation split; else there were too few samples to cut one
};

/// Reads the training part with the settings. It is asked again where the shape of the samples needs other settings.
using TrialReader = std::function<Result<std::shared_ptr<const RawSamples>>(const DataSettings& settings)>;

/// Cuts the validation split as the stages do and draws `count` samples of it. Where the samples have another shape than the
/// network takes, but as many numbers, in an order that is no question, the settings are adapted.
/// @param task  its name, data and split; its files need not exist for `read`
/// @param seed  of the project
[[nodiscard]] Result<TrialData> prepareTrial(const TaskSettings& task, const Network& network,
    const TrialReader& read, std::uint64_t seed, std::size_t count = 100);

/// One sample and what the network takes it for.
struct TriedSample {
    std::vector<float> values; ///< as the files have it, before preprocessing
    std::int32_t label = 0;
    std::int32_t predicted = 0;
};

/// How a network did with one way to prepare the samples.
struct NetworkTrial {
    std::vector<std::string> steps; ///< preprocessing, as in the recipe
    std::int64_t samples
        = 0; ///< 0: the network has no weights yet, and just shapes and classes were compared
    std::int64_t correct = 0;
    double loss = 0.0; ///< mean cross entropy, nats
    std::vector<TriedSample> shown; ///< the first few
};

/// Scores the network on the samples after the steps. BadInput where shape or classes do not fit, with what would mend it.
[[nodiscard]] Result<NetworkTrial> tryNetwork(const ImportedNetwork& network, const TrialData& data,
    const std::vector<std::string>& steps, const JobContext& context);

/// The ways to prepare samples that networks are commonly trained with, as far as they make sense for these samples; with what
/// brings pictures to the network's size and channels. At least one.
[[nodiscard]] std::vector<std::vector<std::string>> commonSteps(
    const TrialData& data, const Network& network);

/// tryNetwork() with each of commonSteps() that fits, the best first: most samples right, then least loss. BadInput where none fits.
[[nodiscard]] Result<std::vector<NetworkTrial>> tryCommonSteps(
    const ImportedNetwork& network, const TrialData& data, const JobContext& context);

} // namespace palimpsest
