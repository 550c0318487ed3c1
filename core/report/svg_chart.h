// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/report/svg_writer.h"
#include "core/report/wilson.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace palimpsest {

// Charts as inline SVG. Colours, fonts and patterns come from the page (report_style.css): the classes s0 to s12 colour a
// series, and the patterns p0 to p12 or the markers are its second cue. Nothing here depends on locale, time or machine.

inline constexpr int kStyleCount = 13;
/// Any number to a style that the page has.
[[nodiscard]] int chartStyle(int wanted);
/// The <pattern> elements p0 to p12; they stand once in the page.
[[nodiscard]] std::string chartPatterns();

/// One bar of a panel.
struct BarRow {
    std::string label;
    double value = 0.0; ///< the bar runs from 0 to here
    std::string text; ///< the value for people
    std::optional<Interval> interval; ///< whisker
    int style = 0;
};
/// Horizontal bars over one axis from `low` to `high`, which hold 0; one panel of a grid, 340 units wide.
[[nodiscard]] std::string barPanel(
    const ChartText& text, const std::vector<BarRow>& rows, double low, double high);

/// One piece of a stacked bar.
struct StackPart {
    std::string label;
    double value = 0.0;
    int style = 0;
    bool isOutline = false; ///< drawn as a dashed frame: stands beside what the bar counts
};
struct StackRow {
    std::string label;
    std::string text; ///< the sum for people
    std::vector<StackPart> parts;
    std::optional<double> limit; ///< a budget: a mark across the bar
};
/// Stacked horizontal bars of bytes over one axis from 0. As wide as its place; text keeps its size.
[[nodiscard]] std::string memoryChart(const ChartText& text, const std::vector<StackRow>& rows);

struct Curve {
    std::string label;
    std::vector<double> x, y;
    int style = 0;
    bool isDashed = false;
};
/// Lines with markers, y in percent, and a dotted base line; one panel of a grid, 340 units wide.
[[nodiscard]] std::string curvePanel(const ChartText& text, const std::vector<Curve>& curves,
    const std::optional<double>& baseline, const std::string& xLabel);

struct LatencyRow {
    std::string label;
    std::string text; ///< median and 95th percentile for people
    double median = 0.0, p95 = 0.0; ///< microseconds, > 0
    std::vector<double> samples; ///< drawn as dots
    int style = 0;
};
/// Bars over a logarithmic axis. As wide as its place; text keeps its size.
[[nodiscard]] std::string latencyChart(const ChartText& text, const std::vector<LatencyRow>& rows);

/// A colour for 0 to 1 that is even to the eye and in grey: viridis (Smith and van der Walt 2015), "#21918c".
[[nodiscard]] std::string viridis(double position);
/// Whether black text is the readable one on viridis(position).
[[nodiscard]] bool isLightViridis(double position);

struct MapCell {
    std::optional<double> position; ///< of viridis; empty: nothing is there, drawn hollow
    std::string text; ///< in the cell, where there is room
    std::string title; ///< shown while the pointer rests on it
};
/// A grid of cells, row by row.
[[nodiscard]] std::string cellMap(const ChartText& text, const std::vector<MapCell>& cells);

} // namespace palimpsest
