// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace palimpsest {

struct Interval {
    double low = 0.0, high = 1.0;
};

/// Score interval of a share (Wilson 1927, eq. for z = 1.959964, 95 %), both ends within [0, 1]:
///     (p + z^2/2n -+ z sqrt(p(1-p)/n + z^2/4n^2)) / (1 + z^2/n)
/// Unlike p -+ z sqrt(p(1-p)/n) it holds for small n and for shares near 0 and 1.
/// @return [0, 1], which says nothing, where n is 0
[[nodiscard]] Interval wilsonInterval(double share, std::int64_t samples);

} // namespace palimpsest
