// SPDX-License-Identifier: Apache-2.0
#include "core/data/resample.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace palimpsest {

namespace {

std::vector<Resampler::Taps> tapsOf(std::size_t from, std::size_t to)
{
    const double scale = static_cast<double>(from) / static_cast<double>(to);
    const double radius = std::max(scale, 1.0); // of the triangle, in source pixels
    std::vector<Resampler::Taps> taps(to);
    for (std::size_t i = 0; i < to; ++i) {
        const double centre = (static_cast<double>(i) + 0.5) * scale;
        const auto first = static_cast<std::size_t>(std::max(0.0, std::floor(centre - radius)));
        const auto last = std::min(from, static_cast<std::size_t>(std::ceil(centre + radius)));
        std::vector<double> weights;
        double sum = 0.0;
        for (std::size_t j = first; j < last; ++j) {
            const double distance = std::abs(static_cast<double>(j) + 0.5 - centre) / radius;
            weights.push_back(std::max(0.0, 1.0 - distance));
            sum += weights.back();
        }
        taps[i].first = first;
        for (const double weight : weights)
            taps[i].weights.push_back(static_cast<float>(weight / sum));
    }
    return taps;
}

} // namespace

Resampler::Resampler(std::size_t fromHeight, std::size_t fromWidth, std::size_t toHeight, std::size_t toWidth)
    : m_fromHeight(fromHeight)
    , m_fromWidth(fromWidth)
{
    if (fromHeight == 0 || fromWidth == 0 || toHeight == 0 || toWidth == 0)
        throw std::invalid_argument("Resampler: a size is 0");
    m_rows = tapsOf(fromHeight, toHeight);
    m_columns = tapsOf(fromWidth, toWidth);
    m_middle.resize(fromHeight * toWidth);
}

void Resampler::apply(std::span<const float> from, std::span<float> to)
{
    const std::size_t width = m_columns.size();
    if (from.size() != m_fromHeight * m_fromWidth || to.size() != m_rows.size() * width)
        throw std::invalid_argument("Resampler: a plane of another size");
    for (std::size_t y = 0; y < m_fromHeight; ++y) {
        const float* row = from.data() + y * m_fromWidth;
        for (std::size_t x = 0; x < width; ++x) {
            const Taps& taps = m_columns[x];
            float sum = 0.0F;
            for (std::size_t k = 0; k < taps.weights.size(); ++k)
                sum += taps.weights[k] * row[taps.first + k];
            m_middle[y * width + x] = sum;
        }
    }
    for (std::size_t y = 0; y < m_rows.size(); ++y) {
        const Taps& taps = m_rows[y];
        const std::span<float> row = to.subspan(y * width, width);
        std::fill(row.begin(), row.end(), 0.0F);
        for (std::size_t k = 0; k < taps.weights.size(); ++k)
            for (std::size_t x = 0; x < width; ++x)
                row[x] += taps.weights[k] * m_middle[(taps.first + k) * width + x];
    }
}

} // namespace palimpsest
