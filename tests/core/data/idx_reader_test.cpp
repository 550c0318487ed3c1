// SPDX-License-Identifier: Apache-2.0
#include "core/data/idx_reader.h"

#include "fixtures.h"

#include <bit>

namespace palimpsest {
namespace {

using test::badInputText;
using test::gzip;
using test::idxFile;
using test::require;
using test::TempFolder;

DataSettings idxSettings()
{
    DataSettings settings;
    settings.format = "idx";
    settings.path = "set";
    return settings;
}

/// Two 2 x 3 pictures of classes 1 and 0.
const std::string kImages = idxFile(0x08, { 2, 2, 3 }, { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 255 }, 1);
const std::string kLabels = idxFile(0x08, { 2 }, { 1, 0 }, 1);

TEST(Idx, ReadsEveryType)
{
    const TempFolder folder;
    const auto read
        = [&](const std::string& content) { return require(readIdx(folder.write("file", content))); };
    EXPECT_EQ(read(idxFile(0x08, { 2 }, { 1, 255 }, 1)), Array::from(std::vector<std::uint8_t> { 1, 255 }));
    EXPECT_EQ(read(idxFile(0x09, { 2 }, { 1, 255 }, 1)), Array::from(std::vector<std::int16_t> { 1, -1 }));
    EXPECT_EQ(
        read(idxFile(0x0B, { 2 }, { 258, 0xFFFE }, 2)), Array::from(std::vector<std::int16_t> { 258, -2 }));
    EXPECT_EQ(read(idxFile(0x0C, { 2 }, { 0x01020304, 0xFFFFFFFF }, 4)),
        Array::from(std::vector<std::int32_t> { 0x01020304, -1 }));
    EXPECT_EQ(read(idxFile(0x0D, { 1 }, { std::bit_cast<std::uint32_t>(-1.5F) }, 4)),
        Array::from(std::vector<float> { -1.5F }));
    EXPECT_EQ(read(idxFile(0x0E, { 1 }, { std::bit_cast<std::uint64_t>(0.1) }, 8)),
        Array::from(std::vector<double> { 0.1 }));
    EXPECT_EQ(read(idxFile(0x08, { 1, 2, 1, 2 }, { 1, 2, 3, 4 }, 1)).shape(), (Shape { 1, 2, 1, 2 }));
}

TEST(Idx, RefusesEveryOtherLength)
{
    const TempFolder folder;
    for (std::size_t length = 0; length < kImages.size(); ++length) {
        const std::string cut = kImages.substr(0, length);
        EXPECT_CONTAINS(badInputText(readIdx(folder.write("cut", cut))), "cut") << length;
        EXPECT_CONTAINS(badInputText(readIdx(folder.write("cut.gz", gzip(cut)))), "cut") << length;
    }
    EXPECT_CONTAINS(badInputText(readIdx(folder.write("long", kImages + "x"))), "goes on");
    EXPECT_CONTAINS(badInputText(readIdx(folder.write("long.gz", gzip(kImages + "x")))), "goes on");
    const std::string packed = gzip(kImages);
    for (std::size_t length = 0; length < packed.size(); ++length)
        EXPECT_FALSE(readIdx(folder.write("cut.gz", packed.substr(0, length))).ok()) << length;
}

TEST(Idx, RefusesWrongMagic)
{
    const TempFolder folder;
    for (const std::size_t place : { 0U, 1U, 2U }) {
        std::string wrong = kImages;
        wrong[place] = '\x07';
        EXPECT_CONTAINS(badInputText(readIdx(folder.write("wrong", wrong))), "no idx file");
    }
    EXPECT_CONTAINS(badInputText(readIdx(folder.write("flat", idxFile(0x08, {}, { 1 }, 1)))), "0 dimensions");
    EXPECT_CONTAINS(badInputText(readIdx(
                        folder.write("deep", idxFile(0x08, std::vector<std::uint32_t>(9, 1), { 1 }, 1)))),
        "9 dimensions");
    EXPECT_CONTAINS(
        badInputText(readIdx(folder.write("none", idxFile(0x08, { 3, 0 }, {}, 1)))), "holds nothing");
}

TEST(Idx, TakesNoMemoryForSizesThatTheFileCannotHold)
{
    const TempFolder folder;
    const std::uint32_t most = 0xFFFFFFFF;
    for (const auto& sizes :
        { std::vector { most }, std::vector { most, most, most }, std::vector { 1U, 100'000'000U } }) {
        const std::string content = idxFile(0x0E, sizes, { 1, 2, 3 }, 8);
        EXPECT_CONTAINS(badInputText(readIdx(folder.write("huge", content))), "its header declares");
        EXPECT_CONTAINS(badInputText(readIdx(folder.write("huge.gz", gzip(content)))), "its header declares");
    }
}

TEST(IdxReader, ReadsBothSplits)
{
    const TempFolder folder;
    folder.write("set/train-images-idx3-ubyte.gz", gzip(kImages));
    folder.write("set/train-labels-idx1-ubyte", kLabels);
    folder.write("set/t10k-images.idx3-ubyte", idxFile(0x0B, { 1, 2, 3 }, { 9, 8, 7, 6, 5, 4 }, 2));
    folder.write("set/t10k-labels.idx1-ubyte.gz", gzip(idxFile(0x0C, { 1 }, { 7 }, 4)));
    folder.write("set/README", "not data");
    const auto reader = makeIdxReader();
    const RawSamples train = require(reader->read(idxSettings(), folder.path(), Part::Train));
    EXPECT_EQ(train.x.shape(), (Shape { 2, 1, 2, 3 }));
    EXPECT_EQ(train.sampleShape(), (Shape { 1, 2, 3 })) << "a grey picture has one channel";
    EXPECT_EQ(train.x.as<std::uint8_t>()[11], 255);
    EXPECT_EQ(train.y, (std::vector<std::int32_t> { 1, 0 }));
    const RawSamples test = require(reader->read(idxSettings(), folder.path(), Part::Test));
    EXPECT_EQ(test.x.as<std::int16_t>()[0], 9);
    EXPECT_EQ(test.y, std::vector<std::int32_t> { 7 });
    EXPECT_TRUE(require(reader->hasTest(idxSettings(), folder.path())));
    EXPECT_EQ(require(reader->files(idxSettings(), folder.path())).size(), 4U);
}

TEST(IdxReader, DoesNotOpenTheTestSplitForTrain)
{
    const TempFolder folder;
    folder.write("set/train-images-idx3-ubyte", kImages);
    folder.write("set/train-labels-idx1-ubyte", kLabels);
    folder.write("set/t10k-images-idx3-ubyte", "damaged");
    folder.write("set/t10k-labels-idx1-ubyte", "damaged");
    EXPECT_TRUE(makeIdxReader()->read(idxSettings(), folder.path(), Part::Train).ok());
    EXPECT_FALSE(makeIdxReader()->read(idxSettings(), folder.path(), Part::Test).ok());
}

TEST(IdxReader, PrefersThePlainFile)
{
    const TempFolder folder;
    folder.write("set/train-images-idx3-ubyte", kImages);
    folder.write("set/train-images-idx3-ubyte.gz", "damaged");
    folder.write("set/train-labels-idx1-ubyte", kLabels);
    EXPECT_TRUE(makeIdxReader()->read(idxSettings(), folder.path(), Part::Train).ok());
    folder.write("set/train-images-idx4-ubyte", kImages);
    EXPECT_CONTAINS(
        badInputText(makeIdxReader()->read(idxSettings(), folder.path(), Part::Train)), "leave one of them");
}

TEST(IdxReader, NamesWhatIsMissingOrDoesNotFit)
{
    const TempFolder folder;
    const auto read
        = [&] { return badInputText(makeIdxReader()->read(idxSettings(), folder.path(), Part::Train)); };
    EXPECT_CONTAINS(read(), "could not be opened");
    folder.write("set/other", "");
    EXPECT_CONTAINS(read(), "found neither");
    folder.write("set/train-images-idx3-ubyte", kImages);
    EXPECT_CONTAINS(read(), "but not the labels");
    folder.write("set/train-labels-idx1-ubyte", idxFile(0x08, { 3 }, { 1, 0, 1 }, 1));
    EXPECT_CONTAINS(read(), "3 labels for the 2 samples");
    folder.write("set/train-labels-idx1-ubyte", idxFile(0x08, { 2, 1 }, { 1, 0 }, 1));
    EXPECT_CONTAINS(read(), "one dimension");
    folder.write("set/train-labels-idx1-ubyte", idxFile(0x0D, { 2 }, { 0, 0 }, 4));
    EXPECT_CONTAINS(read(), "whole numbers");
    folder.write("set/train-images-idx3-ubyte", idxFile(0x08, { 2 }, { 1, 2 }, 1));
    EXPECT_CONTAINS(read(), "at least one dimension");
}

} // namespace
} // namespace palimpsest
