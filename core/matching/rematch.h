// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/matching/slot_state.h"

#include <cstdint>
#include <limits>
#include <stop_token>

namespace palimpsest {

/// The price of a page that must not become exclusive.
constexpr double kNoPrice = std::numeric_limits<double>::infinity();

/// Gives all sharable pages of an unplaced task their slots: one exact assignment, or with more pages than slots ceil(p / M)
/// rounds of one assignment of about as many pages, the earlier rounds counted among the other tenants (ALGORITHMS.md 4.2).
/// @return false if `stop` was requested
[[nodiscard]] bool placeTask(SlotState& state, std::size_t task, const std::stop_token& stop);

/// Matches a placed task anew with everything else fixed. Never raises cost + price x exclusive pages, but for rounding.
///
/// A task that uses slots once gets its exact optimum. Otherwise its pages are split into sets that use slots once, each of which
/// is assigned anew, and then single pages move wherever that gains.
///
/// @param price  of an exclusive page (4.1: a page goes exclusive where its shared cost exceeds the price), or kNoPrice: then
///               exclusive pages stay so
/// @return false if `stop` was requested; the state is whole all the same
[[nodiscard]] bool rematchTask(SlotState& state, std::size_t task, double price, const std::stop_token& stop);

} // namespace palimpsest
