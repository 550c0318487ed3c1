// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <cstddef>
#include <numbers>
#include <span>
#include <vector>

namespace palimpsest::test {

/// PowerSpectra, slow and plain: the sums as they stand in its definition, in double.
inline std::vector<float> plainSpectra(
    std::span<const float> waves, std::size_t count, std::size_t window, std::size_t hop)
{
    const std::size_t samples = waves.size() / count;
    const std::size_t frames = 1 + (samples - window) / hop;
    std::vector<float> power;
    for (std::size_t wave = 0; wave < count; ++wave)
        for (std::size_t bin = 0; bin <= window / 2; ++bin)
            for (std::size_t frame = 0; frame < frames; ++frame) {
                double real = 0.0;
                double imaginary = 0.0;
                for (std::size_t n = 0; n < window; ++n) {
                    const double turn = static_cast<double>(n) / static_cast<double>(window);
                    const double hann = 0.5 - 0.5 * std::cos(2.0 * std::numbers::pi * turn);
                    const double value = hann * static_cast<double>(waves[wave * samples + frame * hop + n]);
                    const double angle = 2.0 * std::numbers::pi * static_cast<double>(bin) * turn;
                    real += value * std::cos(angle);
                    imaginary -= value * std::sin(angle);
                }
                power.push_back(static_cast<float>(real * real + imaginary * imaginary));
            }
    return power;
}

} // namespace palimpsest::test
