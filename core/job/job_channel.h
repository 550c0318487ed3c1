// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

namespace palimpsest {

/// One point of a live curve, e.g. loss over steps.
struct Sample {
    std::string series; ///< "optimise/fashion/validationAccuracy"
    double x = 0.0;
    double y = 0.0;
};

/// Something a stage made that an observer may want to show before the stage ends (a new page map, a point of a front).
/// Immutable; observers downcast to the kinds they know.
class StageEvent {
public:
    virtual ~StageEvent() = default;
};

/// How a job that did not fail came to its end.
enum class JobEnd { Finished, Canceled };

/// What a job tells its observer. One writer (the worker), one reader (the GUI or the command line);
/// every member may be called from any thread.
class JobChannel {
public:
    struct Update {
        std::string stage; ///< "train"
        std::string phase; ///< "fashion: epoch 2"
        double fraction = 0.0; ///< in [0, 1], of the stage
        std::optional<double> secondsLeft; ///< of the stage; empty until it can be told
        std::vector<std::string> stagesBegun; ///< since the last take(), in order: short stages are not lost
        std::vector<Sample> samples; ///< since the last take(), in order
        std::vector<std::shared_ptr<const StageEvent>> events; ///< since the last take(), in order
        std::vector<std::string> messages; ///< log lines since the last take(), in order
    };

    /// Starts a stage: fraction 0, the clock of the time left begins.
    void beginStage(std::string stage);
    /// Only the newest progress is kept: call it as often as is convenient.
    void setProgress(double fraction, std::string phase);
    /// Samples, events and messages are all kept until they are taken.
    void addSample(Sample sample);
    void addEvent(std::shared_ptr<const StageEvent> event);
    void addMessage(std::string message);

    [[nodiscard]] Update take();

private:
    std::mutex m_mutex;
    Update m_update;
    std::chrono::steady_clock::time_point m_stageStart = std::chrono::steady_clock::now();
};

/// What every long function of the engine is given: where to report, and when to stop.
///
/// A long function polls isCanceled() at least every 100 ms and then returns canceled().
/// `first` and `last` map its own progress 0..1 into a part of the stage's: see part(). It also says on which device to run.
class JobContext {
public:
    JobContext(JobChannel& channel, std::stop_token stop)
        : m_channel(&channel)
        , m_stop(std::move(stop))
    {
    }

    [[nodiscard]] bool isCanceled() const { return m_stop.stop_requested(); }
    [[nodiscard]] const std::stop_token& stopToken() const { return m_stop; }
    [[nodiscard]] JobChannel& channel() const { return *m_channel; }

    /// @param fraction  in [0, 1], of this context's part of the stage
    void setProgress(double fraction, const std::string& phase) const
    {
        m_channel->setProgress(m_first + (m_last - m_first) * fraction, m_prefix + phase);
    }

    /// "cpu" or "cuda:N", as resolveDevice() of core/backend/gpu_module.h gave it.
    [[nodiscard]] const std::string& device() const { return m_device; }
    [[nodiscard]] JobContext onDevice(std::string device) const
    {
        JobContext other = *this;
        other.m_device = std::move(device);
        return other;
    }

    /// A context for a sub-task that covers [first, last] of this one; `prefix` is put before its phases.
    [[nodiscard]] JobContext part(double first, double last, const std::string& prefix = {}) const
    {
        JobContext child = *this;
        child.m_first = m_first + (m_last - m_first) * first;
        child.m_last = m_first + (m_last - m_first) * last;
        child.m_prefix = m_prefix + prefix;
        return child;
    }

private:
    JobChannel* m_channel;
    std::stop_token m_stop;
    double m_first = 0.0;
    double m_last = 1.0;
    std::string m_prefix;
    std::string m_device = "cpu";
};

} // namespace palimpsest
