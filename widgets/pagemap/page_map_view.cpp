// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pagemap/page_map_view.h"

#include "widgets/pagemap/page_map_model.h"
#include "widgets/style/palette.h"
#include "widgets/style/text.h"

#include <QApplication>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace palimpsest {

namespace {
constexpr double kLargestCell = 96.0; ///< pixels, where zooming in ends
constexpr double kGridFrom = 6.0; ///< pixels a cell from which lines part the cells
constexpr double kZoomStep = 1.25;
} // namespace

PageMapView::PageMapView(QWidget* parent)
    : QAbstractScrollArea(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Page map"));
    viewport()->setMouseTracking(true);
    for (QScrollBar* bar : { horizontalScrollBar(), verticalScrollBar() })
        connect(bar, &QScrollBar::valueChanged, viewport(), qOverload<>(&QWidget::update));
}

void PageMapView::setPageMap(std::shared_ptr<const PageMap> map)
{
    m_map = std::move(map);
    m_coloring.reset();
    if (m_map)
        m_coloring.emplace(*m_map, m_quantity);
    updateLayout();
    updateImage();
    if (!m_map || m_current >= m_map->slotCount())
        setCurrentSlot(-1);
}

void PageMapView::setQuantity(PageQuantity quantity)
{
    m_quantity = quantity;
    if (!m_map)
        return;
    m_coloring.emplace(*m_map, quantity);
    updateImage();
}

void PageMapView::setCurrentSlot(int slot)
{
    if (slot == m_current || (slot >= 0 && (!m_map || slot >= m_map->slotCount())))
        return;
    m_current = slot;
    if (slot >= 0)
        ensureVisible(slot);
    setAccessibleDescription(
        slot < 0 ? QString() : tr("slot %1: %2").arg(slot).arg(tenantsText(*m_map, slot)));
    viewport()->update();
    Q_EMIT currentSlotChanged(slot);
}

int PageMapView::rows() const
{
    return m_map ? (m_map->slotCount() + m_columns - 1) / m_columns : 0;
}

/// Chooses the number of columns with which the cells are largest, and the ranges of the scroll bars.
void PageMapView::updateLayout()
{
    const int count = m_map ? m_map->slotCount() : 0;
    const double width = std::max(1, viewport()->width());
    const double height = std::max(1, viewport()->height());
    const int before = m_columns;
    m_columns
        = std::clamp(static_cast<int>(std::ceil(std::sqrt(count * width / height))), 1, std::max(1, count));
    m_fit = std::min({ width / m_columns, height / std::max(1, rows()), kLargestCell });
    m_zoom = std::clamp(m_zoom, 1.0, kLargestCell / m_fit);

    const auto setRange = [](QScrollBar* bar, double content, int page) {
        bar->setPageStep(page);
        bar->setSingleStep(std::max(1, page / 10));
        bar->setRange(0, std::max(0, static_cast<int>(std::lround(content)) - page));
    };
    setRange(horizontalScrollBar(), cellSize() * m_columns, viewport()->width());
    setRange(verticalScrollBar(), cellSize() * rows(), viewport()->height());
    if (m_columns != before)
        updateImage();
    viewport()->update();
}

void PageMapView::updateImage()
{
    viewport()->update();
    if (!m_map || m_map->slotCount() == 0) {
        m_image = {};
        return;
    }
    m_image = QImage(m_columns, rows(), QImage::Format_RGB32);
    m_image.fill(palette().color(QPalette::Base));
    const QRgb empty = palette().color(QPalette::Midlight).rgb();
    std::array<QRgb, 256> shades {}; // a million mixed colours would hold up the window
    for (std::size_t i = 0; i < shades.size(); ++i)
        shades[i] = scaleColor(static_cast<double>(i) / (shades.size() - 1)).rgb();
    for (int row = 0; row < m_image.height(); ++row) {
        auto* const line = reinterpret_cast<QRgb*>(m_image.scanLine(row));
        const int last = std::min(m_columns, m_map->slotCount() - row * m_columns);
        for (int column = 0; column < last; ++column) {
            const double shade = m_coloring->shade(*m_map, row * m_columns + column);
            line[column] = shade < 0.0
                ? empty
                : shades[static_cast<std::size_t>(std::lround(std::min(shade, 1.0) * (shades.size() - 1)))];
        }
    }
}

QPointF PageMapView::origin() const
{
    // What is smaller than the viewport is centred; what is larger is moved by the scroll bars.
    const double spareX = viewport()->width() - cellSize() * m_columns;
    const double spareY = viewport()->height() - cellSize() * rows();
    return { spareX > 0.0 ? spareX / 2.0 : -horizontalScrollBar()->value(),
        spareY > 0.0 ? spareY / 2.0 : -verticalScrollBar()->value() };
}

int PageMapView::slotAt(const QPoint& point) const
{
    if (!m_map)
        return -1;
    const QPointF place = (QPointF(point) - origin()) / cellSize();
    const int column = static_cast<int>(std::floor(place.x()));
    const int row = static_cast<int>(std::floor(place.y()));
    if (column < 0 || column >= m_columns || row < 0)
        return -1;
    const qint64 slot = static_cast<qint64>(row) * m_columns + column;
    return slot < m_map->slotCount() ? static_cast<int>(slot) : -1;
}

QRectF PageMapView::cellRect(int slot) const
{
    const double size = cellSize();
    return { origin() + QPointF(slot % m_columns, slot / m_columns) * size, QSizeF(size, size) };
}

void PageMapView::setZoom(double zoom, const QPointF& anchor)
{
    const QPointF place = (anchor - origin()) / cellSize(); // in cells
    m_zoom = zoom;
    updateLayout();
    horizontalScrollBar()->setValue(static_cast<int>(std::lround(place.x() * cellSize() - anchor.x())));
    verticalScrollBar()->setValue(static_cast<int>(std::lround(place.y() * cellSize() - anchor.y())));
}

void PageMapView::ensureVisible(int slot)
{
    const QRectF cell = cellRect(slot);
    const auto reveal = [](QScrollBar* bar, double low, double high, int size) {
        if (low < 0.0)
            bar->setValue(bar->value() + static_cast<int>(std::floor(low)));
        else if (high > size)
            bar->setValue(bar->value() + static_cast<int>(std::ceil(high - size)));
    };
    reveal(horizontalScrollBar(), cell.left(), cell.right(), viewport()->width());
    reveal(verticalScrollBar(), cell.top(), cell.bottom(), viewport()->height());
}

void PageMapView::paintEvent(QPaintEvent*)
{
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), palette().base());
    if (m_image.isNull())
        return;
    const double size = cellSize();
    const QPointF start = origin();
    // Only the cells that can be seen.
    const QRectF seen = QRectF(viewport()->rect()).translated(-start);
    const QRect cells
        = QRectF(seen.topLeft() / size, seen.size() / size).toAlignedRect().intersected(m_image.rect());
    const QRectF target(start + QPointF(cells.topLeft()) * size, QSizeF(cells.size()) * size);
    painter.drawImage(target, m_image, QRectF(cells));

    if (size >= kGridFrom) {
        painter.setPen(palette().color(QPalette::Base));
        for (int column = cells.left(); column <= cells.right() + 1; ++column) {
            const double x = start.x() + column * size;
            painter.drawLine(QPointF(x, target.top()), QPointF(x, target.bottom()));
        }
        for (int row = cells.top(); row <= cells.bottom() + 1; ++row) {
            const double y = start.y() + row * size;
            painter.drawLine(QPointF(target.left(), y), QPointF(target.right(), y));
        }
        paintNumbers(painter, cells);
    }
    if (m_current >= 0) {
        const QColor frame = palette().color(hasFocus() ? QPalette::Highlight : QPalette::WindowText);
        const QRectF cell = cellRect(m_current).adjusted(0.5, 0.5, -0.5, -0.5);
        painter.setPen(QPen(palette().color(QPalette::Base), 5.0));
        painter.drawRect(cell);
        painter.setPen(QPen(frame, 3.0));
        painter.drawRect(cell);
    }
}

void PageMapView::paintNumbers(QPainter& painter, const QRect& cells) const
{
    const int textHeight = fontMetrics().height();
    const int textWidth = fontMetrics().horizontalAdvance(QStringLiteral("000"));
    if (cellSize() < std::max(textHeight, textWidth))
        return;
    for (int row = cells.top(); row <= cells.bottom(); ++row) {
        for (int column = cells.left(); column <= cells.right(); ++column) {
            const int slot = row * m_columns + column;
            if (slot >= m_map->slotCount())
                return;
            const QColor background = QColor::fromRgb(m_image.pixel(column, row));
            painter.setPen(readableOn(background));
            painter.drawText(cellRect(slot), Qt::AlignCenter, QString::number(m_map->tenantsOf(slot).size()));
        }
    }
}

void PageMapView::resizeEvent(QResizeEvent* event)
{
    QAbstractScrollArea::resizeEvent(event);
    updateLayout();
}

void PageMapView::changeEvent(QEvent* event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        updateImage();
}

void PageMapView::keyPressEvent(QKeyEvent* event)
{
    if (!m_map || m_map->slotCount() == 0) {
        QAbstractScrollArea::keyPressEvent(event);
        return;
    }
    const int last = m_map->slotCount() - 1;
    const auto move = [&](int slot) { setCurrentSlot(m_current < 0 ? 0 : std::clamp(slot, 0, last)); };
    const QPointF centre = viewport()->rect().center();
    switch (event->key()) {
    case Qt::Key_Left:
        return move(m_current - 1);
    case Qt::Key_Right:
        return move(m_current + 1);
    case Qt::Key_Up:
        return move(m_current - m_columns < 0 ? m_current : m_current - m_columns);
    case Qt::Key_Down:
        return move(m_current + m_columns > last ? m_current : m_current + m_columns);
    case Qt::Key_Home:
        return setCurrentSlot(0);
    case Qt::Key_End:
        return setCurrentSlot(last);
    case Qt::Key_Plus:
        return setZoom(m_zoom * kZoomStep, centre);
    case Qt::Key_Minus:
        return setZoom(m_zoom / kZoomStep, centre);
    case Qt::Key_0:
        return setZoom(1.0, centre);
    default:
        QAbstractScrollArea::keyPressEvent(event);
    }
}

void PageMapView::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton)
        return;
    m_dragFrom = event->pos();
    m_dragged = false;
    if (const int slot = slotAt(event->pos()); slot >= 0)
        setCurrentSlot(slot);
}

void PageMapView::mouseMoveEvent(QMouseEvent* event)
{
    if (!(event->buttons() & Qt::LeftButton))
        return;
    const QPoint way = event->pos() - m_dragFrom;
    if (!m_dragged && way.manhattanLength() < QApplication::startDragDistance())
        return; // a hand that shakes while it clicks
    m_dragged = true;
    horizontalScrollBar()->setValue(horizontalScrollBar()->value() - way.x());
    verticalScrollBar()->setValue(verticalScrollBar()->value() - way.y());
    m_dragFrom = event->pos();
}

void PageMapView::wheelEvent(QWheelEvent* event)
{
    if (!(event->modifiers() & Qt::ControlModifier)) {
        QAbstractScrollArea::wheelEvent(event);
        return;
    }
    setZoom(m_zoom * std::pow(kZoomStep, event->angleDelta().y() / 120.0), event->position());
    event->accept();
}

bool PageMapView::viewportEvent(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return QAbstractScrollArea::viewportEvent(event);
    const auto* const help = static_cast<QHelpEvent*>(event);
    const int slot = slotAt(help->pos());
    if (slot < 0) {
        QToolTip::hideText();
        return true;
    }
    const QString tenants = tenantsText(*m_map, slot);
    QToolTip::showText(help->globalPos(),
        tenants.isEmpty()
            ? tr("Slot %1: no page uses it").arg(slot)
            : tr("Slot %1\nPages: %2\nCost: %3 nats")
                  .arg(slot)
                  .arg(tenants, costText(static_cast<double>(m_map->costs[static_cast<std::size_t>(slot)]))),
        viewport());
    return true;
}

} // namespace palimpsest
