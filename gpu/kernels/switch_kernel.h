// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/backend/page_store.h"

#include <cuda_runtime_api.h>

namespace palimpsest::gpu {

/// Backend::switchTo() in one launch. Queued on `stream`; no allocation, no synchronisation. Throws CudaError where the launch
/// is refused.
void launchSwitch(const SwitchPlan& plan, cudaStream_t stream);

} // namespace palimpsest::gpu
