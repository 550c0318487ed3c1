// SPDX-License-Identifier: Apache-2.0
#include "core/data/picture.h"

#include "fixtures.h"
#include "media_fixtures.h"

#include <cmath>

namespace palimpsest {
namespace {

using test::badInputText;
using test::jpegFile;
using test::png16File;
using test::pngFile;
using test::require;
using test::TempFolder;

using Values = std::vector<std::uint8_t>;

Result<Picture> decode(const std::string& file)
{
    return decodePicture(std::as_bytes(std::span(file)), "x");
}

const Values kColours { 255, 0, 0, 0, 255, 0, 0, 0, 255, 10, 20, 30, 40, 50, 60, 70, 80, 90 };

TEST(Picture, ReadsPng)
{
    const Picture colour = require(decode(pngFile(2, 3, 3, kColours)));
    EXPECT_EQ(colour.height, 2U);
    EXPECT_EQ(colour.width, 3U);
    EXPECT_EQ(colour.channels, 3U);
    EXPECT_EQ(colour.values, kColours);
    const Picture grey = require(decode(pngFile(1, 3, 1, { 0, 128, 255 })));
    EXPECT_EQ(grey.channels, 1U);
    EXPECT_EQ(grey.values, (Values { 0, 128, 255 }));
    EXPECT_EQ(
        require(decode(pngFile(1, 2, 4, { 1, 2, 3, 0, 4, 5, 6, 255 }))).values, (Values { 1, 2, 3, 4, 5, 6 }))
        << "transparency is left out";
    EXPECT_EQ(require(decode(png16File(1, 3, { 0, 0x8101, 0xFFFF }))).values, (Values { 0, 129, 255 }))
        << "0x8101 / 257 = 128.502";
}

TEST(Picture, ReadsJpeg)
{
    Values ramp;
    for (int i = 0; i < 16 * 16; ++i)
        ramp.push_back(static_cast<std::uint8_t>(i));
    for (const bool isProgressive : { false, true }) {
        const Picture grey = require(decode(jpegFile(16, 16, 1, ramp, isProgressive)));
        ASSERT_EQ(grey.values.size(), ramp.size());
        EXPECT_EQ(grey.channels, 1U);
        for (std::size_t i = 0; i < ramp.size(); ++i)
            EXPECT_NEAR(grey.values[i], ramp[i], 2) << i;
    }
    Values red;
    for (int i = 0; i < 8 * 8; ++i)
        red.insert(red.end(), { 200, 30, 60 });
    const Picture colour = require(decode(jpegFile(8, 8, 3, red)));
    ASSERT_EQ(colour.values.size(), red.size());
    for (std::size_t i = 0; i < red.size(); ++i)
        EXPECT_NEAR(colour.values[i], red[i], 2) << i;
    EXPECT_CONTAINS(badInputText(decode(jpegFile(8, 8, 4, Values(256, 9)))), "convert it to RGB");
}

TEST(Picture, ReadsPnm)
{
    const std::string bytes { '\1', '\2', '\3', '\4', '\5', '\6' };
    EXPECT_EQ(
        require(decode("P6\n# made by hand\n2 1\n255\n" + bytes)).values, (Values { 1, 2, 3, 4, 5, 6 }));
    EXPECT_EQ(require(decode("P5 3 2 255 " + bytes)).height, 2U);
    EXPECT_EQ(require(decode("P2\n3 1\n10\n0 5 10")).values, (Values { 0, 128, 255 })) << "scaled to 255";
    EXPECT_EQ(require(decode("P3 1 1 255 7 8 9\n")).values, (Values { 7, 8, 9 }));
    EXPECT_EQ(
        require(decode(std::string("P5 1 2 65535\n\xFF\xFF\x80\x00", 17))).values, (Values { 255, 128 }));
    EXPECT_CONTAINS(badInputText(decode("P4 1 1\n1")), "black and white");
    EXPECT_CONTAINS(badInputText(decode("P5 3 2 255 12345")), "ends too early");
    EXPECT_CONTAINS(badInputText(decode("P2 2 1 10 1 x")), "ends too early or holds what is no number");
    EXPECT_CONTAINS(badInputText(decode("P2 2 1 10 1 11")), "above the highest");
    EXPECT_CONTAINS(badInputText(decode("P5 1 1 65536 1")), "highest value");
    EXPECT_CONTAINS(badInputText(decode("P5 0 1 255 1")), "no pixels");
    EXPECT_CONTAINS(badInputText(decode("P5 99999 99999 255 1")), "pictures of at most");
    EXPECT_CONTAINS(
        badInputText(decode("P5 18446744073709551615 18446744073709551615 255 1")), "pictures of at most");
}

TEST(Picture, RefusesEveryCutLength)
{
    for (const std::string& file : { pngFile(2, 3, 3, kColours), jpegFile(16, 16, 1, Values(256, 77)),
             jpegFile(16, 16, 3, Values(768, 77), true), std::string("P6 2 3 255\n") + std::string(18, 'x') })
        for (std::size_t length = 0; length < file.size(); ++length) {
            const Result<Picture> picture = decode(file.substr(0, length));
            // The last two bytes of a JPEG are its end mark; all pixels stand before it.
            EXPECT_TRUE(!picture.ok() || (file[0] == '\xFF' && length + 2 >= file.size()))
                << length << " of " << file.size();
        }
}

TEST(Picture, FindsDamage)
{
    std::string png = pngFile(2, 3, 3, kColours);
    png[png.find("IDAT") + 6] ^= 1; // its checksum no longer fits
    EXPECT_CONTAINS(badInputText(decode(png)), "the PNG is damaged");
    EXPECT_CONTAINS(badInputText(decode("GIF89a")), "is no picture that is known");
    EXPECT_CONTAINS(badInputText(decode("")), "is no picture that is known");
}

TEST(Picture, TakesNoMemoryForPixelsThatAreNotThere)
{
    std::string png = pngFile(2, 3, 3, kColours);
    png.replace(png.find("IHDR") + 4, 8, std::string("\x00\x00\xFF\xFF\x00\x00\xFF\xFF", 8));
    EXPECT_FALSE(decode(png).ok());
    std::string jpeg = jpegFile(16, 16, 1, Values(256, 77));
    const std::size_t frame = jpeg.find("\xFF\xC0");
    ASSERT_NE(frame, std::string::npos);
    jpeg.replace(frame + 5, 4, std::string("\x80\x00\x80\x00", 4));
    EXPECT_CONTAINS(badInputText(decode(jpeg)), "pictures of at most");
}

TEST(Picture, ChangesChannels)
{
    const Picture grey = withChannels(require(decode(pngFile(2, 3, 3, kColours))), 1);
    EXPECT_EQ(grey.values, (Values { 76, 150, 29, 18, 48, 78 })) << "0.299 R + 0.587 G + 0.114 B";
    EXPECT_EQ(withChannels({ 1, 2, 1, { 5, 9 } }, 3).values, (Values { 5, 5, 5, 9, 9, 9 }));
}

TEST(Picture, CutsRegionsOut)
{
    const Picture picture { 3, 4, 1, { 0, 1, 2, 3, 10, 11, 12, 13, 20, 21, 22, 23 } };
    const Picture part = require(cropped(picture, { 1, 0, 2, 1 }, "x"));
    EXPECT_EQ(part.height, 2U);
    EXPECT_EQ(part.values, (Values { 1, 2, 11, 12 }));
    for (const Region& region : { Region { 0, 0, 4, 2 }, { -1, 0, 1, 1 }, { 2, 0, 1, 1 }, { 0, 0, 1, 3 } })
        EXPECT_CONTAINS(badInputText(cropped(picture, region, "x")), "does not lie in the picture of 4 x 3");
}

TEST(Picture, ChangesSizes)
{
    const Picture wide = resized({ 1, 2, 1, { 0, 8 } }, 1, 4);
    EXPECT_EQ(wide.values, (Values { 0, 2, 6, 8 }));
    const Picture two = resized({ 2, 2, 3, Values(12, 99) }, 5, 1);
    EXPECT_EQ(two.values, Values(15, 99));
}

} // namespace
} // namespace palimpsest
