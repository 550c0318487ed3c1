// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/nn/rank_place.h"

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace palimpsest {

/// Ranks 1 to size - 1 as child processes of rank 0, on the same machine. They find their places by rankPlace(); their standard
/// output and errors are this process's. When rank 0 is gone they see it by their connections.
class RankProcesses {
public:
    /// @param place      of rank 0, by openLoopback()
    /// @param arguments  without the program's name
    [[nodiscard]] static Result<RankProcesses> start(const RankPlace& place,
        const std::filesystem::path& program, const std::vector<std::string>& arguments);
    RankProcesses(RankProcesses&& other) noexcept
        : m_children(std::exchange(other.m_children, {}))
    {
    }
    RankProcesses& operator=(RankProcesses&&) = delete;
    /// Ends those that still run, by SIGKILL.
    ~RankProcesses();

    [[nodiscard]] const std::vector<pid_t>& children() const { return m_children; } ///< of rank 1, 2, ...
    /// Waits until all have ended, but not longer than `patience`.
    /// @return one a child: its exit code, minus the number of the signal that ended it, or kRuns
    [[nodiscard]] std::vector<int> wait(std::chrono::milliseconds patience);
    static constexpr int kRuns = 1000;

private:
    RankProcesses() = default;
    std::vector<pid_t> m_children; ///< 0: was waited for
};

} // namespace palimpsest
