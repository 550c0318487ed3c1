// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/data/dataset.h"

namespace palimpsest {

/// Format "npz", arrays of NumPy: `path` is an .npz file or a folder of .npy files with x_train, y_train, x_test,
/// y_test (or train_x, train_images, ...; upper and lower case count as the same), or with x and y where
/// data.test names the .npz or the folder of the test split. Groups come from group_train and the like where
/// they are there.
///
/// Samples keep their type (int64, uint32 and float16 become int32, float64, float32); labels are whole numbers of any
/// type, of shape [count] or [count, 1]. uint8 samples of shape [count, height, width] are pictures and get a
/// channel axis, unless data.channelsLast says that the last axis is one.
[[nodiscard]] std::shared_ptr<const DataReader> makeNpzReader();

} // namespace palimpsest
