// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/data/samples.h"
#include "core/job/job_channel.h"
#include "core/nn/joint.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace palimpsest {

/// Keeps all tasks of a project in two levels and makes one of them current at a time.
///
/// CPU: level 1 is memory (pool, tables, private runs), level 2 a mapped file of exclusive pages. One scratch network holds the
/// current task contiguously; its parameters are views into it. A switch is one gather over the whole page table plus one
/// copy of the private run. Not thread-safe: one executor a thread.
class PagedExecutor {
public:
    /// @param tasks          names, networks, layouts and tables (standalone, samples are not read); outlive the executor
    /// @param exclusiveFile  raw float32 [exclusiveCount, pageSize], mapped; may be empty where there are none
    [[nodiscard]] static Result<PagedExecutor> create(
        std::vector<JointTask> tasks, const VirtualizedState& state, const std::filesystem::path& exclusiveFile);
    PagedExecutor(PagedExecutor&&) noexcept;
    PagedExecutor& operator=(PagedExecutor&&) noexcept;
    ~PagedExecutor();

    /// Makes a task current. @throws std::out_of_range for an unknown index
    void switchTo(std::size_t task);
    /// Logits [count, classes] of the current task. @param input [count, inputShape...]
    [[nodiscard]] std::vector<float> forward(std::span<const float> input, std::int64_t count);
    /// Bytes that level 1 holds (pool, tables, private runs, scratch), counted from the containers themselves.
    [[nodiscard]] std::int64_t level1Bytes() const;

private:
    struct State;
    explicit PagedExecutor(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

/// Writes the exclusive pages as the raw file that create() maps. Saved atomically.
[[nodiscard]] Status writeExclusivePages(const std::filesystem::path& path, const VirtualizedState& state);

/// Latencies of one way to switch, one value a switch.
struct SwitchTimes {
    std::string method; ///< "paged", "wholeCopy", "fileReload", "allResident"
    std::vector<double> microseconds;
    [[nodiscard]] double quantile(double share) const; ///< nearest rank; 0.5: median
};

struct SwitchBenchmark {
    std::vector<std::size_t> sequence; ///< task of each switch: random, seeded, never the same twice in a row
    std::vector<SwitchTimes> methods;
    double networkBytes = 0.0; ///< mean float32 bytes of a switched network
    /// Largest absolute difference between the paged network's logits and those of the directly assembled weights.
    double largestDifference = 0.0;
};

/// N random switches by every method, after one warm-up round over all tasks: paged; wholeCopy (one memcpy of the
/// float32 network from memory); fileReload (safetensors file to a fresh network); allResident (nothing to do but to take
/// the other network).
/// @param folder  scratch folder for the reloaded files; they are removed again
[[nodiscard]] Result<SwitchBenchmark> benchmarkSwitch(std::vector<JointTask> tasks, const VirtualizedState& state,
    std::int64_t switches, std::uint64_t seed, const std::filesystem::path& folder, const JobContext& context);

} // namespace palimpsest
