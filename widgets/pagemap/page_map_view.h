// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/pagemap/cell_colors.h"
#include "widgets/pagemap/cell_raster.h"
#include "widgets/pagemap/map_geometry.h"
#include "widgets/worker/newest_task.h"

#include <QAbstractScrollArea>
#include <QImage>

#include <memory>
#include <optional>
#include <vector>

namespace palimpsest {

/// The page map itself: the pool as a grid of square cells, one a slot, or one row a task with one cell a page.
///
/// Zoom: Ctrl and wheel, or + and -; 0 fits the whole map. Drag or scroll bars move. Arrow keys, Home and End (with Ctrl: first and last of
/// all) move the current cell, Enter or a click selects it, Escape selects nothing. Large cells also show a number and a
/// pattern, so that colour is not the only cue. One byte a cell and less than one more are kept beside the run's own data, and a frame costs
/// the same for a hundred cells and a million. Codes of many cells are made on a worker thread.
class PageMapView : public QAbstractScrollArea {
    Q_OBJECT
public:
    explicit PageMapView(QWidget* parent = nullptr);

    /// nullptr: nothing is shown. Zoom and current cell are kept where the map has the same size.
    void setResults(std::shared_ptr<const RunResults> results);
    /// What Change compares with; nullptr: nothing.
    void setOther(std::shared_ptr<const RunResults> other);
    void setMode(PageMapMode mode);
    void setQuantity(PageQuantity quantity);
    [[nodiscard]] PageMapMode mode() const { return m_mode; }
    [[nodiscard]] PageQuantity quantity() const { return m_quantity; }
    /// Empty until cells are there.
    [[nodiscard]] const PageCells& cells() const { return m_cells; }
    [[nodiscard]] bool isBusy() const { return m_task.isBusy(); } ///< cells are being made

    /// Shows what is selected: its cell framed, or the cells of a task or layer while the others fade.
    void setSelected(const SelectedItem& item);
    [[nodiscard]] CellIndex currentCell() const { return m_current; }
    void setCurrentCell(const CellIndex& cell);

    [[nodiscard]] CellIndex cellAt(const QPoint& point) const; ///< of the viewport
    [[nodiscard]] QRectF cellRect(const CellIndex& cell) const; ///< in the viewport
    [[nodiscard]] double zoom() const { return m_zoom; } ///< 1: the whole map fits
    /// `anchor`, a point of the viewport, stays over the same place of the map.
    void setZoom(double zoom, const QPointF& anchor);
    void zoomIn();
    void zoomOut();
    void zoomToFit();

    /// Paints the whole map into `target`: rectangles while they are few, otherwise an image.
    void paintTo(QPainter& painter, const QRectF& target) const;
    [[nodiscard]] std::int64_t extraBytes() const; ///< kept per cell beside the run's own data

Q_SIGNALS:
    void cellsChanged(); ///< other codes: the legend changes
    void itemActivated(
        const palimpsest::SelectedItem& item); ///< the user selected a cell, or (empty) nothing
    void currentTextChanged(const QString& text); ///< on the cell under the pointer or the current one

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    bool viewportEvent(QEvent* event) override;

private:
    static constexpr double kZoomStep = 1.25; ///< of one turn of the wheel, or one key

    void remakeCells();
    void takeCells(PageCells cells, std::shared_ptr<const RunResults> results);
    void updateRaster();
    void updateHighlight(); ///< of the selected group
    void updateLayout();
    void ensureVisible(const CellIndex& cell);
    void moveCurrent(int columns, int rows);
    void moveToEnd(bool last, bool ofAll);
    [[nodiscard]] QRectF area() const; ///< of the viewport, that cells may cover
    [[nodiscard]] MapGeometry geometry() const;
    [[nodiscard]] CellLimits limits() const;

    std::shared_ptr<const RunResults> m_results; ///< that m_cells are of: what is shown
    std::shared_ptr<const RunResults> m_requested; ///< the newest; the same, or its cells are being made
    std::shared_ptr<const RunResults> m_other;
    PageMapMode m_mode = PageMapMode::Pool;
    PageQuantity m_quantity = PageQuantity::Tenants;
    PageCells m_cells;
    CellRaster m_raster; ///< views m_cells
    CellColors m_colors;
    SelectedItem m_selected;
    bool m_hasGroup = false; ///< some cells are highlighted
    std::vector<CellIndex> m_related; ///< the other pages of the selected slot
    CellIndex m_current;
    double m_zoom = 1.0;
    MapGeometry m_layout; ///< but for its origin
    QPointF m_dragFrom;
    bool m_isPressed = false;
    bool m_dragged = false;
    CellIndex m_hovered;
    QImage m_frame; ///< of the last paint, for its storage alone
    NewestTask m_task;
};

} // namespace palimpsest
