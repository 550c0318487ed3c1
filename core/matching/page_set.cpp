// SPDX-License-Identifier: Apache-2.0
#include "core/matching/page_set.h"

#include "core/base/units.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace palimpsest {
namespace {

constexpr std::int64_t kTermsPerBlock = 10'000'000;
constexpr std::int64_t kMaxIndex = std::numeric_limits<std::int32_t>::max();

// Beyond these a page's cost might not fit a float32.
constexpr float kMaxWeight = 1e8F;
constexpr float kMaxFisher = 1e15F;

Status checkValues(const TaskPages& pages, const std::string& where)
{
    for (std::size_t k = 0; k < pages.weights.size(); ++k) {
        const float weight = pages.weights[k];
        const float fisher = pages.fisher[k];
        if (!(std::abs(weight) <= kMaxWeight)) { // also NaN
            return badInput("weight " + std::to_string(k)
                    + " of the page image must be finite and at most 1e8 in size, got "
                    + std::to_string(weight),
                where);
        }
        if (!(fisher >= 0.0F && fisher <= kMaxFisher)) {
            return badInput("the Fisher value of weight " + std::to_string(k)
                    + " of the page image must be from 0 to 1e15, got " + std::to_string(fisher),
                where);
        }
    }
    return success();
}

} // namespace

std::string taskName(const MatchProblem& problem, std::size_t task)
{
    return "task " + (task < problem.names.size() ? problem.names[task] : std::to_string(task));
}

Result<PageSet> PageSet::create(const MatchProblem& problem, const std::string& device)
{
    if (problem.tasks.empty())
        return badInput("matching needs at least one task, got none");
    if (problem.pageSize < 1)
        return badInput("matching needs pages of at least 1 weight, got " + std::to_string(problem.pageSize));
    if (problem.slotCount < 1 || problem.slotCount > kMaxIndex) {
        return badInput(
            "matching needs a pool of 1 to 2147483647 slots, got " + std::to_string(problem.slotCount),
            "pages.poolPages");
    }
    if (problem.exclusiveLimit < 0)
        return badInput("the number of exclusive pages must not be negative, got "
            + std::to_string(problem.exclusiveLimit));
    if (!problem.exclusive.empty() && problem.exclusive.size() != problem.tasks.size()) {
        return badInput("exclusive pages are given for " + std::to_string(problem.exclusive.size())
            + " tasks, expected " + std::to_string(problem.tasks.size()));
    }
    if (!problem.apart.empty() && problem.apart.size() != problem.tasks.size()) {
        return badInput("pages to keep apart are given for " + std::to_string(problem.apart.size())
            + " tasks, expected " + std::to_string(problem.tasks.size()));
    }
    PageSet set;
    set.m_device = device;
    set.m_pageSize = problem.pageSize;
    set.m_slotCount = problem.slotCount;
    for (std::size_t t = 0; t < problem.tasks.size(); ++t) {
        PALIMPSEST_CHECK(set.addTask(problem, t));
    }
    return set;
}

Status PageSet::addTask(const MatchProblem& problem, std::size_t index)
{
    const TaskPages& pages = problem.tasks[index];
    const std::vector<std::uint8_t>* exclusive
        = problem.exclusive.empty() ? nullptr : &problem.exclusive[index];
    const std::string where = taskName(problem, index);
    if (pages.pageCount < 0 || pages.pageCount > kMaxIndex)
        return badInput(
            "the number of pages must be 0 to 2147483647, got " + std::to_string(pages.pageCount), where);
    const auto size = static_cast<std::size_t>(pages.pageCount) * static_cast<std::size_t>(m_pageSize);
    if (pages.weights.size() != size || pages.fisher.size() != size
        || (!pages.valid.empty() && pages.valid.size() != size)) {
        return badInput("expected " + formatCount(pages.pageCount) + " pages of " + formatCount(m_pageSize)
                + " weights, Fisher values and mask values, got " + std::to_string(pages.weights.size())
                + ", " + std::to_string(pages.fisher.size()) + " and " + std::to_string(pages.valid.size()),
            where);
    }
    if (exclusive != nullptr && exclusive->size() != static_cast<std::size_t>(pages.pageCount)) {
        return badInput("expected one exclusive flag for each of " + formatCount(pages.pageCount)
                + " pages, got " + std::to_string(exclusive->size()),
            where);
    }
    if (!problem.apart.empty() && problem.apart[index].size() != static_cast<std::size_t>(pages.pageCount)) {
        return badInput("expected one flag of pages to keep apart for each of " + formatCount(pages.pageCount)
                + " pages, got " + std::to_string(problem.apart[index].size()),
            where);
    }
    PALIMPSEST_CHECK(checkValues(pages, where));
    Task task;
    if (!problem.apart.empty())
        task.apart = problem.apart[index];
    task.weights = pages.weights;
    task.fisher = pages.fisher;
    task.pageCount = pages.pageCount;
    if (std::find(pages.valid.begin(), pages.valid.end(), std::uint8_t { 0 }) != pages.valid.end()) {
        task.maskedFisher.resize(size);
        for (std::size_t k = 0; k < size; ++k)
            task.maskedFisher[k] = pages.valid[k] != 0 ? pages.fisher[k] : 0.0F;
        task.fisher = task.maskedFisher; // stays valid when the task is moved: a vector keeps its storage
    }
    for (std::int32_t i = 0; i < pages.pageCount; ++i) {
        if (exclusive == nullptr || (*exclusive)[static_cast<std::size_t>(i)] == 0)
            task.sharable.push_back(i);
    }
    m_tasks.push_back(std::move(task));
    return success();
}

bool PageSet::visitBlocks(std::size_t task, std::span<const std::int32_t> pageList, std::int64_t termsPerPage,
    const std::stop_token& stop,
    const std::function<void(std::int64_t, std::int64_t, const float*, const float*)>& visit) const
{
    const auto pageCount = static_cast<std::int64_t>(pageList.size());
    const std::int64_t block
        = std::max(kTermsPerBlock / std::max(termsPerPage, std::int64_t { 1 }), std::int64_t { 1 });
    std::vector<float> blockWeights;
    std::vector<float> blockFisher;
    for (std::int64_t first = 0; first < pageCount; first += block) {
        if (stop.stop_requested())
            return false;
        const std::int64_t count = std::min(block, pageCount - first);
        blockWeights.clear();
        blockFisher.clear();
        for (const std::int32_t page :
            pageList.subspan(static_cast<std::size_t>(first), static_cast<std::size_t>(count))) {
            const auto w = weights(task, page);
            const auto f = fisher(task, page);
            blockWeights.insert(blockWeights.end(), w.begin(), w.end());
            blockFisher.insert(blockFisher.end(), f.begin(), f.end());
        }
        visit(first, count, blockWeights.data(), blockFisher.data());
    }
    return true;
}

std::vector<std::size_t> PageSet::largestFirst() const
{
    std::vector<std::size_t> order(m_tasks.size());
    std::iota(order.begin(), order.end(), std::size_t { 0 });
    std::stable_sort(order.begin(), order.end(),
        [this](std::size_t a, std::size_t b) { return sharable(a).size() > sharable(b).size(); });
    return order;
}

} // namespace palimpsest
