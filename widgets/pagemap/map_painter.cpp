// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pagemap/map_painter.h"

#include "widgets/style/palette.h"
#include "widgets/style/text.h"

#include <QCoreApplication>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace palimpsest {

namespace {

constexpr double kLinesFrom = 6.0; ///< pixels a cell from which lines part the cells
constexpr double kPatternsFrom = 8.0;
constexpr double kLeastMark = 7.0; ///< pixels of a frame round a cell that is smaller

struct Text {
    Q_DECLARE_TR_FUNCTIONS(PageMap)
};

/// 1, 2 or 5 times a power of ten, the smallest that is at least `least`.
std::int64_t roundStep(double least)
{
    std::int64_t power = 1;
    while (true) {
        for (const std::int64_t factor : { 1, 2, 5 })
            if (static_cast<double>(factor * power) >= least)
                return factor * power;
        power *= 10;
    }
}

} // namespace

MapPainter::MapPainter(QPainter& painter, const RunResults& results, const PageCells& cells,
    const MapGeometry& geometry, const CellColors& colors, const QPalette& palette, const QRectF& area)
    : m_painter(painter)
    , m_results(results)
    , m_cells(cells)
    , m_geometry(geometry)
    , m_colors(colors)
    , m_palette(palette)
    , m_area(area)
    , m_metrics(painter.font(), painter.device())
{
}

std::uint8_t MapPainter::codeOf(const CellIndex& cell) const
{
    if (cell.isNone())
        return cell::kNone;
    const std::int64_t index
        = m_cells.mode == PageMapMode::Tasks ? cell.row * m_cells.columns + cell.column : cell.column;
    return m_cells.codes[static_cast<std::size_t>(index)];
}

void MapPainter::paintCells()
{
    const QRect places = m_geometry.placesIn(m_area);
    for (int row = places.top(); row <= places.bottom(); ++row) {
        for (int column = places.left(); column <= places.right(); ++column) {
            const CellIndex cell = m_geometry.cellAt(column, row);
            if (const std::uint8_t code = codeOf(cell); code != cell::kNone)
                m_painter.fillRect(
                    m_geometry.rectOf(cell).intersected(m_area), m_colors.color(code, m_dimsOthers));
        }
    }
}

void MapPainter::paintDetails()
{
    const double least = std::min(m_geometry.cellWidth, m_geometry.cellHeight);
    const QRect places = m_geometry.placesIn(m_area);
    m_painter.save();
    m_painter.setClipRect(m_area);
    if (least >= kPatternsFrom)
        paintPatterns(places);
    if (least >= kLinesFrom) {
        const QRectF whole = m_geometry.grid().intersected(m_area);
        m_painter.setPen(m_colors.ground());
        for (int column = places.left(); column <= places.right() + 1; ++column) {
            const double x = m_geometry.origin.x() + column * m_geometry.cellWidth;
            m_painter.drawLine(QPointF(x, whole.top()), QPointF(x, whole.bottom()));
        }
        for (int row = places.top(); row <= places.bottom() + 1; ++row) {
            const double y = m_geometry.origin.y() + row * m_geometry.cellHeight;
            m_painter.drawLine(QPointF(whole.left(), y), QPointF(whole.right(), y));
        }
    } else if (m_geometry.mode == PageMapMode::Tasks && m_geometry.cellHeight >= kLinesFrom) {
        m_painter.setPen(m_colors.ground());
        for (int row = places.top(); row <= places.bottom() + 1; ++row) {
            const double y = m_geometry.origin.y() + row * m_geometry.cellHeight;
            m_painter.drawLine(QPointF(m_area.left(), y), QPointF(m_area.right(), y));
        }
    }
    if (least >= kLinesFrom)
        paintNumbers(places);
    m_painter.restore();
}

void MapPainter::paintPatterns(const QRect& places)
{
    // Neighbours of one category are one rectangle.
    for (int row = places.top(); row <= places.bottom(); ++row) {
        for (int column = places.left(); column <= places.right();) {
            const std::uint8_t code = codeOf(m_geometry.cellAt(column, row));
            int end = column + 1;
            while (end <= places.right() && codeOf(m_geometry.cellAt(end, row)) == code)
                ++end;
            if (const Qt::BrushStyle pattern = CellColors::pattern(code); pattern != Qt::NoBrush) {
                const QColor lines = CellColors::patternColor(m_colors.color(code, m_dimsOthers));
                const QRectF run(
                    m_geometry.origin + QPointF(column * m_geometry.cellWidth, row * m_geometry.cellHeight),
                    QSizeF((end - column) * m_geometry.cellWidth, m_geometry.cellHeight));
                m_painter.fillRect(run.intersected(m_area), QBrush(lines, pattern));
            }
            column = end;
        }
    }
}

QString MapPainter::numberOf(const CellIndex& cell) const
{
    if (m_cells.mode == PageMapMode::Tasks) {
        const std::vector<PageRef>& entries
            = m_results.tasks[static_cast<std::size_t>(cell.row)].table.entries;
        if (entries.empty())
            return QString::number(cell.column);
        const PageRef& place = entries[static_cast<std::size_t>(cell.column)];
        return place.exclusive ? Text::tr("ex", "exclusive, in two or three letters")
                               : QString::number(place.index);
    }
    switch (m_cells.quantity) {
    case PageQuantity::Cost:
    case PageQuantity::Fisher:
        if (const auto value = cellValue(m_results, m_cells.mode, m_cells.quantity, 0, cell.column))
            return QString::number(*value, 'g', 2);
        return {};
    case PageQuantity::Tasks:
        return QString::number(m_results.pageMap->taskCountOf(static_cast<int>(cell.column)));
    case PageQuantity::Tenants:
    case PageQuantity::Level:
    case PageQuantity::Change:
        break;
    }
    return QString::number(m_results.pageMap->tenantsOf(static_cast<int>(cell.column)).size());
}

void MapPainter::paintNumbers(const QRect& places)
{
    if (m_geometry.cellHeight < m_metrics.height()
        || m_geometry.cellWidth < m_metrics.horizontalAdvance(QLatin1Char('0')) * 1.6)
        return;
    const double room = m_geometry.cellWidth - 2.0;
    for (int row = places.top(); row <= places.bottom(); ++row) {
        for (int column = places.left(); column <= places.right(); ++column) {
            const CellIndex cell = m_geometry.cellAt(column, row);
            const std::uint8_t code = codeOf(cell);
            if (code == cell::kNone)
                continue;
            const QString text = numberOf(cell);
            const double width = m_metrics.horizontalAdvance(text);
            if (width > room)
                continue;
            const QRectF rect = m_geometry.rectOf(cell);
            m_painter.setPen(readableOn(m_colors.color(code, m_dimsOthers)));
            m_painter.drawText(QPointF(rect.center().x() - width / 2.0,
                                   rect.center().y() + (m_metrics.ascent() - m_metrics.descent()) / 2.0),
                text);
        }
    }
}

void MapPainter::paintFrame(const CellIndex& cell, Frame frame)
{
    QRectF rect = m_geometry.rectOf(cell);
    if (!rect.intersects(m_area))
        return;
    const double wider = std::max(0.0, (kLeastMark - std::min(rect.width(), rect.height())) / 2.0);
    rect.adjust(-wider, -wider, wider, wider);
    rect.adjust(0.5, 0.5, -0.5, -0.5);
    m_painter.save();
    m_painter.setClipRect(m_area);
    const auto draw = [&](const QColor& color, double width, Qt::PenStyle style) {
        QPen pen(color, width, style);
        pen.setJoinStyle(Qt::MiterJoin);
        m_painter.setPen(pen);
        m_painter.drawRect(rect);
    };
    switch (frame) {
    case Frame::Selected:
        draw(m_palette.color(QPalette::Base), 5.0, Qt::SolidLine);
        draw(m_palette.color(QPalette::Highlight), 3.0, Qt::SolidLine);
        break;
    case Frame::Current:
        draw(m_palette.color(QPalette::Base), 3.0, Qt::SolidLine);
        draw(m_palette.color(QPalette::WindowText), 1.5, Qt::DashLine);
        break;
    case Frame::Related:
        draw(m_palette.color(QPalette::Base), 3.0, Qt::SolidLine);
        draw(m_palette.color(QPalette::Highlight), 1.5, Qt::SolidLine);
        break;
    }
    m_painter.restore();
}

double MapPainter::leftRulerWidth(
    const RunResults& results, const PageCells& cells, const QFontMetricsF& metrics)
{
    const double gap = metrics.averageCharWidth();
    if (cells.mode == PageMapMode::Pool)
        return metrics.horizontalAdvance(QString::number(cells.codes.size())) + gap;
    double width = 0.0;
    for (const TaskResults& task : results.tasks)
        width = std::max(width, metrics.horizontalAdvance(QString::fromStdString(task.name)));
    return std::min(width, 16.0 * metrics.averageCharWidth()) + metrics.ascent()
        + 2.5 * gap; // swatch and gaps
}

double MapPainter::topRulerHeight(const PageCells& cells, const QFontMetricsF& metrics)
{
    return cells.mode == PageMapMode::Tasks ? metrics.height() * 1.25 : 0.0;
}

void MapPainter::paintLeftRuler(double width)
{
    const double gap = m_metrics.averageCharWidth();
    const QRect places = m_geometry.placesIn(m_area);
    const auto step
        = std::max<int>(1, static_cast<int>(std::ceil(m_metrics.height() / m_geometry.cellHeight)));
    m_painter.save();
    m_painter.setClipRect(QRectF(m_area.left() - width, m_area.top(), width, m_area.height()));
    for (int row = places.top() - places.top() % step; row <= places.bottom(); row += step) {
        const double top = m_geometry.origin.y() + row * m_geometry.cellHeight;
        QRectF line(
            m_area.left() - width, top, width - gap, std::max(m_geometry.cellHeight, m_metrics.height()));
        m_painter.setPen(m_palette.color(QPalette::Text));
        if (m_geometry.mode == PageMapMode::Pool) {
            m_painter.setPen(m_palette.color(QPalette::PlaceholderText));
            m_painter.drawText(line,
                static_cast<int>(
                    step > 1 ? Qt::AlignRight | Qt::AlignTop : Qt::AlignRight | Qt::AlignVCenter),
                QString::number(row * m_geometry.columns));
            continue;
        }
        const double side = m_metrics.ascent() * 0.8;
        const QRectF swatch(line.left() + gap * 0.5, line.center().y() - side / 2.0, side, side);
        m_painter.fillRect(swatch, taskColor(row));
        line.setLeft(swatch.right() + gap);
        const QString name = QString::fromStdString(m_results.tasks[static_cast<std::size_t>(row)].name);
        m_painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter,
            m_metrics.elidedText(name, Qt::ElideMiddle, line.width()));
    }
    m_painter.restore();
}

void MapPainter::paintTopRuler(double height)
{
    if (m_geometry.mode != PageMapMode::Tasks)
        return;
    const QRect places = m_geometry.placesIn(m_area);
    const double widest
        = m_metrics.horizontalAdvance(QString::number(m_geometry.columns)) + m_metrics.averageCharWidth();
    const std::int64_t step = roundStep(widest / m_geometry.cellWidth);
    m_painter.save();
    m_painter.setClipRect(QRectF(m_area.left(), m_area.top() - height, m_area.width(), height));
    m_painter.setPen(m_palette.color(QPalette::PlaceholderText));
    for (std::int64_t page = places.left() - places.left() % step; page <= places.right(); page += step) {
        const double left = m_geometry.origin.x() + static_cast<double>(page) * m_geometry.cellWidth;
        const QRectF room(left, m_area.top() - height, std::max(m_geometry.cellWidth, widest), height);
        m_painter.drawText(room,
            static_cast<int>(
                m_geometry.cellWidth >= widest ? Qt::AlignCenter : Qt::AlignLeft | Qt::AlignVCenter),
            QString::number(page));
    }
    m_painter.restore();
}

} // namespace palimpsest
