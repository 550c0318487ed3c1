// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/project/background_queue.h"

#include <utility>

namespace palimpsest {

BackgroundQueue::BackgroundQueue(QObject* parent)
    : QObject(parent)
    , m_worker([this](const std::stop_token& quit) { work(quit); })
{
}

BackgroundQueue::~BackgroundQueue()
{
    m_worker.request_stop();
    m_worker.join();
}

void BackgroundQueue::add(Task task)
{
    ++m_left;
    {
        const std::lock_guard lock(m_mutex);
        m_entries.push_back({ std::move(task), m_stop.get_token(), m_generation });
    }
    m_added.notify_one();
}

void BackgroundQueue::dropAll()
{
    {
        const std::lock_guard lock(m_mutex);
        m_entries.clear();
    }
    m_stop.request_stop();
    m_stop = std::stop_source();
    ++m_generation;
    if (std::exchange(m_left, 0) > 0)
        Q_EMIT idle();
}

void BackgroundQueue::work(const std::stop_token& quit)
{
    std::unique_lock lock(m_mutex);
    // Tasks that were added are done even when the queue goes: one may be a save.
    while (m_added.wait(lock, quit, [this] { return !m_entries.empty(); }) || !m_entries.empty()) {
        Entry entry = std::move(m_entries.front());
        m_entries.pop_front();
        lock.unlock();
        Finish done = entry.task(entry.stop);
        entry.task = nullptr; // what it held (a lock) is free before anybody hears of its end
        QMetaObject::invokeMethod(
            this, [this, generation = entry.generation, done = std::move(done)] { finish(generation, done); },
            Qt::QueuedConnection);
        lock.lock();
    }
}

void BackgroundQueue::finish(unsigned generation, const Finish& finish)
{
    if (generation != m_generation)
        return;
    --m_left;
    if (finish)
        finish();
    if (m_left == 0)
        Q_EMIT idle();
}

} // namespace palimpsest
