// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/whatif/number_slider.h"

#include "widgets/whatif/marked_slider.h"

#include <QHBoxLayout>
#include <QSignalBlocker>
#include <QSpinBox>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

namespace palimpsest {

namespace {

constexpr int kPositions = 500; ///< of a logarithmic slider

/// Doubles and halves.
class PowerBox : public QSpinBox {
public:
    using QSpinBox::QSpinBox;
    void stepBy(int steps) override
    {
        double value = this->value();
        value *= std::pow(2.0, steps);
        setValue(static_cast<int>(
            std::clamp(value, static_cast<double>(minimum()), static_cast<double>(maximum()))));
    }
};

} // namespace

NumberSlider::NumberSlider(Scale scale, const QString& name, const QString& tip, QWidget* parent)
    : QWidget(parent)
    , m_scale(scale)
    , m_tip(tip)
    , m_slider(new MarkedSlider)
    , m_box(scale == Scale::Powers ? new PowerBox : new QSpinBox)
{
    m_box->setRange(0, std::numeric_limits<int>::max());
    m_box->setGroupSeparatorShown(true);
    m_box->setAccelerated(true);
    m_box->setKeyboardTracking(true); // the prediction follows while one types
    m_box->setAlignment(Qt::AlignRight);
    m_slider->setAccessibleName(name);
    m_box->setAccessibleName(name);
    m_slider->setToolTip(tip);
    m_box->setToolTip(tip);
    setFocusProxy(m_slider);
    auto* const layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_slider, 1);
    layout->addWidget(m_box);
    connect(m_slider, &QSlider::valueChanged, this, [this](int position) { take(valueAt(position)); });
    connect(m_box, &QSpinBox::valueChanged, this, [this](int value) { take(value); });
    connect(m_slider, &QSlider::sliderReleased, this, &NumberSlider::editingFinished);
    connect(m_box, &QSpinBox::editingFinished, this, &NumberSlider::editingFinished);
}

void NumberSlider::setSliderRange(std::int64_t least, std::int64_t most)
{
    if (least == m_least && most == m_most)
        return;
    m_least = least;
    m_most = std::max(most, least + 1);
    const QSignalBlocker block(m_slider);
    m_slider->setRange(0,
        m_scale == Scale::Powers ? std::countr_zero(static_cast<std::uint64_t>(m_most))
                - std::countr_zero(static_cast<std::uint64_t>(m_least))
                                 : static_cast<int>(std::min<std::int64_t>(kPositions, m_most - m_least)));
    m_slider->setPageStep(m_scale == Scale::Powers ? 1 : std::max(1, m_slider->maximum() / 20));
    m_slider->setValue(positionOf(m_value));
}

void NumberSlider::setLimits(int least, int most)
{
    const QSignalBlocker block(m_box);
    m_box->setRange(least, most);
}

void NumberSlider::setLeastText(const QString& text)
{
    m_box->setSpecialValueText(text);
}

void NumberSlider::setValue(std::int64_t value)
{
    m_value = value;
    const QSignalBlocker blockSlider(m_slider);
    const QSignalBlocker blockBox(m_box);
    m_slider->setValue(positionOf(value));
    const auto shown = static_cast<int>(std::clamp<std::int64_t>(value, m_box->minimum(), m_box->maximum()));
    if (m_box->value() != shown)
        m_box->setValue(shown); // not while it is typed: the cursor would jump
}

void NumberSlider::setMark(std::int64_t value, const QString& tip)
{
    const bool isShown = value > 0 && value < m_most;
    m_slider->setMark(isShown ? std::optional(positionOf(value)) : std::nullopt);
    m_slider->setToolTip(isShown ? m_tip + QStringLiteral("\n\n") + tip : m_tip);
}

void NumberSlider::take(std::int64_t value)
{
    if (value == m_value)
        return;
    setValue(value);
    Q_EMIT valueChanged(value);
}

int NumberSlider::positionOf(std::int64_t value) const
{
    const std::int64_t inside = std::clamp(value, m_least, m_most);
    if (m_scale == Scale::Powers)
        return static_cast<int>(
            std::lround(std::log2(static_cast<double>(inside) / static_cast<double>(m_least))));
    int low = 0; // the last position whose number is at most the value
    int high = m_slider->maximum();
    while (low < high) {
        const int middle = (low + high + 1) / 2;
        if (valueAt(middle) <= inside)
            low = middle;
        else
            high = middle - 1;
    }
    return low;
}

std::int64_t NumberSlider::valueAt(int position) const
{
    if (m_scale == Scale::Powers)
        return m_least << position;
    const double share = static_cast<double>(position) / std::max(1, m_slider->maximum());
    const double range = static_cast<double>(m_most - m_least);
    // Every step is a number of its own, so that arrow keys never stand still.
    return m_least + std::max<std::int64_t>(position, std::llround(std::expm1(share * std::log1p(range))));
}

} // namespace palimpsest
