// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/whatif/marked_slider.h"

#include <QPainter>
#include <QPolygonF>
#include <QStyle>
#include <QStyleOptionSlider>

namespace palimpsest {

MarkedSlider::MarkedSlider(QWidget* parent)
    : QSlider(Qt::Horizontal, parent)
{
}

void MarkedSlider::setMark(std::optional<int> position)
{
    if (position == m_mark)
        return;
    m_mark = position;
    update();
}

void MarkedSlider::paintEvent(QPaintEvent* event)
{
    QSlider::paintEvent(event);
    if (!m_mark || *m_mark < minimum() || *m_mark >= maximum())
        return;
    QStyleOptionSlider option;
    initStyleOption(&option);
    const int handle = style()->pixelMetric(QStyle::PM_SliderLength, &option, this);
    const int room = style()->pixelMetric(QStyle::PM_SliderSpaceAvailable, &option, this);
    const int offset
        = QStyle::sliderPositionFromValue(minimum(), maximum(), *m_mark, room, option.upsideDown);
    const QRect groove = style()->subControlRect(QStyle::CC_Slider, &option, QStyle::SC_SliderGroove, this);
    const double x = groove.left() + offset + handle / 2.0;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const double side = fontMetrics().ascent() * 0.35;
    const double top = 0.0;
    painter.setPen(QPen(palette().color(QPalette::WindowText), 1.5));
    painter.drawLine(QPointF(x, top), QPointF(x, height()));
    painter.setPen(Qt::NoPen);
    painter.setBrush(palette().color(QPalette::WindowText));
    painter.drawPolygon(
        QPolygonF { QPointF(x - side, top), QPointF(x + side, top), QPointF(x, top + 1.4 * side) });
}

} // namespace palimpsest
