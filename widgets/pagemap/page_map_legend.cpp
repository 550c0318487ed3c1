// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pagemap/page_map_legend.h"

#include "widgets/style/palette.h"

#include <QLinearGradient>
#include <QPainter>

namespace palimpsest {

namespace {
constexpr int kBarCharacters = 14; ///< width of the bar, in mean characters
}

PageMapLegend::PageMapLegend(QWidget* parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void PageMapLegend::setColoring(const std::optional<PageColoring>& coloring)
{
    m_coloring = coloring;
    setAccessibleName(
        coloring ? tr("Colours from %1 to %2").arg(coloring->lowText(), coloring->highText()) : QString());
    updateGeometry();
    update();
}

QSize PageMapLegend::sizeHint() const
{
    if (!m_coloring)
        return { 0, fontMetrics().height() };
    const int texts = fontMetrics().horizontalAdvance(m_coloring->lowText() + m_coloring->highText());
    return { texts + kBarCharacters * fontMetrics().averageCharWidth() + fontMetrics().height(),
        fontMetrics().height() };
}

void PageMapLegend::paintEvent(QPaintEvent*)
{
    if (!m_coloring)
        return;
    QPainter painter(this);
    const int gap = fontMetrics().height() / 2;
    QRect rest = rect();
    painter.setPen(palette().color(QPalette::WindowText));
    painter.drawText(rest, Qt::AlignLeft | Qt::AlignVCenter, m_coloring->lowText());
    painter.drawText(rest, Qt::AlignRight | Qt::AlignVCenter, m_coloring->highText());
    rest.adjust(fontMetrics().horizontalAdvance(m_coloring->lowText()) + gap, 0,
        -fontMetrics().horizontalAdvance(m_coloring->highText()) - gap, 0);
    QLinearGradient gradient(rest.topLeft(), rest.topRight());
    constexpr int kStops = 8;
    for (int stop = 0; stop <= kStops; ++stop)
        gradient.setColorAt(
            static_cast<double>(stop) / kStops, scaleColor(static_cast<double>(stop) / kStops));
    painter.fillRect(rest, gradient);
}

} // namespace palimpsest
