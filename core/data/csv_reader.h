// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/data/dataset.h"

namespace palimpsest {

/// Format "csv": `path` is a file (plain or gzip) of one sample a line, fields between commas, decimal
/// points. All fields are numbers but the label, which stands in the last column, or in the one that a header
/// calls label, class, target or y. `test`: file of the test split, of the same columns; without it the one
/// file is the whole source. Samples are float32 of shape [features] (see DataSettings::sampleShape). Blank
/// lines are skipped. Empty fields, "?", NaN and infinity are BadInput that names file, line and field.
///
/// Labels that are all whole numbers are the class ids; others are names, and get ids in the alphabetical
/// order of train's. Two kinds of first line are no sample: names of the columns, and
/// "samples,features[,class names...]" as the files of scikit-learn have it; the declared number of samples
/// is checked then.
[[nodiscard]] std::shared_ptr<const DataReader> makeCsvReader();

} // namespace palimpsest
