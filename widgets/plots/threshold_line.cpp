// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/threshold_line.h"

#include "widgets/style/palette.h"

#include <qcustomplot.h>

#include <algorithm>
#include <cmath>

namespace palimpsest {

namespace {

const QString& layerName()
{
    static const QString name = QStringLiteral("threshold");
    return name;
}

} // namespace

ThresholdLine::ThresholdLine(QCustomPlot& canvas)
    : m_canvas(canvas)
    , m_line(new QCPItemStraightLine(&canvas))
    , m_text(new QCPItemText(&canvas))
{
    canvas.addLayer(layerName(), canvas.layer(QStringLiteral("main")));
    canvas.layer(layerName())->setMode(QCPLayer::lmBuffered);
    m_line->setLayer(layerName());
    m_text->setLayer(layerName());
    m_text->position->setTypeX(QCPItemPosition::ptAxisRectRatio);
    m_text->position->setTypeY(QCPItemPosition::ptPlotCoords);
    m_text->setPositionAlignment(Qt::AlignLeft | Qt::AlignBottom);
    m_text->setPadding(QMargins(4, 1, 4, 1));
    m_line->setVisible(false);
    m_text->setVisible(false);
}

void ThresholdLine::setText(const QString& text)
{
    if (m_threshold)
        m_threshold->text = text;
}

void ThresholdLine::setY(double y)
{
    m_threshold->y = std::clamp(y, m_threshold->lowest, m_threshold->highest);
}

void ThresholdLine::place(const QPalette& palette, const QFont& font)
{
    m_line->setVisible(m_threshold.has_value());
    m_text->setVisible(m_threshold.has_value());
    if (!m_threshold)
        return;
    const QColor text = palette.color(QPalette::Text);
    const QColor base = palette.color(QPalette::Base);
    const QColor color = m_threshold->isMovable ? text : blended(text, base, 0.5);
    m_line->setPen(QPen(color, m_threshold->isMovable ? 2.0 : 1.2, Qt::DashLine));
    m_line->point1->setCoords(m_canvas.xAxis->range().lower, m_threshold->y);
    m_line->point2->setCoords(m_canvas.xAxis->range().upper, m_threshold->y);
    m_text->setText(m_threshold->text);
    m_text->setFont(font);
    m_text->setColor(color);
    m_text->setBrush(QBrush(base));
    m_text->position->setCoords(0.01, m_threshold->y);
}

void ThresholdLine::paint()
{
    m_canvas.layer(layerName())->replot();
}

bool ThresholdLine::canTake(const QPointF& pixel, double reach) const
{
    return m_threshold && m_threshold->isMovable && m_canvas.axisRect()->rect().contains(pixel.toPoint())
        && std::abs(m_canvas.yAxis->coordToPixel(m_threshold->y) - pixel.y()) <= reach;
}

double ThresholdLine::valueAt(const QPointF& pixel) const
{
    const QCPAxis* const axis = m_canvas.yAxis;
    const double step = std::abs(axis->pixelToCoord(pixel.y()) - axis->pixelToCoord(pixel.y() + 1.0));
    const double digit = std::pow(10.0, std::floor(std::log10(step)));
    return std::round(axis->pixelToCoord(pixel.y()) / digit) * digit;
}

} // namespace palimpsest
