// SPDX-License-Identifier: Apache-2.0
#include "gpu/kernels/switch_kernel.h"

#include "gpu/cuda_check.h"
#include "gpu/kernels/grid.h"

#include <algorithm>
#include <type_traits>

#include <cuda_fp16.h>

namespace palimpsest::gpu {
namespace {

constexpr int kThreads = 128;
constexpr int kRunChunk = 4 * kThreads; ///< values of the private run that one block copies

__device__ float halfAt(const std::uint16_t* bits, std::int64_t i)
{
    return __half2float(__ushort_as_half(bits[i]));
}

/// Weights k .. k + 3 of a page; the page begins on 16 bytes where `wide`, and k is a multiple of 4.
__device__ float4 fourWeights(
    const PageStore& store, std::int64_t page, std::int64_t pageSize, std::int64_t k)
{
    const auto* bytes
        = static_cast<const std::uint8_t*>(store.pages) + page * packedBytes(store.storage, pageSize);
    switch (store.storage) {
    case Storage::Float32:
        return *reinterpret_cast<const float4*>(bytes + 4 * k);
    case Storage::Float16: {
        const uint2 pair = *reinterpret_cast<const uint2*>(bytes + 2 * k);
        const float2 low = __half22float2(reinterpret_cast<const __half2&>(pair.x));
        const float2 high = __half22float2(reinterpret_cast<const __half2&>(pair.y));
        return { low.x, low.y, high.x, high.y };
    }
    default:
        break;
    }
    const float scale = halfAt(store.scales + page * scaleCount(store.storage, pageSize), k / kScaleGroup);
    int q[4];
    if (store.storage == Storage::Int8) {
        const char4 codes = *reinterpret_cast<const char4*>(bytes + k);
        q[0] = codes.x;
        q[1] = codes.y;
        q[2] = codes.z;
        q[3] = codes.w;
    } else {
        for (int i = 0; i < 4; ++i)
            q[i] = storedCode(store.storage, bytes, k + i);
    }
    return { scale * static_cast<float>(q[0]), scale * static_cast<float>(q[1]),
        scale * static_cast<float>(q[2]), scale * static_cast<float>(q[3]) };
}

/// Weight k of a page, without any need of alignment but that of its own type.
__device__ float oneWeight(const PageStore& store, std::int64_t page, std::int64_t pageSize, std::int64_t k)
{
    const auto* bytes
        = static_cast<const std::uint8_t*>(store.pages) + page * packedBytes(store.storage, pageSize);
    if (store.storage == Storage::Float32)
        return reinterpret_cast<const float*>(bytes)[k];
    if (store.storage == Storage::Float16)
        return halfAt(reinterpret_cast<const std::uint16_t*>(bytes), k);
    return halfAt(store.scales + page * scaleCount(store.storage, pageSize), k / kScaleGroup)
        * static_cast<float>(storedCode(store.storage, bytes, k));
}

__device__ void copyRun(const SwitchPlan& plan, std::int64_t chunk)
{
    float* const run = plan.image + plan.pageCount * plan.pageSize;
    const std::int64_t end = min(plan.privateSize, (chunk + 1) * kRunChunk);
    for (std::int64_t i = chunk * kRunChunk + threadIdx.x; i < end; i += kThreads)
        run[i] = oneWeight(plan.privateRun, 0, plan.privateSize, i);
}

/// The last block to come here writes the signal, when the writes of all blocks can be seen.
__device__ void signalDone(const SwitchPlan& plan)
{
    __syncthreads();
    if (threadIdx.x != 0)
        return;
    __threadfence();
    if (atomicAdd(plan.blocksDone, 1U) + 1U != gridDim.x * gridDim.y)
        return;
    *plan.blocksDone = 0;
    __threadfence_system();
    *static_cast<volatile std::uint32_t*>(plan.signal) = plan.signalValue;
}

/// Where page `item` of the network comes from.
struct Source {
    const PageStore* store;
    std::int64_t page;
};
__device__ Source sourceOf(const SwitchPlan& plan, std::int64_t item)
{
    const std::int64_t code = tableEntry(plan.table, plan.entryBytes, item);
    return code < plan.slotCount ? Source { &plan.pool, code }
                                 : Source { &plan.exclusive, code - plan.slotCount };
}

/// A block takes kPages pages at a time (or with gridDim.y > 1 a stretch of them): all of their loads are under way before the
/// first store. Then come the chunks of the private run.
template <bool kWide, int kPages>
__global__ void __launch_bounds__(kThreads) switchKernel(const SwitchPlan plan, std::int64_t items)
{
    constexpr int kWidth = kWide ? 4 : 1;
    using Unit = std::conditional_t<kWide, float4, float>;
    const std::int64_t groups = (plan.pageCount + kPages - 1) / kPages;
    const std::int64_t step = static_cast<std::int64_t>(gridDim.y) * kThreads * kWidth;
    for (std::int64_t item = blockIdx.x; item < items; item += gridDim.x) {
        if (item >= groups) {
            if (blockIdx.y == 0)
                copyRun(plan, item - groups);
            continue;
        }
        const std::int64_t first = item * kPages;
        const int count = static_cast<int>(min(static_cast<std::int64_t>(kPages), plan.pageCount - first));
        for (std::int64_t k = (static_cast<std::int64_t>(blockIdx.y) * kThreads + threadIdx.x) * kWidth;
             k < plan.pageSize; k += step) {
            Unit values[kPages];
#pragma unroll
            for (int i = 0; i < kPages; ++i) {
                if (i >= count)
                    break;
                const Source source = sourceOf(plan, first + i);
                if constexpr (kWide)
                    values[i] = fourWeights(*source.store, source.page, plan.pageSize, k);
                else
                    values[i] = oneWeight(*source.store, source.page, plan.pageSize, k);
            }
#pragma unroll
            for (int i = 0; i < kPages; ++i)
                if (i < count)
                    *reinterpret_cast<Unit*>(plan.image + (first + i) * plan.pageSize + k) = values[i];
        }
    }
    if (plan.signal != nullptr)
        signalDone(plan);
}

template <bool kWide, int kPages> void queueSwitch(const SwitchPlan& plan, cudaStream_t stream)
{
    const std::int64_t chunks = (plan.privateSize + kRunChunk - 1) / kRunChunk;
    const std::int64_t items = (plan.pageCount + kPages - 1) / kPages + chunks;
    const dim3 grid(blocksX(std::max<std::int64_t>(items, 1)),
        std::max(1U, blocksY(plan.pageSize, static_cast<std::int64_t>(kWide ? 4 : 1) * kThreads)));
    switchKernel<kWide, kPages><<<grid, kThreads, 0, stream>>>(plan, items);
    PALIMPSEST_CUDA(cudaGetLastError());
}

bool isAligned(const void* pointer)
{
    return reinterpret_cast<std::uintptr_t>(pointer) % sizeof(float4) == 0;
}

} // namespace

void launchSwitch(const SwitchPlan& plan, cudaStream_t stream)
{
    if (plan.pageCount == 0 && plan.privateSize == 0 && plan.signal == nullptr)
        return;
    const bool wide = plan.pageSize % 4 == 0 && isAligned(plan.pool.pages) && isAligned(plan.exclusive.pages)
        && isAligned(plan.image);
    // Few pages: one block each, all of the GPU at work at once. Many: more loads in flight for each thread.
    constexpr std::int64_t kManyPages = 4096;
    if (!wide)
        queueSwitch<false, 1>(plan, stream);
    else if (plan.pageCount < kManyPages)
        queueSwitch<true, 1>(plan, stream);
    else
        queueSwitch<true, 4>(plan, stream);
}

} // namespace palimpsest::gpu
