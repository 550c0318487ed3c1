// SPDX-License-Identifier: Apache-2.0
// Built with -O3 -ffp-contract=off in every configuration: see CMakeLists.txt.
#include "core/backend/scan_kernels.h"

#include <cstring>
#include <limits>
#include <vector>

#define PALIMPSEST_INLINE inline __attribute__((always_inline))

namespace palimpsest {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

template <int kLanes> struct Vectors {
    using Float __attribute__((vector_size(kLanes * sizeof(float)))) = float;
    using Double __attribute__((vector_size(kLanes * sizeof(double)))) = double;
    using Int __attribute__((vector_size(kLanes * sizeof(std::int64_t)))) = std::int64_t;
};

template <class Vector, class T> PALIMPSEST_INLINE Vector load(const T* from)
{
    Vector vector;
    std::memcpy(&vector, from, sizeof(Vector));
    return vector;
}

template <class Vector, class T> PALIMPSEST_INLINE void store(T* to, Vector vector)
{
    std::memcpy(to, &vector, sizeof(Vector));
}

template <int kLanes>
PALIMPSEST_INLINE double relaxBody(const float* cost, const double* v, double base, std::int64_t row,
    double* distance, std::int64_t* via, std::int64_t columns)
{
    using Float = typename Vectors<kLanes>::Float;
    using Double = typename Vectors<kLanes>::Double;
    using Int = typename Vectors<kLanes>::Int;
    const Double infinity = Double {} + kInfinity;
    const Int rows = Int {} + row;
    Double smallest = infinity;
    std::int64_t j = 0;
    for (; j + kLanes <= columns; j += kLanes) {
        const Double way
            = __builtin_convertvector(load<Float>(cost + j), Double) - load<Double>(v + j) - base;
        const Double old = load<Double>(distance + j);
        const Double shorter = way < old ? way : old;
        store(via + j, way < old ? rows : load<Int>(via + j));
        store(distance + j, shorter);
        const Double open = shorter == -infinity ? infinity : shorter;
        smallest = open < smallest ? open : smallest;
    }
    double least = kInfinity;
    for (int lane = 0; lane < kLanes; ++lane)
        least = smallest[lane] < least ? smallest[lane] : least;
    for (; j < columns; ++j) {
        const double way = double { cost[j] } - v[j] - base;
        if (way < distance[j]) {
            distance[j] = way;
            via[j] = row;
        }
        if (distance[j] != -kInfinity && distance[j] < least)
            least = distance[j];
    }
    return least;
}

template <int kLanes>
PALIMPSEST_INLINE double findBody(
    const double* distance, const double* rank, double smallest, std::int64_t columns)
{
    using Double = typename Vectors<kLanes>::Double;
    const Double infinity = Double {} + kInfinity;
    Double lowest = infinity;
    std::int64_t j = 0;
    for (; j + kLanes <= columns; j += kLanes) {
        const Double here = load<Double>(distance + j) == smallest ? load<Double>(rank + j) : infinity;
        lowest = here < lowest ? here : lowest;
    }
    double least = kInfinity;
    for (int lane = 0; lane < kLanes; ++lane)
        least = lowest[lane] < least ? lowest[lane] : least;
    for (; j < columns; ++j) {
        if (distance[j] == smallest && rank[j] < least)
            least = rank[j];
    }
    return least;
}

#define PALIMPSEST_KERNELS(suffix, lanes, target)                                                            \
    target double relax##suffix(const float* cost, const double* v, double base, std::int64_t row,           \
        double* distance, std::int64_t* via, std::int64_t columns)                                           \
    {                                                                                                        \
        return relaxBody<lanes>(cost, v, base, row, distance, via, columns);                                 \
    }                                                                                                        \
    target double find##suffix(                                                                              \
        const double* distance, const double* rank, double smallest, std::int64_t columns)                   \
    {                                                                                                        \
        return findBody<lanes>(distance, rank, smallest, columns);                                           \
    }

PALIMPSEST_KERNELS(Baseline, 2, )
#if defined(__x86_64__)
PALIMPSEST_KERNELS(Avx2, 4, __attribute__((target("avx2"))))
PALIMPSEST_KERNELS(Avx512, 8, __attribute__((target("avx512f,avx512vl,avx512dq,avx512bw"))))
#endif

std::vector<ScanKernels> findKernels()
{
    std::vector<ScanKernels> kernels;
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl")
        && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw"))
        kernels.push_back({ "avx512", relaxAvx512, findAvx512 });
    if (__builtin_cpu_supports("avx2"))
        kernels.push_back({ "avx2", relaxAvx2, findAvx2 });
#endif
    kernels.push_back({ "baseline", relaxBaseline, findBaseline });
    return kernels;
}

} // namespace

std::span<const ScanKernels> scanKernels()
{
    static const std::vector<ScanKernels> kKernels = findKernels();
    return kKernels;
}

} // namespace palimpsest
