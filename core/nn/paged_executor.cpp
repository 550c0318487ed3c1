// SPDX-License-Identifier: Apache-2.0
#include "core/nn/paged_executor.h"

#include "core/base/file.h"
#include "core/nn/compute_device.h"
#include "core/nn/functional.h"
#include "core/nn/score.h"
#include "core/nn/scratch_layout.h"
#include "core/pages/page_file.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstring>
#include <list>
#include <map>
#include <stdexcept>
#include <tuple>
#include <utility>

namespace palimpsest {
namespace {

/// Checks one task's table. @return how many exclusive pages it needs: one more than the largest index
Result<std::int64_t> checkTask(const JointTask& task, const StoredState& state, std::size_t index)
{
    const PageLayout& layout = *task.layout;
    if (static_cast<std::int64_t>(task.table->entries.size()) != layout.pageCount
        || state.privateSize(index) != layout.privateSize
        || (layout.pageCount > 0 && layout.pageSize != state.pool.pageSize))
        throw std::invalid_argument(
            "PagedExecutor: layout, table and state of task '" + task.name + "' differ");
    std::int64_t exclusiveCount = 0;
    for (const PageRef& entry : task.table->entries) {
        if (entry.exclusive)
            exclusiveCount = std::max(exclusiveCount, static_cast<std::int64_t>(entry.index) + 1);
        else if (static_cast<std::int64_t>(entry.index) >= state.pool.pageCount)
            return badInput("the page table of task '" + task.name + "' names slot "
                + std::to_string(entry.index) + ", but the pool has " + std::to_string(state.pool.pageCount)
                + " slots; run match and optimise again");
    }
    if (exclusiveCount > state.exclusive.pageCount)
        return badInput("the page tables name " + std::to_string(exclusiveCount)
            + " exclusive pages, but there are " + std::to_string(state.exclusive.pageCount)
            + "; run match and optimise again");
    return exclusiveCount;
}

std::vector<std::uint8_t> narrowCodes(const std::vector<std::uint32_t>& codes, std::int64_t entryBytes)
{
    std::vector<std::uint8_t> table;
    table.reserve(codes.size() * static_cast<std::size_t>(entryBytes));
    for (const std::uint32_t code : codes)
        for (std::int64_t byte = 0; byte < entryBytes;
             ++byte) // little-endian, as the processors that LibTorch runs on
            table.push_back(static_cast<std::uint8_t>(code >> (8 * byte)));
    return table;
}

/// Bytes in page-locked memory where the device is a GPU, so that its kernels read them in place.
at::Tensor hostBytes(std::span<const std::uint8_t> bytes, const nn::ComputeDevice& device)
{
    at::Tensor tensor = at::empty({ static_cast<std::int64_t>(bytes.size()) },
        at::device(at::kCPU).dtype(at::kByte).pinned_memory(device.isCuda()));
    std::copy(bytes.begin(), bytes.end(), tensor.mutable_data_ptr<std::uint8_t>());
    return tensor;
}

at::Tensor deviceBytes(std::span<const std::uint8_t> bytes, const nn::ComputeDevice& device)
{
    at::Tensor tensor = at::empty({ static_cast<std::int64_t>(bytes.size()) }, at::kByte);
    std::copy(bytes.begin(), bytes.end(), tensor.mutable_data_ptr<std::uint8_t>());
    return tensor.to(device.torch);
}

std::span<const std::uint8_t> bytesOf(const std::vector<std::uint16_t>& values)
{
    return { reinterpret_cast<const std::uint8_t*>(values.data()), values.size() * sizeof(std::uint16_t) };
}

} // namespace

struct PagedExecutor::State {
    struct Task {
        JointTask task;
        at::Tensor table, privateRun, privateScales; ///< bytes on level 1
        std::vector<at::Tensor> tensors; ///< views of the scratch
        SwitchPlan plan;
    };
    /// A request of one shape, recorded: copy in, switch (or not), forward pass, copy out.
    struct Work {
        at::Tensor hostInput, input, output, hostOutput;
        std::unique_ptr<Backend::Graph> graph;
    };
    using WorkKey = std::tuple<std::size_t, std::int64_t, bool>; ///< task, count, whether it switches

    nn::ComputeDevice device;
    at::Tensor pool, poolScales; ///< level 1, bytes
    MappedFile exclusiveFile; ///< level 2 on the CPU
    at::Tensor exclusive, exclusiveScales; ///< level 2 on CUDA
    PageStore poolStore, exclusiveStore;
    std::int64_t exclusiveBytes = 0;
    at::Tensor scratch; ///< of the largest network; LibTorch aligns it to 64 bytes
    std::vector<Task> tasks;
    std::int64_t current = -1;
    at::Tensor signal, blocksDone; ///< on CUDA: SwitchPlan
    std::uint32_t switchCount = 0;
    std::map<WorkKey, Work> works;
    std::list<WorkKey> order; ///< of their making

    void addTask(JointTask task, std::int64_t entryBytes, const StoredState& state, std::size_t index)
    {
        const PageLayout& layout = *task.layout;
        const std::vector<std::int64_t> offsets = nn::scratchOffsets(layout);
        Task added;
        for (std::size_t i = 0; i < offsets.size(); ++i) {
            const TensorSpec& spec = task.network->tensors[i];
            added.tensors.push_back(scratch.narrow(0, offsets[i], spec.size()).view(spec.shape));
        }
        added.table
            = deviceBytes(narrowCodes(encodeTable(*task.table, state.pool.pageCount), entryBytes), device);
        const StoredPages& run = state.privateRuns[index];
        added.privateRun = deviceBytes(run.bytes, device);
        added.privateScales = deviceBytes(bytesOf(run.scales), device);
        SwitchPlan& plan = added.plan;
        plan.pool = poolStore;
        plan.exclusive = exclusiveStore;
        plan.table = added.table.const_data_ptr();
        plan.entryBytes = static_cast<int>(entryBytes);
        plan.privateRun = { added.privateRun.const_data_ptr(),
            static_cast<const std::uint16_t*>(added.privateScales.const_data_ptr()), run.storage };
        plan.privateSize = state.privateSize(index);
        plan.image = scratch.mutable_data_ptr<float>();
        plan.pageCount = layout.pageCount;
        plan.pageSize = state.pool.pageSize;
        plan.slotCount = state.pool.pageCount;
        if (device.isCuda())
            plan.blocksDone = reinterpret_cast<std::uint32_t*>(blocksDone.mutable_data_ptr<std::int32_t>());
        added.task = std::move(task);
        tasks.push_back(std::move(added));
    }

    [[nodiscard]] Status openLevel2(const StoredPages& pages, const std::filesystem::path& file)
    {
        if (pages.pageCount == 0)
            return success();
        exclusiveBytes = pageFileBytes(pages.storage, pages.pageSize, pages.pageCount);
        if (device.isCuda()) {
            exclusive = hostBytes(pages.bytes, device);
            exclusiveScales = hostBytes(bytesOf(pages.scales), device);
            exclusiveStore = { exclusive.const_data_ptr(),
                static_cast<const std::uint16_t*>(exclusiveScales.const_data_ptr()), pages.storage };
            return success();
        }
        PALIMPSEST_TRY(exclusiveFile, MappedFile::open(file));
        const auto size = static_cast<std::int64_t>(exclusiveFile.bytes().size());
        if (size != exclusiveBytes)
            return badInput("expected " + std::to_string(pages.pageCount) + " exclusive pages in "
                    + std::to_string(exclusiveBytes) + " bytes, got " + std::to_string(size)
                    + " bytes; write the exclusive pages again",
                file.string());
        exclusiveStore
            = pageFileView(exclusiveFile.bytes().data(), pages.storage, pages.pageSize, pages.pageCount);
        return success();
    }

    [[nodiscard]] Shape inputShape(const Task& task, std::span<const float> input, std::int64_t count) const
    {
        Shape shape { count };
        shape.insert(shape.end(), task.task.network->inputShape.begin(), task.task.network->inputShape.end());
        if (count < 0 || static_cast<std::int64_t>(input.size()) != elementCount(shape))
            throw std::invalid_argument("PagedExecutor: " + std::to_string(input.size())
                + " input values for shape " + toString(shape));
        return shape;
    }

    /// On CUDA the host looks at the kernel's signal, which comes some microseconds before the stream is known to be idle.
    void switchAndWait(SwitchPlan plan)
    {
        if (!device.isCuda()) {
            device.backend->switchTo(plan, nullptr);
            return;
        }
        plan.signal = reinterpret_cast<std::uint32_t*>(signal.mutable_data_ptr<std::uint8_t>());
        plan.signalValue = ++switchCount;
        device.backend->switchTo(plan, nullptr);
        const std::atomic_ref<std::uint32_t> arrived(*plan.signal);
        constexpr auto kPatience = std::chrono::milliseconds(10);
        const auto start = std::chrono::steady_clock::now();
        while (arrived.load(std::memory_order_acquire) != plan.signalValue)
            if (std::chrono::steady_clock::now() - start > kPatience) {
                device.synchronize(); // a busy device, or a failed one: then this throws its reason
                return;
            }
    }

    /// By the backend: LibTorch's own copy keeps events of page-locked memory, which a recording must not hold.
    void copy(const at::Tensor& to, const at::Tensor& from)
    {
        device.backend->copy(
            to.mutable_data_ptr(), from.const_data_ptr(), static_cast<std::int64_t>(from.nbytes()), nullptr);
    }

    /// What a recorded request does; also run plainly once before, for libraries set themselves up at their first calls.
    void doWork(Work& work, const Task& task, bool switches)
    {
        const at::NoGradGuard noGrad;
        copy(work.input, work.hostInput);
        if (switches)
            device.backend->switchTo(task.plan, nullptr);
        work.output = nn::forward(*task.task.network, task.tensors, work.input).contiguous();
        copy(work.hostOutput, work.output);
    }

    Work& workFor(const WorkKey& key, const Shape& shape)
    {
        const auto found = works.find(key);
        if (found != works.end())
            return found->second;
        if (works.size() == kRecordedWorks) {
            works.erase(order.front());
            order.pop_front();
        }
        const auto& [index, count, switches] = key;
        const Task& task = tasks.at(index);
        const auto pinned = at::device(at::kCPU).dtype(at::kFloat).pinned_memory(true);
        Work& work = works[key];
        order.push_back(key);
        work.hostInput = at::zeros(shape, pinned);
        work.input = at::zeros(shape, at::device(device.torch).dtype(at::kFloat));
        work.hostOutput = at::zeros({ count, task.task.network->classes() }, pinned);
        doWork(work, task, switches);
        device.synchronize();
        work.graph = device.backend->capture([&, switches = switches] { doWork(work, task, switches); });
        return work;
    }
};

PagedExecutor::PagedExecutor(std::unique_ptr<State> state)
    : m_state(std::move(state))
{
}
PagedExecutor::PagedExecutor(PagedExecutor&&) noexcept = default;
PagedExecutor& PagedExecutor::operator=(PagedExecutor&&) noexcept = default;
PagedExecutor::~PagedExecutor() = default;

Result<PagedExecutor> PagedExecutor::create(std::vector<JointTask> tasks, const StoredState& state,
    const std::filesystem::path& exclusiveFile, const std::string& device)
{
    if (tasks.empty())
        return badInput("there is no task to execute");
    if (state.privateRuns.size() != tasks.size())
        throw std::invalid_argument("PagedExecutor: one private run a task is needed");
    std::int64_t scratchSize = 0;
    for (std::size_t i = 0; i < tasks.size(); ++i) {
        PALIMPSEST_CHECK(checkTask(tasks[i], state, i));
        scratchSize = std::max(scratchSize, nn::scratchSize(*tasks[i].layout));
    }
    auto own = std::make_unique<State>();
    own->device = nn::computeDevice(device);
    own->pool = deviceBytes(state.pool.bytes, own->device);
    own->poolScales = deviceBytes(bytesOf(state.pool.scales), own->device);
    own->poolStore = { own->pool.const_data_ptr(),
        static_cast<const std::uint16_t*>(own->poolScales.const_data_ptr()), state.pool.storage };
    PALIMPSEST_CHECK(own->openLevel2(state.exclusive, exclusiveFile));
    if (own->device.isCuda()) {
        own->signal = hostBytes(std::vector<std::uint8_t>(sizeof(std::uint32_t)), own->device);
        own->blocksDone = at::zeros({ 1 }, at::device(own->device.torch).dtype(at::kInt));
    }
    own->scratch = at::zeros({ scratchSize }, at::device(own->device.torch).dtype(at::kFloat));
    const std::int64_t entryBytes = tableEntryBytes(state.pool.pageCount, state.exclusive.pageCount);
    for (std::size_t i = 0; i < tasks.size(); ++i)
        own->addTask(std::move(tasks[i]), entryBytes, state, i);
    return PagedExecutor(std::move(own));
}

void PagedExecutor::switchTo(std::size_t index)
{
    State& state = *m_state;
    state.switchAndWait(state.tasks.at(index).plan);
    state.current = static_cast<std::int64_t>(index);
}

std::vector<float> PagedExecutor::forward(std::span<const float> input, std::int64_t count)
{
    if (m_state->current < 0)
        throw std::logic_error("PagedExecutor: switchTo() comes before forward()");
    const State::Task& current = m_state->tasks[static_cast<std::size_t>(m_state->current)];
    const Shape shape = m_state->inputShape(current, input, count);
    const at::NoGradGuard noGrad;
    // from_blob() wants a mutable pointer; the input is only read.
    const at::Tensor samples
        = at::from_blob(const_cast<float*>(input.data()), shape, at::kFloat).to(m_state->device.torch);
    const at::Tensor logits = nn::forward(*current.task.network, current.tensors, samples).cpu().contiguous();
    const auto* first = logits.const_data_ptr<float>();
    return { first, first + logits.numel() };
}

std::vector<float> PagedExecutor::run(std::size_t index, std::span<const float> input, std::int64_t count)
{
    State& state = *m_state;
    const State::Task& task = state.tasks.at(index);
    const bool switches = state.current != static_cast<std::int64_t>(index);
    if (!state.device.isCuda() || count == 0) {
        if (switches)
            switchTo(index);
        return forward(input, count);
    }
    const Shape shape = state.inputShape(task, input, count);
    State::Work& work = state.workFor({ index, count, switches }, shape);
    std::copy(input.begin(), input.end(), work.hostInput.mutable_data_ptr<float>());
    state.device.backend->replay(*work.graph);
    state.device.synchronize();
    state.current = static_cast<std::int64_t>(index);
    const auto* first = work.hostOutput.const_data_ptr<float>();
    return { first, first + work.hostOutput.numel() };
}

Result<Score> PagedExecutor::score(
    std::size_t index, const LabelledSamples& samples, const JobContext& context)
{
    const Network& network = *task(index).network;
    PALIMPSEST_CHECK(nn::checkSamples(network, samples, task(index).name));
    switchTo(index);
    const at::Device device = m_state->device.torch;
    return nn::scoreTensors(network, m_state->tasks[index].tensors, nn::inputTensor(samples).to(device),
        nn::labelTensor(samples).to(device), context.stopToken(),
        [&](double done) { context.setProgress(done, "scoring"); });
}

std::size_t PagedExecutor::taskCount() const
{
    return m_state->tasks.size();
}

const JointTask& PagedExecutor::task(std::size_t index) const
{
    return m_state->tasks.at(index).task;
}

std::int64_t PagedExecutor::current() const
{
    return m_state->current;
}

std::int64_t PagedExecutor::level1Bytes() const
{
    const State& state = *m_state;
    std::size_t bytes = state.pool.nbytes() + state.poolScales.nbytes() + state.scratch.nbytes();
    for (const State::Task& task : state.tasks)
        bytes += task.table.nbytes() + task.privateRun.nbytes() + task.privateScales.nbytes();
    return static_cast<std::int64_t>(bytes);
}

std::int64_t PagedExecutor::level2Bytes() const
{
    return m_state->exclusiveBytes;
}

} // namespace palimpsest
