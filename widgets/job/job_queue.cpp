// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/job/job_queue.h"

#include "widgets/style/core_text.h"
#include "widgets/style/engine_text.h"
#include "widgets/style/text.h"

#include <QLocale>

#include <algorithm>
#include <utility>

namespace palimpsest {

QString jobStateText(JobState state)
{
    switch (state) {
    case JobState::Waiting:
        return JobQueue::tr("waiting");
    case JobState::Running:
        return JobQueue::tr("running");
    case JobState::Canceling:
        return JobQueue::tr("canceling");
    case JobState::Finished:
        return JobQueue::tr("done");
    case JobState::Canceled:
        return JobQueue::tr("canceled");
    case JobState::Failed:
        return JobQueue::tr("failed");
    }
    return {};
}

bool isOpen(JobState state)
{
    return state == JobState::Waiting || state == JobState::Running || state == JobState::Canceling;
}

JobQueue::JobQueue(QObject* parent)
    : QAbstractTableModel(parent)
{
}

JobQueue::~JobQueue() = default;

int JobQueue::add(JobRequest request)
{
    const int id = ++m_lastId;
    JobEntry entry;
    entry.id = id;
    entry.title = std::move(request.title);
    entry.device = request.device;
    const int row = rowCount();
    beginInsertRows({}, row, row);
    m_entries.push_back(std::move(entry));
    endInsertRows();
    m_work[id] = std::move(request.work);
    workerOf(request.device).waiting.push_back(id);
    updateBusy();
    startSoon(request.device);
    return id;
}

JobQueue::Worker& JobQueue::workerOf(const QString& device)
{
    Worker& worker = m_workers[device];
    if (worker.runner)
        return worker;
    worker.runner = std::make_unique<JobRunner>();
    JobRunner* const runner = worker.runner.get();
    connect(runner, &JobRunner::stagesBegun, this,
        [this, &worker](const QStringList& stages) { Q_EMIT stagesBegun(worker.current, stages); });
    connect(runner, &JobRunner::progressChanged, this, [this, &worker](const JobProgress& progress) {
        if (JobEntry* const job = entry(worker.current); job != nullptr && job->state == JobState::Running) {
            job->progress = progress;
            changed(job->id);
            Q_EMIT progressChanged(job->id, progress);
        }
    });
    connect(runner, &JobRunner::samplesArrived, this, [this, &worker](const std::vector<Sample>& samples) {
        Q_EMIT samplesArrived(worker.current, samples);
    });
    connect(runner, &JobRunner::eventsArrived, this,
        [this, &worker](const std::vector<std::shared_ptr<const StageEvent>>& events) {
            Q_EMIT eventsArrived(worker.current, events);
        });
    connect(runner, &JobRunner::messagesArrived, this,
        [this, &worker](const QStringList& messages) { Q_EMIT messagesArrived(worker.current, messages); });
    connect(runner, &JobRunner::failed, this, [this, &worker](const Error& error) {
        if (JobEntry* const job = entry(worker.current))
            job->error = error;
    });
    connect(runner, &JobRunner::stateChanged, this,
        [this, &worker, device](JobRunner::State state) { onState(worker, device, state); });
    return worker;
}

void JobQueue::startSoon(const QString& device)
{
    QMetaObject::invokeMethod(
        this, [this, device] { startNext(device); }, Qt::QueuedConnection);
}

void JobQueue::startNext(const QString& device)
{
    Worker& worker = workerOf(device);
    if (worker.current != 0 || worker.waiting.empty())
        return;
    worker.current = worker.waiting.front();
    worker.waiting.pop_front();
    worker.runner->start(std::move(m_work.extract(worker.current).mapped()));
}

void JobQueue::onState(Worker& worker, const QString& device, JobRunner::State state)
{
    JobEntry* const job = entry(worker.current);
    if (job == nullptr)
        return;
    switch (state) {
    case JobRunner::State::Idle:
        return;
    case JobRunner::State::Running:
        job->state = JobState::Running;
        job->started = QDateTime::currentDateTime();
        changed(job->id);
        Q_EMIT jobStarted(job->id);
        return;
    case JobRunner::State::Canceling:
        job->state = JobState::Canceling;
        changed(job->id);
        return;
    case JobRunner::State::Finished:
    case JobRunner::State::Canceled:
    case JobRunner::State::Failed:
        break;
    }
    const int id = std::exchange(worker.current, 0);
    startSoon(device);
    end(id,
        state == JobRunner::State::Finished       ? JobState::Finished
            : state == JobRunner::State::Canceled ? JobState::Canceled
                                                  : JobState::Failed);
}

void JobQueue::end(int id, JobState state)
{
    JobEntry* const job = entry(id);
    job->state = state;
    job->ended = QDateTime::currentDateTime();
    changed(id);
    Q_EMIT jobEnded(id);
    updateBusy();
}

void JobQueue::cancel(int id)
{
    const JobEntry* const job = find(id);
    if (job == nullptr)
        return;
    Worker& worker = workerOf(job->device);
    if (job->state == JobState::Waiting && worker.current != id) {
        std::erase(worker.waiting, id);
        m_work.erase(id);
        end(id, JobState::Canceled);
    } else if (worker.current == id) {
        worker.runner->cancel();
    }
}

void JobQueue::cancelAll()
{
    std::vector<int> open; // waiting ones first, so that none of them starts meanwhile
    for (auto job = m_entries.rbegin(); job != m_entries.rend(); ++job) {
        if (isOpen(job->state))
            open.push_back(job->id);
    }
    for (const int id : open)
        cancel(id);
}

void JobQueue::clearEnded()
{
    for (int row = rowCount() - 1; row >= 0; --row) {
        if (isOpen(m_entries[static_cast<std::size_t>(row)].state))
            continue;
        beginRemoveRows({}, row, row);
        m_entries.erase(m_entries.begin() + row);
        endRemoveRows();
    }
}

const JobEntry* JobQueue::find(int id) const
{
    const auto found
        = std::find_if(m_entries.begin(), m_entries.end(), [&](const JobEntry& job) { return job.id == id; });
    return found == m_entries.end() ? nullptr : &*found;
}

JobEntry* JobQueue::entry(int id)
{
    return const_cast<JobEntry*>(std::as_const(*this).find(id));
}

bool JobQueue::isBusy() const
{
    return std::any_of(
        m_entries.begin(), m_entries.end(), [](const JobEntry& job) { return isOpen(job.state); });
}

void JobQueue::updateBusy()
{
    const bool busy = isBusy();
    if (busy == m_wasBusy)
        return;
    m_wasBusy = busy;
    Q_EMIT busyChanged(busy);
}

void JobQueue::changed(int id)
{
    for (int row = 0; row < rowCount(); ++row) {
        if (m_entries[static_cast<std::size_t>(row)].id == id)
            Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
    }
}

int JobQueue::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

int JobQueue::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant JobQueue::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const JobEntry& job = m_entries[static_cast<std::size_t>(index.row())];
    const bool runs = job.state == JobState::Running || job.state == JobState::Canceling;
    if (role == IdRole)
        return job.id;
    if (role == FractionRole)
        return runs && index.column() == ProgressColumn ? QVariant(job.progress.fraction) : QVariant();
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    switch (static_cast<Column>(index.column())) {
    case TitleColumn:
        return job.title;
    case DeviceColumn:
        return job.device;
    case StateColumn:
        return jobStateText(job.state);
    case ProgressColumn:
        if (job.state == JobState::Failed)
            return QString::fromStdString(job.error.text());
        if (!runs)
            return QString();
        if (job.progress.phase.isEmpty())
            return coreText(job.progress.stage.toStdString());
        return tr("%1: %2").arg(
            coreText(job.progress.stage.toStdString()), engineText(job.progress.phase.toStdString()));
    case TimeColumn:
        if (job.state == JobState::Running)
            return job.progress.secondsLeft ? tr("%1 left").arg(secondsText(*job.progress.secondsLeft))
                                            : QString();
        if (job.started.isValid() && job.ended.isValid())
            return tr("took %1").arg(
                secondsText(static_cast<double>(job.started.msecsTo(job.ended)) / 1000.0));
        return QString();
    case ColumnCount:
        break;
    }
    return {};
}

QVariant JobQueue::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case TitleColumn:
        return tr("Job");
    case DeviceColumn:
        return tr("Device");
    case StateColumn:
        return tr("State");
    case ProgressColumn:
        return tr("Stage and step");
    case TimeColumn:
        return tr("Time");
    default:
        return {};
    }
}

} // namespace palimpsest
