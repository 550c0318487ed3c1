// SPDX-License-Identifier: Apache-2.0
#include "core/data/csv_reader.h"

#include "fixtures.h"

namespace palimpsest {
namespace {

using test::badInputText;
using test::gzip;
using test::require;
using test::TempFolder;

using Floats = std::vector<float>;
using Ids = std::vector<std::int32_t>;
using Names = std::vector<std::string>;

class CsvReaderTest : public testing::Test {
protected:
    Result<RawSamples> read(const std::string& content)
    {
        m_folder.write("train.csv", content);
        return m_reader->read(m_settings, m_folder.path(), Part::Train);
    }
    /// Of train.csv, which was written before.
    Result<RawSamples> readTest(const std::string& content)
    {
        m_folder.write("test.csv", content);
        m_settings.test = "test.csv";
        return m_reader->read(m_settings, m_folder.path(), Part::Test);
    }
    static Floats valuesOf(const RawSamples& samples)
    {
        const auto values = samples.x.as<float>();
        return Floats(values.begin(), values.end());
    }

    TempFolder m_folder;
    std::shared_ptr<const DataReader> m_reader = makeCsvReader();
    DataSettings m_settings = test::dataSettings("csv", "train.csv");
};

TEST_F(CsvReaderTest, ReadsNumbersAndLabels)
{
    const std::string content = "1,2.5,0\r\n\r\n -3e-1 , +4 ,1.0\n";
    for (const std::string& text : { content, gzip(content) }) {
        const RawSamples samples = require(read(text));
        EXPECT_EQ(samples.x.shape(), (Shape { 2, 2 }));
        EXPECT_EQ(valuesOf(samples), (Floats { 1.0F, 2.5F, -0.3F, 4.0F }));
        EXPECT_EQ(samples.y, (Ids { 0, 1 }));
        EXPECT_TRUE(samples.classNames.empty());
    }
}

TEST_F(CsvReaderTest, FindsTheLabelByTheHeader)
{
    const RawSamples first = require(read("label,1x1,1x2\n7,1,2\n3,3,4\n"));
    EXPECT_EQ(first.y, (Ids { 7, 3 }));
    EXPECT_EQ(valuesOf(first), (Floats { 1, 2, 3, 4 }));
    const RawSamples middle = require(read("a,\"Class\",b\n1,0,2\n3,1,4\n"));
    EXPECT_EQ(middle.y, (Ids { 0, 1 }));
    EXPECT_EQ(valuesOf(middle), (Floats { 1, 2, 3, 4 }));
    EXPECT_EQ(require(read("width,height,kind\n1,2,0\n3,4,1\n")).y, (Ids { 0, 1 }));
    EXPECT_EQ(require(read("0,1,kind\n1,2,0\n3,4,1\n")).y, (Ids { 0, 1 }));
}

TEST_F(CsvReaderTest, ReadsTheCountHeader)
{
    const RawSamples wine = require(read("3,2,red,white\n1,2,0\n3,4,1\n5,6,1\n"));
    EXPECT_EQ(wine.y, (Ids { 0, 1, 1 }));
    EXPECT_EQ(wine.classNames, (Names { "red", "white" }));
    EXPECT_EQ(valuesOf(wine), (Floats { 1, 2, 3, 4, 5, 6 }));
    // As many fields as a sample has, as in iris.csv.
    EXPECT_EQ(require(read("2,2,red\n1,2,0\n3,4,1\n")).count(), 2U);
    EXPECT_CONTAINS(badInputText(read("3,2,red,white\n1,2,0\n3,4,1\n")), "declares 3 samples, 2 follow");
}

TEST_F(CsvReaderTest, DoesNotTakeASampleForAHeader)
{
    EXPECT_EQ(require(read("2,2,0\n1,2,1\n3,4,0\n")).count(), 3U);
    EXPECT_EQ(require(read("1,2,cat\n3,4,dog\n")).count(), 2U);
    EXPECT_EQ(require(read("1.5,2,cat\n3,4,0\n")).count(), 2U)
        << "a sample with an odd label is not left out";
    EXPECT_CONTAINS(badInputText(read("1,?,0\n3,4,1\n")), "train.csv:1: field 2 must be a number");
    EXPECT_CONTAINS(badInputText(read("?,?,0\n3,4,1\n")), "train.csv:1: field 1 must be a number");
}

TEST_F(CsvReaderTest, NumbersClassNames)
{
    const RawSamples train = require(read("1,dog\n2,cat\n3,\"dog\"\n4,emu\n"));
    EXPECT_EQ(train.y, (Ids { 1, 0, 1, 2 }));
    EXPECT_EQ(train.classNames, (Names { "cat", "dog", "emu" }));
    const RawSamples test = require(readTest("5,emu\n6,dog\n")); // numbered as in train, though cat is absent
    EXPECT_EQ(test.y, (Ids { 2, 1 }));
    EXPECT_EQ(test.classNames, train.classNames);
    EXPECT_CONTAINS(badInputText(readTest("5,cow\n")), "\"cow\" of sample 1 does not occur in train");
}

TEST_F(CsvReaderTest, ReadsTheTestFileOnlyForTest)
{
    m_settings.test = "test.csv";
    const RawSamples train = require(read("1,2,0\n3,4,1\n")); // test.csv does not exist
    EXPECT_EQ(train.count(), 2U);
    EXPECT_CONTAINS(badInputText(m_reader->read(m_settings, m_folder.path(), Part::Test)),
        "test.csv: there is no such file");
    EXPECT_EQ(require(readTest("5,6,1\n")).y, Ids { 1 });
    EXPECT_CONTAINS(badInputText(readTest("5,6,7,1\n")), "3 features a sample, train has 2");
    EXPECT_CONTAINS(badInputText(readTest("5,6,dog\n")), "is no whole number");
    EXPECT_TRUE(require(m_reader->hasTest(m_settings, m_folder.path())));
    EXPECT_EQ(require(m_reader->files(m_settings, m_folder.path())).size(), 2U);
    m_settings.test.clear();
    EXPECT_FALSE(require(m_reader->hasTest(m_settings, m_folder.path())));
    EXPECT_FALSE(m_reader->read(m_settings, m_folder.path(), Part::Test).ok());
}

TEST_F(CsvReaderTest, NamesTheLineAndTheField)
{
    EXPECT_CONTAINS(
        badInputText(read("1,2,0\n1,x,1\n")), "train.csv:2: field 2 must be a number, found \"x\"");
    EXPECT_CONTAINS(badInputText(read("1,2,0\n1,,1\n")), "train.csv:2: field 2 must be a number");
    EXPECT_CONTAINS(
        badInputText(read("1,2,0\n\n1,nan,1\n")), "train.csv:3: field 2 must be a finite float32");
    EXPECT_CONTAINS(badInputText(read("1,2,0\n1,1e40,1\n")), "must be a finite float32");
    EXPECT_CONTAINS(badInputText(read("1,2,0\n1,2,\n")), "train.csv:2: field 3, the label, is missing");
    EXPECT_CONTAINS(badInputText(read("1,2,0\n1,2\n")), "train.csv:2: expected 3 fields, found 2");
    EXPECT_CONTAINS(badInputText(read("1,2,0\n1,2,0,4\n")), "train.csv:2: expected 3 fields, found 4");
    EXPECT_CONTAINS(badInputText(read("5\n6\n")), "found one field a line");
    EXPECT_CONTAINS(badInputText(read("\n\n")), "is empty");
}

TEST_F(CsvReaderTest, SurvivesACutAtEveryLength)
{
    // Only the last line feed is no loss: every other cut is seen, if only by the number of samples.
    const std::string content = "2,3,red,white\n1,2.25,-3e2,0\n4,5,6,1\n";
    for (std::size_t length = 0; length + 1 < content.size(); ++length) {
        const Result<RawSamples> cut = read(content.substr(0, length));
        EXPECT_TRUE(!cut.ok() || cut->count() == 1) << content.substr(0, length);
    }
    const std::string packed = gzip(content);
    for (std::size_t length = 0; length < packed.size(); ++length)
        EXPECT_FALSE(read(packed.substr(0, length)).ok()) << length;
}

} // namespace
} // namespace palimpsest
