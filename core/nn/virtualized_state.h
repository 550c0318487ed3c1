// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/storage.h"
#include "core/pages/private_form.h"

#include <cstdint>
#include <vector>

namespace palimpsest {

/// Everything that joint optimisation trains, as numbers: what a device would keep.
struct VirtualizedState {
    std::int64_t pageSize = 0;
    std::vector<float> pool; ///< [slotCount, pageSize]
    std::vector<float> exclusive; ///< [exclusiveCount, pageSize]
    std::vector<std::vector<float>> privateRuns; ///< one a task: private tensors and state, PageLayout order
    /// Scales that training through the rounding has learned, [pages, scaleCount(storage, pageSize)]; empty: none are known, and
    /// rounding finds them.
    std::vector<float> poolScales, exclusiveScales;
};

} // namespace palimpsest
