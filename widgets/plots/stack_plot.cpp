// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/stack_plot.h"

#include "widgets/plots/axis_ticker.h"
#include "widgets/style/palette.h"
#include "widgets/style/text.h"

#include <qcustomplot.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <utility>

namespace palimpsest {

namespace {

constexpr double kThickness = 0.62; ///< of a bar, in rows

/// Second cue beside the colour.
Qt::BrushStyle patternOf(int kind)
{
    static constexpr std::array<Qt::BrushStyle, 7> kPatterns { Qt::NoBrush, Qt::BDiagPattern,
        Qt::Dense6Pattern, Qt::HorPattern, Qt::FDiagPattern, Qt::VerPattern, Qt::NoBrush };
    return kPatterns[static_cast<std::size_t>(kind) % kPatterns.size()];
}

/// Bars with a pattern over their fill, in the legend too.
class PatternBars : public QCPBars {
public:
    PatternBars(QCPAxis* keys, QCPAxis* values, const QBrush& pattern)
        : QCPBars(keys, values)
        , m_pattern(pattern)
    {
    }

protected:
    void draw(QCPPainter* painter) override
    {
        QCPBars::draw(painter);
        const QBrush fill = std::exchange(mBrush, m_pattern);
        QCPBars::draw(painter);
        mBrush = fill;
    }
    void drawLegendIcon(QCPPainter* painter, const QRectF& rect) const override
    {
        QCPBars::drawLegendIcon(painter, rect);
        constexpr double kIcon = 0.67; // share of the place that it fills
        QRectF icon(0.0, 0.0, kIcon * rect.width(), kIcon * rect.height());
        icon.moveCenter(rect.center());
        painter->fillRect(icon, m_pattern);
    }

private:
    QBrush m_pattern;
};

double sumOf(const StackBar& bar)
{
    double sum = 0.0;
    for (const StackPart& part : bar.parts)
        sum += part.value;
    return sum;
}

} // namespace

StackPlot::StackPlot(QWidget* parent)
    : Plot(parent)
{
}

void StackPlot::setBars(const QStringList& kinds, std::vector<StackBar> bars)
{
    m_kinds = kinds;
    m_bars = std::move(bars);
    QStringList names;
    for (const StackBar& bar : m_bars)
        names << bar.name;
    setRows(names);
    build();
    refresh();
}

void StackPlot::setHighlightedKind(int kind)
{
    if (std::exchange(m_highlighted, kind) != kind) {
        build();
        refresh();
    }
}

void StackPlot::build()
{
    QCustomPlot& plot = canvas();
    plot.legend->clearItems();
    plot.clearPlottables();
    plot.clearItems();
    const QColor base = palette().color(QPalette::Base);
    const QColor text = palette().color(QPalette::Text);
    std::set<int> inLegend;
    for (std::size_t row = 0; row < m_bars.size(); ++row) {
        const StackBar& bar = m_bars[row];
        double start = 0.0;
        for (const StackPart& part : bar.parts) {
            if (part.value <= 0.0)
                continue;
            const QColor fill = seriesColor(part.kind, static_cast<int>(m_kinds.size()));
            const bool isStrong = part.kind == m_highlighted;
            auto* const bars = new PatternBars(
                plot.yAxis, plot.xAxis, QBrush(blended(readableOn(fill), fill, 0.45), patternOf(part.kind)));
            bars->setName(m_kinds.value(part.kind));
            bars->setWidth(kThickness);
            bars->setBaseValue(start);
            bars->addData(static_cast<double>(row), part.value);
            bars->setPen(QPen(isStrong ? text : base, isStrong ? 2.5 : 0.5));
            bars->setBrush(fill);
            bars->setAntialiased(false); // neighbours meet without a seam
            if (inLegend.insert(part.kind).second)
                bars->addToLegend();
            start += part.value;
        }
        auto* const sum = new QCPItemText(&plot);
        sum->position->setCoords(start, static_cast<double>(row));
        sum->setPositionAlignment(Qt::AlignLeft | Qt::AlignVCenter);
        sum->setPadding(QMargins(6, 0, 0, 0));
        sum->setText(bar.text);
        sum->setFont(pixelFont());
        sum->setColor(text);
        if (bar.limit <= 0.0)
            continue;
        auto* const mark = new QCPItemLine(&plot);
        mark->start->setCoords(bar.limit, static_cast<double>(row) - 0.5);
        mark->end->setCoords(bar.limit, static_cast<double>(row) + 0.5);
        mark->setPen(QPen(sumOf(bar) > bar.limit ? worseColor(base) : text, 2.0, Qt::DashLine));
    }
    placeLegend(Legend::Below);
}

std::optional<QRectF> StackPlot::dataBounds() const
{
    if (m_bars.empty())
        return std::nullopt;
    double longest = 0.0;
    for (const StackBar& bar : m_bars)
        longest = std::max({ longest, sumOf(bar), bar.limit });
    return QRectF(QPointF(0.0, -0.5), QPointF(longest, static_cast<double>(m_bars.size()) - 0.5));
}

QRectF StackPlot::padded(const QRectF& bounds) const
{
    // Room for the sums behind the bars.
    constexpr double kRoom = 1.18;
    return { bounds.topLeft(),
        QPointF(bounds.right() > 0.0 ? kRoom * bounds.right() : 1.0, bounds.bottom()) };
}

void StackPlot::applyColors()
{
    Plot::applyColors();
    build();
}

StackPlot::Hit StackPlot::partAt(const QPointF& pixel) const
{
    const double x = canvas().xAxis->pixelToCoord(pixel.x());
    const double y = canvas().yAxis->pixelToCoord(pixel.y());
    const double row = std::round(y);
    if (row < 0.0 || row >= static_cast<double>(m_bars.size()) || std::abs(y - row) > 0.5 * kThickness
        || x < 0.0)
        return {};
    const StackBar& bar = m_bars[static_cast<std::size_t>(row)];
    double end = 0.0;
    for (std::size_t part = 0; part < bar.parts.size(); ++part) {
        end += bar.parts[part].value;
        if (x < end)
            return { static_cast<int>(row), static_cast<int>(part) };
    }
    return { static_cast<int>(row), -1 };
}

QString StackPlot::textAt(const QPointF& pixel) const
{
    const Hit hit = partAt(pixel);
    if (hit.bar < 0)
        return {};
    const StackBar& bar = m_bars[static_cast<std::size_t>(hit.bar)];
    const double sum = sumOf(bar);
    QString text = bar.name;
    if (hit.part >= 0) {
        const StackPart& part = bar.parts[static_cast<std::size_t>(hit.part)];
        text += tr("\n%1: %2 (%3 bytes), %4 of %5")
                    .arg(m_kinds.value(part.kind), bytesText(part.value),
                        countText(static_cast<std::int64_t>(part.value)),
                        percentText(sum > 0.0 ? part.value / sum : 0.0), bytesText(sum));
    } else {
        text += tr("\n%1 in all").arg(bytesText(sum));
    }
    if (bar.limit > 0.0)
        text += QLatin1Char('\n') + bar.limitText;
    return text;
}

void StackPlot::click(const QPointF& pixel)
{
    const Hit hit = partAt(pixel);
    const bool isPart = hit.bar >= 0 && hit.part >= 0;
    Q_EMIT partClicked(hit.bar,
        isPart ? m_bars[static_cast<std::size_t>(hit.bar)].parts[static_cast<std::size_t>(hit.part)].kind
               : -1);
}

} // namespace palimpsest
