// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pagemap/page_map_legend.h"

#include "widgets/style/palette.h"
#include "widgets/style/text.h"

#include <QEvent>
#include <QFontMetricsF>
#include <QLinearGradient>
#include <QPainter>
#include <QStringList>

#include <algorithm>
#include <cmath>

namespace palimpsest {

namespace {

constexpr double kBarCharacters = 14.0; ///< width of the bar, in mean characters
constexpr double kLineHeight = 1.3; ///< in text heights

QString categoryText(std::uint8_t category)
{
    switch (category) {
    case cell::kEmpty:
        return PageMapLegend::tr("unused");
    case cell::kUnknown:
        return PageMapLegend::tr("not known yet");
    case cell::kShared:
        return PageMapLegend::tr("level 1, shared");
    case cell::kExclusive:
        return PageMapLegend::tr("level 2, exclusive");
    case cell::kSame:
        return PageMapLegend::tr("same neighbours");
    case cell::kOtherNeighbours:
        return PageMapLegend::tr("other neighbours");
    case cell::kNowShared:
        return PageMapLegend::tr("shared, was exclusive");
    case cell::kNowExclusive:
        return PageMapLegend::tr("exclusive, was shared");
    case cell::kNotComparable:
        return PageMapLegend::tr("not comparable");
    default:
        return {};
    }
}

QString valueText(PageQuantity quantity, double value)
{
    return quantity == PageQuantity::Tenants || quantity == PageQuantity::Tasks
        ? countText(static_cast<std::int64_t>(value))
        : costText(value);
}

QString unitText(PageQuantity quantity)
{
    switch (quantity) {
    case PageQuantity::Tenants:
        return PageMapLegend::tr("pages");
    case PageQuantity::Tasks:
        return PageMapLegend::tr("tasks");
    case PageQuantity::Cost:
        return PageMapLegend::tr("nats");
    case PageQuantity::Fisher:
        return PageMapLegend::tr("nats per squared weight");
    case PageQuantity::Level:
    case PageQuantity::Change:
        break;
    }
    return {};
}

} // namespace

PageMapLegend::PageMapLegend(QWidget* parent)
    : QWidget(parent)
    , m_colors(palette())
{
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void PageMapLegend::setCells(const PageCells& cells)
{
    m_mode = cells.mode;
    m_quantity = cells.quantity;
    m_scale = cells.scale;
    m_categories = cells.categories;
    setAccessibleName(text());
    setToolTip(m_scale.isLogarithmic && !m_scale.isEmpty()
            ? tr("Colours follow the logarithm of the value. A pixel that covers several cells shows the "
                 "highest of them.")
            : tr("A pixel that covers several cells shows the highest of them."));
    updateGeometry();
    update();
}

std::vector<PageMapLegend::Part> PageMapLegend::parts() const
{
    std::vector<Part> parts;
    if (!m_scale.isEmpty())
        parts.push_back({ valueText(m_quantity, m_scale.low), 0,
            tr("%1 %2").arg(valueText(m_quantity, m_scale.high), unitText(m_quantity)) });
    for (std::uint8_t category = 1; category < cell::kCategoryCount; ++category)
        if ((m_categories >> category & 1U) != 0)
            parts.push_back({ categoryText(category), category, {} });
    return parts;
}

QString PageMapLegend::text() const
{
    QStringList texts;
    for (const Part& part : parts())
        texts << (part.code == 0 ? tr("Colours from %1 to %2").arg(part.text, part.highText) : part.text);
    return texts.join(QStringLiteral(", "));
}

double PageMapLegend::widthOf(const Part& part, const QFontMetricsF& metrics)
{
    const double gap = metrics.height() / 2.0;
    const double text = metrics.horizontalAdvance(part.text) + gap;
    return part.code == 0
        ? text + kBarCharacters * metrics.averageCharWidth() + gap + metrics.horizontalAdvance(part.highText)
        : metrics.height() + text;
}

std::vector<QPointF> PageMapLegend::placesOf(
    const std::vector<Part>& parts, double width, const QFontMetricsF& metrics) const
{
    std::vector<QPointF> places;
    QPointF next;
    for (const Part& part : parts) {
        const double needed = widthOf(part, metrics);
        if (next.x() > 0.0 && next.x() + needed > width)
            next = { 0.0, next.y() + metrics.height() * kLineHeight };
        places.push_back(next);
        next.rx() += needed + metrics.height();
    }
    return places;
}

double PageMapLegend::heightIn(double width, const QFontMetricsF& metrics) const
{
    const std::vector<QPointF> places = placesOf(parts(), width, metrics);
    return (places.empty() ? 0.0 : places.back().y()) + metrics.height() * kLineHeight;
}

QSize PageMapLegend::sizeHint() const
{
    const QFontMetricsF metrics(font());
    double width = 0.0;
    for (const Part& part : parts())
        width += widthOf(part, metrics) + metrics.height();
    return { static_cast<int>(std::ceil(width)),
        static_cast<int>(std::ceil(metrics.height() * kLineHeight)) };
}

QSize PageMapLegend::minimumSizeHint() const
{
    const QFontMetricsF metrics(font());
    double width = 0.0;
    for (const Part& part : parts())
        width = std::max(width, widthOf(part, metrics));
    return { static_cast<int>(std::ceil(width)),
        static_cast<int>(std::ceil(metrics.height() * kLineHeight)) };
}

int PageMapLegend::heightForWidth(int width) const
{
    return static_cast<int>(std::ceil(heightIn(width, QFontMetricsF(font()))));
}

void PageMapLegend::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paint(painter, rect());
}

void PageMapLegend::paint(QPainter& painter, const QRectF& target) const
{
    const QFontMetricsF metrics(painter.font(), painter.device());
    const double gap = metrics.height() / 2.0;
    const double height = metrics.height() * 0.8;
    const std::vector<Part> all = parts();
    const std::vector<QPointF> places = placesOf(all, target.width(), metrics);
    QRectF rest;
    const auto write = [&](const QString& text) {
        painter.setPen(palette().color(QPalette::WindowText));
        painter.drawText(rest, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, text);
        rest.setLeft(rest.left() + metrics.horizontalAdvance(text) + gap);
    };
    for (std::size_t i = 0; i < all.size(); ++i) {
        const Part& part = all[i];
        rest = QRectF(target.topLeft() + places[i],
            QSizeF(target.width() - places[i].x(), metrics.height() * kLineHeight));
        const double top = rest.center().y() - height / 2.0;
        if (part.code == 0) {
            write(part.text);
            const QRectF bar(rest.left(), top, kBarCharacters * metrics.averageCharWidth(), height);
            QLinearGradient gradient(bar.topLeft(), bar.topRight());
            constexpr int kStops = 8;
            for (int stop = 0; stop <= kStops; ++stop)
                gradient.setColorAt(
                    static_cast<double>(stop) / kStops, scaleColor(static_cast<double>(stop) / kStops));
            painter.fillRect(bar, gradient);
            rest.setLeft(bar.right() + gap);
            write(part.highText);
            continue;
        }
        const QRectF swatch(rest.left(), top, metrics.height(), height);
        const QColor color = m_colors.color(part.code);
        painter.fillRect(swatch, color);
        if (const Qt::BrushStyle pattern = CellColors::pattern(part.code); pattern != Qt::NoBrush)
            painter.fillRect(swatch, QBrush(CellColors::patternColor(color), pattern));
        painter.setPen(palette().color(QPalette::Mid));
        painter.drawRect(swatch);
        rest.setLeft(swatch.right() + gap);
        write(part.text);
    }
}

void PageMapLegend::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        m_colors = CellColors(palette());
        update();
    }
}

} // namespace palimpsest
