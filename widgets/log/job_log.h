// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QObject>

#include <map>

namespace palimpsest {

class JobQueue;
class LogModel;

/// Writes into the log what the jobs of a queue do: start, each stage that is done and how long it took, messages, end.
class JobLog : public QObject {
    Q_OBJECT
public:
    /// Both outlive the object.
    JobLog(const JobQueue& queue, LogModel& log, QObject* parent = nullptr);

private:
    struct Current {
        QString stage; ///< that the job is in; empty: none yet
        QDateTime since;
    };
    void stageDone(int job);
    void onEnd(int job);
    [[nodiscard]] QString title(int job) const;

    const JobQueue& m_queue;
    LogModel& m_log;
    std::map<int, Current> m_current; ///< of jobs that run
};

} // namespace palimpsest
