// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/axis_ticker.h"

#include "widgets/style/text.h"

#include <qcustomplot.h>

#include <algorithm>
#include <cmath>

namespace palimpsest {

namespace {

/// As few as show multiples of `step` exactly, and at most nine: 2 for 0.25.
int decimalsFor(double step)
{
    constexpr int kMost = 9;
    int decimals = 0;
    for (double scaled = step; decimals < kMost && std::abs(scaled - std::round(scaled)) > 1e-6 * scaled;
         scaled *= 10.0)
        ++decimals;
    return decimals;
}

QString numberText(double value, double step)
{
    if (step <= 0.0 || std::abs(value) >= 1e7 || (value != 0.0 && std::abs(value) < 1e-4))
        return QString::number(value, 'g', 4);
    return QString::number(value, 'f', decimalsFor(step));
}

/// "20 ns", "1 \u00B5s", "150 ms", "2 s"
QString durationText(double microseconds)
{
    const double size = std::abs(microseconds);
    if (size < 0.9995)
        return QString::number(microseconds * 1e3, 'g', 3) + QStringLiteral(" ns");
    if (size < 999.5)
        return QString::number(microseconds, 'g', 3) + QStringLiteral(" \u00B5s");
    if (size < 999.5e3)
        return QString::number(microseconds / 1e3, 'g', 3) + QStringLiteral(" ms");
    return QString::number(microseconds / 1e6, 'g', 3) + QStringLiteral(" s");
}

/// Labels by axisText(), whatever places Base gives the ticks.
template <class Base> class Ticker : public Base {
public:
    explicit Ticker(Plot::Text form)
        : m_form(form)
    {
    }

protected:
    QVector<QString> createLabelVector(
        const QVector<double>& ticks, const QLocale& /*locale*/, QChar /*format*/, int /*precision*/) override
    {
        // Of powers of ten each has a step of its own: four digits do for them.
        const bool isEven = ticks.size() > 2
            && std::abs((ticks[2] - ticks[1]) - (ticks[1] - ticks[0])) < 1e-6 * std::abs(ticks[1] - ticks[0]);
        const double step = isEven || ticks.size() == 2 ? ticks[1] - ticks[0] : 0.0;
        QVector<QString> labels;
        for (const double tick : ticks)
            labels << axisText(m_form, std::abs(tick) < 1e-9 * step ? 0.0 : tick, step); // no -0
        return labels;
    }

private:
    Plot::Text m_form;
};

/// Where the axis shows few powers of ten, ticks at even distances, as QCustomPlot has them, would stand in each other's way.
class LogTicker : public Ticker<QCPAxisTickerLog> {
public:
    using Ticker::Ticker;

protected:
    QVector<double> createTickVector(double tickStep, const QCPRange& range) override
    {
        constexpr double kFewPowers = 100.0;
        constexpr double kNone = 3.0; ///< less than that from end to end shows too few round numbers
        if (range.lower <= 0.0 || range.upper > kFewPowers * range.lower || range.upper < kNone * range.lower)
            return QCPAxisTickerLog::createTickVector(tickStep, range);
        return roundTicks(range.lower, range.upper);
    }
};

} // namespace

QVector<double> roundTicks(double lower, double upper)
{
    QVector<double> ticks;
    for (double power = std::pow(10.0, std::floor(std::log10(lower)));; power *= 10.0) {
        for (const double times : { 1.0, 2.0, 5.0 }) {
            const double tick = times * power;
            if (!ticks.isEmpty() && tick <= lower)
                ticks.clear(); // a later one is nearer
            ticks << tick;
            if (tick >= upper)
                return ticks;
        }
    }
}

QString axisText(Plot::Text form, double value, double step)
{
    switch (form) {
    case Plot::Text::Percent:
        return (step > 0.0 ? QString::number(100.0 * value, 'f', decimalsFor(100.0 * step))
                           : QString::number(100.0 * value, 'f', 2))
            + QStringLiteral(" %");
    case Plot::Text::Bytes:
        return bytesText(value);
    case Plot::Text::Duration:
        return durationText(value);
    case Plot::Text::Number:
        break;
    }
    return numberText(value, step);
}

QSharedPointer<QCPAxisTicker> makeTicker(const Plot::Axis& axis)
{
    if (axis.isLogarithmic)
        return QSharedPointer<LogTicker>::create(axis.text);
    return QSharedPointer<Ticker<QCPAxisTicker>>::create(axis.text);
}

QSharedPointer<QCPAxisTicker> makeRowTicker(const QStringList& names)
{
    const auto ticker = QSharedPointer<QCPAxisTickerText>::create();
    for (qsizetype row = 0; row < names.size(); ++row)
        ticker->addTick(static_cast<double>(row), names[row]);
    return ticker;
}

} // namespace palimpsest
