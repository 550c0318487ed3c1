// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/style/empty_page.h"

#include <QLabel>

namespace palimpsest {

EmptyPage::EmptyPage(QWidget* content, QWidget* parent)
    : QStackedWidget(parent)
    , m_hint(new QLabel(this))
{
    m_hint->setAlignment(Qt::AlignCenter);
    m_hint->setWordWrap(true);
    m_hint->setTextFormat(Qt::PlainText);
    m_hint->setMargin(m_hint->fontMetrics().height() / 2);
    m_hint->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    addWidget(content);
    addWidget(m_hint);
}

void EmptyPage::showContent()
{
    setCurrentIndex(0);
}

void EmptyPage::showHint(const QString& text)
{
    m_hint->setText(text);
    setCurrentWidget(m_hint);
}

QString EmptyPage::hint() const
{
    return currentWidget() == m_hint ? m_hint->text() : QString();
}

} // namespace palimpsest
