// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/report/recorded_picture.h"

#include <QBuffer>
#include <QPainter>
#include <QSvgGenerator>

namespace palimpsest {

std::optional<RecordedPicture> recordPicture(
    const QString& title, QSizeF size, const std::function<bool(QPainter&, const QRectF&)>& paint)
{
    RecordedPicture recorded { title, size, QPicture() };
    QPainter painter(&recorded.picture);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool isPainted = size.width() >= 1.0 && size.height() >= 1.0 && paint(painter, QRectF({}, size));
    painter.end();
    if (!isPainted)
        return std::nullopt;
    return recorded;
}

void playPicture(QPainter& painter, const QRectF& target, const RecordedPicture& picture)
{
    painter.save();
    painter.setClipRect(target, Qt::IntersectClip);
    painter.translate(target.topLeft());
    painter.scale(target.width() / picture.size.width(), target.height() / picture.size.height());
    QPicture copy = picture.picture; // play() is not const
    copy.play(&painter);
    painter.restore();
}

QByteArray svgOf(const RecordedPicture& picture)
{
    QBuffer buffer;
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setResolution(96);
    generator.setSize(picture.size.toSize());
    generator.setViewBox(QRectF({}, picture.size));
    generator.setTitle(picture.title.toHtmlEscaped()); // it writes what it is given
    QPainter painter(&generator);
    playPicture(painter, QRectF({}, picture.size), picture);
    painter.end();
    return buffer.data();
}

} // namespace palimpsest
