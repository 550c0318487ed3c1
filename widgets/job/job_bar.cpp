// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/job/job_bar.h"

#include "widgets/style/text.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>

#include <cmath>

namespace palimpsest {

namespace {
constexpr int kProgressSteps = 1000;
}

JobBar::JobBar(JobRunner& runner, QWidget* parent)
    : QWidget(parent)
    , m_runner(runner)
    , m_text(new QLabel(this))
    , m_progress(new QProgressBar(this))
    , m_timeLeft(new QLabel(this))
    , m_cancel(new QPushButton(tr("Cancel"), this))
{
    m_text->setObjectName(QStringLiteral("jobText"));
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_text->setWordWrap(true);
    m_progress->setObjectName(QStringLiteral("jobProgress"));
    m_progress->setRange(0, kProgressSteps);
    m_progress->setAccessibleName(tr("Progress of the stage"));
    m_timeLeft->setObjectName(QStringLiteral("jobTimeLeft"));
    m_cancel->setObjectName(QStringLiteral("jobCancel"));
    m_cancel->setToolTip(tr("Stops the job within a second. Results of stages that are done are kept."));

    auto* layout = new QHBoxLayout(this);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_progress, 1);
    layout->addWidget(m_timeLeft);
    layout->addWidget(m_cancel);

    connect(m_cancel, &QPushButton::clicked, &m_runner, &JobRunner::cancel);
    connect(&m_runner, &JobRunner::progressChanged, this, &JobBar::showProgress);
    connect(&m_runner, &JobRunner::failed, this, [this](const Error& error) { m_error = error; });
    connect(&m_runner, &JobRunner::stateChanged, this, &JobBar::showState);
    showState(m_runner.state());
}

void JobBar::showProgress(const JobProgress& progress)
{
    if (m_runner.state() != JobRunner::State::Running)
        return; // "canceling" stays until the job has ended
    m_text->setText(
        progress.phase.isEmpty() ? progress.stage : tr("%1: %2").arg(progress.stage, progress.phase));
    m_progress->setValue(static_cast<int>(std::lround(progress.fraction * kProgressSteps)));
    m_timeLeft->setText(
        progress.secondsLeft ? tr("%1 left").arg(secondsText(*progress.secondsLeft)) : QString());
}

void JobBar::showState(JobRunner::State state)
{
    const bool busy = m_runner.isBusy();
    m_progress->setVisible(busy);
    m_timeLeft->setVisible(busy);
    m_cancel->setVisible(busy);
    m_cancel->setEnabled(state == JobRunner::State::Running);
    switch (state) {
    case JobRunner::State::Idle:
        m_text->setText(tr("No job has run yet."));
        break;
    case JobRunner::State::Running:
        m_progress->setValue(0);
        m_timeLeft->clear();
        m_text->setText(tr("Starting …"));
        break;
    case JobRunner::State::Canceling:
        m_timeLeft->clear();
        m_text->setText(tr("Canceling …"));
        break;
    case JobRunner::State::Finished:
        m_text->setText(tr("Done."));
        break;
    case JobRunner::State::Canceled:
        m_text->setText(tr("Canceled. Results of stages that are done are kept."));
        break;
    case JobRunner::State::Failed:
        m_text->setText(tr("Failed: %1").arg(QString::fromStdString(m_error.text())));
        break;
    }
}

} // namespace palimpsest
