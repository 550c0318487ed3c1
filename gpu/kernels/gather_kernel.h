// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cuda_runtime_api.h>

#include <cstdint>

namespace palimpsest::gpu {

// Launches of gather and scatterAdd (core/backend/backend.h says what they compute, and the shapes). All
// pointers can be read by the device: `exclusive` may be mapped, page-locked host memory. Queued on `stream`;
// no allocation, no synchronisation. They throw CudaError where the launch is refused.

void launchGather(const float* pool, const float* exclusive, const std::uint32_t* codes, float* image,
    std::int64_t pageCount, std::int64_t pageSize, std::int64_t slotCount, cudaStream_t stream);

/// Sums of a slot that several pages use are added to it in the order of the pages, one float addition after
/// the other: the result is bit-equal to the CPU's, and to itself on every run.
void launchScatterAdd(const float* image, const std::uint32_t* codes, float* poolGradient,
    float* exclusiveGradient, std::int64_t pageCount, std::int64_t pageSize, std::int64_t slotCount,
    cudaStream_t stream);

} // namespace palimpsest::gpu
