// SPDX-License-Identifier: Apache-2.0
#include "core/data/npz_reader.h"

#include "fixtures.h"

namespace palimpsest {
namespace {

using test::badInputText;
using test::dataSettings;
using test::headerOf;
using test::npyFile;
using test::require;
using test::TempFolder;
using test::zip;

std::string bytes(const std::vector<int>& values)
{
    std::string text;
    for (const int value : values)
        text += static_cast<char>(value);
    return text;
}

std::string u1(const std::string& shape, const std::vector<int>& values)
{
    return npyFile(headerOf("|u1", shape), bytes(values));
}

class NpzReaderTest : public testing::Test {
protected:
    Result<RawSamples> read(Part part = Part::Train)
    {
        return makeNpzReader()->read(m_settings, m_folder.path(), part);
    }
    bool hasTest() { return require(makeNpzReader()->hasTest(m_settings, m_folder.path())); }

    TempFolder m_folder;
    DataSettings m_settings = dataSettings("npz", "set.npz");
};

TEST_F(NpzReaderTest, ReadsBothSplitsOfOneFile)
{
    m_folder.write("set.npz",
        zip({ { "x_train.npy", u1("(2, 1, 2)", { 1, 2, 3, 4 }) }, { "y_train.npy", u1("(2,)", { 1, 0 }) },
            { "X_test.npy", u1("(1, 1, 2)", { 9, 8 }) }, { "y_test.npy", u1("(1, 1)", { 1 }) },
            { "group_train.npy", u1("(2,)", { 5, 6 }) } }));
    const RawSamples train = require(read());
    EXPECT_EQ(train.x.shape(), (Shape { 2, 1, 1, 2 })) << "uint8 of two sizes are pictures";
    EXPECT_EQ(train.y, (std::vector<std::int32_t> { 1, 0 }));
    EXPECT_EQ(train.group, (std::vector<std::int32_t> { 5, 6 }));
    const RawSamples test = require(read(Part::Test));
    EXPECT_EQ(test.x.as<std::uint8_t>()[0], 9);
    EXPECT_EQ(test.y, (std::vector<std::int32_t> { 1 }));
    EXPECT_TRUE(hasTest());
    m_settings.channelsLast = true;
    EXPECT_EQ(require(read()).x.shape(), (Shape { 2, 1, 2 })) << "the last axis is the channels";
}

TEST_F(NpzReaderTest, ReadsAFolderOfNpyFilesAndASplitOfItsOwn)
{
    m_folder.write("set/X.npy", npyFile(headerOf("<f2", "(2, 1)"), bytes({ 0x00, 0x3E, 0x00, 0xC0 })));
    m_folder.write("set/y.npy",
        npyFile(headerOf("<i8", "(2,)"), bytes({ 3, 0, 0, 0, 0, 0, 0, 0 }) + std::string(8, '\0')));
    m_folder.write("held.npz", zip({ { "x.npy", u1("(1, 1)", { 7 }) }, { "y.npy", u1("(1,)", { 0 }) } }));
    m_settings.path = "set";
    EXPECT_FALSE(hasTest());
    const RawSamples train = require(read());
    EXPECT_EQ(train.x.as<float>()[0], 1.5F) << "float16 becomes float32";
    EXPECT_EQ(train.x.as<float>()[1], -2.0F);
    EXPECT_EQ(train.y, (std::vector<std::int32_t> { 3, 0 }));
    m_settings.test = "held.npz";
    EXPECT_TRUE(hasTest());
    EXPECT_EQ(require(read(Part::Test)).x.as<std::uint8_t>()[0], 7);
    EXPECT_EQ(require(makeNpzReader()->files(m_settings, m_folder.path())).size(), 3U);
}

TEST_F(NpzReaderTest, ChangesTypesThatSamplesDoNotHave)
{
    const auto write = [&](const std::string& descr, const std::string& values) {
        m_folder.write("set.npz",
            zip({ { "x.npy", npyFile(headerOf(descr, "(1, 1)"), values) }, { "y.npy", u1("(1,)", { 0 }) } }));
    };
    write("<i8", bytes({ 0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF }));
    EXPECT_EQ(require(read()).x.as<std::int32_t>()[0], -2);
    write("<i8", bytes({ 0, 0, 0, 0, 1, 0, 0, 0 }));
    EXPECT_CONTAINS(badInputText(read()), "save the samples as float64");
    write("<u4", bytes({ 0xFF, 0xFF, 0xFF, 0xFF }));
    EXPECT_EQ(require(read()).x.as<double>()[0], 4294967295.0);
}

TEST_F(NpzReaderTest, NamesTheArrayOfWhatIsWrong)
{
    const auto write = [&](const std::string& x, const std::string& y) {
        m_folder.write("set.npz", zip({ { "x.npy", x }, { "y.npy", y } }));
    };
    write(u1("(2, 1)", { 1, 2 }), u1("(3,)", { 1, 0, 1 }));
    EXPECT_CONTAINS(badInputText(read()),
        "set.npz, array y: expected one number for each of the 2 samples, found shape [3]");
    write(u1("(2, 1)", { 1, 2 }), npyFile(headerOf("<f4", "(2,)"), bytes({ 0, 0, 0, 0x3F, 0, 0, 0, 0 })));
    EXPECT_CONTAINS(badInputText(read()), "array y: expected whole numbers");
    write(u1("(2, 1)", { 1, 2 }), npyFile(headerOf("|i1", "(2,)"), bytes({ 255, 0 })));
    EXPECT_CONTAINS(badInputText(read()), "array y: expected whole numbers from 0");
    write(u1("(2,)", { 1, 2 }), u1("(2,)", { 1, 0 }));
    EXPECT_CONTAINS(badInputText(read()), "array x: expected samples of shape [count, ...]");
    m_folder.write("set.npz", zip({ { "images.npy", u1("(1, 1)", { 1 }) } }));
    EXPECT_CONTAINS(
        badInputText(read()), "expected an array called y, labels, label, target; it holds images");
    m_folder.write("set.npz", zip({ { "weights.npy", u1("(1, 1)", { 1 }) } }));
    EXPECT_CONTAINS(badInputText(read()), "expected an array called x_train");
    EXPECT_CONTAINS(badInputText(read(Part::Test)), "expected an array called x_test");
}

} // namespace
} // namespace palimpsest
