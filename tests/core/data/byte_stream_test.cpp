// SPDX-License-Identifier: Apache-2.0
#include "core/data/byte_stream.h"

#include "fixtures.h"

namespace palimpsest {
namespace {

using test::badInputText;
using test::gzip;
using test::require;
using test::TempFolder;

std::string numberedLines(int count)
{
    std::string text;
    for (int i = 0; i < count; ++i)
        text += std::to_string(i * 7919 % 10007) + "\n";
    return text;
}

TEST(ByteStream, ReadsPlainAndGzipAlike)
{
    const TempFolder folder;
    const std::string text = numberedLines(200'000); // more than one buffer, also when packed
    EXPECT_EQ(require(readText(folder.write("plain", text))), text);
    EXPECT_EQ(require(readText(folder.write("packed", gzip(text)))), text);
    EXPECT_EQ(require(readText(folder.write("empty", ""))), "");
    EXPECT_EQ(require(readText(folder.write("empty.gz", gzip("")))), "");
}

TEST(ByteStream, ReadsMembersOneAfterAnother)
{
    const TempFolder folder;
    EXPECT_EQ(require(readText(folder.write("two", gzip("one, ") + gzip("") + gzip("two")))), "one, two");
}

TEST(ByteStream, GivesPiecesOfAnySize)
{
    const TempFolder folder;
    const std::string text = numberedLines(100);
    ByteStream stream = require(ByteStream::open(folder.write("packed", gzip(text))));
    EXPECT_TRUE(stream.isCompressed());
    std::string got;
    for (std::size_t size = 1;; ++size) {
        std::string piece(size, '\0');
        const std::size_t count = require(stream.read(std::as_writable_bytes(std::span(piece))));
        got += piece.substr(0, count);
        if (count < size)
            break;
    }
    EXPECT_EQ(got, text);
}

TEST(ByteStream, RefusesCutGzipAtEveryLength)
{
    const TempFolder folder;
    const std::string packed = gzip(numberedLines(100));
    for (std::size_t length = 2; length < packed.size(); ++length)
        EXPECT_CONTAINS(
            badInputText(readText(folder.write("cut.gz", packed.substr(0, length)))), "cut short");
}

TEST(ByteStream, RefusesDamagedGzip)
{
    const TempFolder folder;
    std::string packed = gzip(numberedLines(100));
    packed[packed.size() - 8] = static_cast<char>(packed[packed.size() - 8] ^ 1); // the CRC
    EXPECT_CONTAINS(badInputText(readText(folder.write("crc.gz", packed))), "damaged");
    EXPECT_CONTAINS(
        badInputText(readText(folder.write("tail.gz", gzip("a") + "tail"))), "followed by other bytes");
    std::string flipped = gzip(numberedLines(100));
    for (std::size_t i = 10; i < flipped.size(); i += 3)
        flipped[i] = static_cast<char>(flipped[i] ^ 0x55);
    EXPECT_FALSE(readText(folder.write("flipped.gz", flipped)).ok());
}

TEST(ByteStream, StopsAGrowingFileAtTheLimit)
{
    const TempFolder folder;
    const std::filesystem::path bomb = folder.write("bomb.gz", gzip(std::string(8 << 20, '0')));
    EXPECT_LT(std::filesystem::file_size(bomb), 20'000U);
    EXPECT_CONTAINS(badInputText(readText(bomb, 1'000'000)), "more than 1.00 MB");
    EXPECT_EQ(require(readText(bomb, 8 << 20)).size(), std::size_t { 8 << 20 });
    EXPECT_CONTAINS(badInputText(readText(folder.write("plain", "12345"), 4)), "more than");
    EXPECT_EQ(require(readText(folder.write("plain", "12345"), 5)), "12345");
}

TEST(ByteStream, NamesWhatIsNoFile)
{
    const TempFolder folder;
    EXPECT_CONTAINS(badInputText(readText(folder.path() / "none")), "no such file");
    EXPECT_CONTAINS(badInputText(readText(folder.path())), "found a folder");
}

} // namespace
} // namespace palimpsest
