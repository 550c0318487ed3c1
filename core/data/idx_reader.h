// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/data/dataset.h"

namespace palimpsest {

/// The IDX format (LeCun): two zero bytes, a byte for the type (8 uint8, 9 int8, B int16, C int32, D float, E
/// double), a byte for the number of dimensions (here 1..8), each size as big-endian uint32, then the values,
/// row-major, big-endian. Plain or gzip. int8 comes back as int16; all else keeps its type. A file that is
/// shorter or longer than its header declares is BadInput, and memory is taken only for what the file can
/// hold.
[[nodiscard]] Result<Array> readIdx(const std::filesystem::path& path);

/// Format "idx": `path` is a folder with train-images-idx3-ubyte, train-labels-idx1-ubyte and, where there is
/// a test split, t10k-images-..., t10k-labels-... (or test-images-..., test-labels-...). Any type and number
/// of dimensions, "." instead of "-" before "idx", and ".gz" are fine; of a plain file and its .gz the plain
/// one is read. Sample shape: the sizes after the first; pictures without a channel axis get one, [1, height, width].
[[nodiscard]] std::shared_ptr<const DataReader> makeIdxReader();

} // namespace palimpsest
