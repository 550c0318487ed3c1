// SPDX-License-Identifier: Apache-2.0
#include "gpu/kernels/gather_kernel.h"

#include "gpu/cuda_check.h"
#include "gpu/kernels/grid.h"

#include <algorithm>
#include <bit>

namespace palimpsest::gpu {
namespace {

constexpr int kThreads = 128;

/// A thread copies a `Unit` (one float, or four) at a time: threadIdx.x goes along a page, threadIdx.y over
/// the pages of the block, so that short pages fill a block too.
template <class Unit>
__global__ void __launch_bounds__(kThreads) gatherKernel(const Unit* __restrict__ pool,
    const Unit* __restrict__ exclusive, const std::uint32_t* __restrict__ codes, Unit* __restrict__ image,
    std::int64_t pageCount, std::uint32_t unitsPerPage, std::uint32_t slotCount)
{
    const std::int64_t step = static_cast<std::int64_t>(gridDim.x) * blockDim.y;
    for (std::int64_t page = static_cast<std::int64_t>(blockIdx.x) * blockDim.y + threadIdx.y;
         page < pageCount; page += step) {
        const std::uint32_t code = codes[page];
        const Unit* const source = code < slotCount
            ? pool + static_cast<std::int64_t>(code) * unitsPerPage
            : exclusive + static_cast<std::int64_t>(code - slotCount) * unitsPerPage;
        Unit* const target = image + page * unitsPerPage;
        for (std::uint32_t k = blockIdx.y * blockDim.x + threadIdx.x; k < unitsPerPage;
             k += gridDim.y * blockDim.x)
            target[k] = source[k];
    }
}

template <class Unit>
void queueGather(const float* pool, const float* exclusive, const std::uint32_t* codes, float* image,
    std::int64_t pageCount, std::int64_t pageSize, std::int64_t slotCount, cudaStream_t stream)
{
    const auto unitsPerPage
        = static_cast<std::uint32_t>(pageSize / static_cast<std::int64_t>(sizeof(Unit) / sizeof(float)));
    const unsigned along = std::min<unsigned>(std::bit_ceil(unitsPerPage), kThreads);
    const dim3 block(along, kThreads / along);
    const dim3 grid(blocksX((pageCount + block.y - 1) / block.y), blocksY(unitsPerPage, along));
    gatherKernel<<<grid, block, 0, stream>>>(reinterpret_cast<const Unit*>(pool),
        reinterpret_cast<const Unit*>(exclusive), codes, reinterpret_cast<Unit*>(image), pageCount,
        unitsPerPage, static_cast<std::uint32_t>(slotCount));
    PALIMPSEST_CUDA(cudaGetLastError());
}

bool isAligned(const void* pointer)
{
    return reinterpret_cast<std::uintptr_t>(pointer) % sizeof(float4) == 0;
}

/// One block for each page of the image (and stretch of its weights). The block of the first page of a slot
/// adds all pages of that slot, in order; the blocks of the others find an earlier page of their slot and
/// end.
__global__ void __launch_bounds__(kThreads)
    scatterAddKernel(const float* __restrict__ image, const std::uint32_t* __restrict__ codes,
        float* __restrict__ poolGradient, float* __restrict__ exclusiveGradient, std::int64_t pageCount,
        std::int64_t pageSize, std::uint32_t slotCount)
{
    __shared__ std::int64_t matches[kThreads];
    __shared__ int warpCounts[kThreads / 32];
    const int lane = static_cast<int>(threadIdx.x) % 32;
    const int warp = static_cast<int>(threadIdx.x) / 32;

    for (std::int64_t page = blockIdx.x; page < pageCount; page += gridDim.x) {
        const std::uint32_t code = codes[page];
        bool seen = false;
        for (std::int64_t before = threadIdx.x; before < page && !seen; before += kThreads)
            seen = codes[before] == code;
        if (__syncthreads_or(seen ? 1 : 0) != 0)
            continue;

        float* const target = code < slotCount
            ? poolGradient + static_cast<std::int64_t>(code) * pageSize
            : exclusiveGradient + static_cast<std::int64_t>(code - slotCount) * pageSize;
        for (std::int64_t start = page; start < pageCount; start += kThreads) {
            // The pages of this slot among the next kThreads ones, packed in their order.
            const std::int64_t candidate = start + threadIdx.x;
            const bool match = candidate < pageCount && codes[candidate] == code;
            const unsigned ballot = __ballot_sync(0xffffffffU, match);
            if (lane == 0)
                warpCounts[warp] = __popc(ballot);
            __syncthreads();
            int place = __popc(ballot & ((1U << lane) - 1U));
            int count = 0;
            for (int w = 0; w < kThreads / 32; ++w) {
                place += w < warp ? warpCounts[w] : 0;
                count += warpCounts[w];
            }
            if (match)
                matches[place] = candidate;
            __syncthreads();
            if (count != 0) {
                for (std::int64_t k = static_cast<std::int64_t>(blockIdx.y) * kThreads + threadIdx.x;
                     k < pageSize; k += static_cast<std::int64_t>(gridDim.y) * kThreads) {
                    float sum = target[k];
                    for (int m = 0; m < count; ++m)
                        sum += image[matches[m] * pageSize + k];
                    target[k] = sum;
                }
            }
            __syncthreads(); // before the lists are written again
        }
    }
}

} // namespace

void launchGather(const float* pool, const float* exclusive, const std::uint32_t* codes, float* image,
    std::int64_t pageCount, std::int64_t pageSize, std::int64_t slotCount, cudaStream_t stream)
{
    if (pageCount == 0 || pageSize == 0)
        return;
    const bool wide = pageSize % 4 == 0 && isAligned(pool) && isAligned(exclusive) && isAligned(image);
    if (wide)
        queueGather<float4>(pool, exclusive, codes, image, pageCount, pageSize, slotCount, stream);
    else
        queueGather<float>(pool, exclusive, codes, image, pageCount, pageSize, slotCount, stream);
}

void launchScatterAdd(const float* image, const std::uint32_t* codes, float* poolGradient,
    float* exclusiveGradient, std::int64_t pageCount, std::int64_t pageSize, std::int64_t slotCount,
    cudaStream_t stream)
{
    if (pageCount == 0 || pageSize == 0)
        return;
    const dim3 grid(blocksX(pageCount), blocksY(pageSize, kThreads));
    scatterAddKernel<<<grid, kThreads, 0, stream>>>(image, codes, poolGradient, exclusiveGradient, pageCount,
        pageSize, static_cast<std::uint32_t>(slotCount));
    PALIMPSEST_CUDA(cudaGetLastError());
}

} // namespace palimpsest::gpu
