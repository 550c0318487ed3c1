// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/data/picture.h"

namespace palimpsest {

// One decoder a kind of file; decodePicture() chooses among them.
[[nodiscard]] Result<Picture> decodePng(std::span<const std::byte> file, const std::string& where);
[[nodiscard]] Result<Picture> decodeJpeg(std::span<const std::byte> file, const std::string& where);
[[nodiscard]] Result<Picture> decodePnm(std::span<const std::byte> file, const std::string& where);

/// Refuses sizes of 0 and above the limits of picture.h, before memory is taken.
[[nodiscard]] Status checkPictureSize(std::uint64_t width, std::uint64_t height, const std::string& where);

} // namespace palimpsest
