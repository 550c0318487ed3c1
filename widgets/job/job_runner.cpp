// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/job/job_runner.h"

#include <chrono>
#include <exception>
#include <utility>

namespace palimpsest {

using namespace std::chrono_literals;

namespace {

/// Runs the job and turns whatever it throws into an Error.
Result<JobEnd> guarded(const JobRunner::Job& job, JobChannel& channel, const std::stop_token& stop)
{
    try {
        return job(channel, stop);
    } catch (const std::exception& problem) {
        return failure(problem.what());
    } catch (...) {
        return failure("unknown error: the job threw what is no std::exception");
    }
}

QStringList textsOf(const std::vector<std::string>& texts)
{
    QStringList list;
    for (const std::string& text : texts)
        list << QString::fromStdString(text);
    return list;
}

} // namespace

JobRunner::JobRunner(QObject* parent)
    : QObject(parent)
{
    m_pollTimer.setInterval(50ms); // 20 Hz: smooth to the eye, cheap for the plots
    connect(&m_pollTimer, &QTimer::timeout, this, &JobRunner::poll);
}

JobRunner::~JobRunner()
{
    // Before QObject goes: the worker still posts to `this` when it ends.
    m_worker.request_stop();
    if (m_worker.joinable())
        m_worker.join();
}

bool JobRunner::start(Job job)
{
    if (isBusy())
        return false;
    m_channel = std::make_shared<JobChannel>();
    m_worker = std::jthread([this, channel = m_channel, job = std::move(job)](const std::stop_token& stop) {
        const Result<JobEnd> result = guarded(job, *channel, stop);
        State end = State::Failed;
        Error error;
        if (result.ok()) {
            end = *result == JobEnd::Finished ? State::Finished : State::Canceled;
        } else {
            error = result.error();
            if (error.kind == ErrorKind::Canceled)
                end = State::Canceled;
        }
        QMetaObject::invokeMethod(
            this, [this, end, error] { finish(end, error); }, Qt::QueuedConnection);
    });
    m_pollTimer.start();
    setState(State::Running); // after the thread: a slot may cancel() at once
    return true;
}

void JobRunner::cancel()
{
    if (m_state != State::Running)
        return;
    m_worker.request_stop();
    setState(State::Canceling);
}

void JobRunner::poll()
{
    const JobChannel::Update update = m_channel->take();
    if (!update.stagesBegun.empty())
        Q_EMIT stagesBegun(textsOf(update.stagesBegun));
    Q_EMIT progressChanged({ QString::fromStdString(update.stage), QString::fromStdString(update.phase),
        update.fraction, update.secondsLeft });
    if (!update.samples.empty())
        Q_EMIT samplesArrived(update.samples);
    if (!update.events.empty())
        Q_EMIT eventsArrived(update.events);
    if (!update.messages.empty())
        Q_EMIT messagesArrived(textsOf(update.messages));
}

void JobRunner::finish(State end, const Error& error)
{
    m_pollTimer.stop();
    poll(); // nothing the job said is lost
    if (end == State::Failed)
        Q_EMIT failed(error);
    setState(end);
}

void JobRunner::setState(State state)
{
    m_state = state;
    Q_EMIT stateChanged(state);
}

} // namespace palimpsest
