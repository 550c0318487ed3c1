// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/backend/rounding.h"

namespace palimpsest {

/// Backend::roundPages() and Backend::roundGradients() of the CPU.
void roundPagesOnCpu(const TrainedPages& pages, float* rounded);
void roundGradientsOnCpu(const TrainedPages& pages, float* gradient, float* scaleGradient);

} // namespace palimpsest
