// SPDX-License-Identifier: GPL-3.0-or-later
// Keys, mouse and tool tips of the page map.
#include "widgets/pagemap/page_map_view.h"

#include <QApplication>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QScrollBar>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>
#include <utility>

namespace palimpsest {

void PageMapView::moveCurrent(int columns, int rows)
{
    if (m_current.isNone())
        return setCurrentCell(m_layout.cellAt(0, 0));
    const QPoint place = m_layout.placeOf(m_current);
    if (m_mode == PageMapMode::Pool && rows == 0) { // from the end of a line to the next one
        setCurrentCell(
            { 0, std::clamp(m_current.column + columns, std::int64_t { 0 }, m_layout.cellCount - 1) });
        return;
    }
    setCurrentCell(m_layout.cellAt(place.x() + columns, place.y() + rows));
}

void PageMapView::moveToEnd(bool last, bool ofAll)
{
    CellIndex cell { 0, 0 };
    if (m_mode == PageMapMode::Pool) {
        cell.column = last ? m_layout.cellCount - 1 : 0;
    } else {
        cell.row = ofAll ? (last ? m_layout.rows - 1 : 0) : std::max<std::int64_t>(m_current.row, 0);
        for (std::int64_t page = m_layout.columns - 1; last && page > 0 && cell.column == 0; --page)
            if (!itemAt(*m_results, m_mode, { cell.row, page }).isEmpty())
                cell.column = page;
    }
    setCurrentCell(cell);
}

void PageMapView::keyPressEvent(QKeyEvent* event)
{
    if (!m_results || m_cells.codes.empty()) {
        QAbstractScrollArea::keyPressEvent(event);
        return;
    }
    const auto page = [this](double size, double cell) { return std::max(1, static_cast<int>(size / cell)); };
    const bool isControl = event->modifiers().testFlag(Qt::ControlModifier);
    switch (event->key()) {
    case Qt::Key_Left:
        return moveCurrent(-1, 0);
    case Qt::Key_Right:
        return moveCurrent(1, 0);
    case Qt::Key_Up:
        return moveCurrent(0, -1);
    case Qt::Key_Down:
        return moveCurrent(0, 1);
    case Qt::Key_PageUp:
        return moveCurrent(0, -page(area().height(), m_layout.cellHeight));
    case Qt::Key_PageDown:
        return moveCurrent(0, page(area().height(), m_layout.cellHeight));
    case Qt::Key_Home:
        return moveToEnd(false, isControl);
    case Qt::Key_End:
        return moveToEnd(true, isControl);
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        return zoomIn();
    case Qt::Key_Minus:
        return zoomOut();
    case Qt::Key_0:
        return zoomToFit();
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        if (!m_current.isNone())
            Q_EMIT itemActivated(itemAt(*m_results, m_mode, m_current));
        return;
    case Qt::Key_Escape:
        if (m_selected.isEmpty()) {
            event->ignore(); // a dialog round it may want it
            return;
        }
        Q_EMIT itemActivated({});
        return;
    default:
        QAbstractScrollArea::keyPressEvent(event);
    }
}

void PageMapView::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton)
        return;
    m_dragFrom = event->position();
    m_isPressed = true;
    m_dragged = false;
}

void PageMapView::mouseMoveEvent(QMouseEvent* event)
{
    if (!m_isPressed) {
        const CellIndex cell = cellAt(event->position().toPoint());
        if (cell == m_hovered)
            return;
        m_hovered = cell;
        Q_EMIT currentTextChanged(cell.isNone() ? QString() : cellText(*m_results, m_mode, cell));
        return;
    }
    const QPointF way = event->position() - m_dragFrom;
    if (!m_dragged && way.manhattanLength() < QApplication::startDragDistance())
        return; // a hand that shakes while it clicks
    m_dragged = true;
    horizontalScrollBar()->setValue(horizontalScrollBar()->value() - static_cast<int>(std::lround(way.x())));
    verticalScrollBar()->setValue(verticalScrollBar()->value() - static_cast<int>(std::lround(way.y())));
    m_dragFrom = event->position();
}

void PageMapView::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || !std::exchange(m_isPressed, false) || m_dragged)
        return;
    const CellIndex cell = cellAt(event->position().toPoint());
    setCurrentCell(cell);
    Q_EMIT itemActivated(cell.isNone() ? SelectedItem {} : itemAt(*m_results, m_mode, cell));
}

void PageMapView::wheelEvent(QWheelEvent* event)
{
    if (!event->modifiers().testFlag(Qt::ControlModifier)) {
        QAbstractScrollArea::wheelEvent(event);
        return;
    }
    setZoom(m_zoom * std::pow(kZoomStep, event->angleDelta().y() / 120.0), event->position());
    event->accept();
}

bool PageMapView::viewportEvent(QEvent* event)
{
    if (event->type() == QEvent::Leave && !m_hovered.isNone()) {
        m_hovered = {};
        Q_EMIT currentTextChanged({});
    }
    if (event->type() != QEvent::ToolTip)
        return QAbstractScrollArea::viewportEvent(event);
    const auto* const help = static_cast<QHelpEvent*>(event);
    const CellIndex cell = cellAt(help->pos());
    if (cell.isNone())
        QToolTip::hideText();
    else
        // As rich text, of which long lines are broken: a slot may have many pages.
        QToolTip::showText(help->globalPos(),
            QStringLiteral("<p style=\"white-space: pre-wrap\">%1</p>")
                .arg(cellText(*m_results, m_mode, cell).toHtmlEscaped()),
            viewport(), cellRect(cell).toAlignedRect());
    return true;
}

} // namespace palimpsest
