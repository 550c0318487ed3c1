// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/export/picture.h"

#include <QFontInfo>
#include <QPainter>
#include <QWidget>

#include <algorithm>

namespace palimpsest {

QRectF beginPicture(QPainter& painter, const QRectF& target, const QWidget& view)
{
    // A view that was never shown has no size of its own yet: as large as a page of 100 characters.
    const double width = std::max(view.width(), 100 * view.fontMetrics().averageCharWidth());
    const double scale = target.width() / width;
    painter.translate(target.topLeft());
    painter.scale(scale, scale);
    return { 0.0, 0.0, width, target.height() / scale };
}

QRectF paintCaption(QPainter& painter, const QRectF& place, const QWidget& view, const QString& caption)
{
    painter.fillRect(place, view.palette().color(QPalette::Base));
    QFont font = view.font();
    font.setPixelSize(QFontInfo(font).pixelSize());
    font.setBold(true);
    painter.setFont(font);
    painter.setPen(view.palette().color(QPalette::Text));
    const double height = QFontMetricsF(font).height();
    const double margin = 0.4 * height;
    const QRectF line(place.left() + margin, place.top() + margin, place.width() - 2.0 * margin, height);
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter,
        QFontMetricsF(font).elidedText(caption, Qt::ElideRight, line.width()));
    return place.adjusted(0.0, height + 2.0 * margin, 0.0, 0.0);
}

} // namespace palimpsest
