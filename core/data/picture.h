// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/data/labelled_files.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace palimpsest {

/// Larger files and pictures are refused: a few kilobytes of PNG or JPEG can claim to hold any number of pixels.
inline constexpr std::uint64_t kMaxPictureFileBytes = std::uint64_t { 256 } << 20U;
inline constexpr std::size_t kMaxPictureSide = 16'384;
inline constexpr std::size_t kMaxPicturePixels = std::size_t { 1 } << 26U;

/// A decoded picture, 8 bits a value.
struct Picture {
    std::size_t height = 0;
    std::size_t width = 0;
    std::size_t channels = 0; ///< 1 grey, 3 red, green, blue
    std::vector<std::uint8_t> values; ///< [height, width, channels]
};

/// Decodes PNG (all kinds; 16 bits are rounded to 8, transparency is left out), JPEG (grey and colour) or PNM (P2,
/// P3, P5, P6), known by their first bytes. BadInput: damage, also where a decoder would go on with a part of
/// the picture; sizes above the limits; another kind of file.
[[nodiscard]] Result<Picture> decodePicture(std::span<const std::byte> file, const std::string& where);
[[nodiscard]] Result<Picture> readPicture(const std::filesystem::path& path);

/// Luma of ITU-R 601: 0.299 red + 0.587 green + 0.114 blue.
inline constexpr float kRedWeight = 0.299F;
inline constexpr float kGreenWeight = 0.587F;
inline constexpr float kBlueWeight = 0.114F;

/// The picture with one channel or three: colour becomes luma, rounded; grey becomes three equal channels.
[[nodiscard]] Picture withChannels(Picture picture, std::size_t channels);
/// Cuts the region out. BadInput where it does not lie in the picture.
[[nodiscard]] Result<Picture> cropped(const Picture& picture, const Region& region, const std::string& where);
/// Brings it to another size with Resampler, rounded to 8 bits. The same picture where it has the size.
[[nodiscard]] Picture resized(Picture picture, std::size_t height, std::size_t width);

} // namespace palimpsest
