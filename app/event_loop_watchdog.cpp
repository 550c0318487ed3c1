// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/event_loop_watchdog.h"

#include <pthread.h>

#include <chrono>

namespace palimpsest {

using namespace std::chrono_literals;

namespace {

constexpr auto kBeat = 2ms;
constexpr double kLongMs = 50.0;

std::int64_t nanoseconds(clockid_t clock)
{
    timespec time {};
    clock_gettime(clock, &time);
    return static_cast<std::int64_t>(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
}

double beyondBeat(std::int64_t ns)
{
    return static_cast<double>(ns) / 1e6 - std::chrono::duration<double, std::milli>(kBeat).count();
}

} // namespace

EventLoopWatchdog::EventLoopWatchdog(QObject* parent)
    : QObject(parent)
{
    pthread_getcpuclockid(pthread_self(), &m_clock);
    m_lastBeatNs = nanoseconds(CLOCK_MONOTONIC);
    m_lastBusyNs = nanoseconds(m_clock);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &EventLoopWatchdog::beat);
    m_timer.start(kBeat);
    m_watcher = std::jthread([this](const std::stop_token& stop) { watch(stop); });
}

EventLoopWatchdog::~EventLoopWatchdog() = default;

void EventLoopWatchdog::beat()
{
    const std::int64_t now = nanoseconds(CLOCK_MONOTONIC);
    const std::int64_t busy = nanoseconds(m_clock);
    const double gap = beyondBeat(now - m_lastBeatNs);
    const double busyMs = static_cast<double>(busy - m_lastBusyNs) / 1e6;
    if (gap > m_longestMs) {
        m_longestMs = gap;
        m_busyInLongestMs = busyMs;
    }
    if (busyMs > m_longestBusyMs)
        m_longestBusyMs = busyMs;
    if (gap > kLongMs)
        ++m_longGaps;
    m_lastBeatNs = now;
    m_lastBusyNs = busy;
}

void EventLoopWatchdog::watch(const std::stop_token& stop)
{
    // A gap that never ends has no beat behind it: it is seen from here.
    while (!stop.stop_requested()) {
        std::this_thread::sleep_for(10ms);
        const double gap = beyondBeat(nanoseconds(CLOCK_MONOTONIC) - m_lastBeatNs);
        if (gap > m_longestMs) {
            m_longestMs = gap;
            m_busyInLongestMs = static_cast<double>(nanoseconds(m_clock) - m_lastBusyNs) / 1e6;
        }
    }
}

EventLoopWatchdog::Gap EventLoopWatchdog::longestGap() const
{
    return { m_longestMs, m_busyInLongestMs };
}

void EventLoopWatchdog::reset()
{
    m_lastBeatNs = nanoseconds(CLOCK_MONOTONIC);
    m_lastBusyNs = nanoseconds(m_clock);
    m_longestMs = 0.0;
    m_busyInLongestMs = 0.0;
    m_longestBusyMs = 0.0;
    m_longGaps = 0;
}

} // namespace palimpsest
