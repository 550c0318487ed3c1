// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace palimpsest {

/// Text that is safe between tags and inside quoted attributes.
[[nodiscard]] std::string xmlEscaped(std::string_view text);
/// A coordinate: at most two decimals, no trailing zeros.
[[nodiscard]] std::string svgNumber(double value);
[[nodiscard]] std::string svgPercent(double fraction);

/// What an SVG image says to those who do not see it.
struct ChartText {
    std::string id; ///< unique in the page
    std::string title;
    std::string description;
};

/// Writes one inline <svg>. Names of tags and attributes are the caller's own; every value and text is escaped here.
class SvgWriter {
public:
    using Attributes = std::initializer_list<std::pair<const char*, std::string>>;

    SvgWriter(const ChartText& text, Attributes attributes);

    void open(const char* tag, Attributes attributes);
    void close();
    void element(const char* tag, Attributes attributes);
    /// With a <title>, which browsers show while the pointer rests on the element.
    void element(const char* tag, Attributes attributes, const std::string& title);
    void text(const std::string& content, Attributes attributes);
    /// A label and, after it, its value, from the left edge; `y` is the base line.
    void rowTitle(const std::string& label, const std::string& value, double y);
    /// Closes all that is open.
    [[nodiscard]] std::string finish() &&;

private:
    void start(const char* tag, Attributes attributes);

    std::string m_out;
    std::vector<const char*> m_open;
};

} // namespace palimpsest
