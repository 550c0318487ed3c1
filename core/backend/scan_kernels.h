// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>

namespace palimpsest {

/// The inner loops of the assignment solver, built for one instruction set. All variants give the same bits.
struct ScanKernels {
    const char* name; ///< "avx512", "avx2", "baseline"

    /// Lowers distance[j] to cost[j] - v[j] - base where that is less, and sets via[j] = row there. Closed
    /// columns have distance -infinity.
    /// @return the smallest distance of an open column, or infinity
    double (*relax)(const float* cost, const double* v, double base, std::int64_t row, double* distance,
        std::int64_t* via, std::int64_t columns);

    /// The smallest rank[j] of those j with distance[j] == smallest, or infinity.
    double (*find)(const double* distance, const double* rank, double smallest, std::int64_t columns);
};

/// What this processor can run, the fastest first; never empty.
[[nodiscard]] std::span<const ScanKernels> scanKernels();

} // namespace palimpsest
