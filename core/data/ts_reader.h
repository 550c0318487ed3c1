// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/data/dataset.h"

namespace palimpsest {

/// Format "ts", the time series format of sktime and aeon: `path` is the file of train, `test` that of the
/// test split (without it `path` is the whole source); plain or gzip.
///
///     # a comment
///     @problemName BasicMotions
///     @univariate false
///     @dimensions 2
///     @equalLength true
///     @seriesLength 3
///     @classLabel true Standing Running
///     @data
///     0.5,0.25,1:3,4,5:Running
///
/// A line is one sample: its dimensions between ':', each with its values between ',', then the class. Ids
/// are the places in
/// @classLabel of train. Samples are float32 of shape [dimensions, length], where length is that of train's
/// longest series: shorter ones are filled with zeros at their end, longer ones of test are cut. @dimensions,
/// @equalLength with @seriesLength and
/// @univariate are checked where they stand; headers that say nothing about the values are passed over.
/// BadInput: time stamps, missing values ('?', NaN), regression targets, a class that @classLabel does not
/// name.
[[nodiscard]] std::shared_ptr<const DataReader> makeTsReader();

} // namespace palimpsest
