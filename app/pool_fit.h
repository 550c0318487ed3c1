// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/pipeline/what_if.h"

#include <cstdint>
#include <stop_token>

namespace palimpsest {

/// How many slots a size leaves for the pool.
struct PoolFit {
    std::int64_t poolPages
        = 0; ///< the most whose packing takes no more bytes, at most one a page; 0: not even one fits
    std::int64_t leastBytes = 0; ///< of a packing with a single slot
};

/// All other settings stay as `request` has them. Some twenty times as long as WhatIf::bytes().
/// @return what bytes() fails with; Canceled
[[nodiscard]] Result<PoolFit> fitPool(
    const WhatIf& whatIf, WhatIfRequest request, std::int64_t bytes, const std::stop_token& stop);

} // namespace palimpsest
