// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/project/number_field.h"

#include "core/base/json.h"

#include <QLineEdit>
#include <QRegularExpression>
#include <QWheelEvent>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>

namespace palimpsest {

namespace {

struct Suffix {
    const char* text;
    double factor;
};
constexpr std::array<Suffix, 9> kByteSuffixes { { { "TB", 1e12 }, { "GB", 1e9 }, { "MB", 1e6 }, { "KB", 1e3 },
    { "GiB", 1073741824.0 }, { "MiB", 1048576.0 }, { "KiB", 1024.0 }, { "bytes", 1.0 }, { "B", 1.0 } } };

/// Takes a known suffix off `text` and gives its factor.
double takeSuffix(QString& text, const QString& unit)
{
    if (unit == QStringLiteral("fraction") && text.endsWith(u'%')) {
        text.chop(1);
        return 0.01;
    }
    if (unit == QStringLiteral("bytes"))
        for (const Suffix& suffix : kByteSuffixes)
            if (const QLatin1String name(suffix.text); text.endsWith(name, Qt::CaseInsensitive)) {
                text.chop(name.size());
                return suffix.factor;
            }
    return 1.0;
}

} // namespace

QString numberJson(const QString& text, NumberField::Kind kind, const QString& unit)
{
    static const QRegularExpression grouped(QStringLiteral("^[+-]?\\d{1,3}(,\\d{3})+(\\.\\d*)?$"));
    static const QRegularExpression whole(QStringLiteral("^[+-]?\\d+$"));
    QString number = text.trimmed();
    const double factor = takeSuffix(number, unit);
    number = number.trimmed();
    if (grouped.match(number).hasMatch())
        number.remove(u',');
    bool isNumber = false;
    const double value = number.toDouble(&isNumber) * factor;
    if (!isNumber || !std::isfinite(value))
        return QString::fromStdString(Json(text.toStdString()).dump());
    if (factor == 1.0 && whole.match(number).hasMatch()) { // to the last digit, also beyond 2^53
        const bool isNegative = number.startsWith(u'-');
        number.remove(QRegularExpression(QStringLiteral("^[+-]?0*(?=\\d)")));
        return isNegative && number != QStringLiteral("0") ? u'-' + number : number;
    }
    // 0.1 * 100 is not quite 10: what suffixes make is rounded to where a person would write it.
    const double rounded = factor == 1.0 ? value : QString::number(value, 'g', 15).toDouble();
    const bool isWhole
        = kind == NumberField::Kind::Integer && std::abs(rounded) < 9e15 && rounded == std::floor(rounded);
    return QString::fromStdString(
        isWhole ? Json(static_cast<std::int64_t>(rounded)).dump() : Json(rounded).dump());
}

NumberField::NumberField(Kind kind, const QString& unit, QWidget* parent)
    : QAbstractSpinBox(parent)
    , m_kind(kind)
    , m_unit(unit)
{
    setFocusPolicy(Qt::StrongFocus);
    connect(lineEdit(), &QLineEdit::textEdited, this, &NumberField::edited);
}

QSize NumberField::minimumSizeHint() const
{
    constexpr int kDigits = 6;
    QSize size = QAbstractSpinBox::minimumSizeHint(); // of an empty field
    size.rwidth() += kDigits * fontMetrics().horizontalAdvance(QLatin1Char('0'));
    return size;
}

void NumberField::setText(const QString& text)
{
    if (text != lineEdit()->text())
        lineEdit()->setText(text);
}

QString NumberField::json() const
{
    return numberJson(lineEdit()->text(), m_kind, m_unit);
}

QString NumberField::stepped(double value, int steps) const
{
    const double magnitude = value == 0.0 ? 0.0 : std::floor(std::log10(std::abs(value)));
    const double least = m_kind == Kind::Integer ? 1.0 : 1e-12;
    const double step
        = value == 0.0 && m_kind == Kind::Number ? 0.01 : std::max(std::pow(10.0, magnitude - 1.0), least);
    return numberJson(QString::number(value + steps * step, 'g', 15), m_kind, {});
}

void NumberField::stepBy(int steps)
{
    bool isNumber = false;
    const double value = json().toDouble(&isNumber);
    if (!isNumber)
        return;
    const double doubled = steps > 0 ? value * 2.0 : std::floor(value / 2.0);
    for (const QString& next :
        { stepped(value, steps), numberJson(QString::number(doubled, 'g', 15), m_kind, {}) }) {
        if (m_isAllowed && !m_isAllowed(next))
            continue;
        lineEdit()->setText(next);
        lineEdit()->selectAll();
        Q_EMIT edited();
        return;
    }
}

QValidator::State NumberField::validate(QString&, int&) const
{
    return QValidator::Acceptable;
}

QAbstractSpinBox::StepEnabled NumberField::stepEnabled() const
{
    return isReadOnly() ? StepNone : StepUpEnabled | StepDownEnabled;
}

void NumberField::wheelEvent(QWheelEvent* event)
{
    if (hasFocus())
        QAbstractSpinBox::wheelEvent(event);
    else
        event->ignore();
}

} // namespace palimpsest
