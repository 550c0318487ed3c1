// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/style/field_outlines.h"

#include <QPainter>
#include <QStyleOption>

namespace palimpsest {

namespace {

constexpr int kBlack = 20; ///< of 255 levels, at most

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

bool hasBlackGround(const QPalette& palette)
{
    return palette.color(QPalette::Active, QPalette::Window).lightness() <= kBlack;
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
        if (hasBlackGround(option->palette))
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
    if ((control == CC_SpinBox || control == CC_ComboBox) && hasBlackGround(option->palette))
        outline(*option, *painter);
}

} // namespace palimpsest
