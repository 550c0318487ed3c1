// SPDX-License-Identifier: Apache-2.0
#include "core/nn/executor.h"

#include "core/base/quantile.h"

#include <algorithm>
#include <chrono>
#include <mutex>
#include <stdexcept>
#include <string>
#include <utility>

namespace palimpsest {
namespace {

constexpr std::size_t kKeptTimes = 4096;

} // namespace

struct Executor::State {
    explicit State(PagedExecutor own)
        : executor(std::move(own))
    {
    }
    PagedExecutor executor;
    mutable std::mutex mutex;
    std::int64_t requests = 0;
    std::int64_t switches = 0;
    double sumUs = 0.0;
    std::vector<double> newest; ///< a ring of kKeptTimes
};

Executor::Executor(PagedExecutor executor)
    : m_state(std::make_unique<State>(std::move(executor)))
{
}
Executor::~Executor() = default;

Result<std::vector<float>> Executor::run(std::size_t task, std::span<const float> input, std::int64_t count)
{
    const auto start = std::chrono::steady_clock::now();
    State& state = *m_state;
    const std::scoped_lock lock(state.mutex);
    if (task >= state.executor.taskCount())
        return badInput("expected a task from 0 to " + std::to_string(state.executor.taskCount() - 1)
            + ", got " + std::to_string(task));
    const JointTask& asked = state.executor.task(task);
    const std::int64_t size = elementCount(asked.network->inputShape);
    if (count < 1 || static_cast<std::int64_t>(input.size()) != count * size)
        return badInput("expected " + std::to_string(std::max<std::int64_t>(count, 1)) + " x "
            + std::to_string(size) + " input values for task '" + asked.name + "', got "
            + std::to_string(input.size()));
    const bool switches = state.executor.current() != static_cast<std::int64_t>(task);
    std::vector<float> logits;
    try {
        logits = state.executor.run(task, input, count);
    } catch (const std::exception& problem) {
        return failure("task '" + asked.name + "' could not be run: " + problem.what());
    }
    const double spent
        = std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - start).count();
    const auto place = static_cast<std::size_t>(state.requests) % kKeptTimes;
    if (state.newest.size() < kKeptTimes)
        state.newest.push_back(spent);
    else
        state.newest[place] = spent;
    ++state.requests;
    state.switches += switches ? 1 : 0;
    state.sumUs += spent;
    return logits;
}

ExecutorStatistics Executor::statistics() const
{
    const std::scoped_lock lock(m_state->mutex);
    ExecutorStatistics statistics { .requests = m_state->requests, .switches = m_state->switches };
    if (m_state->requests == 0)
        return statistics;
    statistics.meanUs = m_state->sumUs / static_cast<double>(m_state->requests);
    statistics.medianUs = quantileOf(m_state->newest, 0.5);
    statistics.p95Us = quantileOf(m_state->newest, 0.95);
    statistics.p99Us = quantileOf(m_state->newest, 0.99);
    return statistics;
}

} // namespace palimpsest
