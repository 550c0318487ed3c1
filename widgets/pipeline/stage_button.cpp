// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pipeline/stage_button.h"

#include "widgets/style/fonts.h"
#include "widgets/style/palette.h"

#include <QEvent>
#include <QPainter>
#include <QPainterPath>
#include <QStyle>

#include <algorithm>
#include <cmath>

namespace palimpsest {

StageButton::StageButton(const QString& stage, QWidget* parent)
    : QAbstractButton(parent)
{
    m_row.name = stage;
    setObjectName(QStringLiteral("stage.") + stage);
    setText(stageTitle(stage));
    setCheckable(true);
    setAutoExclusive(true);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    describe();
}

void StageButton::setRow(const StageRow& row)
{
    if (row == m_row)
        return;
    m_row = row;
    describe();
    update();
}

void StageButton::setRunning(bool running)
{
    if (running == m_running)
        return;
    m_running = running;
    m_fraction = 0.0;
    describe();
    update();
}

void StageButton::setFraction(double fraction)
{
    m_fraction = std::clamp(fraction, 0.0, 1.0);
    update();
}

QString StageButton::stateText() const
{
    QString text = lookText(look());
    if (m_row.partCount > 1 && m_row.partsDone > 0 && m_row.partsDone < m_row.partCount)
        text = tr("%1, %2 of %3 parts done").arg(text).arg(m_row.partsDone).arg(m_row.partCount);
    if (look() != StageLook::Running && !m_row.reason.isEmpty())
        text = tr("%1: %2").arg(text, m_row.reason);
    return text;
}

void StageButton::describe()
{
    const QString state = stateText();
    setToolTip(QStringLiteral("%1\n%2").arg(stageHelp(m_row.name), state));
    setAccessibleName(tr("Stage %1").arg(text()));
    setAccessibleDescription(state);
}

int StageButton::tip() const
{
    return fontMetrics().height() / 2;
}

int StageButton::signSize() const
{
    return fontMetrics().height();
}

QSize StageButton::sizeHint() const
{
    const QFont selected = boldFont(font()); // the widest that it gets
    const int gap = signSize() / 3;
    return { 2 * tip() + signSize() + 3 * gap + QFontMetrics(selected).horizontalAdvance(text()),
        fontMetrics().height() * 2 };
}

QSize StageButton::minimumSizeHint() const
{
    return { 2 * tip() + signSize() * 2, sizeHint().height() };
}

void StageButton::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF area = QRectF(rect()).adjusted(1.0, 1.0, -1.0, -1.0);
    const double middle = area.center().y();
    QPainterPath arrow;
    arrow.moveTo(area.topLeft());
    arrow.lineTo(area.right() - tip(), area.top());
    arrow.lineTo(area.right(), middle);
    arrow.lineTo(area.right() - tip(), area.bottom());
    arrow.lineTo(area.bottomLeft());
    arrow.lineTo(area.left() + tip(), middle);
    arrow.closeSubpath();

    const QPalette& colors = palette();
    QColor ground = colors.color(isChecked() ? QPalette::Base : QPalette::Button);
    if (underMouse() && isEnabled())
        ground = isDown() ? colors.color(QPalette::Mid) : colors.color(QPalette::Midlight);
    painter.fillPath(arrow, ground);
    if (look() == StageLook::Running) {
        painter.save();
        painter.setClipPath(arrow);
        QColor bar = colors.color(QPalette::Highlight);
        const double height = area.height() / 6.0;
        bar.setAlphaF(0.25F);
        painter.fillRect(QRectF(area.left(), area.bottom() - height, area.width(), height), bar);
        bar.setAlphaF(1.0F);
        painter.fillRect(QRectF(area.left(), area.bottom() - height, area.width() * m_fraction, height), bar);
        painter.restore();
    }
    const bool marked = isChecked() || hasFocus();
    painter.setPen(QPen(colors.color(marked ? QPalette::Highlight : QPalette::Mid), marked ? 2.0 : 1.0,
        hasFocus() && !isChecked() ? Qt::DashLine : Qt::SolidLine));
    painter.drawPath(arrow);

    const int gap = signSize() / 3;
    const QRectF sign(area.left() + tip() + gap, middle - signSize() / 2.0, signSize(), signSize());
    painter.setPen(Qt::NoPen);
    painter.setBrush(lookColor(look()));
    painter.drawEllipse(sign);
    painter.setPen(readableOn(lookColor(look())));
    painter.drawText(sign, Qt::AlignCenter, lookSign(look()));

    const QRectF name(
        sign.right() + gap, area.top(), area.right() - tip() - sign.right() - gap, area.height());
    QFont font = this->font();
    font.setBold(isChecked());
    font.setUnderline(hasFocus());
    painter.setFont(font);
    painter.setPen(colors.color(QPalette::ButtonText));
    painter.drawText(name, Qt::AlignLeft | Qt::AlignVCenter,
        QFontMetrics(font).elidedText(text(), Qt::ElideRight, static_cast<int>(std::ceil(name.width()))));
}

void StageButton::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::FontChange)
        updateGeometry();
    QAbstractButton::changeEvent(event);
}

void StageButton::enterEvent(QEnterEvent* event)
{
    update();
    QAbstractButton::enterEvent(event);
}

void StageButton::leaveEvent(QEvent* event)
{
    update();
    QAbstractButton::leaveEvent(event);
}

} // namespace palimpsest
