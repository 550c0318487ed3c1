// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/array.h"
#include "core/base/result.h"
#include "core/project/settings.h"

#include <string>

namespace palimpsest {

/// Whether samples of this shape can be changed so: flip and shift need pictures [channels, height, width], timeShift needs a time
/// axis, the last one.
[[nodiscard]] Status checkAugmentation(
    const AugmentationSettings& settings, const Shape& sampleShape, const std::string& where);

} // namespace palimpsest
