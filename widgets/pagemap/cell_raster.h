// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QRectF>

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace palimpsest {

/// Paints a grid of coloured cells, as many as there are, in a time that depends on the pixels alone.
///
/// The codes stay where they are: the raster keeps a view of them and, beside them, ever coarser copies in which one code stands for
/// two (or two by two) cells, the highest of them: less than one byte a cell (a third of a byte) in all. A pixel that shows several cells
/// shows the highest code among them, so that one remarkable cell in a million stays visible.
class CellRaster {
public:
    enum class Coarser { BothWays, AlongRows };

    /// @param codes  row by row, `columns` a row; the last row may be short. The caller keeps them alive and unchanged until the next call.
    void setCells(std::span<const std::uint8_t> codes, std::int64_t columns, Coarser coarser);
    [[nodiscard]] std::int64_t columns() const { return m_levels.empty() ? 0 : m_levels.front().columns; }
    [[nodiscard]] std::int64_t rows() const { return m_levels.empty() ? 0 : m_levels.front().rows; }
    [[nodiscard]] std::int64_t extraBytes() const; ///< of the coarser copies

    /// Fills `image` (Format_RGB32, in device pixels).
    /// @param cells   where the whole grid lies in the image, in pixels; may reach far beyond it
    /// @param colors  of each code; code 0 is also the colour outside the grid
    void paint(QImage& image, const QRectF& cells, const std::array<QRgb, 256>& colors) const;

private:
    struct Level {
        std::span<const std::uint8_t> codes;
        std::int64_t columns = 0;
        std::int64_t rows = 0;
        std::int64_t cellsAcross = 1; ///< cells of the grid in one of this level
        std::int64_t cellsDown = 1;
    };

    std::vector<Level> m_levels; ///< the finest first
    std::vector<std::vector<std::uint8_t>> m_coarse;
    mutable std::vector<std::int64_t> m_columnOfPixel; ///< kept between frames for its storage alone
};

} // namespace palimpsest
