// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pagemap/page_map_view.h"

#include "widgets/pagemap/map_painter.h"

#include <QAccessible>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>
#include <cmath>
#include <utility>

namespace palimpsest {

namespace {
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

} // namespace palimpsest
