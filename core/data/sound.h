// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <filesystem>
#include <vector>

namespace palimpsest {

/// The longest clip that is read whole; longer ones need a length to cut them to.
inline constexpr double kMaxClipSeconds = 600.0;

/// One clip, mono.
struct Sound {
    std::vector<float> samples; ///< -1..1, the mean of the channels
    double sampleRate = 0.0; ///< Hz
};

/// Reads wav, flac, ogg and what else libsndfile knows, from the begin up to `maxSeconds`. BadInput: damage, a
/// file that ends before the length in its header, no sound in it, longer than kMaxClipSeconds where maxSeconds
/// is 0.
[[nodiscard]] Result<Sound> readSound(const std::filesystem::path& path, double maxSeconds);

/// The sound at another rate, by libsamplerate's medium sinc filter; the same where it has the rate. Its
/// length is that of the sound, rounded up. BadInput: rates that differ by more than a factor of 256.
[[nodiscard]] Result<Sound> resampled(Sound sound, double sampleRate, const std::filesystem::path& path);

/// 16 bit values, rounded and held within their range.
[[nodiscard]] std::vector<std::int16_t> toInt16(const std::vector<float>& samples);

} // namespace palimpsest
