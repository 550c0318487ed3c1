// SPDX-License-Identifier: Apache-2.0
#include "core/data/ts_reader.h"

#include "fixtures.h"

namespace palimpsest {
namespace {

using test::badInputText;
using test::gzip;
using test::require;
using test::TempFolder;

using Floats = std::vector<float>;
using Ids = std::vector<std::int32_t>;

const std::string kHead
    = "# a comment\n@problemName Toy\n@timeStamps false\n@missing false\n@univariate false\n"
      "@dimensions 2\n@equalLength false\n@classLabel true walk run\n@data\n";

class TsReaderTest : public testing::Test {
protected:
    Result<RawSamples> read(const std::string& content)
    {
        m_folder.write("train.ts", content);
        return m_reader->read(m_settings, m_folder.path(), Part::Train);
    }
    Result<RawSamples> readTest(const std::string& content)
    {
        m_folder.write("test.ts", content);
        m_settings.test = "test.ts";
        return m_reader->read(m_settings, m_folder.path(), Part::Test);
    }
    static Floats valuesOf(const RawSamples& samples)
    {
        const auto values = samples.x.as<float>();
        return Floats(values.begin(), values.end());
    }

    TempFolder m_folder;
    std::shared_ptr<const DataReader> m_reader = makeTsReader();
    DataSettings m_settings = test::dataSettings("ts", "train.ts");
};

TEST_F(TsReaderTest, FillsUpToTheLongestSeries)
{
    const std::string content = kHead + "1,2,3:4,5,6:run\n# in between\n7:8,-5.8E-5 : walk\r\n";
    for (const std::string& text : { content, gzip(content) }) {
        const RawSamples samples = require(read(text));
        EXPECT_EQ(samples.x.shape(), (Shape { 2, 2, 3 }));
        EXPECT_EQ(valuesOf(samples), (Floats { 1, 2, 3, 4, 5, 6, 7, 0, 0, 8, -5.8E-5F, 0 }));
        EXPECT_EQ(samples.y, (Ids { 1, 0 })); // in the order of @classLabel
        EXPECT_EQ(samples.classNames, (std::vector<std::string> { "walk", "run" }));
    }
}

TEST_F(TsReaderTest, GivesTestTheLengthOfTrain)
{
    ASSERT_TRUE(read(kHead + "1,2:3,4:run\n").ok());
    const RawSamples test = require(readTest(kHead + "1,2,3:4,5,6:walk\n7:8:run\n"));
    EXPECT_EQ(test.x.shape(), (Shape { 2, 2, 2 }));
    EXPECT_EQ(valuesOf(test), (Floats { 1, 2, 4, 5, 7, 0, 8, 0 }));
    EXPECT_EQ(test.y, (Ids { 0, 1 }));
}

TEST_F(TsReaderTest, NumbersTheClassesOfTestAsTrainDoes)
{
    ASSERT_TRUE(read(kHead + "1,2:3,4:run\n").ok());
    const std::string head = "@univariate false\n@classLabel true run walk jump\n@data\n";
    const RawSamples test = require(readTest(head + "1:2:run\n1:2:walk\n"));
    EXPECT_EQ(test.y, (Ids { 1, 0 }));
    EXPECT_CONTAINS(badInputText(readTest(head + "1:2:jump\n")), "class \"jump\" of sample 1 is not named");
    EXPECT_CONTAINS(badInputText(readTest("@univariate true\n@classLabel true run\n@data\n1,2:run\n")),
        "has 1 dimensions, train has 2");
}

TEST_F(TsReaderTest, DoesNotOpenTheTestFileForTrain)
{
    m_settings.test = "test.ts";
    EXPECT_TRUE(read(kHead + "1:2:run\n").ok());
    EXPECT_CONTAINS(
        badInputText(m_reader->read(m_settings, m_folder.path(), Part::Test)), "test.ts: there is no");
    EXPECT_EQ(require(m_reader->files(m_settings, m_folder.path())).size(), 2U);
    m_settings.test.clear();
    EXPECT_FALSE(require(m_reader->hasTest(m_settings, m_folder.path())));
    EXPECT_CONTAINS(badInputText(m_reader->read(m_settings, m_folder.path(), Part::Test)), "no test split");
}

TEST_F(TsReaderTest, ReadsWithoutDimensionsInTheHeader)
{
    const RawSamples samples = require(read(
        "@problemName x_eq.ts\n@timestamps false\n@univariate false\n@equalLength true\n@seriesLength 2\n"
        "@classLabel true 1 2\n@data\n1,2:3,4:5,6:2\n"));
    EXPECT_EQ(samples.x.shape(), (Shape { 1, 3, 2 }));
    EXPECT_EQ(samples.y, Ids { 1 });
}

TEST_F(TsReaderTest, NamesMissingValues)
{
    EXPECT_CONTAINS(
        badInputText(read(kHead + "1,2:3,?:run\n")), "train.ts:10: value 2 of dimension 2 is missing");
    EXPECT_CONTAINS(badInputText(read(kHead + "1,NaN:3:run\n")), "value 2 of dimension 1 is missing");
}

TEST_F(TsReaderTest, ChecksTheSeriesAgainstTheHeader)
{
    EXPECT_CONTAINS(
        badInputText(read(kHead + "1:2:3:run\n")), "expected 2 dimensions and a class between ':', found 3");
    EXPECT_CONTAINS(badInputText(read(kHead + "1,2\n")), "found no ':'");
    EXPECT_CONTAINS(badInputText(read(kHead + "1,x:2:run\n")), "must be a number, found \"x\"");
    EXPECT_CONTAINS(badInputText(read(kHead + ":2:run\n")), "must be a number, found \"\"");
    EXPECT_CONTAINS(badInputText(read(kHead + "1e39:2:run\n")), "must be a finite float32");
    EXPECT_CONTAINS(badInputText(read(kHead + "1:2:swim\n")), "class \"swim\" of sample 1 is not named");
    EXPECT_CONTAINS(badInputText(read(kHead)), "no series");
    const std::string equal = "@equalLength true\n@seriesLength 3\n@classLabel true a b\n@data\n";
    EXPECT_CONTAINS(badInputText(read(equal + "1,2,3:a\n1,2:b\n")), "has 2 values, @seriesLength declares 3");
    EXPECT_CONTAINS(badInputText(read("@univariate true\n@classLabel true a b\n@data\n1:2:a\n")),
        "expected 1 dimensions");
}

TEST_F(TsReaderTest, NamesWhatTheHeaderLacks)
{
    EXPECT_CONTAINS(badInputText(read("")), "no @data line");
    EXPECT_CONTAINS(badInputText(read("1,2:run\n")), "begins with @");
    EXPECT_CONTAINS(badInputText(read("@problemName x\n@data\n1:a\n")), "names no classes");
    EXPECT_CONTAINS(badInputText(read("@classLabel false\n@data\n1:a\n")), "names no classes");
    EXPECT_CONTAINS(badInputText(read("@classLabel true a b a\n@data\n1:a\n")), "names the class a twice");
    EXPECT_CONTAINS(badInputText(read("@classLabel yes\n@data\n")), "true or false");
    EXPECT_CONTAINS(badInputText(read("@timeStamps true\n@classLabel true a\n@data\n")), "time stamps");
    EXPECT_CONTAINS(badInputText(read("@targetLabel true\n@data\n")), "regression");
    EXPECT_CONTAINS(badInputText(read("@dimensions 0\n@data\n")), "whole number of 1 or more");
    EXPECT_CONTAINS(badInputText(read("@dimensions 2.5\n@data\n")), "whole number of 1 or more");
    EXPECT_CONTAINS(
        badInputText(read("@univariate true\n@dimensions 2\n@classLabel true a\n@data\n")), "2 dimensions");
}

TEST_F(TsReaderTest, RefusesToFillUpWithoutBound)
{
    // One long series would make 8 GiB of a few megabytes.
    std::string content = "@univariate true\n@classLabel true a b\n@data\n1";
    for (int i = 1; i < 50'000; ++i)
        content += ",1";
    content += ":a\n";
    for (int i = 0; i < 50'000; ++i)
        content += "1:b\n";
    EXPECT_CONTAINS(badInputText(read(content)), "more than is read into memory");
}

TEST_F(TsReaderTest, SurvivesACutAtEveryLength)
{
    const std::string content = kHead + "1,2.5:3,4:run\n5,6:7,8:walk";
    const std::string packed = gzip(content);
    for (std::size_t length = 0; length < content.size(); ++length) {
        const Result<RawSamples> cut = read(content.substr(0, length));
        EXPECT_TRUE(!cut.ok() || cut->count() == 1) << content.substr(0, length);
    }
    for (std::size_t length = 0; length < packed.size(); ++length)
        EXPECT_FALSE(read(packed.substr(0, length)).ok()) << length;
}

} // namespace
} // namespace palimpsest
