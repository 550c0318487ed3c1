// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cuda_runtime_api.h>

#include <cstdint>

namespace palimpsest::gpu {

/// Backend::assign() by an auction (Bertsekas 1988, with scaling of the least raise): rows bid for columns, each for the column
/// that is worth most to it, and raise its price by what they would lose at the second best, and by epsilon. The sum is at
/// most columns x the last epsilon above the least. One kernel of one block: its rounds are short, and few of the rows bid in most of them.
/// Queued on `stream`; no allocation, no synchronisation. Throws CudaError where the launch is refused.
void launchAuction(const float* cost, std::int64_t rows, std::int64_t columns, double tolerance,
    std::int32_t* columnOfRow, void* workspace, cudaStream_t stream);

[[nodiscard]] std::int64_t auctionBytes(std::int64_t columns);

} // namespace palimpsest::gpu
