// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/tune_front.h"

namespace palimpsest {

/// A search that the user asks for.
struct TuneRequest {
    TuneTarget target;
    double seconds = 600.0; ///< for the tries
    bool takesBest = true; ///< when it is at its end, take the best point into the recipe and run all stages
};

} // namespace palimpsest
