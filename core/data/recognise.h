// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/project/settings.h"

#include <filesystem>

namespace palimpsest {

/// Settings that read the file or folder, as far as its name and what lies in it tell: format and path (absolute);
/// all else stays at its default. Files: .csv, .csv.gz, .ts, .npz, .mat, .h5, .hdf5; folders: of idx files, of CIFAR's
/// batches, of .npy files, and of folders of pictures or of sounds, one a class. Nothing is read but names. What is
/// none of these is BadInput that says what can be.
[[nodiscard]] Result<DataSettings> recogniseData(const std::filesystem::path& path);

} // namespace palimpsest
