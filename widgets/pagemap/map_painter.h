// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/pagemap/cell_colors.h"
#include "widgets/pagemap/map_geometry.h"

#include <QFontMetricsF>
#include <QPalette>
#include <QRectF>

#include <vector>

class QPainter;

namespace palimpsest {

/// What lies over the coloured cells of a page map: lines, patterns, numbers, rulers and frames. All sizes in logical pixels. Refers to
/// what it is given: for one frame.
class MapPainter {
public:
    /// @param area  of the painter, that the map may cover; cells outside are left out
    MapPainter(QPainter& painter, const RunResults& results, const PageCells& cells,
        const MapGeometry& geometry, const CellColors& colors, const QPalette& palette, const QRectF& area);

    void setDimsOthers(bool dimsOthers) { m_dimsOthers = dimsOthers; }
    /// Each cell as a rectangle: for vector formats. The view itself paints an image (CellRaster).
    void paintCells();
    /// Lines between the cells, and patterns and numbers in them, as far as there is room.
    void paintDetails();
    enum class Frame { Current, Selected, Related };
    void paintFrame(const CellIndex& cell, Frame frame);
    /// Tasks' names with their colours, or the first slot of each row, left of the area.
    void paintLeftRuler(double width);
    /// Numbers of pages above the area; nothing for the pool.
    void paintTopRuler(double height);

    [[nodiscard]] static double leftRulerWidth(
        const RunResults& results, const PageCells& cells, const QFontMetricsF& metrics);
    [[nodiscard]] static double topRulerHeight(const PageCells& cells, const QFontMetricsF& metrics);

private:
    [[nodiscard]] std::uint8_t codeOf(const CellIndex& cell) const;
    void paintPatterns(const QRect& places);
    void paintNumbers(const QRect& places);
    [[nodiscard]] QString numberOf(const CellIndex& cell) const;

    QPainter& m_painter;
    const RunResults& m_results;
    const PageCells& m_cells;
    const MapGeometry& m_geometry;
    const CellColors& m_colors;
    const QPalette& m_palette;
    QRectF m_area;
    QFontMetricsF m_metrics;
    bool m_dimsOthers = false;
};

} // namespace palimpsest
