// SPDX-License-Identifier: Apache-2.0
#include "core/data/picture.h"

#include "core/base/file.h"
#include "core/base/units.h"
#include "core/data/picture_decoders.h"
#include "core/data/resample.h"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <system_error>

namespace palimpsest {

namespace {

std::uint8_t toByte(float value)
{
    return static_cast<std::uint8_t>(std::clamp(std::lround(value), 0L, 255L));
}

} // namespace

Result<Picture> decodePicture(std::span<const std::byte> file, const std::string& where)
{
    const std::string_view head(
        reinterpret_cast<const char*>(file.data()), std::min<std::size_t>(file.size(), 8));
    if (head == "\x89PNG\r\n\x1A\n")
        return decodePng(file, where);
    if (head.starts_with("\xFF\xD8\xFF"))
        return decodeJpeg(file, where);
    if (head.size() > 2 && head[0] == 'P' && head[1] >= '1' && head[1] <= '6')
        return decodePnm(file, where);
    return badInput("is no picture that is known: PNG, JPEG and PNM are read", where);
}

Result<Picture> readPicture(const std::filesystem::path& path)
{
    std::error_code error;
    const std::uint64_t bytes = std::filesystem::file_size(path, error);
    if (!error && bytes > kMaxPictureFileBytes)
        return badInput("has " + formatBytes(static_cast<double>(bytes)) + "; pictures of at most "
                + formatBytes(static_cast<double>(kMaxPictureFileBytes)) + " are read",
            path.string());
    PALIMPSEST_TRY(const std::string content, readFile(path));
    return decodePicture(std::as_bytes(std::span(content)), path.string());
}

Picture withChannels(Picture picture, std::size_t channels)
{
    if (picture.channels == channels)
        return picture;
    Picture changed { picture.height, picture.width, channels, {} };
    changed.values.reserve(picture.height * picture.width * channels);
    const std::vector<std::uint8_t>& values = picture.values;
    for (std::size_t i = 0; i < values.size(); i += picture.channels) {
        if (channels == 3)
            changed.values.insert(changed.values.end(), 3, values[i]);
        else
            changed.values.push_back(toByte(kRedWeight * static_cast<float>(values[i])
                + kGreenWeight * static_cast<float>(values[i + 1])
                + kBlueWeight * static_cast<float>(values[i + 2])));
    }
    return changed;
}

Result<Picture> cropped(const Picture& picture, const Region& region, const std::string& where)
{
    const bool isInside = region.left >= 0 && region.top >= 0 && region.left <= region.right
        && region.top <= region.bottom && static_cast<std::size_t>(region.right) < picture.width
        && static_cast<std::size_t>(region.bottom) < picture.height;
    if (!isInside)
        return badInput("the region from column " + std::to_string(region.left) + ", row "
                + std::to_string(region.top) + " to column " + std::to_string(region.right) + ", row "
                + std::to_string(region.bottom) + " does not lie in the picture of "
                + std::to_string(picture.width) + " x " + std::to_string(picture.height) + " pixels",
            where);
    Picture part;
    part.height = static_cast<std::size_t>(region.bottom - region.top) + 1;
    part.width = static_cast<std::size_t>(region.right - region.left) + 1;
    part.channels = picture.channels;
    for (std::size_t y = 0; y < part.height; ++y) {
        const std::size_t first = ((static_cast<std::size_t>(region.top) + y) * picture.width
                                      + static_cast<std::size_t>(region.left))
            * picture.channels;
        const auto row = picture.values.begin() + static_cast<std::ptrdiff_t>(first);
        part.values.insert(
            part.values.end(), row, row + static_cast<std::ptrdiff_t>(part.width * part.channels));
    }
    return part;
}

Picture resized(Picture picture, std::size_t height, std::size_t width)
{
    if (picture.height == height && picture.width == width)
        return picture;
    Resampler resampler(picture.height, picture.width, height, width);
    Picture changed { height, width, picture.channels, {} };
    changed.values.resize(height * width * picture.channels);
    std::vector<float> from(picture.height * picture.width);
    std::vector<float> to(height * width);
    for (std::size_t channel = 0; channel < picture.channels; ++channel) {
        for (std::size_t i = 0; i < from.size(); ++i)
            from[i] = static_cast<float>(picture.values[i * picture.channels + channel]);
        resampler.apply(from, to);
        for (std::size_t i = 0; i < to.size(); ++i)
            changed.values[i * picture.channels + channel] = toByte(to[i]);
    }
    return changed;
}

} // namespace palimpsest
