// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pagemap/map_geometry.h"

#include <algorithm>
#include <cmath>

namespace palimpsest {

CellIndex MapGeometry::cellAt(std::int64_t gridColumn, std::int64_t gridRow) const
{
    if (gridColumn < 0 || gridColumn >= columns || gridRow < 0 || gridRow >= rows)
        return {};
    if (mode == PageMapMode::Tasks)
        return { gridRow, gridColumn };
    const std::int64_t slot = gridRow * columns + gridColumn;
    return slot < cellCount ? CellIndex { 0, slot } : CellIndex {};
}

CellIndex MapGeometry::cellAt(const QPointF& point) const
{
    const QPointF place = point - origin;
    return cellAt(static_cast<std::int64_t>(std::floor(place.x() / cellWidth)),
        static_cast<std::int64_t>(std::floor(place.y() / cellHeight)));
}

QPoint MapGeometry::placeOf(const CellIndex& cell) const
{
    return mode == PageMapMode::Tasks
        ? QPoint(static_cast<int>(cell.column), static_cast<int>(cell.row))
        : QPoint(static_cast<int>(cell.column % columns), static_cast<int>(cell.column / columns));
}

QRectF MapGeometry::rectOf(const CellIndex& cell) const
{
    const QPoint place = placeOf(cell);
    return { origin + QPointF(place.x() * cellWidth, place.y() * cellHeight), QSizeF(cellWidth, cellHeight) };
}

QRect MapGeometry::placesIn(const QRectF& area) const
{
    const QRectF seen = area.translated(-origin);
    const QRectF places(
        seen.x() / cellWidth, seen.y() / cellHeight, seen.width() / cellWidth, seen.height() / cellHeight);
    return places.toAlignedRect().intersected(QRect(0, 0, static_cast<int>(columns), static_cast<int>(rows)));
}

MapGeometry fitCells(const PageCells& cells, const QSizeF& area, double zoom, const CellLimits& limits)
{
    const double width = std::max(1.0, area.width());
    const double height = std::max(1.0, area.height());
    MapGeometry geometry;
    geometry.mode = cells.mode;
    geometry.cellCount = static_cast<std::int64_t>(cells.codes.size());
    if (geometry.cellCount == 0)
        return geometry;
    if (cells.mode == PageMapMode::Tasks) {
        geometry.columns = cells.columns;
        geometry.rows = cells.rows;
        const double fitWidth = std::min(limits.largest, width / static_cast<double>(geometry.columns));
        const double fitHeight
            = std::clamp(height / static_cast<double>(geometry.rows), limits.smallestRow, limits.fittedRow);
        geometry.cellWidth = std::min(fitWidth * zoom, limits.largest);
        geometry.cellHeight = std::max(fitHeight, geometry.cellWidth);
        return geometry;
    }
    const auto count = static_cast<double>(geometry.cellCount);
    geometry.columns = std::clamp(static_cast<std::int64_t>(std::ceil(std::sqrt(count * width / height))),
        std::int64_t { 1 }, geometry.cellCount);
    geometry.rows = (geometry.cellCount + geometry.columns - 1) / geometry.columns;
    const double fit = std::min({ width / static_cast<double>(geometry.columns),
        height / static_cast<double>(geometry.rows), limits.largest });
    geometry.cellWidth = geometry.cellHeight = std::min(fit * zoom, limits.largest);
    return geometry;
}

double largestZoom(const PageCells& cells, const QSizeF& area, const CellLimits& limits)
{
    return std::max(1.0, limits.largest / fitCells(cells, area, 1.0, limits).cellWidth);
}

} // namespace palimpsest
