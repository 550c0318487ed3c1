// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/pages/page_layout.h"

#include <cstdint>
#include <vector>

namespace palimpsest::nn {

/// Where each tensor of a network lies in a buffer [page image | private run]; one offset a tensor.
[[nodiscard]] inline std::vector<std::int64_t> scratchOffsets(const PageLayout& layout)
{
    std::vector<std::int64_t> offsets(layout.places.size());
    for (const TensorPlace& place : layout.places)
        offsets.at(place.tensor) = place.offset + (place.isPrivate ? layout.imageSize() : 0);
    return offsets;
}

[[nodiscard]] inline std::int64_t scratchSize(const PageLayout& layout)
{
    return layout.imageSize() + layout.privateSize;
}

} // namespace palimpsest::nn
