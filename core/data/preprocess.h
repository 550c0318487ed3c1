// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/json.h"
#include "core/data/samples.h"

#include <string>
#include <vector>

namespace palimpsest {

/// One preprocessing step with what it learnt from the training samples (standardise: mean and deviation a channel).
struct PreprocessStep {
    std::string name; ///< "scale", "invert", "l2", "column-mean", "standardise"
    double argument = 0.0; ///< scale, invert: the divisor
    std::vector<float> mean; ///< standardise: [channels]
    std::vector<float> deviation; ///< standardise: [channels], > 0
    bool operator==(const PreprocessStep&) const = default;
};

/// Steps in order; part of the task, stored with it, applied in training and at inference alike.
/// `scale=D`: x / D; `invert=D`: (D - x) / D; `l2`: each sample by its L2 norm (an all-zero sample stays zero);
/// `column-mean`: each column of each channel less its mean over the rows; `standardise`: (x - mean) / deviation a channel
/// over the training samples (channel = first axis of the sample, or each feature of a flat one).
using Preprocessing = std::vector<PreprocessStep>;

/// Parses "scale=255", ... An unknown step or a bad argument is BadInput that lists the known ones.
[[nodiscard]] Result<Preprocessing> parsePreprocessing(const std::vector<std::string>& steps, const std::string& where);
/// "scale=255,l2" -> its parts.
[[nodiscard]] std::vector<std::string> splitSteps(const std::string& commaList);

/// Learns what `standardise` needs from the samples at `indices` (of train), and returns the fitted steps.
[[nodiscard]] Result<Preprocessing> fitPreprocessing(
    Preprocessing steps, const RawSamples& train, std::span<const std::int64_t> indices);

/// Applies fitted steps. `classes` is stored in the result; a label outside 0..classes-1 or a NaN is BadInput.
[[nodiscard]] Result<LabelledSamples> preprocess(
    const Preprocessing& steps, const RawSamples& samples, std::int64_t classes, const std::string& where);

[[nodiscard]] Json toJson(const Preprocessing& steps);
[[nodiscard]] Result<Preprocessing> preprocessingFromJson(const Json& json, const std::string& where);

} // namespace palimpsest
