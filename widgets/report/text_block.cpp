// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/report/text_block.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QTextOption>

#include <algorithm>

namespace palimpsest {

TextBlock::TextBlock(
    const QString& text, const QFont& font, double width, Qt::Alignment alignment, QPaintDevice* device)
{
    QString lines = text;
    lines.replace(QLatin1Char('\n'), QChar::LineSeparator);
    m_layout = std::make_shared<QTextLayout>(lines, font, device);
    QTextOption option(alignment);
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    m_layout->setTextOption(option);
    if (text.isEmpty())
        return;
    m_layout->beginLayout();
    double y = 0.0;
    for (QTextLine line = m_layout->createLine(); line.isValid(); line = m_layout->createLine()) {
        line.setLineWidth(width);
        line.setPosition({ 0.0, y });
        y += line.height();
    }
    m_layout->endLayout();
}

double TextBlock::height() const
{
    return heightOf(0, lineCount());
}

int TextBlock::linesWithin(int first, double room) const
{
    int count = 0;
    while (first + count < lineCount() && heightOf(first, count + 1) <= room)
        ++count;
    return count;
}

double TextBlock::heightOf(int first, int count) const
{
    if (count <= 0 || first >= lineCount())
        return 0.0;
    const QTextLine last = m_layout->lineAt(std::min(first + count, lineCount()) - 1);
    return last.y() + last.height() - m_layout->lineAt(first).y();
}

void TextBlock::paint(QPainter& painter, QPointF topLeft, int first, int count) const
{
    if (count <= 0 || first >= lineCount())
        return;
    const QPointF offset = topLeft - QPointF(0.0, m_layout->lineAt(first).y());
    for (int i = first; i < std::min(first + count, lineCount()); ++i)
        m_layout->lineAt(i).draw(&painter, offset);
}

TextWidths textWidths(const QString& text, const QFont& font, QPaintDevice* device)
{
    const QFontMetricsF metrics(font, device);
    TextWidths widths;
    for (const QString& line : text.split(QLatin1Char('\n'))) {
        widths.whole = std::max(widths.whole, metrics.horizontalAdvance(line));
        for (const QString& word : line.split(QLatin1Char(' ')))
            widths.word = std::max(widths.word, metrics.horizontalAdvance(word));
    }
    return widths;
}

} // namespace palimpsest
