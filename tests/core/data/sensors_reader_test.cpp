// SPDX-License-Identifier: Apache-2.0
#include "core/data/sensors_reader.h"

#include "fixtures.h"

namespace palimpsest {
namespace {

using test::badInputText;
using test::dataSettings;
using test::gzip;
using test::require;
using test::TempFolder;

class SensorsReaderTest : public testing::Test {
protected:
    SensorsReaderTest() { m_settings.windows = { 2, 0 }; }
    Result<RawSamples> read(Part part = Part::Train)
    {
        return makeSensorsReader()->read(m_settings, m_folder.path(), part);
    }
    static std::vector<float> values(const RawSamples& samples)
    {
        const auto x = samples.x.as<float>();
        return { x.begin(), x.end() };
    }

    TempFolder m_folder;
    DataSettings m_settings = dataSettings("sensors", "stream.csv");
};

using Ids = std::vector<std::int32_t>;

TEST_F(SensorsReaderTest, CutsRunsOfOneLabelIntoWindows)
{
    m_folder.write("stream.csv",
        "x,y,label\n1,10,walk\n2,20,walk\n3,30,walk\n4,40,sit\n5,50,sit\n6,60,walk\n7,70,walk\n");
    const RawSamples samples = require(read());
    EXPECT_EQ(samples.x.shape(), (Shape { 3, 2, 2 }));
    EXPECT_EQ(values(samples), (std::vector<float> { 1, 2, 10, 20, 4, 5, 40, 50, 6, 7, 60, 70 }))
        << "row 3 fills no window of its own";
    EXPECT_EQ(samples.y, (Ids { 1, 0, 1 }));
    EXPECT_EQ(samples.classNames, (std::vector<std::string> { "sit", "walk" }));
    EXPECT_EQ(samples.group, (Ids { 0, 1, 2 })) << "each run is a group";
}

TEST_F(SensorsReaderTest, WindowsOverlapWhereTheStepIsSmaller)
{
    m_folder.write("stream.csv", "x,label\n1,0\n2,0\n3,0\n4,0\n5,0\n");
    m_settings.windows = { 3, 1 };
    EXPECT_EQ(values(require(read())), (std::vector<float> { 1, 2, 3, 2, 3, 4, 3, 4, 5 }));
    EXPECT_EQ(require(read()).group, (Ids { 0, 0, 0 })) << "overlapping windows never part";
    m_settings.windows = { 1, 3 };
    EXPECT_EQ(values(require(read())), (std::vector<float> { 1, 4 }));
}

TEST_F(SensorsReaderTest, PeopleAreGroupsAndFolds)
{
    m_folder.write("stream.csv",
        "time,x,gt,User\n0,1,sit,a\n1,2,sit,a\n2,3,sit,b\n3,4,sit,b\n4,5,null,b\n5,6,walk,b\n6,7,walk,b\n7,8,"
        "sit,c\n8,9,sit,c\n");
    m_settings.columns = { "", "gt", { "x" }, { "gt!=null" } };
    m_settings.groups.column = "User";
    m_settings.folds = { "User", "", { "c" }, { "a" } };
    const RawSamples train = require(read());
    EXPECT_EQ(values(train), (std::vector<float> { 1, 2, 3, 4, 6, 7 }));
    EXPECT_EQ(train.group, (Ids { 0, 1, 1 }));
    EXPECT_EQ(train.isValidation, (std::vector<std::uint8_t> { 1, 0, 0 }));
    EXPECT_EQ(train.y, (Ids { 0, 0, 1 }));
    EXPECT_EQ(values(require(read(Part::Test))), (std::vector<float> { 8, 9 }));
    EXPECT_TRUE(require(makeSensorsReader()->hasTest(m_settings, m_folder.path())));
    m_settings.groups.withinClass = true;
    EXPECT_EQ(require(read()).group, (Ids { 0, 1, 2 }));
}

TEST_F(SensorsReaderTest, EachFileOfAFolderIsAStream)
{
    m_folder.write("streams/b.csv", "x,label\n3,1\n4,1\n");
    m_folder.write("streams/a.csv", "x,label\n1,0\n2,0\n9,1\n");
    m_folder.write("streams/deep/c.CSV.gz", gzip("x,label\n5,1\n6,1\n"));
    m_folder.write("streams/notes.txt", "none");
    m_folder.write("held.csv", "x,label\n7,1\n8,1\n");
    m_settings.path = "streams";
    EXPECT_EQ(values(require(read())), (std::vector<float> { 1, 2, 3, 4, 5, 6 }))
        << "no run goes over a file's end";
    m_settings.test = "held.csv";
    EXPECT_EQ(values(require(read(Part::Test))), (std::vector<float> { 7, 8 }));
    EXPECT_EQ(require(makeSensorsReader()->files(m_settings, m_folder.path())).size(), 4U);
    m_folder.write("held.csv", "x,y,label\n7,1,1\n8,1,1\n");
    EXPECT_CONTAINS(badInputText(read(Part::Test)), "another number of columns of measurements than train");
    m_folder.write("streams/b.csv", "x,y,label\n3,1,1\n");
    EXPECT_CONTAINS(badInputText(read()), "b.csv: has 2 columns of measurements, the first file 1");
}

TEST_F(SensorsReaderTest, NamesFileAndLine)
{
    const auto refusal = [&](const std::string& content) {
        m_folder.write("stream.csv", content);
        return badInputText(read());
    };
    EXPECT_CONTAINS(
        refusal("x,label\n1,0\n,0\n"), "stream.csv:3: column x must hold a finite number, found \"\"");
    EXPECT_CONTAINS(refusal("x,label\n1,0\nnan,0\n"), "stream.csv:3: column x must hold a finite number");
    EXPECT_CONTAINS(refusal("x,label\n1,0\n2,\n"), "stream.csv:3: the label is missing");
    EXPECT_CONTAINS(refusal("x,what\n1,0\n"), "name it in data.columns.label");
    EXPECT_CONTAINS(refusal("label\n1\n"), "no columns of measurements");
    EXPECT_CONTAINS(refusal("x,label\n1,0\n2,1\n"), "holds no run of 2 rows");
    m_settings.windows.rows = 0;
    EXPECT_CONTAINS(refusal("x,label\n1,0\n2,1\n"), "data.windows.rows: must be set");
}

} // namespace
} // namespace palimpsest
