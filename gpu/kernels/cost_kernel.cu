// SPDX-License-Identifier: Apache-2.0
#include "gpu/kernels/cost_kernel.h"

#include "gpu/cuda_check.h"
#include "gpu/kernels/grid.h"

namespace palimpsest::gpu {
namespace {

// A block of kTile x kTile threads makes a tile of the cost matrix: threadIdx.x is the slot, threadIdx.y the
// page. The sums run over stretches of kTile weights that lie in shared memory; a row has one value more,
// against bank conflicts.
constexpr int kTile = 16;

/// The loop that both costs share. `Cost` says how many sums of a slot it reads, how they are prepared once a
/// tile, and what one weight adds.
template <class Cost>
__global__ void __launch_bounds__(kTile* kTile)
    costKernel(Cost term, const float* __restrict__ weights, const float* __restrict__ fisher,
        float* __restrict__ cost, std::int64_t pageCount, std::int64_t slotCount, std::int64_t pageSize)
{
    __shared__ double slotSums[Cost::kSums][kTile][kTile + 1];
    __shared__ double pageWeights[kTile][kTile + 1];
    __shared__ double pageFisher[kTile][kTile + 1];
    const int x = static_cast<int>(threadIdx.x);
    const int y = static_cast<int>(threadIdx.y);

    for (std::int64_t firstPage = static_cast<std::int64_t>(blockIdx.y) * kTile; firstPage < pageCount;
         firstPage += static_cast<std::int64_t>(gridDim.y) * kTile) {
        const std::int64_t firstSlot = static_cast<std::int64_t>(blockIdx.x) * kTile;
        double sum = 0.0;
        for (std::int64_t start = 0; start < pageSize; start += kTile) {
            const std::int64_t k = start + x; // neighbours in a warp read neighbours in memory
            const std::int64_t page = firstPage + y;
            const std::int64_t slot = firstSlot + y;
            const bool pageInside = k < pageSize && page < pageCount;
            pageWeights[y][x] = pageInside ? static_cast<double>(weights[page * pageSize + k]) : 0.0;
            pageFisher[y][x] = pageInside ? static_cast<double>(fisher[page * pageSize + k]) : 0.0;
            double prepared[Cost::kSums] = {};
            if (k < pageSize && slot < slotCount)
                term.prepare(slot * pageSize + k, slotCount * pageSize, prepared);
            for (int s = 0; s < Cost::kSums; ++s)
                slotSums[s][y][x] = prepared[s];
            __syncthreads();
            for (int j = 0; j < kTile; ++j) {
                double of[Cost::kSums];
                for (int s = 0; s < Cost::kSums; ++s)
                    of[s] = slotSums[s][x][j];
                sum += Cost::add(pageWeights[y][j], pageFisher[y][j], of);
            }
            __syncthreads();
        }
        const std::int64_t page = firstPage + y;
        const std::int64_t slot = firstSlot + x;
        if (page < pageCount && slot < slotCount)
            cost[page * slotCount + slot] = static_cast<float>(sum);
    }
}

struct BarycentreTerm {
    static constexpr int kSums = 2; // S0 and the barycentre S1/S0
    const double* sum0;
    const double* sum1;

    __device__ void prepare(std::int64_t at, std::int64_t, double* prepared) const
    {
        const double whole = sum0[at];
        prepared[0] = whole;
        prepared[1] = whole != 0.0 ? sum1[at] / whole : 0.0;
    }
    static __device__ double add(double weight, double fisher, const double* of)
    {
        const double product = of[0] * fisher;
        if (product == 0.0)
            return 0.0;
        const double distance = weight - of[1];
        return product / (of[0] + fisher) * distance * distance;
    }
};

struct PairwiseTerm {
    static constexpr int kSums = 6; // n, sum w, sum w^2, sum F, sum F w, sum F w^2 of the tenants
    const double* sums;

    __device__ void prepare(std::int64_t at, std::int64_t stride, double* prepared) const
    {
        for (int s = 0; s < kSums; ++s)
            prepared[s] = sums[s * stride + at];
    }
    static __device__ double add(double weight, double fisher, const double* of)
    {
        if (!(fisher > 0.0))
            return 0.0;
        const double square = weight * weight;
        return fisher * (of[0] * square - 2.0 * weight * of[1] + of[2]) + square * of[3]
            - 2.0 * weight * of[4] + of[5];
    }
};

template <class Cost>
void queueCosts(Cost term, const float* weights, const float* fisher, float* cost, std::int64_t pageCount,
    std::int64_t slotCount, std::int64_t pageSize, cudaStream_t stream)
{
    if (pageCount == 0 || slotCount == 0)
        return;
    const dim3 grid(blocksX((slotCount + kTile - 1) / kTile), blocksY(pageCount, kTile));
    costKernel<<<grid, dim3(kTile, kTile), 0, stream>>>(
        term, weights, fisher, cost, pageCount, slotCount, pageSize);
    PALIMPSEST_CUDA(cudaGetLastError());
}

} // namespace

void launchBarycentreCosts(const double* sum0, const double* sum1, const float* weights, const float* fisher,
    float* cost, std::int64_t pageCount, std::int64_t slotCount, std::int64_t pageSize, cudaStream_t stream)
{
    queueCosts(BarycentreTerm { sum0, sum1 }, weights, fisher, cost, pageCount, slotCount, pageSize, stream);
}

void launchPairwiseCosts(const double* sums, const float* weights, const float* fisher, float* cost,
    std::int64_t pageCount, std::int64_t slotCount, std::int64_t pageSize, cudaStream_t stream)
{
    queueCosts(PairwiseTerm { sums }, weights, fisher, cost, pageCount, slotCount, pageSize, stream);
}

} // namespace palimpsest::gpu
