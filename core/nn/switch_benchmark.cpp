// SPDX-License-Identifier: Apache-2.0
#include "core/base/file.h"
#include "core/base/random.h"
#include "core/network/safetensors.h"
#include "core/nn/functional.h"
#include "core/nn/paged_executor.h"
#include "core/nn/scratch_layout.h"

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

/// A task's own network, as a device without pages would keep it.
struct Resident {
    nn::FlatNetwork flat;
    fs::path file;
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

/// Largest difference between the logits of the executor's current network and those of its weights put together
/// without tables. Both lie in memory alike, for the last bit of a matrix product may depend on the alignment.
double logitDifference(
    PagedExecutor& executor, const JointTask& task, const Weights& weights, std::uint64_t seed)
{
    constexpr std::int64_t kSamples = 16;
    const Network& network = *task.network;
    Random random(seed);
    std::vector<float> input(static_cast<std::size_t>(kSamples * elementCount(network.inputShape)));
    for (float& value : input)
        value = static_cast<float>(random.normal());
    const std::vector<float> paged = executor.forward(input, kSamples);
    nn::FlatNetwork direct
        = nn::makeFlatNetwork(network, nn::scratchOffsets(*task.layout), nn::scratchSize(*task.layout));
    nn::loadWeights(direct, weights);
    Shape shape { kSamples };
    shape.insert(shape.end(), network.inputShape.begin(), network.inputShape.end());
    const at::NoGradGuard noGrad;
    const at::Tensor logits
        = nn::forward(network, direct.tensors, at::from_blob(input.data(), shape, at::kFloat)).contiguous();
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
    if (microseconds.empty())
        throw std::logic_error("SwitchTimes: no switch was measured");
    std::vector<double> sorted = microseconds;
    std::sort(sorted.begin(), sorted.end());
    const auto rank = static_cast<std::size_t>(std::ceil(share * static_cast<double>(sorted.size())));
    return sorted[std::clamp<std::size_t>(rank, 1, sorted.size()) - 1];
}

Result<SwitchBenchmark> benchmarkSwitch(std::vector<JointTask> tasks, const VirtualizedState& state,
    std::int64_t switches, std::uint64_t seed, const fs::path& folder, const JobContext& context)
{
    if (switches < 1)
        return badInput("execution.switches must be at least 1, got " + std::to_string(switches));
    PALIMPSEST_TRY(const ScratchFolder scratch, ScratchFolder::make(folder));
    const fs::path exclusiveFile = scratch.path() / "exclusive.bin";
    if (!state.exclusive.empty())
        PALIMPSEST_CHECK(writeExclusivePages(exclusiveFile, state));
    PALIMPSEST_TRY(PagedExecutor executor, PagedExecutor::create(tasks, state, exclusiveFile));

    SwitchBenchmark result;
    result.sequence = switchSequence(tasks.size(), switches, seed);
    std::vector<Resident> residents;
    std::int64_t largest = 0;
    for (std::size_t i = 0; i < tasks.size(); ++i) {
        const Weights weights = virtualizedWeights(tasks[i], i, state);
        Resident resident { nn::makeFlatNetwork(*tasks[i].network),
            scratch.path() / (std::to_string(i) + ".safetensors") };
        nn::loadWeights(resident.flat, weights);
        PALIMPSEST_CHECK(writeSafetensors(resident.file, weights));
        largest = std::max(largest, resident.flat.values.numel());
        residents.push_back(std::move(resident));
    }
    for (const std::size_t task : result.sequence)
        result.networkBytes += static_cast<double>(residents[task].flat.values.nbytes());
    result.networkBytes /= static_cast<double>(result.sequence.size());

    const at::Tensor copied = at::empty({ largest }, at::kFloat);
    nn::FlatNetwork reloaded;
    const nn::FlatNetwork* volatile resident = nullptr; // volatile: the compiler must not drop the switch
    using Method = std::pair<const char*, std::function<Status(std::size_t)>>;
    const std::vector<Method> methods {
        { "paged",
            [&](std::size_t task) {
                executor.switchTo(task);
                return success();
            } },
        { "wholeCopy",
            [&](std::size_t task) {
                const at::Tensor& values = residents[task].flat.values;
                std::memcpy(copied.mutable_data_ptr(), values.const_data_ptr(), values.nbytes());
                return success();
            } },
        { "fileReload",
            [&](std::size_t task) -> Status {
                PALIMPSEST_TRY(Weights read, readSafetensors(residents[task].file));
                PALIMPSEST_TRY(const Weights weights,
                    checkWeights(*tasks[task].network, std::move(read), residents[task].file.string()));
                reloaded = nn::makeFlatNetwork(*tasks[task].network);
                nn::loadWeights(reloaded, weights);
                return success();
            } },
        { "allResident",
            [&](std::size_t task) {
                resident = &residents[task].flat;
                return success();
            } },
    };
    for (const auto& [name, doSwitch] : methods) {
        context.setProgress(
            static_cast<double>(result.methods.size()) / static_cast<double>(methods.size()), name);
        PALIMPSEST_TRY(SwitchTimes times, measure(name, tasks.size(), result.sequence, context, doSwitch));
        result.methods.push_back(std::move(times));
    }

    for (std::size_t i = 0; i < tasks.size(); ++i) {
        executor.switchTo(i);
        result.largestDifference = std::max(result.largestDifference,
            logitDifference(executor, tasks[i], virtualizedWeights(tasks[i], i, state), seed));
    }
    return result;
}

} // namespace palimpsest
