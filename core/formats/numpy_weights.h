// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/weights_file.h"

#include <filesystem>

namespace palimpsest {

/// One array (.npy), called like the file.
[[nodiscard]] Result<WeightsFile> readNpyWeights(const std::filesystem::path& path);

/// An archive of arrays as numpy.savez writes it (.npz): one tensor a member, called like it, names sorted. Arrays without floating-point
/// numbers are skipped. Refused: Python objects (pickles), two members of one name, names that lead out of the archive, and contents of
/// more than 64 MB and 50 times the size of the archive (trained weights hardly shrink).
[[nodiscard]] Result<WeightsFile> readNpzWeights(const std::filesystem::path& path);

} // namespace palimpsest
