// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/data/dataset.h"

namespace palimpsest {

/// Format "cifar", the binary files of CIFAR-10 and CIFAR-100 (Krizhevsky 2009): `path` is the folder with
/// data_batch_1.bin, data_batch_2.bin, ... and test_batch.bin, or with train.bin and test.bin; plain or
/// gzip. A record is one label byte (CIFAR-100: the coarse one, then the fine one; data.columns.label chooses, default
/// fine) and 3,072 bytes, the red, green and blue plane of 32 x 32. Samples are uint8 [3, 32, 32].
///
/// The names of the classes are read from batches.meta.txt, fine_label_names.txt or coarse_label_names.txt where
/// they are there. A file that is no whole number of records, or a label above the last class, is BadInput.
[[nodiscard]] std::shared_ptr<const DataReader> makeCifarReader();

} // namespace palimpsest
