// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace palimpsest {

/// How fast a page map of many cells pans and zooms, and what it keeps.
struct PageMapBenchResult {
    int cells = 0;
    double panFramesPerSecond = 0.0; ///< while it is moved by 7 pixels a frame, at several zooms
    double zoomFramesPerSecond = 0.0; ///< while it is zoomed from the whole map to the largest cells and back
    double slowestFrameMs = 0.0; ///< of both
    std::int64_t plainBytes = 0; ///< of the map's data: 8 a tenant and 8 a slot
    std::int64_t totalBytes = 0; ///< with what the view keeps beside them, and its frame
};

/// Paints a made-up pool of `cells` slots, a tenant each, in a view of 1280 x 800 pixels that is not shown. Needs a QApplication; takes a few
/// seconds. Only the pixels that the view paints are measured, not their way to a screen.
[[nodiscard]] PageMapBenchResult benchPageMap(int cells);

} // namespace palimpsest
