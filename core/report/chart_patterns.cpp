// SPDX-License-Identifier: Apache-2.0
#include "core/report/svg_chart.h"

#include <array>

namespace palimpsest {

namespace {

struct Pattern {
    int size; ///< of the tile
    const char* path; ///< strokes; empty: none
    double dot; ///< radius of a dot in the middle; 0: none
};

/// p0 and p2, the forms that are compared most, stay plain: grey and vermilion differ in lightness too.
constexpr std::array<Pattern, kStyleCount> kPatterns { {
    { 8, "", 0.0 },
    { 6, "M-1 1L1 -1M0 6L6 0M5 7L7 5", 0.0 },
    { 8, "", 0.0 },
    { 5, "", 1.1 },
    { 6, "M-1 5L1 7M0 0L6 6M5 -1L7 1", 0.0 },
    { 5, "M0 2.5H5", 0.0 },
    { 5, "M2.5 0V5", 0.0 },
    { 6, "M0 0L6 6M0 6L6 0", 0.0 },
    { 9, "M-1 1L1 -1M0 9L9 0M8 10L10 8", 0.0 },
    { 6, "M0 3H6M3 0V6", 0.0 },
    { 8, "", 1.8 },
    { 8, "M0 4H8", 0.0 },
    { 8, "M4 0V8", 0.0 },
} };

} // namespace

int chartStyle(int wanted)
{
    return ((wanted % kStyleCount) + kStyleCount) % kStyleCount;
}

std::string chartPatterns()
{
    std::string out;
    for (std::size_t i = 0; i < kPatterns.size(); ++i) {
        const Pattern& pattern = kPatterns.at(i);
        const std::string size = std::to_string(pattern.size);
        const std::string middle = svgNumber(pattern.size / 2.0);
        out += "<pattern id=\"p" + std::to_string(i) + "\" width=\"" + size + "\" height=\"" + size
            + "\" patternUnits=\"userSpaceOnUse\">";
        if (*pattern.path != '\0')
            out += "<path class=\"hatch\" d=\"" + std::string(pattern.path) + "\"/>";
        if (pattern.dot > 0.0)
            out += "<circle class=\"hatch-dot\" cx=\"" + middle + "\" cy=\"" + middle + "\" r=\""
                + svgNumber(pattern.dot) + "\"/>";
        out += "</pattern>\n";
    }
    return out;
}

} // namespace palimpsest
