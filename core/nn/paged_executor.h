// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/job/job_channel.h"
#include "core/nn/evaluate.h"
#include "core/nn/joint.h"
#include "core/nn/stored_state.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace palimpsest {

/// Keeps all tasks of a project in two levels and makes one of them current at a time.
///
/// One scratch network holds the current task contiguously; its parameters are views into it. A switch is one pass over the
/// whole page table (Backend::switchTo()) that decodes pages of both levels as they are stored.
/// CPU: level 1 is memory, level 2 a mapped file. CUDA: level 1 is device memory, level 2 page-locked host memory; a switch is
/// one kernel, and run() is one recorded graph with the switch as its first node.
/// Not thread-safe: Executor is.
class PagedExecutor {
public:
    /// @param tasks          names, networks, layouts and tables (standalone, samples are not read); outlive the executor
    /// @param exclusiveFile  on the CPU: written by writeExclusivePages(), or the file of a bundle, mapped; may be empty where there are no such pages, and
    ///                       on CUDA, which takes them from `state`
    /// @param device         "cpu" or "cuda:N"
    [[nodiscard]] static Result<PagedExecutor> create(std::vector<JointTask> tasks, const StoredState& state,
        const std::filesystem::path& exclusiveFile, const std::string& device = "cpu");
    PagedExecutor(PagedExecutor&&) noexcept;
    PagedExecutor& operator=(PagedExecutor&&) noexcept;
    ~PagedExecutor();

    /// Makes a task current and waits until it is. @throws std::out_of_range for an unknown index
    void switchTo(std::size_t task);
    /// Logits [count, classes] of the current task. @param input [count, inputShape...]
    [[nodiscard]] std::vector<float> forward(std::span<const float> input, std::int64_t count);
    /// switchTo() where the task is not current, and forward(), in one. On CUDA the work for a task and a count is recorded at its
    /// first call; at most kRecordedWorks are kept.
    [[nodiscard]] std::vector<float> run(std::size_t task, std::span<const float> input, std::int64_t count);
    static constexpr std::size_t kRecordedWorks = 64;
    /// Makes a task current and scores it as evaluateNetwork() scores the weights that its pages hold.
    /// @return as evaluateNetwork()
    [[nodiscard]] Result<Score> score(
        std::size_t task, const LabelledSamples& samples, const JobContext& context);

    [[nodiscard]] std::size_t taskCount() const;
    [[nodiscard]] const JointTask& task(std::size_t index) const;
    /// -1: none yet.
    [[nodiscard]] std::int64_t current() const;
    /// Bytes that level 1 holds (pool, tables, private runs, scratch), counted from the containers themselves.
    [[nodiscard]] std::int64_t level1Bytes() const;
    [[nodiscard]] std::int64_t level2Bytes() const;

private:
    struct State;
    explicit PagedExecutor(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace palimpsest
