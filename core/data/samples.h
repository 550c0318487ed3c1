// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/array.h"
#include "core/base/result.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace palimpsest {

/// Raw samples of one split as a reader gives them.
struct RawSamples {
    Array x; ///< [count, sampleShape...], uint8, int16, int32, float32 or float64
    std::vector<std::int32_t> y; ///< class of each sample, >= 0
    std::vector<std::int32_t>
        group; ///< samples of one group never part in a split; empty: every sample is its own
    std::vector<std::uint8_t> isValidation; ///< 1: the source puts it into validation; empty: it says nothing
    double sampleRate = 0.0; ///< Hz, audio; else 0
    std::vector<std::string> classNames; ///< empty where the source gives none
    [[nodiscard]] std::size_t count() const { return y.size(); }
    [[nodiscard]] Shape sampleShape() const;
};

/// Preprocessed samples, ready for a network.
struct LabelledSamples {
    std::vector<float> x; ///< row-major [count, sampleShape...]
    Shape sampleShape;
    std::vector<std::int32_t> y; ///< [count], 0..classes-1
    std::int64_t classes = 0;
    [[nodiscard]] std::size_t count() const { return y.size(); }
    [[nodiscard]] std::size_t sampleSize() const
    {
        return static_cast<std::size_t>(elementCount(sampleShape));
    }
};

/// The samples at `indices`, in that order.
[[nodiscard]] LabelledSamples select(const LabelledSamples& samples, std::span<const std::int64_t> indices);
[[nodiscard]] RawSamples select(const RawSamples& samples, std::span<const std::int64_t> indices);

} // namespace palimpsest
