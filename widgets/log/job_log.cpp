// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/log/job_log.h"

#include "widgets/job/job_queue.h"
#include "widgets/log/log_model.h"
#include "widgets/style/core_text.h"
#include "widgets/style/engine_text.h"
#include "widgets/style/text.h"

namespace palimpsest {

JobLog::JobLog(const JobQueue& queue, LogModel& log, QObject* parent)
    : QObject(parent)
    , m_queue(queue)
    , m_log(log)
{
    connect(&m_queue, &JobQueue::jobStarted, this, [this](int job) {
        m_current[job] = {};
        m_log.add(LogLevel::Info, tr("%1: started on %2").arg(title(job), m_queue.find(job)->device));
    });
    connect(&m_queue, &JobQueue::stagesBegun, this, [this](int job, const QStringList& stages) {
        for (const QString& stage : stages) {
            stageDone(job);
            m_current[job] = { stage, QDateTime::currentDateTime() };
        }
    });
    connect(&m_queue, &JobQueue::messagesArrived, this, [this](int, const QStringList& messages) {
        for (const QString& message : messages)
            m_log.add(LogLevel::Info, engineText(message.toStdString()));
    });
    connect(&m_queue, &JobQueue::jobEnded, this, &JobLog::onEnd);
}

QString JobLog::title(int job) const
{
    return m_queue.find(job)->title;
}

void JobLog::stageDone(int job)
{
    const Current& current = m_current[job];
    if (!current.stage.isEmpty())
        m_log.add(LogLevel::Info,
            tr("%1: done, %2")
                .arg(coreText(current.stage.toStdString()),
                    secondsText(
                        static_cast<double>(current.since.msecsTo(QDateTime::currentDateTime())) / 1000.0)));
}

void JobLog::onEnd(int job)
{
    const JobEntry& entry = *m_queue.find(job);
    switch (entry.state) {
    case JobState::Finished:
        stageDone(job);
        m_log.add(LogLevel::Info, tr("%1: done").arg(entry.title));
        break;
    case JobState::Failed:
        m_log.add(LogLevel::Error,
            tr("%1: failed: %2").arg(entry.title, QString::fromStdString(entry.error.text())));
        break;
    case JobState::Canceled:
        m_log.add(
            LogLevel::Info, tr("%1: canceled; results of stages that are done are kept").arg(entry.title));
        break;
    case JobState::Waiting:
    case JobState::Running:
    case JobState::Canceling:
        break;
    }
    m_current.erase(job);
}

} // namespace palimpsest
