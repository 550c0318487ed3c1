// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/tables/table_painter.h"

#include "widgets/style/fonts.h"
#include "widgets/style/palette.h"

#include <QAbstractItemModel>
#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>
#include <QPalette>

#include <algorithm>
#include <numeric>
#include <vector>

namespace palimpsest {

namespace {

constexpr double kRowHeight = 1.5; ///< of a row, in heights of the font
constexpr double kLeastShrink = 0.65; ///< rows are left out before the text becomes smaller

QFont pixelFont(const QFont& font)
{
    QFont pixels = font;
    pixels.setPixelSize(QFontInfo(font).pixelSize());
    return pixels;
}

QFont cellFont(const QFont& plain, const QModelIndex& cell)
{
    const QVariant wanted = cell.data(Qt::FontRole);
    QFont font = plain;
    font.setBold(wanted.isValid() && wanted.value<QFont>().bold());
    return font;
}

/// Widths that the columns need, of all rows and the header.
std::vector<double> columnWidths(const QAbstractItemModel& model, const QFont& font)
{
    constexpr double kGap = 1.2; // between two columns, in heights of the font
    const QFontMetricsF metrics(boldFont(font));
    std::vector<double> widths;
    for (int column = 0; column < model.columnCount(); ++column) {
        double widest = metrics.horizontalAdvance(model.headerData(column, Qt::Horizontal).toString());
        for (int row = 0; row < model.rowCount(); ++row) {
            const QModelIndex cell = model.index(row, column);
            const double swatch = cell.data(Qt::DecorationRole).isValid() ? 1.5 * metrics.height() : 0.0;
            widest = std::max(widest, swatch + metrics.horizontalAdvance(cell.data().toString()));
        }
        widths.push_back(widest + kGap * metrics.height());
    }
    return widths;
}

void paintCell(QPainter& painter, QRectF place, const QModelIndex& cell, const QPalette& palette)
{
    const double height = painter.fontMetrics().height();
    if (const QVariant swatch = cell.data(Qt::DecorationRole);
        swatch.canConvert<QColor>() && swatch.isValid()) {
        const QRectF square(place.left(), place.center().y() - 0.35 * height, 0.7 * height, 0.7 * height);
        painter.fillRect(square, swatch.value<QColor>());
        place.adjust(1.2 * height, 0.0, 0.0, 0.0);
    }
    const QVariant color = cell.data(Qt::ForegroundRole);
    painter.setPen(color.isValid() ? color.value<QBrush>().color() : palette.color(QPalette::Text));
    const QVariant alignment = cell.data(Qt::TextAlignmentRole);
    const int flags = alignment.isValid() ? alignment.toInt() : int(Qt::AlignLeft | Qt::AlignVCenter);
    painter.drawText(place, flags | Qt::TextSingleLine | Qt::TextDontClip, cell.data().toString());
}

} // namespace

double tableHeight(const QAbstractItemModel& model, const QFont& font)
{
    return kRowHeight * QFontMetricsF(pixelFont(font)).height() * (model.rowCount() + 1);
}

void paintTable(QPainter& painter, const QRectF& target, const QAbstractItemModel& model, const QFont& font,
    const QPalette& palette)
{
    const QFont plain = pixelFont(font);
    const double rowHeight = kRowHeight * QFontMetricsF(plain).height();
    const std::vector<double> widths = columnWidths(model, plain);
    const double width = std::accumulate(widths.begin(), widths.end(), 0.0);
    const double gap = 0.3 * rowHeight;
    painter.save();
    painter.fillRect(target, palette.color(QPalette::Base));
    // To its width in any case; to its height as far as it can still be read.
    const double height = rowHeight * (model.rowCount() + 1);
    const double shrink
        = std::min({ 1.0, target.width() / width, std::max(kLeastShrink, target.height() / height) });
    painter.translate(target.topLeft());
    painter.scale(shrink, shrink);
    const auto place = [&](int line, std::size_t column) {
        const double left
            = std::accumulate(widths.begin(), widths.begin() + static_cast<std::ptrdiff_t>(column), 0.0);
        return QRectF(left + gap, line * rowHeight, widths[column] - 2.0 * gap, rowHeight);
    };
    painter.setFont(boldFont(plain));
    painter.setPen(palette.color(QPalette::Text));
    for (std::size_t column = 0; column < widths.size(); ++column) {
        const QVariant alignment = model.rowCount() == 0
            ? QVariant()
            : model.index(0, static_cast<int>(column)).data(Qt::TextAlignmentRole);
        const int flags = alignment.isValid() ? alignment.toInt() : int(Qt::AlignLeft | Qt::AlignVCenter);
        const QRectF field = place(0, column);
        painter.drawText(field, flags | Qt::TextSingleLine | Qt::TextDontClip,
            model.headerData(static_cast<int>(column), Qt::Horizontal).toString());
    }
    painter.setPen(blended(palette.color(QPalette::Text), palette.color(QPalette::Base), 0.6));
    painter.drawLine(QLineF(0.0, rowHeight, width, rowHeight));

    const int room = static_cast<int>(target.height() / shrink / rowHeight + 1e-6) - 1;
    const int rows = model.rowCount() <= room ? model.rowCount() : std::max(0, room - 1);
    for (int row = 0; row < rows; ++row) {
        for (std::size_t column = 0; column < widths.size(); ++column) {
            const QModelIndex cell = model.index(row, static_cast<int>(column));
            painter.setFont(cellFont(plain, cell));
            paintCell(painter, place(row + 1, column), cell, palette);
        }
    }
    if (rows < model.rowCount() && room > 0) {
        painter.setFont(plain);
        painter.setPen(palette.color(QPalette::Text));
        painter.drawText(QRectF(gap, (rows + 1) * rowHeight, width, rowHeight),
            Qt::AlignLeft | Qt::AlignVCenter,
            QCoreApplication::translate("TableView", "… and %n more", nullptr, model.rowCount() - rows));
    }
    painter.restore();
}

} // namespace palimpsest
