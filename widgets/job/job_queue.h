// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/job/job_runner.h"

#include <QAbstractTableModel>
#include <QDateTime>

#include <deque>
#include <map>
#include <memory>
#include <vector>

namespace palimpsest {

enum class JobState { Waiting, Running, Canceling, Finished, Canceled, Failed };

[[nodiscard]] QString jobStateText(JobState state); ///< "running"
/// Whether a job in this state still has its end before it.
[[nodiscard]] bool isOpen(JobState state);

/// Something to run.
struct JobRequest {
    QString title; ///< "Run all stages of quickstart"
    QString device; ///< "cpu", "cuda:0": one job at a time on each
    JobRunner::Job work;
};

/// One job as the list shows it.
struct JobEntry {
    int id = 0; ///< counts from 1, never used again
    QString title;
    QString device;
    JobState state = JobState::Waiting;
    JobProgress progress; ///< the newest
    Error error; ///< of a failed job
    QDateTime started, ended; ///< invalid until then
};

/// All jobs of the window: those that wait for their device, those that run, and those that ended until they are cleared.
/// One worker thread a device. As a model it has one row a job, the newest last.
class JobQueue : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { TitleColumn, DeviceColumn, StateColumn, ProgressColumn, TimeColumn, ColumnCount };
    enum Role {
        FractionRole = Qt::UserRole, ///< of ProgressColumn: in [0, 1] while the job runs, else invalid
        IdRole,
    };

    explicit JobQueue(QObject* parent = nullptr);
    ~JobQueue() override; ///< cancels what runs and waits for it

    /// Starts the job as soon as its device is free, but not before this function has returned. @return its id
    int add(JobRequest request);
    /// A waiting job ends at once, a running one within a second; nothing happens to one that has ended.
    void cancel(int id);
    void cancelAll();
    void clearEnded();

    [[nodiscard]] const std::vector<JobEntry>& entries() const { return m_entries; }
    [[nodiscard]] const JobEntry* find(int id) const; ///< nullptr: cleared, or never was
    [[nodiscard]] bool isBusy() const; ///< a job waits, runs or is being canceled

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(
        int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

Q_SIGNALS:
    // Of one job, in this order; what the job said is never lost.
    void jobStarted(int id);
    void stagesBegun(int id, const QStringList& stages);
    void progressChanged(int id, const palimpsest::JobProgress& progress);
    void samplesArrived(int id, const std::vector<palimpsest::Sample>& samples);
    void eventsArrived(int id, const std::vector<std::shared_ptr<const palimpsest::StageEvent>>& events);
    void messagesArrived(int id, const QStringList& messages);
    void jobEnded(int id);
    /// The last open job has ended, or the first one was added.
    void busyChanged(bool busy);

private:
    /// The worker of one device.
    struct Worker {
        std::unique_ptr<JobRunner> runner;
        int current = 0; ///< id; 0: none
        std::deque<int> waiting;
    };

    Worker& workerOf(const QString& device);
    /// From the event loop: who adds a job knows its id before it starts, and a runner has told everyone of its end.
    void startSoon(const QString& device);
    void startNext(const QString& device);
    void onState(Worker& worker, const QString& device, JobRunner::State state);
    void end(int id, JobState state);
    [[nodiscard]] JobEntry* entry(int id);
    void changed(int id);
    void updateBusy();

    std::vector<JobEntry> m_entries;
    std::map<int, JobRunner::Job> m_work; ///< of waiting jobs
    int m_lastId = 0;
    bool m_wasBusy = false;
    std::map<QString, Worker> m_workers; // last: they stop before the rest goes
};

} // namespace palimpsest
