// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/pagemap/page_coloring.h"

#include <QAbstractScrollArea>
#include <QImage>

#include <memory>
#include <optional>

namespace palimpsest {

/// The pool as a grid of square cells, one a slot, row by row.
///
/// Zoom: Ctrl and wheel, or + and -; 0 fits the whole pool. Drag or scroll bars move. Arrow keys, Home and End move the
/// current slot; a click takes one. Where a cell is large enough it also shows its number of pages, so that colour is not
/// the only cue. The colours are kept as an image of one pixel a slot: a frame costs the same for a hundred slots and a million.
class PageMapView : public QAbstractScrollArea {
    Q_OBJECT
public:
    explicit PageMapView(QWidget* parent = nullptr);

    /// nullptr: nothing is shown. The current slot is kept where it is still there.
    void setPageMap(std::shared_ptr<const PageMap> map);
    void setQuantity(PageQuantity quantity);
    [[nodiscard]] const std::optional<PageColoring>& coloring() const { return m_coloring; }

    [[nodiscard]] int currentSlot() const { return m_current; } ///< -1: none
    void setCurrentSlot(int slot);
    /// Cell under a point of the viewport; -1: none.
    [[nodiscard]] int slotAt(const QPoint& point) const;
    /// Where a slot is drawn, in the viewport.
    [[nodiscard]] QRectF cellRect(int slot) const;
    /// 1: the whole pool fits.
    [[nodiscard]] double zoom() const { return m_zoom; }
    /// `anchor`, a point of the viewport, stays over the same place of the map.
    void setZoom(double zoom, const QPointF& anchor);

Q_SIGNALS:
    void currentSlotChanged(int slot);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    bool viewportEvent(QEvent* event) override;

private:
    void updateLayout();
    void updateImage();
    void paintNumbers(QPainter& painter, const QRect& cells) const;
    void ensureVisible(int slot);
    [[nodiscard]] double cellSize() const { return m_fit * m_zoom; }
    [[nodiscard]] QPointF origin() const; ///< of the grid, in the viewport
    [[nodiscard]] int rows() const;

    std::shared_ptr<const PageMap> m_map;
    PageQuantity m_quantity = PageQuantity::Tenants;
    std::optional<PageColoring> m_coloring;
    QImage m_image; ///< [rows, columns]
    int m_columns = 1;
    double m_fit = 1.0; ///< pixels a cell where the whole pool fits
    double m_zoom = 1.0;
    int m_current = -1;
    QPoint m_dragFrom;
    bool m_dragged = false;
};

} // namespace palimpsest
