// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/worker/newest_task.h"

#include <exception>
#include <utility>

namespace palimpsest {

NewestTask::NewestTask(QObject* parent)
    : QObject(parent)
{
}

NewestTask::~NewestTask()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_waiting.reset();
        m_running.request_stop();
    }
    m_thread.request_stop();
    if (m_thread.joinable())
        m_thread.join(); // before QObject goes: the worker still posts to `this`
}

void NewestTask::start(Work work)
{
    {
        const std::scoped_lock lock(m_mutex);
        m_running.request_stop();
        m_waiting = Request { ++m_newest, std::move(work), {} };
    }
    if (!m_thread.joinable())
        m_thread = std::jthread([this](const std::stop_token& stop) { loop(stop); });
    m_wake.notify_one();
    setBusy(true);
}

void NewestTask::cancel()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_running.request_stop();
        m_waiting.reset();
        ++m_newest;
    }
    setBusy(false);
}

void NewestTask::loop(const std::stop_token& stop)
{
    while (true) {
        Request request;
        {
            std::unique_lock lock(m_mutex);
            if (!m_wake.wait(lock, stop, [this] { return m_waiting.has_value(); }))
                return;
            request = std::move(*m_waiting);
            m_waiting.reset();
            m_running = request.stop;
        }
        Show show;
        QString error;
        try {
            show = request.work(request.stop.get_token());
        } catch (const std::exception& e) {
            error = QString::fromUtf8(e.what());
        } catch (...) {
            error = QStringLiteral("unknown error");
        }
        request.work = {}; // what it holds goes here, not at the next request
        QMetaObject::invokeMethod(
            this,
            [this, number = request.number, show = std::move(show), error] { finish(number, show, error); },
            Qt::QueuedConnection);
    }
}

void NewestTask::finish(std::uint64_t number, const Show& show, const QString& error)
{
    if (number != m_newest)
        return;
    setBusy(false);
    if (!error.isEmpty())
        Q_EMIT failed(error);
    else if (show)
        show();
}

void NewestTask::setBusy(bool isBusy)
{
    if (isBusy == m_isBusy)
        return;
    m_isBusy = isBusy;
    Q_EMIT busyChanged(isBusy);
}

} // namespace palimpsest
