// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace palimpsest {

/// The known name that a person most likely meant: fewest single-letter edits, letter case ignored.
/// Empty where none is near: more than a third of the letters differ.
[[nodiscard]] std::string_view nearestName(std::string_view name, std::span<const std::string_view> known);

/// ` (did you mean "kernel"?)`, or nothing where no known name is near.
[[nodiscard]] std::string didYouMean(std::string_view name, std::span<const std::string_view> known);

} // namespace palimpsest
