// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/matching/slot_state.h"

#include <cstdint>
#include <stop_token>

namespace palimpsest {

/// Makes pages exclusive, one after the other always the one whose leaving its slot gains most as things stand then, until `count`
/// more pages are exclusive or none gains anything.
/// @return false if `stop` was requested
[[nodiscard]] bool makeExclusiveByGain(SlotState& state, std::int64_t count, const std::stop_token& stop);

/// The `count` largest removal gains of all pages that have a slot, the smallest of them: a first guess for the price at which `count`
/// pages would go exclusive. 0 where there are no more pages than that.
[[nodiscard]] double priceGuess(SlotState& state, std::int64_t count);

} // namespace palimpsest
