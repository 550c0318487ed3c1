// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/backend/rounding.h"

#include <cuda_runtime_api.h>

namespace palimpsest::gpu {

// Launches of roundPages and roundGradients (core/backend/backend.h says what they compute, and the shapes). Queued on `stream`; no
// allocation, no synchronisation. They throw CudaError where the launch is refused.

void launchRoundPages(const TrainedPages& pages, float* rounded, cudaStream_t stream);
/// dL/ds of a group is summed by one warp in a fixed order: bit-equal on every run.
void launchRoundGradients(
    const TrainedPages& pages, float* gradient, float* scaleGradient, cudaStream_t stream);

} // namespace palimpsest::gpu
