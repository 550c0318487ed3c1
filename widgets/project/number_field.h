// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractSpinBox>
#include <QString>

#include <functional>

namespace palimpsest {

/// A number of any size, typed or stepped with the arrow keys. It takes whatever is typed: who uses it checks.
///
/// Steps are one unit of the second digit (512 -> 522, 0.002 -> 0.0021); where the next number is not allowed, the double or
/// the half is tried, as sizes of pages want it.
class NumberField : public QAbstractSpinBox {
    Q_OBJECT
public:
    enum class Kind { Integer, Number };
    NumberField(Kind kind, const QString& unit, QWidget* parent = nullptr);

    void setText(const QString& text); ///< emits nothing
    /// As JSON text: a number where it is one, else what was typed, quoted. "65,536", "1e3", "64 KB" (where the unit is bytes)
    /// and "10 %" (where it is a fraction) are numbers.
    [[nodiscard]] QString json() const;
    /// Which numbers (JSON text) steps may lead to; all without it.
    void setAllowed(std::function<bool(const QString&)> isAllowed) { m_isAllowed = std::move(isAllowed); }

    [[nodiscard]] QSize minimumSizeHint() const override; ///< room for a number of some digits
    void stepBy(int steps) override;
    QValidator::State validate(QString& input, int& position) const override;

Q_SIGNALS:
    void edited(); ///< by typing or stepping

protected:
    [[nodiscard]] StepEnabled stepEnabled() const override;
    void wheelEvent(
        QWheelEvent* event) override; ///< only with the focus: a form that scrolls changes nothing

private:
    [[nodiscard]] QString stepped(double value, int steps) const;

    Kind m_kind;
    QString m_unit;
    std::function<bool(const QString&)> m_isAllowed;
};

/// See NumberField::json().
[[nodiscard]] QString numberJson(const QString& text, NumberField::Kind kind, const QString& unit);

} // namespace palimpsest
