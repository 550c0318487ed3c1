// SPDX-License-Identifier: Apache-2.0
#include "core/base/random.h"
#include "core/nn/compute_device.h"
#include "core/nn/switch_benchmark.h"

#include <algorithm>
#include <chrono>
#include <numeric>
#include <vector>

namespace palimpsest {
namespace {

constexpr std::int64_t kPageSize = 512;
constexpr int kRepetitions = 101;

/// Median of the host's times, until the device is done.
template <class Work> double medianUs(const nn::ComputeDevice& device, const Work& work)
{
    std::vector<double> times;
    for (int i = -3; i < kRepetitions; ++i) {
        const auto start = std::chrono::steady_clock::now();
        work();
        device.synchronize();
        if (i >= 0)
            times.push_back(
                std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - start).count());
    }
    std::nth_element(times.begin(), times.begin() + kRepetitions / 2, times.end());
    return times[kRepetitions / 2];
}

} // namespace

Result<BandwidthBenchmark> benchmarkBandwidth(std::int64_t pages, const JobContext& context)
{
    const nn::ComputeDevice device = nn::computeDevice(context.device());
    if (!device.isCuda())
        return badInput(
            "expected a CUDA device, got " + context.device() + ": the bandwidth is measured there");
    const auto floats = at::device(device.torch).dtype(at::kFloat);
    std::vector<std::int32_t> order(static_cast<std::size_t>(pages));
    std::iota(order.begin(), order.end(), 0);
    Random random(1);
    random.shuffle(std::span(order));
    const at::Tensor codes = at::tensor(order, at::kInt).to(device.torch);
    const at::Tensor pool = at::ones({ pages * kPageSize }, floats);
    const at::Tensor image = at::empty_like(pool);
    const auto bytes = static_cast<std::int64_t>(pool.nbytes());
    SwitchPlan plan;
    plan.pool.pages = pool.const_data_ptr();
    plan.table = codes.const_data_ptr();
    plan.image = image.mutable_data_ptr<float>();
    plan.pageCount = pages;
    plan.pageSize = kPageSize;
    plan.slotCount = pages;

    BandwidthBenchmark result;
    result.networkBytes = static_cast<double>(bytes);
    result.switchUs = medianUs(device, [&] { device.backend->switchTo(plan, nullptr); });
    result.copyUs = medianUs(device,
        [&] { device.backend->copy(image.mutable_data_ptr(), pool.const_data_ptr(), bytes, nullptr); });
    const at::Tensor pinned
        = at::zeros({ pages * kPageSize }, at::device(at::kCPU).dtype(at::kFloat).pinned_memory(true));
    result.pinnedCopyUs = medianUs(device,
        [&] { device.backend->copy(image.mutable_data_ptr(), pinned.const_data_ptr(), bytes, nullptr); });
    constexpr std::int64_t kLarge = 1 << 28; // floats: 1 GiB
    const at::Tensor from = at::ones({ kLarge }, floats);
    const at::Tensor to = at::empty_like(from);
    const double largeUs = medianUs(device,
        [&] { device.backend->copy(to.mutable_data_ptr(), from.const_data_ptr(), kLarge * 4, nullptr); });
    result.copyBytesPerSecond = 2.0 * 4.0 * static_cast<double>(kLarge) / largeUs * 1e6;
    const double moved = 2.0 * static_cast<double>(bytes) + static_cast<double>(codes.nbytes());
    result.floorUs = moved / result.copyBytesPerSecond * 1e6;
    return result;
}

} // namespace palimpsest
