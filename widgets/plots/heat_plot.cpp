// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/heat_plot.h"

#include "widgets/plots/axis_ticker.h"
#include "widgets/style/palette.h"
#include "widgets/style/text.h"

#include <qcustomplot.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace palimpsest {

namespace {

QCPColorGradient gradient()
{
    constexpr int kStops = 8;
    QMap<double, QColor> stops;
    for (int stop = 0; stop <= kStops; ++stop)
        stops[static_cast<double>(stop) / kStops] = scaleColor(static_cast<double>(stop) / kStops);
    QCPColorGradient gradient;
    gradient.setColorStops(stops);
    gradient.setNanHandling(QCPColorGradient::nhTransparent);
    return gradient;
}

} // namespace

HeatPlot::HeatPlot(QWidget* parent)
    : Plot(parent)
    , m_rows(std::make_shared<const Rows>())
    , m_map(new QCPColorMap(canvas().xAxis, canvas().yAxis))
    , m_scale(new QCPColorScale(&canvas()))
{
    canvas().plotLayout()->addElement(0, 1, m_scale);
    m_scale->setType(QCPAxis::atRight);
    m_scale->setRangeDrag(false);
    m_scale->setRangeZoom(false);
    m_scale->setDataScaleType(QCPAxis::stLogarithmic);
    m_scale->setGradient(gradient());
    m_scale->axis()->setTicker(makeTicker({ {}, Text::Number, true }));
    auto* const margins = new QCPMarginGroup(&canvas()); // the scale is as high as the map
    canvas().axisRect()->setMarginGroup(QCP::msTop | QCP::msBottom, margins);
    m_scale->setMarginGroup(QCP::msTop | QCP::msBottom, margins);
    m_map->setColorScale(m_scale);
    m_map->setInterpolate(false);
}

HeatPlot::~HeatPlot() = default;

void HeatPlot::setCells(const QStringList& names, std::shared_ptr<const Rows> rows, const QString& quantity)
{
    m_names = names;
    m_rows = std::move(rows);
    m_quantity = quantity;
    m_least = std::numeric_limits<double>::max();
    m_greatest = 0.0;
    for (const std::vector<double>& row : *m_rows) {
        for (const double value : row) {
            m_greatest = std::max(m_greatest, value);
            if (value > 0.0)
                m_least = std::min(m_least, value);
        }
    }
    if (m_greatest <= 0.0)
        m_least = m_greatest = 1.0;
    if (m_least == m_greatest)
        m_least /= 10.0; // a scale has two ends
    m_scale->setDataRange({ m_least, m_greatest });
    m_scale->setLabel(quantity);
    m_markedRow = -1;
    m_marked.clear();
    setRows(names);
    placeMarks();
}

void HeatPlot::setMarked(int row, const std::vector<std::pair<int, int>>& ranges)
{
    m_markedRow = row;
    m_marked = ranges;
    placeMarks();
    refresh();
}

void HeatPlot::placeMarks()
{
    canvas().clearItems();
    const QColor text = palette().color(QPalette::Text);
    const QColor base = palette().color(QPalette::Base);
    for (const auto& [first, last] : m_marked) {
        // Two frames, so that one of them shows on every colour.
        for (const auto& [color, width] : { std::pair(base, 4.0), std::pair(text, 2.0) }) {
            auto* const frame = new QCPItemRect(&canvas());
            frame->topLeft->setCoords(first - 0.5, m_markedRow - 0.5);
            frame->bottomRight->setCoords(last + 0.5, m_markedRow + 0.5);
            frame->setPen(QPen(color, width));
            frame->setBrush(Qt::NoBrush);
        }
    }
}

std::optional<QRectF> HeatPlot::dataBounds() const
{
    std::size_t longest = 0;
    for (const std::vector<double>& row : *m_rows)
        longest = std::max(longest, row.size());
    if (longest == 0)
        return std::nullopt;
    return QRectF(-0.5, -0.5, static_cast<double>(longest), static_cast<double>(m_rows->size()));
}

void HeatPlot::prepare(int width)
{
    const std::optional<QRectF> bounds = dataBounds();
    if (!bounds) {
        m_map->data()->clear();
        return;
    }
    // Columns of a power of two of cells each, so that they keep their places while the map is moved.
    const QCPRange shown = canvas().xAxis->range();
    const auto last
        = static_cast<std::int64_t>(std::floor(std::min(shown.upper, bounds->right() - 1.0) + 0.5));
    auto first = static_cast<std::int64_t>(std::floor(std::max(shown.lower, 0.0) + 0.5));
    std::int64_t step = 1;
    while ((last - first) / step > 2 * std::max(width, 1))
        step *= 2;
    first -= first % step;
    const std::int64_t columns = std::max<std::int64_t>((last - first) / step + 1, 1);
    const auto rows = static_cast<int>(m_rows->size());
    QCPColorMapData* const cells = m_map->data();
    cells->setSize(static_cast<int>(columns), rows);
    const double center = static_cast<double>(first) + 0.5 * static_cast<double>(step - 1);
    // One column alone has no distance to the next: its range is the width of the map around it.
    cells->setRange(columns == 1 ? QCPRange(center, center + 1.0)
                                 : QCPRange(center, center + static_cast<double>((columns - 1) * step)),
        rows == 1 ? QCPRange(0.0, 1.0) : QCPRange(0.0, rows - 1.0));
    for (int row = 0; row < rows; ++row) {
        const std::vector<double>& values = (*m_rows)[static_cast<std::size_t>(row)];
        const auto size = static_cast<std::int64_t>(values.size());
        for (std::int64_t column = 0; column < columns; ++column) {
            const std::int64_t begin = first + column * step;
            const std::int64_t end = std::min(begin + step, size);
            double shade = std::numeric_limits<double>::quiet_NaN();
            if (begin < end)
                shade = std::max(m_least, *std::max_element(values.begin() + begin, values.begin() + end));
            cells->setCell(static_cast<int>(column), row, shade);
        }
    }
}

void HeatPlot::applyColors()
{
    Plot::applyColors();
    const QColor text = palette().color(QPalette::Text);
    QCPAxis* const axis = m_scale->axis();
    axis->setBasePen(text);
    axis->setTickPen(text);
    axis->setSubTickPen(Qt::NoPen);
    axis->setTickLabelColor(text);
    axis->setTickLabelFont(pixelFont());
    axis->setLabelColor(text);
    axis->setLabelFont(pixelFont());
    m_scale->setBarWidth(fontMetrics().height());
    placeMarks();
}

std::pair<int, int> HeatPlot::cellAt(const QPointF& pixel) const
{
    if (!canvas().axisRect()->rect().contains(pixel.toPoint()))
        return { -1, -1 };
    const double row = std::round(canvas().yAxis->pixelToCoord(pixel.y()));
    const double column = std::round(canvas().xAxis->pixelToCoord(pixel.x()));
    if (row < 0.0 || row >= static_cast<double>(m_rows->size()) || column < 0.0
        || column >= static_cast<double>((*m_rows)[static_cast<std::size_t>(row)].size()))
        return { -1, -1 };
    return { static_cast<int>(row), static_cast<int>(column) };
}

QString HeatPlot::textAt(const QPointF& pixel) const
{
    const auto [row, column] = cellAt(pixel);
    if (row < 0)
        return {};
    const double value = (*m_rows)[static_cast<std::size_t>(row)][static_cast<std::size_t>(column)];
    return tr("%1\n%2: %3\n%4: %5")
        .arg(m_names.value(row), xAxis().title, countText(column), m_quantity, axisText(Text::Number, value));
}

void HeatPlot::click(const QPointF& pixel)
{
    const auto [row, column] = cellAt(pixel);
    if (row >= 0)
        Q_EMIT cellClicked(row, column);
}

} // namespace palimpsest
