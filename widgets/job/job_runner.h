// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/job/job_channel.h"

#include <QObject>
#include <QString>
#include <QStringList>
#include <QTimer>

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <thread>
#include <vector>

namespace palimpsest {

/// How far a job is. The newest one replaces those before it.
struct JobProgress {
    QString stage; ///< "train"
    QString phase; ///< "fashion: epoch 2"
    double fraction = 0.0; ///< in [0, 1], of the stage
    std::optional<double> secondsLeft; ///< of the stage; empty until it can be told
};

/// Runs one engine job at a time on its own thread and reports in the thread this object lives in. The job never sees Qt;
/// the GUI never sees the thread.
///
/// A job polls its stop token at least every 100 ms and returns JobEnd::Canceled; the destructor stops it and waits. What a
/// job throws becomes an Error of kind Failed: this is the one catch between the engine and the GUI.
class JobRunner : public QObject {
    Q_OBJECT
public:
    enum class State { Idle, Running, Canceling, Finished, Canceled, Failed };
    Q_ENUM(State)

    using Job = std::function<Result<JobEnd>(JobChannel&, std::stop_token)>;

    explicit JobRunner(QObject* parent = nullptr);
    ~JobRunner() override;

    /// Returns false, and does nothing, while another job runs.
    bool start(Job job);
    void cancel();
    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] bool isBusy() const { return m_state == State::Running || m_state == State::Canceling; }

Q_SIGNALS:
    void stateChanged(palimpsest::JobRunner::State state);
    void progressChanged(const palimpsest::JobProgress& progress);
    // Nothing of these four is lost: all of it comes, in order, before the state leaves Running or Canceling.
    void stagesBegun(const QStringList& stages);
    void samplesArrived(const std::vector<palimpsest::Sample>& samples);
    void eventsArrived(const std::vector<std::shared_ptr<const palimpsest::StageEvent>>& events);
    void messagesArrived(const QStringList& messages);
    /// Comes before stateChanged(Failed). A job that ends with an Error of kind Canceled was canceled, not failed.
    void failed(const palimpsest::Error& error);

private:
    void poll();
    void finish(State end, const Error& error);
    void setState(State state);

    std::shared_ptr<JobChannel> m_channel;
    QTimer m_pollTimer;
    State m_state = State::Idle;
    std::jthread m_worker; // last: it stops before the rest goes
};

} // namespace palimpsest
