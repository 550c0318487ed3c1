// SPDX-License-Identifier: Apache-2.0
#include "core/data/npy.h"

#include "fixtures.h"

#include <bit>

namespace palimpsest {
namespace {

using test::badInputText;
using test::gzip;
using test::headerOf;
using test::npyFile;
using test::require;
using test::TempFolder;
using test::zip;

std::string bytesOf(const std::vector<unsigned>& values)
{
    std::string bytes;
    for (const unsigned value : values)
        bytes += static_cast<char>(value);
    return bytes;
}

template <class T> std::string valuesOf(const std::vector<T>& values)
{
    return { reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T) };
}

template <class T> std::vector<T> valuesOf(const Array& array)
{
    const auto values = array.as<T>();
    return { values.begin(), values.end() };
}

Array readText(const std::string& content)
{
    const TempFolder folder;
    return require(readNpy(folder.write("a.npy", content)));
}

std::string refusal(const std::string& content)
{
    const TempFolder folder;
    return badInputText(readNpy(folder.write("a.npy", content)));
}

TEST(Npy, ReadsEveryType)
{
    // Little-endian, then the same numbers big-endian.
    EXPECT_EQ(valuesOf<std::uint8_t>(readText(npyFile(headerOf("|u1", "(2,)"), bytesOf({ 7, 255 })))),
        (std::vector<std::uint8_t> { 7, 255 }));
    EXPECT_EQ(valuesOf<std::uint8_t>(readText(npyFile(headerOf("|b1", "(2,)"), bytesOf({ 1, 0 })))),
        (std::vector<std::uint8_t> { 1, 0 }));
    EXPECT_EQ(valuesOf<std::int16_t>(readText(npyFile(headerOf("|i1", "(2,)"), bytesOf({ 127, 128 })))),
        (std::vector<std::int16_t> { 127, -128 }));
    EXPECT_EQ(valuesOf<std::int16_t>(
                  readText(npyFile(headerOf("<i2", "(2,)"), bytesOf({ 0x34, 0x12, 0xFF, 0xFF })))),
        (std::vector<std::int16_t> { 0x1234, -1 }));
    EXPECT_EQ(valuesOf<std::int16_t>(
                  readText(npyFile(headerOf(">i2", "(2,)"), bytesOf({ 0x12, 0x34, 0xFF, 0xFE })))),
        (std::vector<std::int16_t> { 0x1234, -2 }));
    EXPECT_EQ(valuesOf<std::int32_t>(readText(npyFile(headerOf("<u2", "(1,)"), bytesOf({ 0xFF, 0xFF })))),
        (std::vector<std::int32_t> { 65535 }));
    EXPECT_EQ(valuesOf<std::int32_t>(readText(npyFile(headerOf(">i4", "(1,)"), bytesOf({ 0x80, 0, 0, 1 })))),
        (std::vector<std::int32_t> { -2147483647 }));
    EXPECT_EQ(valuesOf<std::uint32_t>(readText(npyFile(headerOf("<u4", "(1,)"), bytesOf({ 1, 0, 0, 0x80 })))),
        (std::vector<std::uint32_t> { 2147483649U }));
    EXPECT_EQ(
        valuesOf<std::int64_t>(readText(npyFile(headerOf("<i8", "(1,)"), valuesOf<std::int64_t>({ -5 })))),
        (std::vector<std::int64_t> { -5 }));
    EXPECT_EQ(
        valuesOf<std::int64_t>(readText(npyFile(headerOf("<u8", "(1,)"), valuesOf<std::uint64_t>({ 5 })))),
        (std::vector<std::int64_t> { 5 }));
    EXPECT_EQ(valuesOf<float>(readText(npyFile(headerOf(">f4", "(1,)"), bytesOf({ 0x3F, 0xC0, 0, 0 })))),
        (std::vector<float> { 1.5F }));
    EXPECT_EQ(valuesOf<double>(readText(npyFile(headerOf("<f8", "(1,)"), valuesOf<double>({ 0.1 })))),
        (std::vector<double> { 0.1 }));
    const Array half = readText(npyFile(headerOf(">f2", "(1,)"), bytesOf({ 0x3E, 0x00 })));
    EXPECT_EQ(half.type(), DType::Float16);
    EXPECT_EQ(half.bytes()[std::endian::native == std::endian::little ? 1 : 0], std::byte { 0x3E });
}

TEST(Npy, ReadsEveryFormOfHeader)
{
    const std::string values = bytesOf({ 1, 2, 3, 4, 5, 6 });
    EXPECT_EQ(readText(npyFile(headerOf("|u1", "(2, 3)"), values)).shape(), (Shape { 2, 3 }));
    EXPECT_EQ(readText(npyFile(headerOf("|u1", "(2L, 3L)"), values)).shape(), (Shape { 2, 3 })) << "Python 2";
    EXPECT_EQ(readText(npyFile(headerOf("|u1", "()"), bytesOf({ 9 }))).shape(), Shape {}) << "a single value";
    EXPECT_EQ(readText(npyFile("{\"shape\":(6,),\"fortran_order\":False,\"descr\":\"|u1\"}", values)).shape(),
        (Shape { 6 }))
        << "another order and no blanks";
    for (const char version : { '\x02', '\x03' }) {
        const std::string header = headerOf("|u1", "(6,)");
        std::string text = "\x93NUMPY";
        text += version;
        text += std::string("\x00", 1);
        text += static_cast<char>(header.size());
        text += std::string("\x00\x00\x00", 3);
        EXPECT_EQ(readText(text + header + values).shape(), (Shape { 6 }));
    }
    const TempFolder folder;
    EXPECT_EQ(
        require(readNpy(folder.write("a.npy.gz", gzip(npyFile(headerOf("|u1", "(6,)"), values))))).size(),
        6U);
}

TEST(Npy, TurnsFortranOrderIntoRows)
{
    // a[i][j][k] = 100 i + 10 j + k of shape (2, 3, 2), first index fastest.
    std::vector<std::int16_t> stored;
    for (int k = 0; k < 2; ++k)
        for (int j = 0; j < 3; ++j)
            for (int i = 0; i < 2; ++i)
                stored.push_back(static_cast<std::int16_t>(100 * i + 10 * j + k));
    const Array array = readText(npyFile(headerOf("<i2", "(2, 3, 2)", true), valuesOf(stored)));
    EXPECT_EQ(array.shape(), (Shape { 2, 3, 2 }));
    EXPECT_EQ(valuesOf<std::int16_t>(array),
        (std::vector<std::int16_t> { 0, 1, 10, 11, 20, 21, 100, 101, 110, 111, 120, 121 }));
}

TEST(Npy, RefusesPickledObjects)
{
    for (const char* descr : { "|O", "O", "|O8" })
        EXPECT_CONTAINS(refusal(npyFile(headerOf(descr, "(1,)"), "\x80\x04K\x01.")), "pickled code");
    EXPECT_CONTAINS(
        refusal(npyFile("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), }", "1234")),
        "records of several fields");
}

TEST(Npy, RefusesOtherTypes)
{
    for (const char* descr : { "<U5", "|S3", "<c8", "<M8[ns]", "=f4", "<f16", "", "|V4", "<i3" })
        EXPECT_CONTAINS(refusal(npyFile(headerOf(descr, "(1,)"), std::string(16, 'x'))), "values of type");
    EXPECT_CONTAINS(refusal(npyFile(headerOf("<u8", "(1,)"), std::string(8, '\xFF'))), "save it as int64");
}

TEST(Npy, RefusesHeadersThatSayTooLittleOrTooMuch)
{
    for (const char* header : { "", "{", "{}", "{'descr': '<f4', 'fortran_order': False}", "{'descr': '<f4'",
             "{'descr': '<f4', 'fortran_order': False, 'shape': (1,), 'more': 1}",
             "{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (1,)}",
             "{'descr': '<f4', 'fortran_order': 0, 'shape': (1,)}",
             "{'descr': '<f4', 'fortran_order': False, 'shape': 1}",
             "{'descr': '<f4', 'fortran_order': False, 'shape': (-1,)}",
             "{'descr': '<f4', 'fortran_order': False, 'shape': (1 1)}",
             "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,)}",
             "{'descr': '<f4', 'fortran_order': False, 'shape': (1,)} x",
             "{'descr': __import__('os'), 'fortran_order': False, 'shape': (1,)}" })
        EXPECT_CONTAINS(refusal(npyFile(header, "1234")), "its header must be") << header;
    EXPECT_CONTAINS(refusal(npyFile(headerOf("<f4", "(3, 0)"), "")), "holds nothing");
    EXPECT_CONTAINS(refusal("PK\x03\x04 something else"), "is no .npy file");
    EXPECT_CONTAINS(refusal(std::string("\x93NUMPY\x09\x00\x00\x00", 10)), "version 9");
    EXPECT_CONTAINS(refusal(std::string("\x93NUMPY\x02\x00\xFF\xFF\xFF\x7F", 12)), "declares a header of");
}

TEST(Npy, RefusesEveryLengthButTheRightOne)
{
    const std::string whole = npyFile(headerOf("<f4", "(2, 3)"), std::string(24, 'x'));
    for (std::size_t length = 0; length < whole.size(); ++length)
        EXPECT_FALSE(refusal(whole.substr(0, length)).empty()) << length;
    EXPECT_CONTAINS(refusal(whole + "y"), "goes on after the 24 bytes");
}

TEST(Npy, TakesNoMemoryForSizesThatTheFileCannotHold)
{
    for (const char* shape :
        { "(9223372036854775807,)", "(4294967296, 4294967296, 4294967296)", "(1000000,)" }) {
        const std::string content = npyFile(headerOf("<f8", shape), "12345678");
        const TempFolder folder;
        EXPECT_CONTAINS(
            badInputText(readNpy(folder.write("a.npy", content))), "its header declares values of shape");
    }
}

TEST(Npz, ReadsItsArrays)
{
    const TempFolder folder;
    const std::string x = npyFile(headerOf("|u1", "(2, 2)"), bytesOf({ 1, 2, 3, 4 }));
    const std::string y = npyFile(headerOf("<i4", "(2,)"), valuesOf<std::int32_t>({ 1, 0 }));
    const auto path = folder.write("a.npz", zip({ { "x_train.npy", x }, { "deep/y.npy", y } }));
    const auto arrays = require(readNpz(path));
    ASSERT_EQ(arrays.size(), 2U);
    EXPECT_EQ(valuesOf<std::uint8_t>(arrays.at("x_train")), (std::vector<std::uint8_t> { 1, 2, 3, 4 }));
    EXPECT_EQ(valuesOf<std::int32_t>(arrays.at("deep/y")), (std::vector<std::int32_t> { 1, 0 }));
    EXPECT_EQ(require(listNpz(path)), (std::vector<std::string> { "x_train", "deep/y" }));
    const auto some = require(readNpz(path, [](const std::string& name) { return name == "deep/y"; }));
    EXPECT_EQ(some.size(), 1U);
}

TEST(Npz, NamesFileAndMemberOfWhatIsWrong)
{
    const TempFolder folder;
    const std::string x = npyFile(headerOf("|u1", "(2, 2)"), bytesOf({ 1, 2, 3, 4 }));
    EXPECT_CONTAINS(badInputText(readNpz(folder.path() / "none.npz")), "there is no such file");
    EXPECT_CONTAINS(badInputText(readNpz(folder.write("text.npz", "hello"))), "text.npz");
    EXPECT_CONTAINS(badInputText(readNpz(folder.write("other.npz", zip({ { "readme.txt", "hello" } })))),
        "found the member readme.txt");
    EXPECT_CONTAINS(badInputText(readNpz(folder.write("twice.npz", zip({ { "x.npy", x }, { "x.npy", x } })))),
        "two arrays called x");
    EXPECT_CONTAINS(
        badInputText(readNpz(folder.write("short.npz", zip({ { "x.npy", x.substr(0, x.size() - 1) } })))),
        "short.npz, member x.npy: ends after 3 of the 4 bytes");
    EXPECT_CONTAINS(badInputText(readNpz(folder.write(
                        "pickle.npz", zip({ { "x.npy", npyFile(headerOf("|O", "(1,)"), "x") } })))),
        "member x.npy: holds Python objects");
}

TEST(Npz, FindsDamageByTheChecksum)
{
    const TempFolder folder;
    std::string archive
        = zip({ { "x.npy", npyFile(headerOf("|u1", "(8,)"), bytesOf({ 1, 2, 3, 4, 5, 6, 7, 8 })) } }, false);
    const std::size_t place = archive.find(bytesOf({ 1, 2, 3, 4, 5, 6, 7, 8 }));
    ASSERT_NE(place, std::string::npos);
    archive[place] = '\x11';
    EXPECT_CONTAINS(badInputText(readNpz(folder.write("a.npz", archive))), "get the file again");
}

TEST(Npz, BoundsWhatASmallArchiveUnpacksTo)
{
    const TempFolder folder;
    const std::string header = headerOf("|u1", "(1000000000,)"); // 1 GB in an archive of some bytes
    EXPECT_CONTAINS(
        badInputText(readNpz(folder.write("bomb.npz", zip({ { "x.npy", npyFile(header, "x") } })))),
        "more than the file can hold");
}

} // namespace
} // namespace palimpsest
