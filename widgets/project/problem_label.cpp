// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/project/problem_label.h"

#include "widgets/style/palette.h"

#include <QEvent>

namespace palimpsest {

ProblemLabel::ProblemLabel(QWidget* parent)
    : QLabel(parent)
{
    setWordWrap(true);
    setTextFormat(Qt::RichText);
    setTextInteractionFlags(Qt::TextSelectableByMouse);
    hide();
}

void ProblemLabel::setProblem(const QString& text)
{
    if (text == m_problem)
        return;
    m_problem = text;
    showProblem();
    setAccessibleName(tr("Problem: %1").arg(text));
    setVisible(!text.isEmpty());
}

void ProblemLabel::changeEvent(QEvent* event)
{
    QLabel::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        showProblem();
}

void ProblemLabel::showProblem()
{
    // Only the sign is coloured: the sentence keeps the contrast of other text.
    setText(QStringLiteral("<span style=\"color:%1\">⚠</span> %2")
                .arg(worseColor(palette().color(QPalette::Window)).name(), m_problem.toHtmlEscaped()));
}

} // namespace palimpsest
