// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/project/samples_view.h"

#include "widgets/style/palette.h"

#include <QHelpEvent>
#include <QImage>
#include <QPainter>
#include <QPolygonF>
#include <QToolTip>

#include <algorithm>
#include <cmath>
#include <utility>

namespace palimpsest {

namespace {

constexpr std::int64_t kMostCurves = 6; ///< of one sample; more are drawn as a picture, a row each

/// How the values of a sample lie in a picture.
struct PictureForm {
    std::int64_t channels = 0; ///< 1 grey, 3 colour; 0: it is no picture
    std::int64_t height = 0;
    std::int64_t width = 0;
};

PictureForm pictureForm(const Shape& shape)
{
    if (shape.size() == 3)
        return { shape[0] == 3 ? 3 : 1, shape[1],
            shape[2] }; // of other numbers of channels the first is shown
    if (shape.size() == 2 && shape[0] > kMostCurves)
        return { 1, shape[0], shape[1] };
    return {};
}

QImage picture(const std::vector<float>& values, const PictureForm& form, float least, float most)
{
    const float scale = most > least ? 255.0F / (most - least) : 0.0F;
    const auto plane = static_cast<std::size_t>(form.height * form.width);
    QImage image(static_cast<int>(form.width), static_cast<int>(form.height), QImage::Format_RGB32);
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x) {
            const auto at = static_cast<std::size_t>(y) * static_cast<std::size_t>(form.width)
                + static_cast<std::size_t>(x);
            const auto shade = [&](std::size_t channel) {
                return static_cast<int>(
                    std::clamp((values[channel * plane + at] - least) * scale, 0.0F, 255.0F));
            };
            image.setPixel(x, y,
                form.channels == 3 ? qRgb(shade(0), shade(1), shade(2)) : qRgb(shade(0), shade(0), shade(0)));
        }
    return image;
}

} // namespace

SamplesView::SamplesView(QWidget* parent)
    : QWidget(parent)
{
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    setAccessibleName(tr("Samples of the data"));
}

void SamplesView::setData(const std::optional<DataPreview>& preview)
{
    m_data = preview;
    m_pictures.clear();
    QStringList labels;
    if (m_data) {
        m_least = HUGE_VALF;
        m_most = -HUGE_VALF;
        for (const PreviewSample& sample : m_data->samples)
            for (const float value : sample.values)
                if (std::isfinite(value)) {
                    m_least = std::min(m_least, value);
                    m_most = std::max(m_most, value);
                }
        const PictureForm form = pictureForm(m_data->sampleShape);
        for (const PreviewSample& sample : m_data->samples)
            if (form.channels > 0)
                m_pictures.append(picture(sample.values, form, m_least, m_most));
        for (int i = 0; i < static_cast<int>(m_data->samples.size()); ++i)
            labels << (caption(i) + QLatin1Char(' ') + prediction(i)).trimmed();
    }
    setAccessibleDescription(labels.isEmpty()
            ? QString()
            : tr("Classes of the first samples: %1.").arg(labels.join(QStringLiteral(", "))));
    updateGeometry();
    setMinimumHeight(heightForWidth(width()));
    update();
}

QString SamplesView::className(std::int32_t label) const
{
    const auto index = static_cast<std::size_t>(label);
    return label >= 0 && index < m_data->classNames.size() ? QString::fromStdString(m_data->classNames[index])
                                                           : QString::number(label);
}

QString SamplesView::caption(int sample) const
{
    return className(m_data->samples[static_cast<std::size_t>(sample)].label);
}

QString SamplesView::prediction(int sample) const
{
    const PreviewSample& shown = m_data->samples[static_cast<std::size_t>(sample)];
    if (!shown.predicted)
        return {};
    return (*shown.predicted == shown.label ? tr("✓ %1") : tr("✗ %1")).arg(className(*shown.predicted));
}

int SamplesView::lines() const
{
    return m_data
            && std::any_of(m_data->samples.begin(), m_data->samples.end(),
                [](const PreviewSample& sample) { return sample.predicted.has_value(); })
        ? 2
        : 1;
}

QSize SamplesView::cellSize() const
{
    const int line = fontMetrics().height();
    const int side = line * 4;
    const int gap = line / 2;
    return { side + gap, side + lines() * line + gap };
}

int SamplesView::columns(int width) const
{
    return std::max(1, width / cellSize().width());
}

int SamplesView::heightForWidth(int width) const
{
    const int count = m_data ? static_cast<int>(m_data->samples.size()) : 0;
    return (count + columns(width) - 1) / columns(width) * cellSize().height();
}

QSize SamplesView::sizeHint() const
{
    const int wide = cellSize().width() * 6;
    return { wide, heightForWidth(wide) };
}

QSize SamplesView::minimumSizeHint() const
{
    return { cellSize().width() * 2, cellSize().height() };
}

QRect SamplesView::cell(int sample) const
{
    const QSize size = cellSize();
    const int column = sample % columns(width());
    const int row = sample / columns(width());
    const int gap = fontMetrics().height() / 2;
    return { QPoint(column * size.width(), row * size.height()), size - QSize(gap, gap) };
}

void SamplesView::paintEvent(QPaintEvent*)
{
    if (!m_data)
        return;
    QPainter painter(this);
    const int line = fontMetrics().height();
    for (int i = 0; i < static_cast<int>(m_data->samples.size()); ++i) {
        const QRect whole = cell(i);
        const QRect place = whole.adjusted(0, 0, 0, -lines() * line);
        if (m_pictures.isEmpty()) {
            painter.fillRect(place, palette().base());
            painter.save();
            painter.setRenderHint(QPainter::Antialiasing);
            paintCurves(
                painter, QRectF(place).adjusted(2, 2, -2, -2), m_data->samples[static_cast<std::size_t>(i)]);
            painter.restore();
            painter.setPen(palette().color(QPalette::Mid));
            painter.drawRect(place.adjusted(0, 0, -1, -1));
        } else {
            QSize size = m_pictures[i].size();
            // Of [channels, length] the axes have no common scale.
            size.scale(
                place.size(), m_data->sampleShape.size() == 3 ? Qt::KeepAspectRatio : Qt::IgnoreAspectRatio);
            const QRect target(place.center() - QPoint(size.width() / 2, size.height() / 2), size);
            painter.drawImage(target, m_pictures[i]);
        }
        painter.setPen(palette().color(QPalette::WindowText));
        painter.drawText(whole.adjusted(0, place.height(), 0, 0), Qt::AlignHCenter | Qt::AlignTop,
            fontMetrics().elidedText(caption(i), Qt::ElideRight, whole.width()));
        if (const PreviewSample& shown = m_data->samples[static_cast<std::size_t>(i)]; shown.predicted) {
            const QColor ground = palette().color(QPalette::Window);
            painter.setPen(*shown.predicted == shown.label ? betterColor(ground) : worseColor(ground));
            painter.drawText(whole.adjusted(0, place.height() + line, 0, 0), Qt::AlignHCenter | Qt::AlignTop,
                fontMetrics().elidedText(prediction(i), Qt::ElideRight, whole.width()));
        }
    }
}

void SamplesView::paintCurves(QPainter& painter, const QRectF& place, const PreviewSample& sample) const
{
    const Shape& shape = m_data->sampleShape;
    const std::int64_t curves = shape.size() == 2 ? shape[0] : 1;
    const std::int64_t length = curves > 0 ? static_cast<std::int64_t>(sample.values.size()) / curves : 0;
    const double range = m_most > m_least ? static_cast<double>(m_most) - static_cast<double>(m_least) : 1.0;
    // A long curve is thinned to two points a pixel, the least and the greatest: nothing that stands out is lost.
    const std::int64_t step
        = std::max<std::int64_t>(1, length / static_cast<std::int64_t>(std::max(1.0, place.width())));
    for (std::int64_t curve = 0; curve < curves; ++curve) {
        QPolygonF points;
        const auto at = [&](std::int64_t index, float value) {
            const double x = length > 1 ? static_cast<double>(index) / static_cast<double>(length - 1) : 0.5;
            const double y = (static_cast<double>(value) - static_cast<double>(m_least)) / range;
            points << QPointF(place.left() + x * place.width(), place.bottom() - y * place.height());
        };
        const auto first = sample.values.begin() + curve * length;
        for (std::int64_t i = 0; i < length; i += step) {
            const auto [low, high] = std::minmax_element(first + i, first + std::min(length, i + step));
            at(i, *low);
            if (step > 1)
                at(i, *high);
        }
        const QColor color = curves == 1
            ? palette().color(QPalette::Text)
            : visibleOn(seriesColor(static_cast<int>(curve), static_cast<int>(curves)),
                palette().color(QPalette::Base));
        painter.setPen(QPen(color, 1.0));
        painter.drawPolyline(points);
    }
}

QString SamplesView::describe(int sample) const
{
    const PreviewSample& shown = m_data->samples[static_cast<std::size_t>(sample)];
    const QString text = tr("A training sample of class %1, %2.").arg(shown.label).arg(caption(sample));
    return shown.predicted ? text + QLatin1Char(' ')
            + tr("The network takes it for class %1, %2.")
                  .arg(*shown.predicted)
                  .arg(className(*shown.predicted))
                           : text;
}

bool SamplesView::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip || !m_data)
        return QWidget::event(event);
    auto* const help = static_cast<QHelpEvent*>(event);
    for (int i = 0; i < static_cast<int>(m_data->samples.size()); ++i)
        if (cell(i).contains(help->pos())) {
            QToolTip::showText(help->globalPos(), describe(i), this, cell(i));
            return true;
        }
    QToolTip::hideText();
    return true;
}

void SamplesView::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    setMinimumHeight(heightForWidth(width()));
}

} // namespace palimpsest
