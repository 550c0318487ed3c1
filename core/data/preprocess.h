// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/json.h"
#include "core/data/mel_filters.h"
#include "core/data/samples.h"

#include <string>
#include <vector>

namespace palimpsest {

/// One preprocessing step with what it learnt from the training samples (standardise: mean and deviation a
/// channel).
struct PreprocessStep {
    std::string name; ///< "scale", "invert", "l2", "column-mean", "standardise", "resize", "grey", "logmel",
        ///< "transpose"
    double argument = 0.0; ///< scale, invert: the divisor
    std::vector<float> mean; ///< standardise: [channels]
    std::vector<float> deviation; ///< standardise: [channels], > 0
    std::vector<std::int64_t> sizes = {}; ///< resize: height, width; logmel: see LogMelSizes
    bool operator==(const PreprocessStep&) const = default;
};

/// The numbers of a `logmel` step, in the order of PreprocessStep::sizes.
struct LogMelSizes {
    std::int64_t sampleRate = 0; ///< Hz
    std::int64_t window = 0; ///< samples of one spectrum
    std::int64_t hop = 0; ///< samples from one spectrum to the next
    std::int64_t mels = 0; ///< bands
};
/// @pre step.name is "logmel" and the step was parsed
[[nodiscard]] LogMelSizes logMelSizes(const PreprocessStep& step);

/// What steps need that core/data does not bring: core/nn has it (preprocessTools()).
struct PreprocessTools {
    PowerSpectra powerSpectra; ///< of logmel
};

/// Samples become float32 first, then the steps are applied in order; they are part of the task, stored with
/// it, and the same in training and at inference. D > 0.
///
/// `scale=D`: x / D; `invert=D`: (D - x) / D; `l2`: each sample by its L2 norm (an all-zero sample stays zero);
/// `column-mean`: each column of each channel of a sample less its mean over the rows, for shape [C, H, W] or [H, W];
/// `standardise`: (x - mean) / deviation a channel over the training samples (channel = first axis of the sample, so
/// each feature of a flat one); population deviation, 1 for a channel that never varies.
///
/// `resize=HxW`: pictures [C, H', W'] or [H', W'] at another size (Resampler: bilinear, with a wider filter where they
/// get smaller); `grey`: [3, H, W] to [1, H, W], the luma of ITU-R 601; `logmel=RATE:WINDOW:HOP:MELS`: sounds
/// [C, samples] to [C, MELS, frames], the logarithms of the energies in mel bands (MelFilters) of frames without
/// padding (PowerSpectra). The sounds must have RATE, and should be scaled to -1..1 first (scale=32768);
/// `transpose`: [C, H, W] or [H, W] with rows and columns exchanged, such as logmel's frames as rows.
using Preprocessing = std::vector<PreprocessStep>;

/// Parses "scale=255", ... An unknown step or a bad argument is BadInput that lists the known ones.
[[nodiscard]] Result<Preprocessing> parsePreprocessing(
    const std::vector<std::string>& steps, const std::string& where);
/// "scale=255,l2" -> its parts.
[[nodiscard]] std::vector<std::string> splitSteps(const std::string& commaList);

/// Learns what `standardise` needs from the samples at `indices` (of train), as the steps before it leave
/// them, and returns the fitted steps. Sums in double in the order of `indices`: the same result at every
/// run.
[[nodiscard]] Result<Preprocessing> fitPreprocessing(Preprocessing steps, const RawSamples& train,
    std::span<const std::int64_t> indices, const PreprocessTools& tools = {});

/// Shape of a sample after the steps, fitted or not. BadInput as of preprocess().
[[nodiscard]] Result<Shape> preprocessedShape(
    const Preprocessing& steps, const RawSamples& samples, const std::string& where);

/// Applies fitted steps. `classes` is stored in the result. BadInput: a label outside 0..classes-1, a value
/// that is NaN or infinite, a shape or a sample rate that a step cannot take or was not fitted for, `standardise`
/// that was never fitted. @throws std::invalid_argument for `logmel` without its tools
[[nodiscard]] Result<LabelledSamples> preprocess(const Preprocessing& steps, const RawSamples& samples,
    std::int64_t classes, const std::string& where, const PreprocessTools& tools = {});

/// A list of objects such as {"name": "scale", "argument": 255.0}. Floats come back to the bit.
[[nodiscard]] Json toJson(const Preprocessing& steps);
[[nodiscard]] Result<Preprocessing> preprocessingFromJson(const Json& json, const std::string& where);

} // namespace palimpsest
