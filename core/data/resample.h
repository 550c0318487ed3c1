// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace palimpsest {

/// Changes the size of pictures by a separable triangle filter: bilinear interpolation where an axis grows; where
/// it shrinks by a factor f, the triangle is f times as wide, so that every pixel counts (what Pillow's BILINEAR
/// and PyTorch's antialias=True do). Pixel i of n stands at (i + 0.5) / n; weights at an edge are
/// renormalised over the pixels that exist.
///
/// The weights of one pair of sizes are computed once, in double, and the same at every run.
class Resampler {
public:
    /// Sizes in pixels, all above 0.
    Resampler(std::size_t fromHeight, std::size_t fromWidth, std::size_t toHeight, std::size_t toWidth);

    /// One plane. @param from  [fromHeight, fromWidth]  @param to  out, [toHeight, toWidth]
    void apply(std::span<const float> from, std::span<float> to);

    /// The contributions to one pixel along one axis: source pixels first, first + 1, ...
    struct Taps {
        std::size_t first = 0;
        std::vector<float> weights; ///< sum to 1
    };

private:
    std::size_t m_fromHeight;
    std::size_t m_fromWidth;
    std::vector<Taps> m_rows; ///< [toHeight]
    std::vector<Taps> m_columns; ///< [toWidth]
    std::vector<float> m_middle; ///< [fromHeight, toWidth]
};

} // namespace palimpsest
