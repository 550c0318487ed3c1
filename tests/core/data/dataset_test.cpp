// SPDX-License-Identifier: Apache-2.0
#include "core/data/dataset.h"

#include "fixtures.h"

#include <algorithm>

namespace palimpsest {
namespace {

using test::badInputText;
using test::idxFile;
using test::require;
using test::TempFolder;

class ReadPartTest : public testing::Test {
protected:
    Result<RawSamples> read(Part part)
    {
        return readPart(standardReaders(), m_settings, m_split, m_folder.path(), part);
    }

    /// `count` samples of four features; the first one is the number of the sample, the class goes 0 1 2 0 1 2 ...
    void writeCsv(int count)
    {
        std::string content;
        for (int i = 0; i < count; ++i)
            content += std::to_string(i) + ",0,0,0," + std::to_string(i % 3) + "\n";
        m_folder.write("all.csv", content);
    }
    static std::vector<int> numbersOf(const RawSamples& samples)
    {
        std::vector<int> numbers;
        for (std::size_t i = 0; i < samples.x.size(); i += 4)
            numbers.push_back(static_cast<int>(samples.x.as<float>()[i]));
        return numbers;
    }

    TempFolder m_folder;
    DataSettings m_settings = test::dataSettings("csv", "all.csv");
    SplitSettings m_split;
};

TEST_F(ReadPartTest, CutsATestSplitWhereThereIsNone)
{
    writeCsv(30);
    m_split.test = 0.2;
    const std::vector<int> train = numbersOf(require(read(Part::Train)));
    const std::vector<int> test = numbersOf(require(read(Part::Test)));
    EXPECT_EQ(train.size(), 24U);
    EXPECT_EQ(test.size(), 6U);
    EXPECT_TRUE(std::is_sorted(train.begin(), train.end()));
    EXPECT_TRUE(std::is_sorted(test.begin(), test.end()));
    std::vector<int> all;
    std::merge(train.begin(), train.end(), test.begin(), test.end(), std::back_inserter(all));
    for (int i = 0; i < 30; ++i)
        EXPECT_EQ(all[static_cast<std::size_t>(i)], i);
    for (const int label : { 0, 1, 2 })
        EXPECT_EQ(
            std::count_if(test.begin(), test.end(), [&](int number) { return number % 3 == label; }), 2);

    EXPECT_EQ(numbersOf(require(read(Part::Test))), test);
    m_split.testSeed = 1;
    EXPECT_NE(numbersOf(require(read(Part::Test))), test);
}

TEST_F(ReadPartTest, LeavesASourceWithTestSplitWhole)
{
    writeCsv(30);
    m_folder.write("test.csv", "99,0,0,0,1\n");
    m_settings.test = "test.csv";
    m_split.test = 0.2;
    EXPECT_EQ(require(read(Part::Train)).count(), 30U);
    EXPECT_EQ(numbersOf(require(read(Part::Test))), std::vector<int> { 99 });
}

TEST_F(ReadPartTest, CutsIdxWithoutTestFiles)
{
    m_folder.write("train-images-idx2-ubyte", idxFile(0x08, { 4, 1 }, { 1, 2, 3, 4 }, 1));
    m_folder.write("train-labels-idx1-ubyte", idxFile(0x08, { 4 }, { 0, 1, 0, 1 }, 1));
    m_settings = test::dataSettings("idx", ".");
    EXPECT_CONTAINS(badInputText(read(Part::Test)), "set split.test");
    EXPECT_EQ(require(read(Part::Train)).count(), 4U);
    m_split.test = 0.5;
    EXPECT_EQ(require(read(Part::Test)).count(), 2U);
    EXPECT_EQ(require(read(Part::Train)).count(), 2U);
}

TEST_F(ReadPartTest, KeepsBlocksWhole)
{
    writeCsv(120);
    m_split.test = 0.3;
    m_split.block = 4;
    const std::vector<int> test = numbersOf(require(read(Part::Test)));
    ASSERT_EQ(test.size() % 4, 0U);
    for (std::size_t i = 0; i < test.size(); ++i)
        EXPECT_EQ(test[i], test[i / 4 * 4] + static_cast<int>(i % 4));
    EXPECT_EQ(test[0] % 4, 0);
}

TEST_F(ReadPartTest, Reshapes)
{
    writeCsv(6);
    m_settings.sampleShape = { 1, 2, 2 };
    const RawSamples samples = require(read(Part::Train));
    EXPECT_EQ(samples.x.shape(), (Shape { 6, 1, 2, 2 }));
    EXPECT_EQ(numbersOf(samples), (std::vector<int> { 0, 1, 2, 3, 4, 5 }));
    for (const Shape& wrong :
        { Shape { 5 }, Shape { 2, 1 }, Shape { -2, -2 }, Shape { 0 }, Shape { 4, std::int64_t { 1 } << 62U },
            Shape { std::int64_t { 1 } << 32U, std::int64_t { 1 } << 32U, 4 } }) {
        m_settings.sampleShape = wrong;
        EXPECT_CONTAINS(badInputText(read(Part::Train)), "data.sampleShape " + toString(wrong));
    }
}

TEST_F(ReadPartTest, ChecksLabels)
{
    m_folder.write("all.csv", "1,0\n2,3\n");
    m_settings.classes = 3;
    EXPECT_CONTAINS(
        badInputText(read(Part::Train)), "sample 2 has label 3; labels must be class numbers from 0 to 2");
    m_settings.classes = 4;
    EXPECT_TRUE(read(Part::Train).ok());
    m_settings.classes = 0;
    m_folder.write("all.csv", "1,0\n2,-1\n");
    EXPECT_CONTAINS(badInputText(read(Part::Train)), "sample 2 has label -1");
    m_folder.write("all.csv", "1,0\n2,70000\n");
    EXPECT_CONTAINS(badInputText(read(Part::Train)), "sample 2 has label 70000");
    m_folder.write("all.csv", "1,2\n2,2\n");
    EXPECT_CONTAINS(badInputText(read(Part::Train)), "all 2 samples are of class 2");
    m_settings.test = "test.csv";
    m_folder.write("all.csv", "1,2\n2,1\n");
    m_folder.write("test.csv", "2,2\n");
    EXPECT_TRUE(read(Part::Test).ok()); // a test split of one class can be judged
}

TEST_F(ReadPartTest, ListsTheKnownFormats)
{
    m_settings.format = "cvs";
    EXPECT_CONTAINS(badInputText(read(Part::Train)),
        "unknown data format \"cvs\"; known are audio, cifar, csv, idx, images, mat, npz, sensors, ts");
}

TEST_F(ReadPartTest, RefusesSettingsThatTheFormatDoesNotLookAt)
{
    writeCsv(6);
    m_settings.windows.rows = 10;
    EXPECT_CONTAINS(badInputText(read(Part::Train)),
        "data.windows: is set, but format \"csv\" does not look at it (only sensors do)");
    m_settings.windows.rows = 0;
    m_settings.lists.test = "list.txt";
    EXPECT_CONTAINS(badInputText(read(Part::Train)), "only images, audio do");
}

TEST_F(ReadPartTest, MovesChannelsToTheFront)
{
    // The first sample: 2 x 3 points with two channels, 10 x the point plus the channel.
    m_folder.write("npz/x.npy",
        test::npyFile(test::headerOf("|u1", "(2, 2, 3, 2)"),
            std::string("\x00\x01\x0A\x0B\x14\x15\x1E\x1F\x28\x29\x32\x33", 12) + std::string(12, '\7')));
    m_folder.write("npz/y.npy", test::npyFile(test::headerOf("|u1", "(2,)"), std::string("\0\1", 2)));
    m_settings = test::dataSettings("npz", "npz");
    m_settings.channelsLast = true;
    const RawSamples samples = require(read(Part::Train));
    EXPECT_EQ(samples.sampleShape(), (Shape { 2, 2, 3 }));
    const auto values = samples.x.as<std::uint8_t>();
    EXPECT_EQ(std::vector<int>(values.begin(), values.begin() + 12),
        (std::vector<int> { 0, 10, 20, 30, 40, 50, 1, 11, 21, 31, 41, 51 }));
    EXPECT_EQ(values[12], 7);
}

TEST(SplitTrain, TakesWhatTheSourceSays)
{
    RawSamples samples;
    samples.y = { 0, 1, 0, 1 };
    samples.x = Array(DType::UInt8, { 4, 1 });
    samples.isValidation = { 0, 1, 0, 0 };
    const TrainSplit split = require(splitTrain(samples, {}, 1, "here"));
    EXPECT_EQ(split.train, (std::vector<std::int64_t> { 0, 2, 3 }));
    EXPECT_EQ(split.validation, (std::vector<std::int64_t> { 1 }));
    samples.isValidation = { 1, 1, 1, 1 };
    EXPECT_CONTAINS(badInputText(splitTrain(samples, {}, 1, "here")), "all samples into validation");
    samples.isValidation = { 0, 1, 0, 1 };
    EXPECT_CONTAINS(badInputText(splitTrain(samples, {}, 1, "here")),
        "here: the source puts all samples of class 1 into validation, so that no network can learn it");
}

TEST_F(ReadPartTest, SaysWhichClassIsTooSmallForATestSplit)
{
    m_folder.write("all.csv", "1,cat\n2,cat\n3,dog\n");
    m_split.test = 0.5;
    EXPECT_CONTAINS(
        badInputText(read(Part::Train)), "class 1 (dog) has 1 sample, too few for both sides of split.test");
}

TEST(ClassCount, IsThatOfTheSettingsOrOfTrain)
{
    RawSamples train;
    EXPECT_EQ(classCount({}, train), 0);
    train.y = { 0, 4, 2 };
    EXPECT_EQ(classCount({}, train), 5);
    train.classNames = std::vector<std::string>(7);
    EXPECT_EQ(classCount({}, train), 7);
    DataSettings settings;
    settings.classes = 9;
    EXPECT_EQ(classCount(settings, train), 9);
}

} // namespace
} // namespace palimpsest
