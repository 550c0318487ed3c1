// SPDX-License-Identifier: Apache-2.0
#include "core/data/mel_filters.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace palimpsest {

namespace {

constexpr float kFloor = 1e-6F; // of the power under the logarithm

double melOf(double hertz)
{
    return 2595.0 * std::log10(1.0 + hertz / 700.0);
}

double hertzOf(double mel)
{
    return 700.0 * (std::pow(10.0, mel / 2595.0) - 1.0);
}

} // namespace

MelFilters::MelFilters(double sampleRate, std::size_t window, std::size_t mels)
    : m_bands(mels)
{
    const double highest = melOf(sampleRate / 2.0);
    const auto edge = [&](std::size_t i) { // of mels + 2 points, equally far apart
        return hertzOf(highest * static_cast<double>(i) / static_cast<double>(mels + 1));
    };
    for (std::size_t band = 0; band < mels; ++band) {
        const double left = edge(band);
        const double centre = edge(band + 1);
        const double right = edge(band + 2);
        for (std::size_t bin = 0; bin <= window / 2; ++bin) {
            const double hertz = static_cast<double>(bin) * sampleRate / static_cast<double>(window);
            const double weight
                = std::min((hertz - left) / (centre - left), (right - hertz) / (right - centre));
            if (weight <= 0.0)
                continue;
            if (m_bands[band].weights.empty())
                m_bands[band].firstBin = bin;
            m_bands[band].weights.push_back(static_cast<float>(weight));
        }
    }
}

std::size_t MelFilters::emptyBand() const
{
    const auto empty
        = std::find_if(m_bands.begin(), m_bands.end(), [](const Band& band) { return band.weights.empty(); });
    return static_cast<std::size_t>(empty - m_bands.begin());
}

void MelFilters::apply(std::span<const float> power, std::size_t frames, std::span<float> into) const
{
    if (into.size() != m_bands.size() * frames)
        throw std::invalid_argument("MelFilters::apply: bands of another size");
    for (std::size_t i = 0; i < m_bands.size(); ++i) {
        const Band& band = m_bands[i];
        const std::span<float> row = into.subspan(i * frames, frames);
        std::fill(row.begin(), row.end(), kFloor);
        for (std::size_t k = 0; k < band.weights.size(); ++k) {
            const float* bin = power.subspan((band.firstBin + k) * frames, frames).data();
            for (std::size_t frame = 0; frame < frames; ++frame)
                row[frame] += band.weights[k] * bin[frame];
        }
        for (float& value : row)
            value = std::log(value);
    }
}

} // namespace palimpsest
