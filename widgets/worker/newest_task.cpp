// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/worker/newest_task.h"

#include "widgets/project/background_queue.h"

#include <exception>
#include <utility>

namespace palimpsest {

NewestTask::NewestTask(QObject* parent)
    : QObject(parent)
{
}

NewestTask::~NewestTask()
{
    if (m_queue)
        m_queue->dropAll(); // its destructor waits, and need not wait long
}

void NewestTask::start(Work work)
{
    if (!m_queue)
        m_queue = std::make_unique<BackgroundQueue>();
    m_queue->dropAll();
    m_queue->add([this, work = std::move(work)](const std::stop_token& stop) -> BackgroundQueue::Finish {
        QString error;
        try {
            return [this, show = work(stop)] {
                setBusy(false);
                if (show)
                    show();
            };
        } catch (const std::exception& e) {
            error = QString::fromUtf8(e.what());
        } catch (...) {
            error = QStringLiteral("unknown error");
        }
        return [this, error] {
            setBusy(false);
            Q_EMIT failed(error);
        };
    });
    setBusy(true);
}

void NewestTask::cancel()
{
    if (m_queue)
        m_queue->dropAll();
    setBusy(false);
}

void NewestTask::setBusy(bool isBusy)
{
    if (isBusy == m_isBusy)
        return;
    m_isBusy = isBusy;
    Q_EMIT busyChanged(isBusy);
}

} // namespace palimpsest
