// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/data/dataset.h"

namespace palimpsest {

/// Format "mat", MATLAB files of level 5: `path` is the file of train, `test` that of the test split. A variable called
/// X (or data, images) holds the samples, one called y (labels, label) their classes.
///
/// MATLAB counts samples along the last size and colours before it: X of size [height, width, channels, count], as
/// SVHN has it, gives samples [channels, height, width]; [height, width, count] gives [1, height, width];
/// of a table [count, features] each row is a sample (or each column, where only that number fits the labels).
/// Labels that begin at 1, as MATLAB counts, with data.classes (or the highest of train) as the last: the last class
/// becomes number 0 and the others keep theirs, so that 10 in SVHN is the digit 0.
[[nodiscard]] std::shared_ptr<const DataReader> makeMatReader();

} // namespace palimpsest
