// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/nn/paged_executor.h"

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace palimpsest {

/// What an Executor has done so far. Times are of the host and include the wait for other requests.
struct ExecutorStatistics {
    std::int64_t requests = 0;
    std::int64_t switches = 0; ///< requests whose task was not current
    double meanUs = 0.0, medianUs = 0.0, p95Us = 0.0,
           p99Us = 0.0; ///< the last three of the newest 4,096 requests
};

/// Answers requests for any of a project's tasks, from any thread, one after the other.
class Executor {
public:
    explicit Executor(PagedExecutor executor);
    ~Executor();

    /// @param input  [count, inputShape...] of the task
    /// @return logits [count, classes]; BadInput for an unknown task or an input of another size; Failed where the device fails
    [[nodiscard]] Result<std::vector<float>> run(
        std::size_t task, std::span<const float> input, std::int64_t count);
    [[nodiscard]] ExecutorStatistics statistics() const;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace palimpsest
