// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <stop_token>
#include <thread>

namespace palimpsest {

/// Runs short tasks that read or write files, one after the other on a thread of its own, so that the window never waits for a
/// disk. Long jobs with progress are JobRunner's.
///
/// A task returns what is to be done with its result in the thread this object lives in. The destructor waits for the tasks
/// that were added; what they return is not called any more.
class BackgroundQueue : public QObject {
    Q_OBJECT
public:
    using Finish = std::function<void()>; ///< may be empty
    using Task = std::function<Finish(const std::stop_token&)>;

    explicit BackgroundQueue(QObject* parent = nullptr);
    ~BackgroundQueue() override;

    /// The stop token is set by dropAll() alone.
    void add(Task task);
    /// Forgets the tasks that have not begun, asks the one that runs to stop, and drops its result: another wish came.
    void dropAll();
    [[nodiscard]] bool isIdle() const { return m_left == 0; }

Q_SIGNALS:
    void idle(); ///< after the last result

private:
    struct Entry {
        Task task;
        std::stop_token stop;
        unsigned generation;
    };
    void work(const std::stop_token& quit);
    void finish(unsigned generation, const Finish& finish);

    int m_left = 0; ///< of this generation, not finished yet
    unsigned m_generation = 0;
    std::stop_source m_stop;
    std::mutex m_mutex; ///< of m_entries
    std::condition_variable_any m_added;
    std::deque<Entry> m_entries;
    std::jthread m_worker; // last: it stops before the rest goes
};

} // namespace palimpsest
