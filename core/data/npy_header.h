// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/data/npy.h"

namespace palimpsest {

/// How stored values become those of an Array.
enum class NpyKind : std::uint8_t {
    Same, ///< as they are
    Int8, ///< to int16
    UInt16, ///< to int32
    UInt64, ///< to int64
};

struct NpyHeader {
    DType type = DType::Float32; ///< of the Array
    NpyKind kind = NpyKind::Same;
    std::size_t width = 0; ///< bytes of one stored value
    bool isBigEndian = false;
    bool isFortran = false;
    Shape shape; ///< no size is 0; empty for a single value
};

/// Reads magic, version and header of a .npy file, and leaves the source before the first value. Values that
/// are no plain numbers are BadInput.
[[nodiscard]] Result<NpyHeader> readNpyHeader(const ByteSource& source, const std::string& where);

} // namespace palimpsest
