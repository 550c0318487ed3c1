// SPDX-License-Identifier: Apache-2.0
#include "gpu/kernels/auction_kernel.h"

#include "gpu/cuda_check.h"

#include <cfloat>

namespace palimpsest::gpu {
namespace {

constexpr int kThreads = 1024;
constexpr int kWarps = kThreads / 32;
constexpr double kScaling = 5.0; ///< epsilon falls by this from phase to phase
constexpr std::int32_t kNobody = -1;

/// The workspace. Rows that the caller does not have (where there are more columns) cost nothing anywhere: they take what is
/// left, so that the problem is square, and prices may be kept from phase to phase.
struct Auction {
    const float* cost = nullptr; ///< [rows, columns]
    std::int64_t rows = 0, columns = 0;
    double* price = nullptr; ///< [columns]
    double* bid = nullptr; ///< [columns], of a row in this round
    unsigned long long* highest = nullptr; ///< [columns] in this round, as ordered bits; 0: no bid
    std::int32_t* target = nullptr; ///< [columns], of a row in this round
    std::int32_t* owner = nullptr; ///< [columns]
    std::int32_t* winner = nullptr; ///< [columns] in this round
    std::int32_t* waiting = nullptr; ///< [2, columns]: rows without a column, now and in the next round
};

/// Doubles as unsigned numbers of the same order; never 0 for a finite one.
__device__ unsigned long long ordered(double value)
{
    const auto bits = static_cast<unsigned long long>(__double_as_longlong(value));
    return (bits >> 63) != 0 ? ~bits : bits | 0x8000000000000000ULL;
}

/// What a row found: the most that a column is worth to it, where, and the second most.
struct Best {
    double first = -DBL_MAX, second = -DBL_MAX;
    std::int32_t column = 0x7fffffff;
};

__device__ Best better(const Best& a, const Best& b)
{
    const bool aFirst = a.first > b.first || (a.first == b.first && a.column < b.column);
    const Best& high = aFirst ? a : b;
    const Best& low = aFirst ? b : a;
    return { high.first, fmax(high.second, low.first), high.column };
}

__device__ Best bestOf(const Auction& auction, std::int32_t row, int lane)
{
    Best best;
    const float* const cost
        = row < auction.rows ? auction.cost + static_cast<std::int64_t>(row) * auction.columns : nullptr;
    for (std::int64_t j = lane; j < auction.columns; j += 32) {
        const double worth = (cost != nullptr ? -static_cast<double>(cost[j]) : 0.0) - auction.price[j];
        best = better(best, { worth, -DBL_MAX, static_cast<std::int32_t>(j) });
    }
    for (int step = 16; step > 0; step /= 2) {
        const Best other { __shfl_down_sync(0xffffffffU, best.first, step),
            __shfl_down_sync(0xffffffffU, best.second, step),
            __shfl_down_sync(0xffffffffU, best.column, step) };
        best = better(best, other);
    }
    return best; // whole in lane 0
}

/// The span of the costs, in every thread.
__device__ double spanOf(const Auction& auction)
{
    __shared__ float lows[kWarps], highs[kWarps];
    float low = FLT_MAX, high = -FLT_MAX;
    for (std::int64_t i = threadIdx.x; i < auction.rows * auction.columns; i += kThreads) {
        low = fminf(low, auction.cost[i]);
        high = fmaxf(high, auction.cost[i]);
    }
    if (auction.rows < auction.columns) { // the rows that cost nothing
        low = fminf(low, 0.0F);
        high = fmaxf(high, 0.0F);
    }
    for (int step = 16; step > 0; step /= 2) {
        low = fminf(low, __shfl_xor_sync(0xffffffffU, low, step));
        high = fmaxf(high, __shfl_xor_sync(0xffffffffU, high, step));
    }
    if (threadIdx.x % 32 == 0) {
        lows[threadIdx.x / 32] = low;
        highs[threadIdx.x / 32] = high;
    }
    __syncthreads();
    for (int warp = 0; warp < kWarps; ++warp) {
        low = fminf(low, lows[warp]);
        high = fmaxf(high, highs[warp]);
    }
    __syncthreads();
    return static_cast<double>(high) - static_cast<double>(low);
}

/// All rows bid until each has a column.
__device__ void runPhase(const Auction& auction, double epsilon)
{
    __shared__ int sharedCount, nextCount;
    for (std::int64_t i = threadIdx.x; i < auction.columns; i += kThreads) {
        auction.owner[i] = kNobody;
        auction.highest[i] = 0;
        auction.winner[i] = 0x7fffffff;
        auction.waiting[i] = static_cast<std::int32_t>(i);
    }
    if (threadIdx.x == 0)
        sharedCount = static_cast<int>(auction.columns);
    __syncthreads();
    std::int32_t* now = auction.waiting;
    std::int32_t* next = auction.waiting + auction.columns;
    while (true) {
        const int count = sharedCount;
        __syncthreads(); // all have read it before it is written again
        if (count == 0)
            return;
        const int lane = static_cast<int>(threadIdx.x % 32);
        for (int i = static_cast<int>(threadIdx.x / 32); i < count; i += kWarps) {
            const std::int32_t row = now[i];
            const Best best = bestOf(auction, row, lane);
            if (lane == 0) {
                const double loss = auction.columns > 1 ? best.first - best.second : 0.0;
                const double bid = auction.price[best.column] + loss + epsilon;
                auction.bid[row] = bid;
                auction.target[row] = best.column;
                atomicMax(auction.highest + best.column, ordered(bid));
            }
        }
        if (threadIdx.x == 0)
            nextCount = 0;
        __syncthreads();
        for (int i = static_cast<int>(threadIdx.x); i < count; i += kThreads) {
            const std::int32_t row = now[i];
            if (ordered(auction.bid[row]) == auction.highest[auction.target[row]])
                atomicMin(auction.winner + auction.target[row], row); // of equal bids, that of the first row
        }
        __syncthreads();
        for (int i = static_cast<int>(threadIdx.x); i < count; i += kThreads) {
            const std::int32_t row = now[i];
            const std::int32_t column = auction.target[row];
            if (auction.winner[column] != row) {
                next[atomicAdd(&nextCount, 1)] = row;
                continue;
            }
            if (auction.owner[column] != kNobody)
                next[atomicAdd(&nextCount, 1)] = auction.owner[column];
            auction.owner[column] = row;
            auction.price[column] = auction.bid[row];
        }
        __syncthreads();
        for (int i = static_cast<int>(threadIdx.x); i < count; i += kThreads) {
            const std::int32_t column = auction.target[now[i]];
            auction.highest[column] = 0;
            auction.winner[column] = 0x7fffffff;
        }
        __syncthreads();
        if (threadIdx.x == 0)
            sharedCount = nextCount;
        std::int32_t* const before = now;
        now = next;
        next = before;
        __syncthreads();
    }
}

__global__ void __launch_bounds__(kThreads)
    auctionKernel(const Auction auction, double tolerance, std::int32_t* __restrict__ columnOfRow)
{
    for (std::int64_t i = threadIdx.x; i < auction.columns; i += kThreads)
        auction.price[i] = 0.0;
    const double span = spanOf(auction);
    // A raise that a price of this size does not feel would never end.
    const double last = fmax(tolerance / static_cast<double>(auction.columns), 1e-12 * span);
    double epsilon = fmax(span / kScaling, last);
    while (true) {
        runPhase(auction, epsilon);
        if (epsilon <= last)
            break;
        epsilon = fmax(epsilon / kScaling, last);
    }
    for (std::int64_t column = threadIdx.x; column < auction.columns; column += kThreads)
        if (auction.owner[column] < auction.rows)
            columnOfRow[auction.owner[column]] = static_cast<std::int32_t>(column);
}

} // namespace

std::int64_t auctionBytes(std::int64_t columns)
{
    return columns * static_cast<std::int64_t>(3 * sizeof(double) + 5 * sizeof(std::int32_t));
}

void launchAuction(const float* cost, std::int64_t rows, std::int64_t columns, double tolerance,
    std::int32_t* columnOfRow, void* workspace, cudaStream_t stream)
{
    if (rows == 0)
        return;
    Auction auction;
    auction.cost = cost;
    auction.rows = rows;
    auction.columns = columns;
    auction.price = static_cast<double*>(workspace);
    auction.bid = auction.price + columns;
    auction.highest = reinterpret_cast<unsigned long long*>(auction.bid + columns);
    auction.target = reinterpret_cast<std::int32_t*>(auction.highest + columns);
    auction.owner = auction.target + columns;
    auction.winner = auction.owner + columns;
    auction.waiting = auction.winner + columns;
    auctionKernel<<<1, kThreads, 0, stream>>>(auction, tolerance, columnOfRow);
    PALIMPSEST_CUDA(cudaGetLastError());
}

} // namespace palimpsest::gpu
