// SPDX-License-Identifier: Apache-2.0
#include "gpu/kernels/rounding_kernel.h"

#include "gpu/cuda_check.h"
#include "gpu/kernels/grid.h"

namespace palimpsest::gpu {
namespace {

constexpr int kThreads = 256;
constexpr int kWarp = 32;

__global__ void __launch_bounds__(kThreads)
    roundFloatsKernel(const TrainedPages pages, float* __restrict__ rounded)
{
    const std::int64_t count = pages.pageCount * pages.pageSize;
    const std::int64_t step = static_cast<std::int64_t>(gridDim.x) * kThreads;
    for (std::int64_t i = static_cast<std::int64_t>(blockIdx.x) * kThreads + threadIdx.x; i < count;
         i += step)
        rounded[i] = pages.storage == Storage::Float16 ? nearestHalf(pages.values[i]) : pages.values[i];
}

/// The group of 128 weights that a warp works on: where it begins, how many weights it has, and which scale is its.
struct Group {
    std::int64_t first, size, scale;
};
__device__ Group groupAt(const TrainedPages& pages, std::int64_t index)
{
    const std::int64_t perPage = scaleCount(pages.storage, pages.pageSize);
    const std::int64_t inPage = index % perPage * kScaleGroup;
    return { index / perPage * pages.pageSize + inPage, min(kScaleGroup, pages.pageSize - inPage), index };
}

template <bool kBack>
__global__ void __launch_bounds__(kThreads)
    roundCodesKernel(const TrainedPages pages, float* __restrict__ values, float* __restrict__ scaleGradient)
{
    const std::int64_t groups = pages.pageCount * scaleCount(pages.storage, pages.pageSize);
    const int lane = static_cast<int>(threadIdx.x) % kWarp;
    const std::int64_t step = static_cast<std::int64_t>(gridDim.x) * (kThreads / kWarp);
    const auto largest = static_cast<float>(largestCode(pages.storage));
    for (std::int64_t index
         = static_cast<std::int64_t>(blockIdx.x) * (kThreads / kWarp) + threadIdx.x / kWarp;
         index < groups; index += step) {
        const Group group = groupAt(pages, index);
        const float s = scaleAsRead(pages.scales[group.scale]);
        float sum = 0.0F;
        for (std::int64_t k = lane; k < group.size; k += kWarp) {
            const std::int64_t i = group.first + k;
            const float u = pages.values[i] / s;
            const float q = roundedCode(u, pages.storage, largest);
            if constexpr (kBack) {
                const float g = values[i];
                sum += g * scaleShare(u, q, largest);
                values[i] = u >= -largest && u <= largest ? g : 0.0F;
            } else {
                values[i] = s * q;
            }
        }
        if constexpr (kBack) {
            for (int offset = kWarp / 2; offset > 0; offset /= 2)
                sum += __shfl_down_sync(0xffffffffU, sum, offset);
            if (lane == 0)
                scaleGradient[group.scale] = sum;
        }
    }
}

template <bool kBack>
void queueCodes(const TrainedPages& pages, float* values, float* scaleGradient, cudaStream_t stream)
{
    const std::int64_t groups = pages.pageCount * scaleCount(pages.storage, pages.pageSize);
    roundCodesKernel<kBack>
        <<<blocksX((groups + kThreads / kWarp - 1) / (kThreads / kWarp)), kThreads, 0, stream>>>(
            pages, values, scaleGradient);
    PALIMPSEST_CUDA(cudaGetLastError());
}

} // namespace

void launchRoundPages(const TrainedPages& pages, float* rounded, cudaStream_t stream)
{
    const std::int64_t count = pages.pageCount * pages.pageSize;
    if (count == 0)
        return;
    if (isIntegerForm(pages.storage)) {
        queueCodes<false>(pages, rounded, nullptr, stream);
        return;
    }
    roundFloatsKernel<<<blocksX((count + kThreads - 1) / kThreads), kThreads, 0, stream>>>(pages, rounded);
    PALIMPSEST_CUDA(cudaGetLastError());
}

void launchRoundGradients(
    const TrainedPages& pages, float* gradient, float* scaleGradient, cudaStream_t stream)
{
    if (pages.pageCount * pages.pageSize > 0 && isIntegerForm(pages.storage))
        queueCodes<true>(pages, gradient, scaleGradient, stream);
}

} // namespace palimpsest::gpu
