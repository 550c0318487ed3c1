// SPDX-License-Identifier: Apache-2.0
#include "core/data/picture_decoders.h"

#include "core/base/units.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string_view>

namespace palimpsest {

namespace {

bool isSpace(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/// The next number of a header or of a plain file; blanks and comments (# to the end of the line) are passed over.
std::optional<std::uint64_t> takeNumber(std::string_view& rest)
{
    while (!rest.empty() && (isSpace(rest.front()) || rest.front() == '#')) {
        const bool isComment = rest.front() == '#';
        rest.remove_prefix(isComment ? std::min(rest.find('\n'), rest.size()) : 1);
    }
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), value);
    if (error != std::errc())
        return std::nullopt;
    rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
    return value;
}

Error cutShort(const std::string& where)
{
    return badInput("the PNM ends too early or holds what is no number: get the file again", where);
}

} // namespace

Status checkPictureSize(std::uint64_t width, std::uint64_t height, const std::string& where)
{
    if (width == 0 || height == 0)
        return badInput("declares a picture of no pixels: the file is damaged", where);
    if (width > kMaxPictureSide || height > kMaxPictureSide || width * height > kMaxPicturePixels)
        return badInput("declares " + std::to_string(width) + " x " + std::to_string(height)
                + " pixels; pictures of at most " + std::to_string(kMaxPictureSide) + " a side and "
                + formatCount(static_cast<std::int64_t>(kMaxPicturePixels)) + " in all are read",
            where);
    return success();
}

Result<Picture> decodePnm(std::span<const std::byte> file, const std::string& where)
{
    std::string_view rest(reinterpret_cast<const char*>(file.data()), file.size());
    const char kind = rest[1];
    rest.remove_prefix(2);
    if (kind == '1' || kind == '4')
        return badInput("is a PNM of black and white dots; convert it to grey (P5) first", where);
    const std::optional<std::uint64_t> width = takeNumber(rest);
    const std::optional<std::uint64_t> height = takeNumber(rest);
    const std::optional<std::uint64_t> highest = takeNumber(rest);
    if (!width || !height || !highest)
        return cutShort(where);
    PALIMPSEST_CHECK(checkPictureSize(*width, *height, where));
    if (*highest == 0 || *highest > 65'535)
        return badInput(
            "declares " + std::to_string(*highest) + " as its highest value; 1 to 65,535 can be", where);

    Picture picture { static_cast<std::size_t>(*height), static_cast<std::size_t>(*width),
        kind == '3' || kind == '6' ? std::size_t { 3 } : std::size_t { 1 }, {} };
    const std::size_t count = picture.height * picture.width * picture.channels;
    const bool isPlain = kind == '2' || kind == '3';
    const std::size_t bytes = *highest > 255 ? 2 : 1; // of a stored value
    if (!isPlain) {
        if (rest.empty() || !isSpace(rest.front()) || (rest.size() - 1) / bytes < count)
            return cutShort(where);
        rest.remove_prefix(1);
    } else if (rest.size() / 2 < count) { // a digit and a blank each
        return cutShort(where);
    }
    picture.values.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        std::uint64_t value = 0;
        if (isPlain) {
            const std::optional<std::uint64_t> number = takeNumber(rest);
            if (!number)
                return cutShort(where);
            value = *number;
        } else {
            for (std::size_t k = 0; k < bytes; ++k)
                value = value << 8U | static_cast<unsigned char>(rest[i * bytes + k]);
        }
        if (value > *highest)
            return badInput("holds the value " + std::to_string(value)
                    + ", above the highest that it declares, " + std::to_string(*highest),
                where);
        picture.values.push_back(static_cast<std::uint8_t>((value * 255 + *highest / 2) / *highest));
    }
    return picture;
}

} // namespace palimpsest
