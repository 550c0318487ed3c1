// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>

namespace palimpsest::gpu {

/// Blocks for `count` items, one each; kernels step over the rest where a grid cannot be that wide.
[[nodiscard]] inline unsigned blocksX(std::int64_t count)
{
    return static_cast<unsigned>(std::min<std::int64_t>(count, 0x7fffffff));
}

/// Blocks of `threads` for `count` items in the second direction, which may hold 65,535 of them.
[[nodiscard]] inline unsigned blocksY(std::int64_t count, std::int64_t threads)
{
    return static_cast<unsigned>(std::min<std::int64_t>((count + threads - 1) / threads, 65535));
}

} // namespace palimpsest::gpu
