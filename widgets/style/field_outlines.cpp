// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/style/field_outlines.h"

#include <QPainter>
#include <QStyleOption>

#include <cmath>

namespace palimpsest {

namespace {

constexpr int kStrong = 235; ///< of 255 levels between text and ground

void outline(const QStyleOption& option, QPainter& painter)
{
    const bool isEnabled = option.state.testFlag(QStyle::State_Enabled);
    const bool hasFocus = option.state.testFlag(QStyle::State_HasFocus);
    const QPalette::ColorGroup group = isEnabled ? QPalette::Active : QPalette::Disabled;
    painter.save();
    painter.setBrush(Qt::NoBrush);
    painter.setPen(option.palette.color(group, hasFocus ? QPalette::Highlight : QPalette::WindowText));
    painter.drawRect(option.rect.adjusted(0, 0, -1, -1));
    painter.restore();
}

} // namespace

bool isStrongContrast(const QPalette& palette)
{
    return std::abs(palette.color(QPalette::Active, QPalette::WindowText).lightness()
               - palette.color(QPalette::Active, QPalette::Window).lightness())
        >= kStrong;
}

FieldOutlines::FieldOutlines(const QString& key)
    : QProxyStyle(key)
    , m_key(key)
{
}

void FieldOutlines::drawPrimitive(
    PrimitiveElement element, const QStyleOption* option, QPainter* painter, const QWidget* widget) const
{
    QProxyStyle::drawPrimitive(element, option, painter, widget);
    switch (element) {
    case PE_FrameLineEdit:
    case PE_IndicatorCheckBox:
    case PE_IndicatorItemViewItemCheck:
        if (isStrongContrast(option->palette))
            outline(*option, *painter);
        break;
    default:
        break;
    }
}

void FieldOutlines::drawComplexControl(
    ComplexControl control, const QStyleOptionComplex* option, QPainter* painter, const QWidget* widget) const
{
    QProxyStyle::drawComplexControl(control, option, painter, widget);
    if ((control == CC_SpinBox || control == CC_ComboBox) && isStrongContrast(option->palette))
        outline(*option, *painter);
}

} // namespace palimpsest
