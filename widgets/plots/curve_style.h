// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QPixmap>
#include <QString>

class QCPScatterStyle;
class QPen;
class QWidget;

namespace palimpsest {

/// What a curve is called and how it looks.
struct CurveLook {
    enum class Form { Line, Steps, Dots };
    QString name;
    int task = -1; ///< has its colour, line style and marker; -1: the curve is of no task
    int series = 0; ///< of a curve of no task: the n-th of seriesCount
    int seriesCount = 1;
    Form form = Form::Line;
};

[[nodiscard]] QColor curveColor(const CurveLook& look, const QColor& background);
[[nodiscard]] QPen curvePen(const CurveLook& look, const QColor& background, double width);
/// Another form for each of seven curves, and for the seven colours of the next ones.
[[nodiscard]] QCPScatterStyle curveMarker(const CurveLook& look, const QColor& background, double size);

/// A piece of the line with its marker, for lists beside plots; in the colours and for the screen of `widget`.
[[nodiscard]] QPixmap curveSwatch(const CurveLook& look, const QWidget& widget, const QSize& size);

} // namespace palimpsest
