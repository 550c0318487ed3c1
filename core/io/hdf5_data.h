// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/data/dataset.h"

namespace palimpsest {

/// Reader of format "hdf5": /train/x, /train/y, /test/x, /test/y (x [N, ...] uint8, int16, int32, float32, float64; y integer [N]), optional
/// /train/group and /train/validation (1 where the source puts a sample into validation), root attributes `sample_rate`, `classes`. Gzip and shuffle filters are read as they come.
[[nodiscard]] std::shared_ptr<const DataReader> makeHdf5Reader();

/// standardReaders() and "hdf5".
[[nodiscard]] DataReaders allReaders();

} // namespace palimpsest
