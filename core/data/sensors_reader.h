// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/data/dataset.h"

namespace palimpsest {

/// Format "sensors", streams of measurements: `path` is a csv file (Table), or a folder of which every .csv and .csv.gz is
/// a stream of its own; `test` may name those of the test split. A row is one moment. data.columns names the label and the
/// channels (default: all other columns), data.groups.column and data.folds.column who or what was measured.
///
/// Consecutive rows of one label, one group and one fold are a run; a row that data.columns.where leaves out ends
/// it. A sample is a window of data.windows.rows rows of one run, the next one begins data.windows.step rows later;
/// the rest of a run that fills no window is left out. Samples are float32 [channels, rows]. Without a group
/// column each run is a group, as its windows may overlap.
///
/// A value that is missing or no number, a run too short everywhere (no window at all), another set of columns in a
/// second file: BadInput that names file and line.
[[nodiscard]] std::shared_ptr<const DataReader> makeSensorsReader();

} // namespace palimpsest
