// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/data/dataset.h"

namespace palimpsest {

/// Format "images": pictures (PNG, JPEG, PNM) whose folders are their classes, or that data.labels names
/// (LabelledFiles). Samples are uint8 of shape [channels, height, width].
///
/// Where the table has the columns Roi.X1, Roi.Y1, Roi.X2 and Roi.Y2, each picture is cut to that region first;
/// then it gets data.images.channels (those of train's first picture where that is 0) and data.images.size. Without
/// a size, a picture of another size than train's first is BadInput.
[[nodiscard]] std::shared_ptr<const DataReader> makeImagesReader();

} // namespace palimpsest
