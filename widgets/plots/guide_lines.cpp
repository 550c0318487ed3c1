// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/guide_lines.h"

#include "widgets/style/palette.h"

#include <qcustomplot.h>

namespace palimpsest {

void GuideLines::place(const QPalette& palette, const QFont& font)
{
    for (QCPAbstractItem* const item : m_items)
        m_canvas.removeItem(item);
    m_items.clear();
    const QColor base = palette.color(QPalette::Base);
    const QColor color = blended(palette.color(QPalette::Text), base, 0.35);
    for (const PlotGuide& guide : m_guides) {
        const bool isHorizontal = guide.orientation == Qt::Horizontal;
        auto* const line = new QCPItemStraightLine(&m_canvas);
        line->setPen(QPen(color, 1.0, Qt::DashLine));
        auto* const text = new QCPItemText(&m_canvas);
        text->setText(guide.text);
        text->setFont(font);
        text->setColor(color);
        text->setBrush(QBrush(base));
        text->setPadding(QMargins(3, 0, 3, 0));
        text->setPositionAlignment((isHorizontal ? Qt::AlignRight : Qt::AlignLeft)
            | (isHorizontal && !guide.isTextBelow ? Qt::AlignBottom : Qt::AlignTop));
        if (isHorizontal) {
            line->point1->setCoords(1.0, guide.value);
            line->point2->setCoords(2.0, guide.value);
            text->position->setTypeX(QCPItemPosition::ptAxisRectRatio);
            text->position->setCoords(0.99, guide.value);
        } else {
            line->point1->setCoords(guide.value, 1.0);
            line->point2->setCoords(guide.value, 2.0);
            text->position->setTypeY(QCPItemPosition::ptAxisRectRatio);
            text->position->setCoords(guide.value, 0.01);
        }
        m_items.push_back(line);
        m_items.push_back(text);
    }
}

} // namespace palimpsest
