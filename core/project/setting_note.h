// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace palimpsest {

/// What the description of a setting says beyond its key and its field. The default is that of settings.h.
struct Note {
    std::string help; ///< its effect, one sentence
    std::string unit = {};
    std::optional<double> minimum = {}; ///< of numbers, and of the numbers of a list
    std::optional<double> maximum = {};
    bool minimumExclusive = false;
    bool required = false; ///< the key must be there, and a text must not be empty
    bool isName = false; ///< a text that becomes part of file names: letters, digits, '_', '-', at most 64
    std::vector<std::string> choices = {}; ///< of a text or of a list of texts; of an enum they are known
    std::size_t maximumItems = 64; ///< of a list
    PathKind pathKind = PathKind::None; ///< of a text that names a file
};

inline constexpr const char* kNamePattern = "^[A-Za-z0-9_-]{1,64}$";
inline constexpr const char* kRecipeFormat = "palimpsest-project";

} // namespace palimpsest
