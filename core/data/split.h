// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/data/samples.h"

#include <string>

namespace palimpsest {

/// Indices of samples on the two sides of a cut, ascending.
struct Cut {
    std::vector<std::int64_t> kept;
    std::vector<std::int64_t> off;
};

/// What is cut, and how.
struct CutSettings {
    double share = 0.0; ///< of the samples that are cut off, more than 0 and less than 1
    std::int64_t block = 1; ///< consecutive samples that belong together, where the samples bring no groups
    std::uint64_t seed = 0;
    std::string setting; ///< the share's name in the recipe, for messages
};

/// Cuts off a share of the samples of each class: whole groups, drawn with the seed. A group counts for the
/// class of its first sample. Every class has one group or more on both sides, and beyond that the cut comes
/// as near to the share as one pass over the shuffled groups does: within half the largest group of the
/// class. BadInput where the share is none, or a class cannot be on both sides.
[[nodiscard]] Result<Cut> cutStratified(
    const RawSamples& samples, const CutSettings& settings, const std::string& where);

} // namespace palimpsest
