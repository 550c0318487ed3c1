// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/json.h"
#include "core/data/samples.h"

#include <string>
#include <vector>

namespace palimpsest {

/// One preprocessing step with what it learnt from the training samples (standardise: mean and deviation a
/// channel).
struct PreprocessStep {
    std::string name; ///< "scale", "invert", "l2", "column-mean", "standardise"
    double argument = 0.0; ///< scale, invert: the divisor
    std::vector<float> mean; ///< standardise: [channels]
    std::vector<float> deviation; ///< standardise: [channels], > 0
    bool operator==(const PreprocessStep&) const = default;
};

/// Samples become float32 first, then the steps are applied in order; they are part of the task, stored with
/// it, and the same in training and at inference. D > 0. `scale=D`: x / D; `invert=D`: (D - x) / D; `l2`:
/// each sample by its L2 norm (an all-zero sample stays zero); `column-mean`: each column of each channel of
/// a sample less its mean over the rows, for shape [C, H, W] or [H, W]; `standardise`: (x - mean) / deviation
/// a channel over the training samples (channel = first axis of the sample, so each feature of a flat one);
/// population deviation, 1 for a channel that never varies.
using Preprocessing = std::vector<PreprocessStep>;

/// Parses "scale=255", ... An unknown step or a bad argument is BadInput that lists the known ones.
[[nodiscard]] Result<Preprocessing> parsePreprocessing(
    const std::vector<std::string>& steps, const std::string& where);
/// "scale=255,l2" -> its parts.
[[nodiscard]] std::vector<std::string> splitSteps(const std::string& commaList);

/// Learns what `standardise` needs from the samples at `indices` (of train), as the steps before it leave
/// them, and returns the fitted steps. Sums in double in the order of `indices`: the same result at every
/// run.
[[nodiscard]] Result<Preprocessing> fitPreprocessing(
    Preprocessing steps, const RawSamples& train, std::span<const std::int64_t> indices);

/// Applies fitted steps. `classes` is stored in the result. BadInput: a label outside 0..classes-1, a value
/// that is NaN or infinite, a shape that a step cannot take or was not fitted for, `standardise` that was
/// never fitted.
[[nodiscard]] Result<LabelledSamples> preprocess(
    const Preprocessing& steps, const RawSamples& samples, std::int64_t classes, const std::string& where);

/// A list of objects such as {"name": "scale", "argument": 255.0}. Floats come back to the bit.
[[nodiscard]] Json toJson(const Preprocessing& steps);
[[nodiscard]] Result<Preprocessing> preprocessingFromJson(const Json& json, const std::string& where);

} // namespace palimpsest
