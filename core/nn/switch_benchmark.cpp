// SPDX-License-Identifier: Apache-2.0
#include "core/nn/switch_benchmark.h"
#include "core/backend/gpu_module.h"
#include "core/base/file.h"
#include "core/base/process_memory.h"
#include "core/base/quantile.h"
#include "core/base/random.h"
#include "core/nn/compute_device.h"
#include "core/nn/functional.h"
#include "core/nn/paged_executor.h"
#include "core/nn/scratch_layout.h"
#include "core/nn/switch_rivals.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstring>
#include <functional>
#include <stdexcept>
#include <system_error>
#include <utility>

namespace palimpsest {
namespace {

namespace fs = std::filesystem;

/// The files of one benchmark, in a folder of their own that goes with it.
class ScratchFolder {
public:
    static Result<ScratchFolder> make(const fs::path& parent)
    {
        std::error_code error;
        fs::path path = parent / "switch-benchmark";
        fs::create_directories(path, error);
        if (error)
            return failure("could not be created: " + error.message(), path.string());
        return ScratchFolder(std::move(path));
    }
    ScratchFolder(ScratchFolder&& other) noexcept
        : m_path(std::exchange(other.m_path, {}))
    {
    }
    ScratchFolder& operator=(ScratchFolder&&) = delete;
    ~ScratchFolder()
    {
        std::error_code ignored;
        if (!m_path.empty())
            fs::remove_all(m_path, ignored);
    }
    [[nodiscard]] const fs::path& path() const { return m_path; }

private:
    explicit ScratchFolder(fs::path path)
        : m_path(std::move(path))
    {
    }
    fs::path m_path;
};

std::vector<std::size_t> switchSequence(std::size_t tasks, std::int64_t switches, std::uint64_t seed)
{
    Random random(deriveSeed(seed, "switches"));
    std::vector<std::size_t> sequence;
    for (std::int64_t i = 0; i < switches; ++i) {
        if (sequence.empty() || tasks == 1) {
            sequence.push_back(static_cast<std::size_t>(random.below(tasks)));
            continue;
        }
        // Any but the last one, all equally likely.
        const auto other = static_cast<std::size_t>(random.below(tasks - 1));
        sequence.push_back(other + (other >= sequence.back() ? 1 : 0));
    }
    return sequence;
}

std::vector<float> randomInput(const Network& network, std::int64_t samples, std::uint64_t seed)
{
    Random random(seed);
    std::vector<float> input(static_cast<std::size_t>(samples * elementCount(network.inputShape)));
    for (float& value : input)
        value = static_cast<float>(random.normal());
    return input;
}

/// Times `doSwitch` over a round of all tasks, which does not count, and then over the sequence.
Result<SwitchTimes> measure(std::string method, std::size_t tasks, const std::vector<std::size_t>& sequence,
    const JobContext& context, const std::function<Status(std::size_t)>& doSwitch)
{
    using Microseconds = std::chrono::duration<double, std::micro>;
    for (std::size_t task = 0; task < tasks; ++task)
        PALIMPSEST_CHECK(doSwitch(task));
    SwitchTimes times { std::move(method), {} };
    times.microseconds.reserve(sequence.size());
    for (const std::size_t task : sequence) {
        if (context.isCanceled())
            return canceled();
        const auto start = std::chrono::steady_clock::now();
        PALIMPSEST_CHECK(doSwitch(task));
        times.microseconds.push_back(Microseconds(std::chrono::steady_clock::now() - start).count());
    }
    return times;
}

std::int64_t deviceBytesUsed(const std::string& device)
{
    for (const DeviceInfo& info : listDevices().devices)
        if (info.id == device && device != "cpu")
            return info.memoryBytes - info.freeBytes;
    return 0;
}

void measureMemory(PagedExecutor& executor, const JobContext& context, SwitchBenchmark& result)
{
    const std::int64_t deviceBefore = deviceBytesUsed(context.device());
    const std::int64_t residentBefore = residentBytes();
    for (std::int64_t i = 0; i < SwitchBenchmark::kMemorySwitches && !context.isCanceled(); ++i)
        executor.switchTo(static_cast<std::size_t>(i) % executor.taskCount());
    result.deviceBytesUsed = deviceBytesUsed(context.device());
    result.deviceBytesGrown = result.deviceBytesUsed - deviceBefore;
    result.residentBytesGrown = residentBytes() - residentBefore;
}

/// Largest difference between the logits of the executor's current network and those of its weights put together
/// without tables. Both lie in memory alike, for the last bit of a matrix product may depend on the alignment.
double logitDifference(PagedExecutor& executor, const JointTask& task, const Weights& weights,
    std::uint64_t seed, const std::string& deviceName)
{
    constexpr std::int64_t kSamples = 16;
    const Network& network = *task.network;
    std::vector<float> input = randomInput(network, kSamples, seed);
    const std::vector<float> paged = executor.forward(input, kSamples);
    const at::Device device = nn::computeDevice(deviceName).torch;
    nn::FlatNetwork direct = nn::makeFlatNetwork(
        network, nn::scratchOffsets(*task.layout), nn::scratchSize(*task.layout), device);
    nn::loadWeights(direct, weights);
    Shape shape { kSamples };
    shape.insert(shape.end(), network.inputShape.begin(), network.inputShape.end());
    const at::NoGradGuard noGrad;
    const at::Tensor logits
        = nn::forward(network, direct.tensors, at::from_blob(input.data(), shape, at::kFloat).to(device))
              .cpu()
              .contiguous();
    const auto* expected = logits.const_data_ptr<float>();
    double largest = 0.0;
    for (std::size_t i = 0; i < paged.size(); ++i)
        largest
            = std::max(largest, std::abs(static_cast<double>(paged[i]) - static_cast<double>(expected[i])));
    return largest;
}

} // namespace

double SwitchTimes::quantile(double share) const
{
    return quantileOf(microseconds, share);
}

Result<SwitchBenchmark> benchmarkSwitch(std::vector<JointTask> tasks, const StoredState& state,
    std::int64_t switches, std::uint64_t seed, const fs::path& folder, const JobContext& context)
{
    if (switches < 1)
        return badInput("execution.switches must be at least 1, got " + std::to_string(switches));
    PALIMPSEST_TRY(const ScratchFolder scratch, ScratchFolder::make(folder));
    const fs::path exclusiveFile = scratch.path() / "exclusive.bin";
    PALIMPSEST_CHECK(writeExclusivePages(exclusiveFile, state.exclusive));
    const VirtualizedState values = readState(state);
    PALIMPSEST_TRY(
        PagedExecutor executor, PagedExecutor::create(tasks, state, exclusiveFile, context.device()));
    PALIMPSEST_TRY(std::unique_ptr<nn::SwitchRivals> rivals,
        nn::SwitchRivals::create(tasks, values, scratch.path(), context.device()));

    SwitchBenchmark result;
    result.level1Bytes = executor.level1Bytes();
    result.level2Bytes = executor.level2Bytes();
    result.sequence = switchSequence(tasks.size(), switches, seed);
    for (const std::size_t task : result.sequence)
        result.networkBytes += static_cast<double>(rivals->networkBytes(task));
    result.networkBytes /= static_cast<double>(result.sequence.size());

    std::vector<nn::SwitchRivals::Method> methods { { "paged", [&](std::size_t task) {
                                                         executor.switchTo(task);
                                                         return success();
                                                     } } };
    for (nn::SwitchRivals::Method& method : rivals->methods())
        methods.push_back(std::move(method));
    std::vector<std::vector<float>> inputs;
    for (std::size_t i = 0; i < tasks.size(); ++i)
        inputs.push_back(randomInput(*tasks[i].network, 1, seed + i));
    if (context.device() != "cpu") {
        methods.push_back({ "forward", [&](std::size_t task) {
                               (void)executor.run(static_cast<std::size_t>(executor.current()),
                                   inputs[static_cast<std::size_t>(executor.current())], 1);
                               (void)task;
                               return success();
                           } });
        methods.push_back({ "switchForward", [&](std::size_t task) {
                               (void)executor.run(task, inputs[task], 1);
                               return success();
                           } });
    }
    for (const auto& [name, doSwitch] : methods) {
        context.setProgress(
            static_cast<double>(result.methods.size()) / static_cast<double>(methods.size()), name);
        PALIMPSEST_TRY(SwitchTimes times, measure(name, tasks.size(), result.sequence, context, doSwitch));
        result.methods.push_back(std::move(times));
    }

    measureMemory(executor, context, result);
    for (std::size_t i = 0; i < tasks.size(); ++i) {
        executor.switchTo(i);
        result.largestDifference = std::max(result.largestDifference,
            logitDifference(
                executor, tasks[i], virtualizedWeights(tasks[i], i, values), seed, context.device()));
    }
    return result;
}

} // namespace palimpsest
