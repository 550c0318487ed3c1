// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/job/job_runner.h"

#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;

namespace palimpsest {

/// One line for one runner: what it does, how far it is, how long it takes yet, and a button that cancels it.
class JobBar : public QWidget {
    Q_OBJECT
public:
    /// `runner` outlives the bar.
    explicit JobBar(JobRunner& runner, QWidget* parent = nullptr);

private:
    void showProgress(const JobProgress& progress);
    void showState(JobRunner::State state);

    JobRunner& m_runner;
    QLabel* m_text;
    QProgressBar* m_progress;
    QLabel* m_timeLeft;
    QPushButton* m_cancel;
    Error m_error;
};

} // namespace palimpsest
