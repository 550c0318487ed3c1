// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QPicture>
#include <QRectF>
#include <QSizeF>
#include <QString>

#include <functional>
#include <optional>

class QPainter;

namespace palimpsest {

/// What a view paints, recorded in the GUI thread and painted again wherever it is wanted, in any thread.
struct RecordedPicture {
    QString title;
    QSizeF size; ///< 1/96 inch
    QPicture picture;
};

/// @param paint  as View::paintTo
/// @return empty where `paint` has nothing to paint
[[nodiscard]] std::optional<RecordedPicture> recordPicture(
    const QString& title, QSizeF size, const std::function<bool(QPainter&, const QRectF&)>& paint);

/// Paints it into `target`, which should have its proportions, and nowhere else.
void playPicture(QPainter& painter, const QRectF& target, const RecordedPicture& picture);

/// A whole SVG file.
[[nodiscard]] QByteArray svgOf(const RecordedPicture& picture);

} // namespace palimpsest
