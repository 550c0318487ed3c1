// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pipeline/pipeline_bar.h"

#include "widgets/job/job_runner.h"
#include "widgets/pipeline/stage_button.h"
#include "widgets/style/engine_text.h"
#include "widgets/style/text.h"

#include <QContextMenuEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QVBoxLayout>

#include <algorithm>

namespace palimpsest {

PipelineBar::PipelineBar(const QStringList& stages, QWidget* parent)
    : QWidget(parent)
    , m_line(new QLabel(this))
{
    setObjectName(QStringLiteral("pipelineBar"));
    setAccessibleName(tr("Pipeline"));
    auto* const row = new QHBoxLayout;
    row->setSpacing(0);
    for (const QString& stage : stages) {
        auto* const button = new StageButton(stage, this);
        // One Tab stop for the whole bar; arrow keys go on from there.
        button->setFocusPolicy(m_buttons.empty() ? Qt::StrongFocus : Qt::ClickFocus);
        button->installEventFilter(this);
        connect(button, &QAbstractButton::toggled, this, [this, button](bool checked) {
            if (!checked)
                return;
            for (StageButton* other : m_buttons)
                other->setFocusPolicy(other == button ? Qt::StrongFocus : Qt::ClickFocus);
            showLine();
            Q_EMIT selectedChanged(button->stage());
        });
        m_buttons.push_back(button);
        row->addWidget(button);
    }
    row->addStretch(1);
    m_line->setObjectName(QStringLiteral("pipelineLine"));
    m_line->setTextFormat(Qt::PlainText);
    m_line->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    m_line->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* const layout = new QVBoxLayout(this);
    const int margin = fontMetrics().height() / 4;
    layout->setContentsMargins(margin, margin, margin, margin);
    layout->setSpacing(margin);
    layout->addLayout(row);
    layout->addWidget(m_line);
    showLine();
}

StageButton* PipelineBar::button(const QString& stage) const
{
    const auto found = std::find_if(m_buttons.begin(), m_buttons.end(),
        [&](const StageButton* candidate) { return candidate->stage() == stage; });
    return found == m_buttons.end() ? nullptr : *found;
}

void PipelineBar::setStages(const std::vector<StageRow>& rows)
{
    for (StageButton* stage : m_buttons) {
        const auto row = std::find_if(rows.begin(), rows.end(),
            [&](const StageRow& candidate) { return candidate.name == stage->stage(); });
        StageRow unknown;
        unknown.name = stage->stage();
        stage->setRow(row == rows.end() ? unknown : *row);
    }
    showLine();
}

void PipelineBar::setRunning(const QString& stage)
{
    m_running = stage;
    m_progress.clear();
    for (StageButton* candidate : m_buttons)
        candidate->setRunning(candidate->stage() == stage);
    showLine();
}

void PipelineBar::setProgress(const JobProgress& progress)
{
    StageButton* const stage = button(m_running);
    if (stage == nullptr || progress.stage != m_running)
        return;
    stage->setFraction(progress.fraction);
    QStringList parts { tr("%1 %").arg(static_cast<int>(100.0 * progress.fraction)) };
    if (!progress.phase.isEmpty())
        parts << engineText(progress.phase.toStdString());
    if (progress.secondsLeft)
        parts << tr("%1 left").arg(secondsText(*progress.secondsLeft));
    m_progress = parts.join(QStringLiteral(", "));
    showLine();
}

QString PipelineBar::selected() const
{
    const auto found = std::find_if(m_buttons.begin(), m_buttons.end(),
        [](const StageButton* candidate) { return candidate->isChecked(); });
    return found == m_buttons.end() ? QString() : (*found)->stage();
}

void PipelineBar::select(const QString& stage)
{
    if (StageButton* const found = button(stage))
        found->setChecked(true);
}

StageLook PipelineBar::look(const QString& stage) const
{
    const StageButton* const found = button(stage);
    return found == nullptr ? StageLook::Unknown : found->look();
}

void PipelineBar::showLine()
{
    const StageButton* shown = button(selected());
    if (shown == nullptr)
        shown = button(m_running);
    if (shown == nullptr)
        m_lineText = tr("Select a stage to see what it does and why it is, or is not, done.");
    else if (shown->stage() == m_running && !m_progress.isEmpty())
        m_lineText = tr("%1 – %2 (%3)").arg(shown->text(), shown->stateText(), m_progress);
    else
        m_lineText = tr("%1 – %2. %3").arg(shown->text(), shown->stateText(), stageHelp(shown->stage()));
    elideLine();
}

void PipelineBar::elideLine()
{
    m_line->setText(m_line->fontMetrics().elidedText(m_lineText, Qt::ElideRight, width() - m_line->x() * 2));
    m_line->setToolTip(m_lineText);
    m_line->setAccessibleName(m_lineText);
}

void PipelineBar::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    elideLine();
}

bool PipelineBar::eventFilter(QObject* watched, QEvent* event)
{
    auto* const stage = qobject_cast<StageButton*>(watched);
    if (stage != nullptr && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        const int forward = layoutDirection() == Qt::RightToLeft ? -1 : 1;
        if (key == Qt::Key_Left || key == Qt::Key_Right) {
            moveFocus(stage, key == Qt::Key_Right ? forward : -forward);
            return true;
        }
        if (key == Qt::Key_Home || key == Qt::Key_End) {
            moveFocus(key == Qt::Key_Home ? m_buttons.front() : m_buttons.back(), 0);
            return true;
        }
        if (key == Qt::Key_Return || key == Qt::Key_Enter) {
            stage->setChecked(true);
            return true;
        }
    }
    if (stage != nullptr && event->type() == QEvent::ContextMenu) {
        showMenu(stage, static_cast<QContextMenuEvent*>(event)->globalPos());
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void PipelineBar::moveFocus(const StageButton* from, int step)
{
    const auto place = std::find(m_buttons.begin(), m_buttons.end(), from) - m_buttons.begin();
    const auto last = static_cast<std::ptrdiff_t>(m_buttons.size()) - 1;
    StageButton* const target
        = m_buttons[static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(place + step, 0, last))];
    target->setFocus(Qt::TabFocusReason);
    target->setChecked(true);
}

void PipelineBar::showMenu(StageButton* button, const QPoint& globalPosition)
{
    button->setChecked(true);
    auto* const menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addActions(actions());
    menu->popup(globalPosition);
}

} // namespace palimpsest
