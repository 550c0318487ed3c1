// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace palimpsest {

/// How smooth live curves are with so many points.
struct LivePlotBenchResult {
    int points = 0; ///< of all curves together
    int curves = 0;
    int framePoints = 0; ///< that come between two paintings
    double appendFrameMedianMs = 0.0; ///< to take those and paint all, at the end
    double appendFrameWorstMs = 0.0; ///< over the whole growth
    double panFramesPerSecond = 0.0; ///< with all points there, while the plot is moved
    double zoomFramesPerSecond = 0.0;
    double bytesPerPoint = 0.0; ///< of the curves' own data
};

/// Lets four curves grow to `points` points in a plot of 1280 x 800 that is painted again for each of some 200 portions, and
/// then moves and zooms it. In the window's thread, which it blocks for seconds; it shows nothing.
[[nodiscard]] LivePlotBenchResult benchLivePlot(int points);

} // namespace palimpsest
