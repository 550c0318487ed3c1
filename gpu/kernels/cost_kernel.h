// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cuda_runtime_api.h>

#include <cstdint>

namespace palimpsest::gpu {

// Launches of barycentreCosts and pairwiseCosts (core/backend/backend.h says what they compute, and the
// shapes). Each sum is taken in double in the order of the weights, by one thread: the same bits on every
// run. Queued on `stream`; no allocation, no synchronisation. They throw CudaError where the launch is
// refused.

void launchBarycentreCosts(const double* sum0, const double* sum1, const float* weights, const float* fisher,
    float* cost, std::int64_t pageCount, std::int64_t slotCount, std::int64_t pageSize, cudaStream_t stream);

void launchPairwiseCosts(const double* sums, const float* weights, const float* fisher, float* cost,
    std::int64_t pageCount, std::int64_t slotCount, std::int64_t pageSize, cudaStream_t stream);

} // namespace palimpsest::gpu
