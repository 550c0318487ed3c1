// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/project/section_box.h"

#include "widgets/style/fonts.h"

#include <QToolButton>
#include <QVBoxLayout>

namespace palimpsest {

SectionBox::SectionBox(const QString& title, QWidget* parent)
    : QWidget(parent)
    , m_header(new QToolButton)
    , m_content(new QWidget)
    , m_layout(new QVBoxLayout(m_content))
{
    m_header->setText(title);
    m_header->setAccessibleName(title);
    m_header->setToolTip(tr("Fold or unfold this part."));
    m_header->setCheckable(true);
    m_header->setChecked(true);
    m_header->setAutoRaise(true);
    m_header->setFocusPolicy(Qt::StrongFocus);
    m_header->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_header->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_header->setFont(boldFont(m_header->font()));
    m_layout->setContentsMargins(fontMetrics().averageCharWidth() * 2, 0, 0, fontMetrics().height() / 2);
    m_layout->setSpacing(fontMetrics().height() / 4);
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(fontMetrics().height() / 4);
    layout->addWidget(m_header);
    layout->addWidget(m_content);
    connect(m_header, &QToolButton::toggled, this, &SectionBox::updateHeader);
    updateHeader();
}

void SectionBox::add(QWidget* widget)
{
    m_layout->addWidget(widget);
}

void SectionBox::setUnfolded(bool isUnfolded)
{
    m_header->setChecked(isUnfolded);
}

bool SectionBox::isUnfolded() const
{
    return m_header->isChecked();
}

QString SectionBox::title() const
{
    return m_header->text();
}

void SectionBox::updateHeader()
{
    m_header->setArrowType(isUnfolded() ? Qt::DownArrow : Qt::RightArrow);
    m_content->setVisible(isUnfolded());
}

} // namespace palimpsest
