// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/data/samples.h"

#include <filesystem>
#include <map>
#include <string>

namespace palimpsest {

/// Writes a data set in the form of format "hdf5" (FORMAT.md, 4): both splits compressed (gzip and shuffle, in blocks of about
/// 1 MB) with their groups and marks of validation; class names and sample rate of train as root attributes, and `texts`
/// beside them (name, source, licence, ...). The file is replaced as a whole or not at all; equal content gives equal bytes.
/// @throws std::invalid_argument if samples, labels and groups are of different numbers
[[nodiscard]] Status writeHdf5Data(const std::filesystem::path& path, const RawSamples& train,
    const RawSamples& test, const std::map<std::string, std::string>& texts);

} // namespace palimpsest
