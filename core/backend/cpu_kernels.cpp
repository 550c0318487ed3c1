// SPDX-License-Identifier: Apache-2.0
// Built with -O3 -ffp-contract=off in every configuration: see CMakeLists.txt.
#include "core/backend/cpu_kernels.h"

#include <algorithm>
#include <cstddef>
#include <limits>
#include <vector>

// The bodies are written once, on vectors of the compiler, and inlined into one function an instruction set,
// which is chosen at run time. (Not target_clones: its resolvers run before the sanitizers are ready.)
#define PALIMPSEST_INLINE inline __attribute__((always_inline))

namespace palimpsest {
namespace {

/// Each lane is one slot, so that a cost is summed in the same order whatever the width.
template <int kBytes> struct Vectors {
    using Float __attribute__((vector_size(kBytes))) = float;
    using Double __attribute__((vector_size(kBytes))) = double;
    static constexpr std::int64_t kFloatLanes = kBytes / std::int64_t { sizeof(float) };
    static constexpr std::int64_t kDoubleLanes = kBytes / std::int64_t { sizeof(double) };
};

constexpr std::int64_t kDepth = 64; // positions of a page in one tile
constexpr std::int64_t kPairSums = 6;

/// Two vectors of slots, so that one page's broadcast values serve both. Small enough for the first cache.
template <int kBytes> struct BarycentreTile {
    using Float = typename Vectors<kBytes>::Float;
    static constexpr std::int64_t kLanes = Vectors<kBytes>::kFloatLanes;
    Float sum0[kDepth][2];
    Float mean[kDepth][2];

    PALIMPSEST_INLINE void load(const double* s0, const double* s1, std::int64_t slot0,
        std::int64_t slotCount, std::int64_t k0, std::int64_t depth, std::int64_t pageSize)
    {
        for (std::int64_t lane = 0; lane < 2 * kLanes; ++lane) {
            const std::int64_t slot = slot0 + lane;
            for (std::int64_t k = 0; k < depth; ++k) {
                const std::int64_t at = slot * pageSize + k0 + k;
                const double mass = slot < slotCount ? s0[at] : 0.0;
                sum0[k][lane / kLanes][lane % kLanes] = static_cast<float>(mass);
                mean[k][lane / kLanes][lane % kLanes] = mass > 0.0 ? static_cast<float>(s1[at] / mass) : 0.0F;
            }
        }
    }

    /// F S0/(S0 + F) (w - m)^2, and 0 where both are 0.
    PALIMPSEST_INLINE Float term(std::int64_t k, int vector, float weight, float fisher) const
    {
        const Float smallest = Float {} + std::numeric_limits<float>::min();
        Float total = sum0[k][vector] + fisher;
        total = total > smallest ? total : smallest;
        const Float difference = weight - mean[k][vector];
        return (sum0[k][vector] / total) * (difference * difference) * fisher;
    }
};

template <int kBytes>
PALIMPSEST_INLINE void barycentreBody(const double* sum0, const double* sum1, const float* weights,
    const float* fisher, float* cost, std::int64_t pageCount, std::int64_t slotCount, std::int64_t pageSize)
{
    using Float = typename Vectors<kBytes>::Float;
    constexpr std::int64_t kLanes = Vectors<kBytes>::kFloatLanes;
    BarycentreTile<kBytes> tile;
    for (std::int64_t slot0 = 0; slot0 < slotCount; slot0 += 2 * kLanes) {
        const std::int64_t lanes = std::min(2 * kLanes, slotCount - slot0);
        for (std::int64_t k0 = 0; k0 < pageSize; k0 += kDepth) {
            const std::int64_t depth = std::min(kDepth, pageSize - k0);
            tile.load(sum0, sum1, slot0, slotCount, k0, depth, pageSize);
            for (std::int64_t page = 0; page < pageCount; ++page) {
                const float* w = weights + page * pageSize + k0;
                const float* f = fisher + page * pageSize + k0;
                Float first {};
                Float second {};
                for (std::int64_t k = 0; k < depth; ++k) {
                    first += tile.term(k, 0, w[k], f[k]);
                    second += tile.term(k, 1, w[k], f[k]);
                }
                float* out = cost + page * slotCount + slot0;
                for (std::int64_t lane = 0; lane < lanes; ++lane) {
                    const float sum = lane < kLanes ? first[lane] : second[lane - kLanes];
                    out[lane] = k0 == 0 ? sum : out[lane] + sum;
                }
            }
        }
    }
}

template <int kBytes> struct PairwiseTile {
    using Double = typename Vectors<kBytes>::Double;
    static constexpr std::int64_t kLanes = Vectors<kBytes>::kDoubleLanes;
    Double sums[kDepth][kPairSums]; // n, sum w, sum w^2, sum F, sum F w, sum F w^2

    PALIMPSEST_INLINE void load(const double* source, std::int64_t slot0, std::int64_t slotCount,
        std::int64_t k0, std::int64_t depth, std::int64_t pageSize)
    {
        for (std::int64_t kind = 0; kind < kPairSums; ++kind) {
            for (std::int64_t lane = 0; lane < kLanes; ++lane) {
                const std::int64_t slot = slot0 + lane;
                for (std::int64_t k = 0; k < depth; ++k) {
                    sums[k][kind][lane]
                        = slot < slotCount ? source[(kind * slotCount + slot) * pageSize + k0 + k] : 0.0;
                }
            }
        }
    }
};

/// Costs of kPages pages, one after the other in memory, against a tile.
template <int kBytes, int kPages>
PALIMPSEST_INLINE void addPairwise(const PairwiseTile<kBytes>& tile, const float* weights,
    const float* fisher, float* cost, std::int64_t slotCount, std::int64_t lanes, std::int64_t depth,
    std::int64_t pageSize, bool isFirst)
{
    using Double = typename Vectors<kBytes>::Double;
    Double sum[static_cast<std::size_t>(kPages)] = {};
    for (std::int64_t k = 0; k < depth; ++k) {
        const Double n = tile.sums[k][0];
        const Double w1 = tile.sums[k][1];
        const Double w2 = tile.sums[k][2];
        const Double f0 = tile.sums[k][3];
        const Double f1 = tile.sums[k][4];
        const Double f2 = tile.sums[k][5];
        for (int page = 0; page < kPages; ++page) {
            const double f = fisher[page * pageSize + k];
            const double w = weights[page * pageSize + k];
            const double mask = f > 0.0 ? 1.0 : 0.0;
            // w^2 (F n + sum F) - 2 w (F sum w + sum F w) + (F sum w^2 + sum F w^2)
            sum[page]
                += (mask * w * w) * (f * n + f0) - (2.0 * mask * w) * (f * w1 + f1) + mask * (f * w2 + f2);
        }
    }
    for (int page = 0; page < kPages; ++page) {
        float* out = cost + page * slotCount;
        for (std::int64_t lane = 0; lane < lanes; ++lane) {
            const auto value
                = static_cast<float>(std::max(sum[page][lane], 0.0)); // rounding may leave -1e-18
            out[lane] = isFirst ? value : out[lane] + value;
        }
    }
}

template <int kBytes>
PALIMPSEST_INLINE void pairwiseBody(const double* sums, const float* weights, const float* fisher,
    float* cost, std::int64_t pageCount, std::int64_t slotCount, std::int64_t pageSize)
{
    constexpr std::int64_t kLanes = Vectors<kBytes>::kDoubleLanes;
    constexpr int kPages = 4;
    PairwiseTile<kBytes> tile;
    for (std::int64_t slot0 = 0; slot0 < slotCount; slot0 += kLanes) {
        const std::int64_t lanes = std::min(kLanes, slotCount - slot0);
        for (std::int64_t k0 = 0; k0 < pageSize; k0 += kDepth) {
            const std::int64_t depth = std::min(kDepth, pageSize - k0);
            const bool isFirst = k0 == 0;
            tile.load(sums, slot0, slotCount, k0, depth, pageSize);
            std::int64_t page = 0;
            for (; page + kPages <= pageCount; page += kPages) {
                addPairwise<kBytes, kPages>(tile, weights + page * pageSize + k0,
                    fisher + page * pageSize + k0, cost + page * slotCount + slot0, slotCount, lanes, depth,
                    pageSize, isFirst);
            }
            for (; page < pageCount; ++page) {
                addPairwise<kBytes, 1>(tile, weights + page * pageSize + k0, fisher + page * pageSize + k0,
                    cost + page * slotCount + slot0, slotCount, lanes, depth, pageSize, isFirst);
            }
        }
    }
}

#define PALIMPSEST_KERNELS(suffix, bytes, target)                                                            \
    target void barycentreCosts##suffix(const double* sum0, const double* sum1, const float* weights,        \
        const float* fisher, float* cost, std::int64_t pageCount, std::int64_t slotCount,                    \
        std::int64_t pageSize)                                                                               \
    {                                                                                                        \
        barycentreBody<bytes>(sum0, sum1, weights, fisher, cost, pageCount, slotCount, pageSize);            \
    }                                                                                                        \
    target void pairwiseCosts##suffix(const double* sums, const float* weights, const float* fisher,         \
        float* cost, std::int64_t pageCount, std::int64_t slotCount, std::int64_t pageSize)                  \
    {                                                                                                        \
        pairwiseBody<bytes>(sums, weights, fisher, cost, pageCount, slotCount, pageSize);                    \
    }

PALIMPSEST_KERNELS(Baseline, 16, )
#if defined(__x86_64__)
PALIMPSEST_KERNELS(Avx2, 32, __attribute__((target("avx2"))))
PALIMPSEST_KERNELS(Avx512, 64, __attribute__((target("avx512f,avx512vl,avx512dq,avx512bw"))))
#endif

std::vector<CpuKernels> findKernels()
{
    std::vector<CpuKernels> kernels;
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl")
        && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw"))
        kernels.push_back({ "avx512", barycentreCostsAvx512, pairwiseCostsAvx512 });
    if (__builtin_cpu_supports("avx2"))
        kernels.push_back({ "avx2", barycentreCostsAvx2, pairwiseCostsAvx2 });
#endif
    kernels.push_back({ "baseline", barycentreCostsBaseline, pairwiseCostsBaseline });
    return kernels;
}

} // namespace

std::span<const CpuKernels> cpuKernels()
{
    static const std::vector<CpuKernels> kKernels = findKernels();
    return kKernels;
}

} // namespace palimpsest
