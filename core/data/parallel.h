// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/data/dataset.h"

#include <cstddef>
#include <functional>

namespace palimpsest {

/// Calls `work(i)` for i = 0..count-1 on as many threads as there are cores; each i is worked on alone and in any
/// order, so `work` must not touch what belongs to another one. Ends early where one fails or `control` is
/// cancelled.
/// @return the error of the smallest i that was seen to fail, or canceled(). What `work` throws is thrown here.
[[nodiscard]] Status forEachParallel(
    std::size_t count, const ReadControl& control, const std::function<Status(std::size_t)>& work);

} // namespace palimpsest
