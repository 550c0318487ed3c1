// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/matching/matching.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace palimpsest {

/// The pages of a MatchProblem, checked and made ready for the strategies: the Fisher of padding is 0, so that no kernel has to look
/// at the mask, and density's exclusive pages are left out. A view of the problem, which must outlive it.
class PageSet {
public:
    /// @return BadInput where there is no task, no slot, a span of another size than stated, or a weight or Fisher value that is
    ///         not finite, negative (Fisher) or so large that costs might not fit a float32, naming the task
    /// @param device  on which cost matrices are computed, as JobContext::device() has it
    [[nodiscard]] static Result<PageSet> create(
        const MatchProblem& problem, const std::string& device = "cpu");

    PageSet(PageSet&&) noexcept = default;
    PageSet& operator=(PageSet&&) noexcept = default;
    PageSet(const PageSet&) = delete; // its spans may point into itself
    PageSet& operator=(const PageSet&) = delete;
    ~PageSet() = default;

    [[nodiscard]] const std::string& device() const { return m_device; }
    [[nodiscard]] std::size_t taskCount() const { return m_tasks.size(); }
    [[nodiscard]] std::int64_t pageSize() const { return m_pageSize; }
    [[nodiscard]] std::int64_t slotCount() const { return m_slotCount; }
    [[nodiscard]] std::int64_t pageCount(std::size_t task) const { return m_tasks[task].pageCount; }
    [[nodiscard]] std::span<const float> weights(std::size_t task, std::int32_t page) const
    {
        return pageOf(m_tasks[task].weights, page);
    }
    [[nodiscard]] std::span<const float> fisher(std::size_t task, std::int32_t page) const
    {
        return pageOf(m_tasks[task].fisher, page);
    }
    /// All pages of a task, with padding masked by the Fisher alone.
    [[nodiscard]] TaskPages taskPages(std::size_t task) const
    {
        return { m_tasks[task].weights, m_tasks[task].fisher, {}, m_tasks[task].pageCount };
    }
    /// Pages that take a slot, in order.
    [[nodiscard]] const std::vector<std::int32_t>& sharable(std::size_t task) const
    {
        return m_tasks[task].sharable;
    }
    /// Whether a page must not share a slot with the other such pages of its task (MatchProblem::apart).
    [[nodiscard]] bool isApart(std::size_t task, std::int32_t page) const
    {
        const std::span<const std::uint8_t> flags = m_tasks[task].apart;
        return !flags.empty() && flags[static_cast<std::size_t>(page)] != 0;
    }
    /// Whether a task has more sharable pages than there are slots, so that it must use slots more than once.
    [[nodiscard]] bool repeatsSlots(std::size_t task) const
    {
        return static_cast<std::int64_t>(sharable(task).size()) > m_slotCount;
    }
    /// Calls visit(first, count, weights, fisher) with copies of some of a task's pages, [count, pageSize] each, `first` counting in
    /// the list: for kernels that want them one after the other. A block has about as many terms as take a few milliseconds.
    /// @param termsPerPage  that a kernel computes for one page
    /// @return false if `stop` was requested, which is polled before each block
    [[nodiscard]] bool visitBlocks(std::size_t task, std::span<const std::int32_t> pageList,
        std::int64_t termsPerPage, const std::stop_token& stop,
        const std::function<void(std::int64_t, std::int64_t, const float*, const float*)>& visit) const;
    /// Tasks in order of decreasing number of sharable pages; equal ones keep their order.
    [[nodiscard]] std::vector<std::size_t> largestFirst() const;

private:
    struct Task {
        std::span<const float> weights;
        std::span<const float> fisher;
        std::vector<float> maskedFisher; ///< holds `fisher` where padding had to be masked
        std::int64_t pageCount = 0;
        std::vector<std::int32_t> sharable;
        std::span<const std::uint8_t> apart; ///< one a page, or none
    };

    PageSet() = default;
    [[nodiscard]] Status addTask(const MatchProblem& problem, std::size_t index);
    [[nodiscard]] std::span<const float> pageOf(std::span<const float> values, std::int32_t page) const
    {
        const auto size = static_cast<std::size_t>(m_pageSize);
        return values.subspan(static_cast<std::size_t>(page) * size, size);
    }

    std::string m_device = "cpu";
    std::int64_t m_pageSize = 0;
    std::int64_t m_slotCount = 0;
    std::vector<Task> m_tasks;
};

/// "task fashion", or "task 2" where the problem has no names.
[[nodiscard]] std::string taskName(const MatchProblem& problem, std::size_t task);

} // namespace palimpsest
