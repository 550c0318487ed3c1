// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/storage.h"

#include <cstdint>
#include <span>
#include <vector>

namespace palimpsest {

/// For each group of kScaleGroup weights of each page, a scale s with a small squared error sum (w - s q)^2, q as in encodePages():
/// the best of a grid between 0 and max |w| / Q, sharpened by the exact optimum s = sum w q / sum q^2 for the q that it gives. At
/// least the least normal float16. None for the floating-point forms.
/// @param values  [pageCount, pageSize]
/// @return [pageCount, scaleCount(storage, pageSize)]
/// @throws std::invalid_argument where the values are not whole pages
[[nodiscard]] std::vector<float> leastSquaresScales(
    std::span<const float> values, std::int64_t pageSize, Storage storage);

} // namespace palimpsest
