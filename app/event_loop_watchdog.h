// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTimer>

#include <atomic>
#include <ctime>
#include <thread>

namespace palimpsest {

/// Measures how long the event loop of the thread it lives in is not reached: a timer there beats, a thread beside it watches
/// the beats. A gap also counts time in which the system ran other programs; the processor time that the watched thread used in
/// it tells the two apart.
class EventLoopWatchdog : public QObject {
    Q_OBJECT
public:
    explicit EventLoopWatchdog(QObject* parent = nullptr);
    ~EventLoopWatchdog() override;

    struct Gap {
        double ms = 0.0; ///< beyond the pause between two beats
        double busyMs = 0.0; ///< processor time of the watched thread in it
    };
    /// The longest gap since the last call of reset(), also one that still goes on.
    [[nodiscard]] Gap longestGap() const;
    /// The most processor time that the watched thread spent in one gap.
    [[nodiscard]] double longestBusyMs() const { return m_longestBusyMs; }
    /// How many gaps were longer than 50 ms.
    [[nodiscard]] int longGaps() const { return m_longGaps; }
    void reset();

private:
    void beat();
    void watch(const std::stop_token& stop);

    QTimer m_timer;
    clockid_t m_clock {}; ///< processor time of the watched thread
    std::atomic<std::int64_t> m_lastBeatNs;
    std::atomic<std::int64_t> m_lastBusyNs;
    std::atomic<double> m_longestMs = 0.0;
    std::atomic<double> m_busyInLongestMs = 0.0;
    std::atomic<double> m_longestBusyMs = 0.0;
    std::atomic<int> m_longGaps = 0;
    std::jthread m_watcher; // last: it stops before the rest goes
};

} // namespace palimpsest
