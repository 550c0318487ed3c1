// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>

namespace palimpsest {

/// The cost kernels of the CPU backend, built for one instruction set.
///
/// All variants give the same bits: each cost is summed in one order, and no multiplication is fused with an
/// addition.
struct CpuKernels {
    const char* name; ///< "avx512", "avx2", "baseline"
    /// Backend::barycentreCosts
    void (*barycentreCosts)(const double* sum0, const double* sum1, const float* weights, const float* fisher,
        float* cost, std::int64_t pageCount, std::int64_t slotCount, std::int64_t pageSize);
    /// Backend::pairwiseCosts
    void (*pairwiseCosts)(const double* sums, const float* weights, const float* fisher, float* cost,
        std::int64_t pageCount, std::int64_t slotCount, std::int64_t pageSize);
};

/// What this processor can run, the fastest first; never empty.
[[nodiscard]] std::span<const CpuKernels> cpuKernels();

} // namespace palimpsest
