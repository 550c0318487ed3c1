// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <vector>

namespace palimpsest {

/// Power spectra of waves: |sum_n w[n] x[hop t + n] exp(-2 pi i k n / window)|^2 for frame t and bin k, with the
/// periodic Hann window w[n] = sin^2(pi n / window) and no padding, so that there are
/// 1 + (samples - window) / hop frames (rounded down).
///
/// @param waves  [count, samples], samples >= window
/// @return [count, window / 2 + 1, frames]
using PowerSpectra = std::function<std::vector<float>(
    std::span<const float> waves, std::size_t count, std::size_t window, std::size_t hop)>;

/// How many frames a wave gives.
[[nodiscard]] constexpr std::size_t frameCount(std::size_t samples, std::size_t window, std::size_t hop)
{
    return samples < window ? 0 : 1 + (samples - window) / hop;
}

/// Bands of equal width on the mel scale, m = 2595 log10(1 + f / 700) (S. Young et al., The HTK Book, 3.4, eq. 5.13):
/// triangles over the bins of a power spectrum, with peak 1, each from the centre of the band before it to that
/// of the band after it; the first begins at 0 Hz, the last ends at half the sample rate.
class MelFilters {
public:
    /// @param sampleRate  Hz  @param window  samples of one spectrum  @param mels  number of bands
    MelFilters(double sampleRate, std::size_t window, std::size_t mels);

    /// A band that lies between two bins and so would see nothing; mels where there is none.
    [[nodiscard]] std::size_t emptyBand() const;

    /// ln(1e-6 + sum_k weight[band][k] power[k]), in natural logarithms; 1e-6 is about the noise of 12 bit
    /// samples in -1..1.
    /// @param power  [bins, frames]  @param into  out, [mels, frames]
    void apply(std::span<const float> power, std::size_t frames, std::span<float> into) const;

private:
    struct Band {
        std::size_t firstBin = 0;
        std::vector<float> weights; ///< of bins firstBin, firstBin + 1, ...
    };
    std::vector<Band> m_bands;
};

} // namespace palimpsest
