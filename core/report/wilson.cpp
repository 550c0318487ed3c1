// SPDX-License-Identifier: Apache-2.0
#include "core/report/wilson.h"

#include <algorithm>
#include <cmath>

namespace palimpsest {

Interval wilsonInterval(double share, std::int64_t samples)
{
    if (samples <= 0 || !std::isfinite(share))
        return {};
    const double z = 1.959963984540054;
    const auto n = static_cast<double>(samples);
    const double centre = share + z * z / (2.0 * n);
    const double half = z * std::sqrt(share * (1.0 - share) / n + z * z / (4.0 * n * n));
    const double scale = 1.0 + z * z / n;
    return { std::clamp((centre - half) / scale, 0.0, share),
        std::clamp((centre + half) / scale, share, 1.0) };
}

} // namespace palimpsest
