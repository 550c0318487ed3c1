// SPDX-License-Identifier: Apache-2.0
#include "app/cli/command.h"
#include "core/base/units.h"
#include "core/nn/ranks.h"

#include <nlohmann/json.hpp>

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <exception>
#include <iostream>
#include <mutex>
#include <thread>

namespace palimpsest::cli {

namespace {

std::atomic<int> interrupts = 0;

extern "C" void onInterrupt(int /*signal*/)
{
    if (interrupts.fetch_add(1) > 0)
        ::_exit(kCanceled); // the second time: at once
}

/// SIGINT and SIGTERM are caught while it lives.
class InterruptGuard {
public:
    InterruptGuard()
    {
        interrupts = 0;
        struct sigaction action { };
        action.sa_handler = onInterrupt;
        sigemptyset(&action.sa_mask);
        ::sigaction(SIGINT, &action, &m_interrupt);
        ::sigaction(SIGTERM, &action, &m_terminate);
    }
    ~InterruptGuard()
    {
        ::sigaction(SIGINT, &m_interrupt, nullptr);
        ::sigaction(SIGTERM, &m_terminate, nullptr);
    }
    InterruptGuard(const InterruptGuard&) = delete;
    InterruptGuard& operator=(const InterruptGuard&) = delete;

private:
    struct sigaction m_interrupt { };
    struct sigaction m_terminate { };
};

/// Shows what a job's channel says.
class ProgressPrinter {
public:
    explicit ProgressPrinter(bool json)
        : m_json(json)
        , m_terminal(!json && ::isatty(STDERR_FILENO) == 1)
    {
    }

    void show(const JobChannel::Update& update)
    {
        for (const std::string& stage : update.stagesBegun) {
            endStage(Outcome::Done);
            m_stage = stage;
            m_start = Clock::now();
        }
        for (const std::string& message : update.messages)
            showMessage(message);
        if (m_stage.empty())
            return;
        if (m_json)
            showJson(update);
        else if (m_terminal)
            drawBar(update);
    }

    enum class Outcome { Done, Canceled, Failed };

    void endStage(Outcome outcome)
    {
        if (m_stage.empty())
            return;
        const std::chrono::duration<double> seconds = Clock::now() - m_start;
        clearBar();
        if (m_json)
            printLine({ { "event", "stage" }, { "stage", m_stage }, { "state", nameOf(outcome) },
                { "seconds", seconds.count() } });
        else if (outcome != Outcome::Failed) // the error itself follows, and says more
            std::cerr << m_stage << std::string(m_stage.size() < 10 ? 10 - m_stage.size() : 1, ' ')
                      << nameOf(outcome) << "  " << formatSeconds(seconds.count()) << std::endl;
        m_stage.clear();
    }

private:
    using Clock = std::chrono::steady_clock;

    static const char* nameOf(Outcome outcome)
    {
        switch (outcome) {
        case Outcome::Done:
            return "done";
        case Outcome::Canceled:
            return "canceled";
        case Outcome::Failed:
            return "failed";
        }
        return "";
    }

    void showMessage(const std::string& message)
    {
        clearBar();
        if (m_json)
            printLine({ { "event", "message" }, { "text", message } });
        else
            std::cerr << message << std::endl;
    }

    void showJson(const JobChannel::Update& update)
    {
        for (const Sample& sample : update.samples)
            printLine(
                { { "event", "sample" }, { "series", sample.series }, { "x", sample.x }, { "y", sample.y } });
        if (update.fraction == m_fraction && update.phase == m_phase)
            return;
        m_fraction = update.fraction;
        m_phase = update.phase;
        Json line = { { "event", "progress" }, { "stage", m_stage }, { "fraction", update.fraction },
            { "phase", update.phase } };
        if (update.secondsLeft)
            line["secondsLeft"] = *update.secondsLeft;
        printLine(line);
    }

    void drawBar(const JobChannel::Update& update)
    {
        constexpr int kCells = 24;
        const int full = static_cast<int>(update.fraction * kCells);
        std::string line
            = "\r" + m_stage + std::string(m_stage.size() < 10 ? 10 - m_stage.size() : 1, ' ') + "[";
        line += std::string(static_cast<std::size_t>(full), '#')
            + std::string(static_cast<std::size_t>(kCells - full), '.');
        line += "] " + std::to_string(static_cast<int>(update.fraction * 100.0)) + " %";
        if (update.secondsLeft)
            line += "  " + formatSeconds(*update.secondsLeft) + " left";
        line += "  " + update.phase;
        struct winsize window { };
        const std::size_t width = ::ioctl(STDERR_FILENO, TIOCGWINSZ, &window) == 0 && window.ws_col > 10
            ? static_cast<std::size_t>(window.ws_col)
            : 80;
        line.resize(std::min(line.size(), width)); // "\r" counts one: the last column stays free
        std::cerr << line << "\033[K" << std::flush;
        m_drawn = true;
    }

    void clearBar()
    {
        if (m_drawn)
            std::cerr << "\r\033[K" << std::flush;
        m_drawn = false;
    }

    bool m_json;
    bool m_terminal;
    bool m_drawn = false;
    std::string m_stage, m_phase;
    double m_fraction = -1.0;
    Clock::time_point m_start;
};

ExitCode exitCodeOf(const Error& error)
{
    switch (error.kind) {
    case ErrorKind::BadInput:
    case ErrorKind::Locked:
        return kBadInput;
    case ErrorKind::Failed:
        return kFailed;
    case ErrorKind::Canceled:
        return kCanceled;
    }
    return kFailed;
}

} // namespace

int reportError(const Error& error)
{
    std::cerr << "palimpsest: " << error.text() << std::endl;
    return exitCodeOf(error);
}

void printLine(const Json& json)
{
    std::cout << json.dump(-1, ' ', false, Json::error_handler_t::replace) << std::endl;
}

int runJob(
    const std::function<Result<JobEnd>(JobChannel&, std::stop_token)>& work, bool json, const Ranks* ranks)
{
    using namespace std::chrono_literals;
    const InterruptGuard guard;
    const bool isFirst = ranks == nullptr || ranks->isFirst();
    JobChannel channel;
    ProgressPrinter printer(json);
    std::mutex mutex;
    std::condition_variable changed;
    bool ended = false;
    Result<JobEnd> outcome = JobEnd::Canceled;
    std::exception_ptr thrown;
    std::jthread worker([&](const std::stop_token& stop) {
        try {
            outcome = work(channel, stop);
        } catch (...) {
            thrown = std::current_exception();
        }
        const std::scoped_lock lock(mutex);
        ended = true;
        changed.notify_one();
    });
    for (bool more = true; more;) {
        std::unique_lock lock(mutex);
        more = !changed.wait_for(lock, 100ms, [&] { return ended; });
        lock.unlock();
        if (const JobChannel::Update update = channel.take(); isFirst)
            printer.show(update);
        if (interrupts > 0)
            worker.request_stop();
    }
    worker.join();
    if (thrown) {
        printer.endStage(ProgressPrinter::Outcome::Failed);
        std::rethrow_exception(thrown);
    }
    if (!outcome) {
        printer.endStage(ProgressPrinter::Outcome::Failed);
        return ranks == nullptr || ranks->isSpeaker() ? reportError(outcome.error())
                                                      : exitCodeOf(outcome.error());
    }
    if (*outcome == JobEnd::Canceled) {
        printer.endStage(ProgressPrinter::Outcome::Canceled);
        if (!json && isFirst)
            std::cerr << "Canceled. What was done is kept; run again to go on." << std::endl;
        return kCanceled;
    }
    printer.endStage(ProgressPrinter::Outcome::Done);
    return kDone;
}

} // namespace palimpsest::cli
