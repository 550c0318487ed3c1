// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRectF>
#include <QString>

class QPainter;
class QWidget;

namespace palimpsest {

/// Scales `painter` so that a picture of `view` in `target` has the proportions of fonts and lines that the view has on the
/// screen. @return where to paint, in the painter's new units
[[nodiscard]] QRectF beginPicture(QPainter& painter, const QRectF& target, const QWidget& view);

/// Fills `place` with the view's background and writes the caption at its top. @return what is left below it
[[nodiscard]] QRectF paintCaption(
    QPainter& painter, const QRectF& place, const QWidget& view, const QString& caption);

} // namespace palimpsest
