// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/curve_style.h"

#include "widgets/style/palette.h"

#include <qcustomplot.h>

#include <algorithm>
#include <array>

namespace palimpsest {

QColor curveColor(const CurveLook& look, const QColor& background)
{
    return visibleOn(
        look.task >= 0 ? taskColor(look.task) : seriesColor(look.series, look.seriesCount), background);
}

QPen curvePen(const CurveLook& look, const QColor& background, double width)
{
    QPen pen(curveColor(look, background), width, taskPenStyle(look.task >= 0 ? look.task : look.series));
    pen.setCapStyle(Qt::FlatCap);
    pen.setJoinStyle(Qt::RoundJoin); // no spikes where a curve turns sharply
    return pen;
}

QCPScatterStyle curveMarker(const CurveLook& look, const QColor& background, double size)
{
    static constexpr std::array<QCPScatterStyle::ScatterShape, 7> kShapes { QCPScatterStyle::ssDisc,
        QCPScatterStyle::ssSquare, QCPScatterStyle::ssTriangle, QCPScatterStyle::ssDiamond,
        QCPScatterStyle::ssTriangleInverted, QCPScatterStyle::ssPlus, QCPScatterStyle::ssCross };
    const int index = std::max(look.task >= 0 ? look.task : look.series, 0);
    const QColor color = curveColor(look, background);
    return { kShapes[static_cast<std::size_t>(index) % kShapes.size()], QPen(color, 1.5), QBrush(color),
        size };
}

QPixmap curveSwatch(const CurveLook& look, const QWidget& widget, const QSize& size)
{
    const QColor background = widget.palette().color(QPalette::Base);
    QPixmap swatch(size * widget.devicePixelRatioF());
    swatch.setDevicePixelRatio(widget.devicePixelRatioF());
    swatch.fill(background); // also in a selected row, whose colour may be its own
    QCPPainter painter(&swatch);
    painter.setAntialiasing(true);
    painter.setPen(curvePen(look, background, 2.0));
    const QPointF middle(size.width() / 2.0, size.height() / 2.0);
    painter.drawLine(QLineF(0.0, middle.y(), size.width(), middle.y()));
    const QCPScatterStyle marker = curveMarker(look, background, size.height() * 0.5);
    marker.applyTo(&painter, painter.pen());
    marker.drawShape(&painter, middle);
    return swatch;
}

} // namespace palimpsest
