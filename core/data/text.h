// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace palimpsest {

/// Without blanks, tabs and carriage returns on both sides.
[[nodiscard]] std::string_view trim(std::string_view text);
/// ASCII letters only; independent of the locale.
[[nodiscard]] std::string toLower(std::string_view text);
/// The pieces between the separators, each trimmed; one empty piece for an empty text.
[[nodiscard]] std::vector<std::string_view> splitFields(std::string_view text, char separator);
/// The words between blanks and tabs.
[[nodiscard]] std::vector<std::string_view> splitWords(std::string_view text);

/// The number that the whole of the trimmed `text` is, in decimal, independent of the locale; "nan" and "inf"
/// are numbers here. Too small for a double: 0; too large: infinity.
[[nodiscard]] std::optional<double> parseNumber(std::string_view text);

/// Walks through the lines of a text. The last one needs no line feed; a byte order mark at the front is
/// skipped.
class Lines {
public:
    explicit Lines(std::string_view text);
    /// The next line that holds anything, trimmed; false at the end.
    [[nodiscard]] bool next(std::string_view& line);
    /// Number of the line that next() gave, from 1.
    [[nodiscard]] std::size_t number() const { return m_number; }

private:
    std::string_view m_rest;
    std::size_t m_number = 0;
};

} // namespace palimpsest
