// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pagemap/page_map_view.h"

#include "widgets/pagemap/map_painter.h"

#include <QAccessible>
#include <QApplication>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>
#include <utility>

namespace palimpsest {

namespace {
constexpr double kZoomStep = 1.25;
constexpr std::size_t kCellsAtOnce = 50'000; ///< more are made on the worker thread
constexpr std::size_t kRectsAtMost = 20'000; ///< of an exported map; more become an image
constexpr int kImageScale = 2; ///< pixels a unit of an exported map that is an image
constexpr std::size_t kFramesAtMost = 2'000; ///< round related cells

std::size_t cellCountOf(const RunResults& results, PageMapMode mode)
{
    if (mode == PageMapMode::Pool)
        return results.pageMap ? results.pageMap->costs.size() : 0;
    std::size_t most = 0;
    for (const TaskResults& task : results.tasks)
        most = std::max({ most, task.table.entries.size(), static_cast<std::size_t>(task.layout.pageCount) });
    return most * results.tasks.size();
}

} // namespace

PageMapView::PageMapView(QWidget* parent)
    : QAbstractScrollArea(parent)
    , m_colors(palette())
{
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Page map"));
    viewport()->setMouseTracking(true);
    for (QScrollBar* bar : { horizontalScrollBar(), verticalScrollBar() })
        connect(bar, &QScrollBar::valueChanged, viewport(), qOverload<>(&QWidget::update));
}

void PageMapView::setResults(std::shared_ptr<const RunResults> results)
{
    m_requested = std::move(results);
    remakeCells();
}

void PageMapView::setOther(std::shared_ptr<const RunResults> other)
{
    m_other = std::move(other);
    if (m_quantity == PageQuantity::Change)
        remakeCells();
}

void PageMapView::setMode(PageMapMode mode)
{
    if (mode == m_mode)
        return;
    m_mode = mode;
    m_zoom = 1.0;
    m_current = m_results ? cellOf(*m_results, mode, m_selected) : CellIndex {};
    remakeCells();
}

void PageMapView::setQuantity(PageQuantity quantity)
{
    if (quantity == m_quantity)
        return;
    m_quantity = quantity;
    remakeCells();
}

void PageMapView::remakeCells()
{
    m_hovered = {};
    if (!m_requested || cellCountOf(*m_requested, m_mode) <= kCellsAtOnce) {
        m_task.cancel();
        takeCells(m_requested ? makePageCells(*m_requested, m_mode, m_quantity, m_other.get()) : PageCells {},
            m_requested);
        return;
    }
    if (m_cells.mode != m_mode)
        takeCells({}, m_requested); // what is shown belongs to another layout
    m_task.start([this, results = m_requested, other = m_other, mode = m_mode, quantity = m_quantity](
                     const std::stop_token&) -> NewestTask::Show {
        auto cells = std::make_shared<PageCells>(makePageCells(*results, mode, quantity, other.get()));
        return [this, cells, results] { takeCells(std::move(*cells), results); };
    });
}

void PageMapView::takeCells(PageCells cells, std::shared_ptr<const RunResults> results)
{
    const bool isSameSize = cells.mode == m_cells.mode && cells.codes.size() == m_cells.codes.size();
    m_results = std::move(results);
    m_cells = std::move(cells);
    if (!isSameSize)
        m_zoom = 1.0;
    if (!m_results || itemAt(*m_results, m_mode, m_current).isEmpty())
        m_current = {};
    updateHighlight();
    updateLayout();
    updateRaster();
    Q_EMIT cellsChanged();
}

void PageMapView::setSelected(const SelectedItem& item)
{
    m_selected = item;
    updateHighlight();
    updateRaster();
    if (!m_results)
        return;
    if (const CellIndex cell = cellOf(*m_results, m_mode, item); !cell.isNone()) {
        setCurrentCell(cell);
    } else if (const std::vector<CellIndex> group = cellsOfGroup(*m_results, m_mode, item); !group.empty()) {
        ensureVisible(group.front());
    } else if (!m_related.empty()) {
        ensureVisible(m_related.front());
    }
}

void PageMapView::updateHighlight()
{
    for (std::uint8_t& code : m_cells.codes)
        code = static_cast<std::uint8_t>(code & ~cell::kHighlight);
    m_related.clear();
    m_hasGroup = false;
    if (!m_results || m_cells.codes.empty())
        return;
    m_related = cellsOfSlot(*m_results, m_mode, m_selected);
    if (m_related.size() > kFramesAtMost)
        m_related.resize(kFramesAtMost);
    for (const CellIndex& cell : cellsOfGroup(*m_results, m_mode, m_selected)) {
        const std::int64_t index
            = m_mode == PageMapMode::Tasks ? cell.row * m_cells.columns + cell.column : cell.column;
        m_cells.codes[static_cast<std::size_t>(index)] |= cell::kHighlight;
        m_hasGroup = true;
    }
}

void PageMapView::setCurrentCell(const CellIndex& cell)
{
    if (!m_results || itemAt(*m_results, m_mode, cell).isEmpty())
        return;
    ensureVisible(cell);
    if (cell == m_current)
        return;
    m_current = cell;
    const QString text = cellText(*m_results, m_mode, cell);
    setAccessibleDescription(text);
    QAccessibleEvent event(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&event);
    viewport()->update();
    Q_EMIT currentTextChanged(text);
}

CellLimits PageMapView::limits() const
{
    CellLimits limits;
    limits.largest = 6.0 * fontMetrics().height();
    limits.fittedRow = 4.0 * fontMetrics().height();
    return limits;
}

QRectF PageMapView::area() const
{
    const QRectF whole = viewport()->rect();
    if (!m_results || m_cells.codes.empty())
        return whole;
    const QFontMetricsF metrics(font());
    return whole.adjusted(MapPainter::leftRulerWidth(*m_results, m_cells, metrics),
        MapPainter::topRulerHeight(m_cells, metrics), 0.0, 0.0);
}

/// Chooses the number of columns with which the cells are largest, and the ranges of the scroll bars.
void PageMapView::updateLayout()
{
    const QRectF room = area();
    const std::int64_t before = m_layout.columns;
    m_zoom = std::clamp(m_zoom, 1.0, largestZoom(m_cells, room.size(), limits()));
    m_layout = fitCells(m_cells, room.size(), m_zoom, limits());
    if (m_layout.columns != before)
        updateRaster();
    const auto setRange = [](QScrollBar* bar, double content, double page) {
        bar->setPageStep(static_cast<int>(page));
        bar->setSingleStep(std::max(1, static_cast<int>(page) / 10));
        bar->setRange(0, std::max(0, static_cast<int>(std::lround(content - page))));
    };
    setRange(horizontalScrollBar(), m_layout.grid().width(), room.width());
    setRange(verticalScrollBar(), m_layout.grid().height(), room.height());
    viewport()->update();
}

void PageMapView::updateRaster()
{
    m_raster.setCells(m_cells.codes, m_layout.columns,
        m_mode == PageMapMode::Pool ? CellRaster::Coarser::BothWays : CellRaster::Coarser::AlongRows);
    viewport()->update();
}

MapGeometry PageMapView::geometry() const
{
    // What is smaller than the area is centred in the pool, and begins at the rulers in tasks x pages; what is larger is moved by the
    // scroll bars.
    MapGeometry geometry = m_layout;
    const QRectF room = area();
    const QSizeF spare = room.size() - m_layout.grid().size();
    const double share = m_mode == PageMapMode::Pool ? 0.5 : 0.0;
    geometry.origin = room.topLeft()
        + QPointF(spare.width() > 0.0 ? spare.width() * share : -horizontalScrollBar()->value(),
            spare.height() > 0.0 ? spare.height() * share : -verticalScrollBar()->value());
    return geometry;
}

CellIndex PageMapView::cellAt(const QPoint& point) const
{
    if (!m_results || !area().contains(point))
        return {};
    const CellIndex cell = geometry().cellAt(QPointF(point));
    return itemAt(*m_results, m_mode, cell).isEmpty() ? CellIndex {} : cell;
}

QRectF PageMapView::cellRect(const CellIndex& cell) const
{
    return geometry().rectOf(cell);
}

void PageMapView::setZoom(double zoom, const QPointF& anchor)
{
    const MapGeometry before = geometry();
    const QPointF place = anchor - before.origin;
    const QPointF cells(place.x() / before.cellWidth, place.y() / before.cellHeight);
    m_zoom = zoom;
    updateLayout();
    const QPointF start = area().topLeft();
    horizontalScrollBar()->setValue(
        static_cast<int>(std::lround(cells.x() * m_layout.cellWidth - (anchor.x() - start.x()))));
    verticalScrollBar()->setValue(
        static_cast<int>(std::lround(cells.y() * m_layout.cellHeight - (anchor.y() - start.y()))));
}

void PageMapView::zoomIn()
{
    setZoom(m_zoom * kZoomStep, m_current.isNone() ? area().center() : cellRect(m_current).center());
}

void PageMapView::zoomOut()
{
    setZoom(m_zoom / kZoomStep, m_current.isNone() ? area().center() : cellRect(m_current).center());
}

void PageMapView::zoomToFit()
{
    setZoom(1.0, area().center());
}

void PageMapView::ensureVisible(const CellIndex& cell)
{
    const QRectF rect = cellRect(cell);
    const QRectF room = area();
    const auto reveal = [](QScrollBar* bar, double low, double high, double from, double to) {
        if (low < from)
            bar->setValue(bar->value() + static_cast<int>(std::floor(low - from)));
        else if (high > to)
            bar->setValue(bar->value() + static_cast<int>(std::ceil(high - to)));
    };
    reveal(horizontalScrollBar(), rect.left(), rect.right(), room.left(), room.right());
    reveal(verticalScrollBar(), rect.top(), rect.bottom(), room.top(), room.bottom());
}

void PageMapView::paintEvent(QPaintEvent*)
{
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), palette().base());
    if (!m_results || m_cells.codes.empty())
        return;
    const QRectF room = area();
    const MapGeometry grid = geometry();
    const double ratio = devicePixelRatioF();
    const QSize pixels = (room.size() * ratio).toSize();
    if (m_frame.size() != pixels)
        m_frame = QImage(pixels, QImage::Format_RGB32);
    const QRectF place = grid.grid().translated(-room.topLeft());
    m_raster.paint(
        m_frame, QRectF(place.topLeft() * ratio, place.size() * ratio), m_colors.colors(m_hasGroup));
    painter.drawImage(room, m_frame);

    MapPainter details(painter, *m_results, m_cells, grid, m_colors, palette(), room);
    details.setDimsOthers(m_hasGroup);
    details.paintDetails();
    details.paintLeftRuler(room.left());
    details.paintTopRuler(room.top());
    for (const CellIndex& cell : m_related)
        details.paintFrame(cell, MapPainter::Frame::Related);
    if (const CellIndex cell = cellOf(*m_results, m_mode, m_selected); !cell.isNone())
        details.paintFrame(cell, MapPainter::Frame::Selected);
    if (!m_current.isNone() && hasFocus())
        details.paintFrame(m_current, MapPainter::Frame::Current);
}

void PageMapView::paintTo(QPainter& painter, const QRectF& target) const
{
    if (!m_results || m_cells.codes.empty())
        return;
    const QFontMetricsF metrics(painter.font(), painter.device());
    const double left = MapPainter::leftRulerWidth(*m_results, m_cells, metrics);
    const double top = MapPainter::topRulerHeight(m_cells, metrics);
    const QRectF room = target.adjusted(left, top, 0.0, 0.0);
    if (room.width() < 1.0 || room.height() < 1.0)
        return;
    MapGeometry grid = fitCells(m_cells, room.size(), 1.0, limits());
    grid.origin = room.topLeft();
    MapPainter map(painter, *m_results, m_cells, grid, m_colors, palette(), room);
    map.setDimsOthers(m_hasGroup);
    if (m_cells.codes.size() <= kRectsAtMost) {
        map.paintCells();
    } else {
        const QRectF place = grid.grid().intersected(room);
        QImage image((place.size() * kImageScale).toSize(), QImage::Format_RGB32);
        m_raster.paint(image, QRectF(QPointF(), place.size() * kImageScale), m_colors.colors(m_hasGroup));
        painter.drawImage(place, image);
    }
    map.paintDetails();
    map.paintLeftRuler(left);
    map.paintTopRuler(top);
}

std::int64_t PageMapView::extraBytes() const
{
    return static_cast<std::int64_t>(m_cells.codes.capacity()) + m_raster.extraBytes();
}

void PageMapView::resizeEvent(QResizeEvent* event)
{
    QAbstractScrollArea::resizeEvent(event);
    updateLayout();
}

void PageMapView::changeEvent(QEvent* event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange) {
        m_colors = CellColors(palette());
        viewport()->update();
        Q_EMIT cellsChanged();
    } else if (event->type() == QEvent::FontChange) {
        updateLayout();
    }
}

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

void PageMapView::focusInEvent(QFocusEvent* event)
{
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void PageMapView::focusOutEvent(QFocusEvent* event)
{
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
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
