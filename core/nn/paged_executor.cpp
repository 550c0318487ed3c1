// SPDX-License-Identifier: Apache-2.0
#include "core/nn/paged_executor.h"

#include "core/backend/backend.h"
#include "core/base/file.h"
#include "core/nn/functional.h"
#include "core/nn/narrow_table.h"
#include "core/nn/scratch_layout.h"

#include <algorithm>
#include <cstring>
#include <stdexcept>
#include <utility>

namespace palimpsest {
namespace {

/// Checks one task's table. @return how many exclusive pages it needs: one more than the largest index
Result<std::int64_t> checkTask(
    const JointTask& task, const VirtualizedState& state, std::size_t index, std::int64_t slotCount)
{
    const PageLayout& layout = *task.layout;
    if (static_cast<std::int64_t>(task.table->entries.size()) != layout.pageCount
        || static_cast<std::int64_t>(state.privateRuns[index].size()) != layout.privateSize
        || (layout.pageCount > 0 && layout.pageSize != state.pageSize))
        throw std::invalid_argument(
            "PagedExecutor: layout, table and state of task '" + task.name + "' differ");
    std::int64_t exclusiveCount = 0;
    for (const PageRef& entry : task.table->entries) {
        if (entry.exclusive)
            exclusiveCount = std::max(exclusiveCount, static_cast<std::int64_t>(entry.index) + 1);
        else if (static_cast<std::int64_t>(entry.index) >= slotCount)
            return badInput("the page table of task '" + task.name + "' names slot "
                + std::to_string(entry.index) + ", but the pool has " + std::to_string(slotCount)
                + " slots; run match and optimise again");
    }
    return exclusiveCount;
}

/// Number of pages in a file that must hold at least `needed`.
Result<std::int64_t> countPages(
    const MappedFile& file, std::int64_t pageSize, std::int64_t needed, const std::string& where)
{
    const auto pageBytes = pageSize * static_cast<std::int64_t>(sizeof(float));
    const auto size = static_cast<std::int64_t>(file.bytes().size());
    if (size < needed * pageBytes || size % pageBytes != 0)
        return badInput("expected whole pages of " + std::to_string(pageBytes) + " bytes, at least "
                + std::to_string(needed) + " of them, got " + std::to_string(size)
                + " bytes; write the exclusive pages again",
            where);
    return size / pageBytes;
}

} // namespace

struct PagedExecutor::State {
    /// What a switch to one task needs, prepared once.
    struct Task {
        JointTask task;
        nn::NarrowTable table;
        std::vector<float> privateRun;
        std::vector<at::Tensor> tensors; ///< views of the scratch
    };

    std::unique_ptr<Backend> backend = makeCpuBackend();
    std::int64_t pageSize = 0;
    std::int64_t slotCount = 0;
    at::Tensor pool; ///< level 1, [slotCount x pageSize]
    MappedFile exclusiveFile; ///< level 2
    at::Tensor scratch; ///< of the largest network; LibTorch aligns it to 64 bytes
    std::vector<std::uint32_t> codes; ///< the current task's table, widened
    std::vector<Task> tasks;
    std::size_t current = 0;
    bool hasCurrent = false;

    [[nodiscard]] const float* exclusivePages() const
    {
        return reinterpret_cast<const float*>(exclusiveFile.bytes().data()); // mmap aligns to pages
    }

    void addTask(JointTask task, std::int64_t entryBytes, const std::vector<float>& privateRun)
    {
        const PageLayout& layout = *task.layout;
        const std::vector<std::int64_t> offsets = nn::scratchOffsets(layout);
        std::vector<at::Tensor> tensors;
        for (std::size_t i = 0; i < offsets.size(); ++i) {
            const TensorSpec& spec = task.network->tensors[i];
            tensors.push_back(scratch.narrow(0, offsets[i], spec.size()).view(spec.shape));
        }
        nn::NarrowTable table(encodeTable(*task.table, slotCount), entryBytes);
        tasks.push_back({ std::move(task), std::move(table), privateRun, std::move(tensors) });
    }
};

PagedExecutor::PagedExecutor(std::unique_ptr<State> state)
    : m_state(std::move(state))
{
}
PagedExecutor::PagedExecutor(PagedExecutor&&) noexcept = default;
PagedExecutor& PagedExecutor::operator=(PagedExecutor&&) noexcept = default;
PagedExecutor::~PagedExecutor() = default;

Result<PagedExecutor> PagedExecutor::create(
    std::vector<JointTask> tasks, const VirtualizedState& state, const std::filesystem::path& exclusiveFile)
{
    if (tasks.empty())
        return badInput("there is no task to execute");
    if (state.privateRuns.size() != tasks.size())
        throw std::invalid_argument("PagedExecutor: one private run a task is needed");
    auto own = std::make_unique<State>();
    own->pageSize = state.pageSize;
    own->slotCount = static_cast<std::int64_t>(state.pool.size()) / std::max<std::int64_t>(state.pageSize, 1);

    std::int64_t exclusiveCount = 0;
    std::int64_t scratchSize = 0;
    std::int64_t longestTable = 0;
    for (std::size_t i = 0; i < tasks.size(); ++i) {
        PALIMPSEST_TRY(const std::int64_t pages, checkTask(tasks[i], state, i, own->slotCount));
        exclusiveCount = std::max(exclusiveCount, pages);
        scratchSize = std::max(scratchSize, nn::scratchSize(*tasks[i].layout));
        longestTable = std::max(longestTable, tasks[i].layout->pageCount);
    }
    if (exclusiveCount > 0) {
        PALIMPSEST_TRY(own->exclusiveFile, MappedFile::open(exclusiveFile));
        PALIMPSEST_TRY(exclusiveCount,
            countPages(own->exclusiveFile, state.pageSize, exclusiveCount, exclusiveFile.string()));
    }

    own->pool = at::empty({ static_cast<std::int64_t>(state.pool.size()) }, at::kFloat);
    std::copy(state.pool.begin(), state.pool.end(), own->pool.mutable_data_ptr<float>());
    own->scratch = at::zeros({ scratchSize }, at::kFloat);
    own->codes.resize(static_cast<std::size_t>(longestTable));
    const std::int64_t entryBytes = tableEntryBytes(own->slotCount, exclusiveCount);
    for (std::size_t i = 0; i < tasks.size(); ++i)
        own->addTask(std::move(tasks[i]), entryBytes, state.privateRuns[i]);
    return PagedExecutor(std::move(own));
}

void PagedExecutor::switchTo(std::size_t index)
{
    State& state = *m_state;
    const State::Task& next = state.tasks.at(index);
    auto* scratch = state.scratch.mutable_data_ptr<float>();
    next.table.widen(state.codes);
    state.backend->gather(state.pool.const_data_ptr<float>(), state.exclusivePages(), state.codes.data(),
        scratch, static_cast<std::int64_t>(next.table.size()), state.pageSize, state.slotCount, nullptr);
    if (!next.privateRun.empty())
        std::memcpy(scratch + next.task.layout->imageSize(), next.privateRun.data(),
            next.privateRun.size() * sizeof(float));
    state.current = index;
    state.hasCurrent = true;
}

std::vector<float> PagedExecutor::forward(std::span<const float> input, std::int64_t count)
{
    if (!m_state->hasCurrent)
        throw std::logic_error("PagedExecutor: switchTo() comes before forward()");
    const State::Task& current = m_state->tasks[m_state->current];
    Shape shape { count };
    shape.insert(
        shape.end(), current.task.network->inputShape.begin(), current.task.network->inputShape.end());
    if (count < 0 || static_cast<std::int64_t>(input.size()) != elementCount(shape))
        throw std::invalid_argument(
            "PagedExecutor: " + std::to_string(input.size()) + " input values for shape " + toString(shape));
    const at::NoGradGuard noGrad;
    // from_blob() wants a mutable pointer; the input is only read.
    const at::Tensor samples = at::from_blob(const_cast<float*>(input.data()), shape, at::kFloat);
    const at::Tensor logits = nn::forward(*current.task.network, current.tensors, samples).contiguous();
    const auto* first = logits.const_data_ptr<float>();
    return { first, first + logits.numel() };
}

std::int64_t PagedExecutor::level1Bytes() const
{
    const State& state = *m_state;
    std::int64_t bytes = static_cast<std::int64_t>(
        state.pool.nbytes() + state.scratch.nbytes() + state.codes.size() * sizeof(std::uint32_t));
    for (const State::Task& task : state.tasks)
        bytes += task.table.bytes() + static_cast<std::int64_t>(task.privateRun.size() * sizeof(float));
    return bytes;
}

Status writeExclusivePages(const std::filesystem::path& path, const VirtualizedState& state)
{
    return writeFileAtomically(path,
        { reinterpret_cast<const char*>(state.exclusive.data()), state.exclusive.size() * sizeof(float) });
}

} // namespace palimpsest
