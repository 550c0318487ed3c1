// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/data/mel_filters.h"
#include "core/data/preprocess.h"
#include "core/data/resample.h"

#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace palimpsest {

/// Steps made ready for samples of one shape: applies them to a few samples at a time.
class StepChain {
public:
    /// BadInput: a shape or a sample rate that a step cannot take, `standardise` that was never fitted or was for
    /// another number of channels. @throws std::invalid_argument where `logmel` has no tools to work with
    [[nodiscard]] static Result<StepChain> make(std::span<const PreprocessStep> steps,
        const RawSamples& samples, const PreprocessTools& tools, const std::string& where);

    /// Shape of a sample after the steps.
    [[nodiscard]] const Shape& shape() const { return m_shapes.back(); }
    [[nodiscard]] std::size_t size() const { return static_cast<std::size_t>(elementCount(shape())); }

    /// Loads the samples of these places and puts them through the steps.
    /// @return [indices.size(), size()]; valid until the next call
    [[nodiscard]] std::span<const float> apply(
        const RawSamples& samples, std::span<const std::int64_t> indices);

private:
    struct Prepared {
        PreprocessStep step;
        std::optional<Resampler> resampler; ///< resize
        std::optional<MelFilters> filters; ///< logmel
    };
    StepChain() = default;
    void applyStep(std::size_t index, std::size_t count);

    std::vector<Prepared> m_steps;
    std::vector<Shape> m_shapes; ///< before the first step, and after each
    PowerSpectra m_spectra;
    std::vector<float> m_values; ///< of the samples at hand
    std::vector<float> m_changed; ///< what a step that changes the shape makes of them
};

} // namespace palimpsest
