// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/pagemap/page_items.h"

#include <QRect>
#include <QRectF>

#include <cstdint>

namespace palimpsest {

/// Where the cells of a page map lie: a grid of equal cells, of the pool row by row, of the tasks one row each.
struct MapGeometry {
    PageMapMode mode = PageMapMode::Pool;
    std::int64_t cellCount = 0; ///< pool: slots; tasks: rows x columns
    std::int64_t columns = 1;
    std::int64_t rows = 0;
    double cellWidth = 1.0; ///< pixels
    double cellHeight = 1.0;
    QPointF origin; ///< of the grid

    [[nodiscard]] QRectF grid() const
    {
        return { origin,
            QSizeF(cellWidth * static_cast<double>(columns), cellHeight * static_cast<double>(rows)) };
    }
    /// Column and row of the grid, as it is drawn, and back.
    [[nodiscard]] CellIndex cellAt(std::int64_t gridColumn, std::int64_t gridRow) const;
    [[nodiscard]] CellIndex cellAt(const QPointF& point) const;
    [[nodiscard]] QPoint placeOf(const CellIndex& cell) const;
    [[nodiscard]] QRectF rectOf(const CellIndex& cell) const;
    /// Columns and rows of which something lies in `area`.
    [[nodiscard]] QRect placesIn(const QRectF& area) const;
};

/// Pixels that cells may take.
struct CellLimits {
    double largest = 96.0; ///< where zooming in ends
    double smallestRow = 3.0; ///< of the rows of tasks
    double fittedRow = 32.0; ///< the most that rows of tasks take while they are narrower
};

/// The grid that shows all cells in an area as large as can be, enlarged by `zoom`; its origin is 0.
[[nodiscard]] MapGeometry fitCells(
    const PageCells& cells, const QSizeF& area, double zoom, const CellLimits& limits);
/// The zoom at which cells have their largest size; at least 1.
[[nodiscard]] double largestZoom(const PageCells& cells, const QSizeF& area, const CellLimits& limits);

} // namespace palimpsest
