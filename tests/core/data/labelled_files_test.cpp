// SPDX-License-Identifier: Apache-2.0
#include "core/data/labelled_files.h"

#include "fixtures.h"

#include <array>

namespace palimpsest {
namespace {

using test::badInputText;
using test::dataSettings;
using test::require;
using test::TempFolder;

constexpr std::array<std::string_view, 2> kSuffixes { ".wav", ".png" };

class LabelledFilesTest : public testing::Test {
protected:
    LabelledFiles list(Part part = Part::Train)
    {
        return require(LabelledFiles::list(m_settings, m_folder.path(), part, kSuffixes));
    }
    std::string refusal(Part part = Part::Train)
    {
        return badInputText(LabelledFiles::list(m_settings, m_folder.path(), part, kSuffixes));
    }
    /// "label:name" of each file.
    std::vector<std::string> names(Part part = Part::Train)
    {
        std::vector<std::string> names;
        const LabelledFiles listed = list(part);
        for (const LabelledFile& file : listed.files())
            names.push_back(file.label + ":" + file.path.filename().string());
        return names;
    }
    RawSamples described(Part part = Part::Train)
    {
        RawSamples samples;
        const Status status = list(part).describe(samples, "here");
        if (!status.ok())
            ADD_FAILURE() << status.error().text();
        return samples;
    }
    void touch(std::initializer_list<const char*> files)
    {
        for (const char* file : files)
            m_folder.write(file, "x");
    }

    TempFolder m_folder;
    DataSettings m_settings = dataSettings("audio", "set");
};

using Names = std::vector<std::string>;
using Ids = std::vector<std::int32_t>;

TEST_F(LabelledFilesTest, EachFolderIsAClass)
{
    touch({ "set/yes/b.wav", "set/yes/a.WAV", "set/no/deep/c.wav", "set/README", "set/top.wav",
        "set/no/notes.txt", "set/_background_noise_/n.wav", "set/.git/x.wav" });
    EXPECT_EQ(names(), (Names { "no:c.wav", "yes:a.WAV", "yes:b.wav" }));
    const RawSamples samples = described();
    EXPECT_EQ(samples.y, (Ids { 0, 1, 1 }));
    EXPECT_EQ(samples.classNames, (Names { "no", "yes" }));
    EXPECT_TRUE(samples.group.empty());
    EXPECT_TRUE(samples.isValidation.empty());
    EXPECT_FALSE(LabelledFiles::hasTest(m_settings));
}

TEST_F(LabelledFilesTest, FoldersCalledByNumbersAreTheClassNumbers)
{
    touch({ "set/00010/a.png", "set/00002/b.png" });
    EXPECT_EQ(described().y, (Ids { 2, 10 }));
}

TEST_F(LabelledFilesTest, TheTestFolderHasTheSameForm)
{
    touch({ "set/no/a.wav", "set/yes/b.wav", "held/yes/c.wav" });
    m_settings.test = "held";
    EXPECT_TRUE(LabelledFiles::hasTest(m_settings));
    EXPECT_EQ(names(), (Names { "no:a.wav", "yes:b.wav" }));
    EXPECT_EQ(names(Part::Test), (Names { "yes:c.wav" }));
    EXPECT_EQ(described(Part::Test).y, (Ids { 1 })) << "numbered as in train, though `no` is missing here";
    touch({ "held/maybe/d.wav" });
    RawSamples samples;
    EXPECT_CONTAINS(badInputText(list(Part::Test).describe(samples, "here")), "\"maybe\"");
    EXPECT_EQ(require(LabelledFiles::allPaths(m_settings, m_folder.path(), kSuffixes)).size(), 4U);
}

TEST_F(LabelledFilesTest, ListsTellTheSplits)
{
    touch({ "set/no/ann_nohash_0.wav", "set/no/ann_nohash_1.wav", "set/no/bob_nohash_0.wav",
        "set/yes/ann_nohash_0.wav", "set/yes/eve_nohash_0.wav" });
    m_folder.write("set/testing_list.txt", "no/bob_nohash_0.wav\n");
    m_folder.write("set/validation_list.txt", "yes/eve_nohash_0.wav\r\n");
    m_settings.lists = { "testing_list.txt", "validation_list.txt" };
    m_settings.groups.before = "_nohash_";
    EXPECT_EQ(names(Part::Test), (Names { "no:bob_nohash_0.wav" }));
    EXPECT_EQ(names(),
        (Names {
            "no:ann_nohash_0.wav", "no:ann_nohash_1.wav", "yes:ann_nohash_0.wav", "yes:eve_nohash_0.wav" }));
    const RawSamples train = described();
    EXPECT_EQ(train.group, (Ids { 0, 0, 0, 1 })) << "a speaker is one group, whatever the word";
    EXPECT_EQ(train.isValidation, (std::vector<std::uint8_t> { 0, 0, 0, 1 }));
    m_settings.groups.withinClass = true;
    EXPECT_EQ(described().group, (Ids { 0, 0, 1, 2 }));
    EXPECT_EQ(require(LabelledFiles::allPaths(m_settings, m_folder.path(), kSuffixes)).size(), 7U);

    m_folder.write("set/validation_list.txt", "no/bob_nohash_0.wav\n");
    EXPECT_CONTAINS(refusal(), "is in the test split and in the validation split");
    m_folder.write("set/testing_list.txt", "\nno/gone.wav\n");
    EXPECT_CONTAINS(refusal(), "testing_list.txt:2: names no/gone.wav");
}

TEST_F(LabelledFilesTest, TablesNameFilesClassesFoldsAndGroups)
{
    touch({ "set/audio/fold1/a.wav", "set/audio/fold1/b.wav", "set/audio/fold2/c.wav" });
    m_folder.write("set/meta/all.csv",
        "slice_file_name,fsID,fold,classID,class\na.wav,7,1,0,\"horn, car\"\n"
        "b.wav,7,1,1,dog\nc.wav,8,2,1,dog\n");
    m_settings.labels = "meta/all.csv";
    m_settings.folds = { "fold", "", { "2" }, {} };
    m_settings.groups.column = "fsID";
    EXPECT_EQ(names(), (Names { "horn, car:a.wav", "dog:b.wav" }));
    EXPECT_EQ(names(Part::Test), (Names { "dog:c.wav" }));
    EXPECT_EQ(described().y, (Ids { 1, 0 })) << "by the names' alphabet";
    EXPECT_EQ(described().group, (Ids { 0, 0 }));
    m_settings.columns.label = "classID";
    EXPECT_EQ(described().y, (Ids { 0, 1 }));
    m_settings.columns.where = { "class!=dog" };
    EXPECT_EQ(names(), (Names { "0:a.wav" }));
    EXPECT_CONTAINS(refusal(Part::Test), "no row of the table is taken");
    m_settings.columns.where = { "colour=red" };
    EXPECT_CONTAINS(refusal(), "has no column \"colour\"");
    m_settings.columns.where = { "=x" };
    EXPECT_CONTAINS(refusal(), "expected COLUMN=VALUE");
}

TEST_F(LabelledFilesTest, NamesTellFolds)
{
    touch({ "set/001 - Dog/1-30226-A.wav", "set/001 - Dog/5-100-A.wav", "set/002 - Rain/5-200-A.wav",
        "set/002 - Rain/2-300-A.wav" });
    m_settings.folds = { "", "-", { "5" }, { "2" } };
    EXPECT_EQ(names(), (Names { "001 - Dog:1-30226-A.wav", "002 - Rain:2-300-A.wav" }));
    EXPECT_EQ(names(Part::Test), (Names { "001 - Dog:5-100-A.wav", "002 - Rain:5-200-A.wav" }));
    EXPECT_EQ(described().isValidation, (std::vector<std::uint8_t> { 0, 1 }));
}

TEST_F(LabelledFilesTest, AStarTakesATableOfEachFolder)
{
    touch({ "set/00000/00000_00000.png", "set/00000/00000_00001.png", "set/00001/00000_00000.png" });
    m_folder.write("set/00000/GT-00000.csv",
        "Filename;Width;Height;Roi.X1;Roi.Y1;Roi.X2;Roi.Y2;ClassId\n00000_00000.png;9;9;1;2;7;8;0\n"
        "00000_00001.png;9;9;1;2;7;8;0\n");
    m_folder.write("set/00001/GT-00001.csv",
        "Filename;Width;Height;Roi.X1;Roi.Y1;Roi.X2;Roi.Y2;ClassId\n00000_00000.png;9;9;3;3;4;4;1\n");
    m_settings.labels = "GT-*.csv";
    m_settings.groups = { "", "_", true };
    const LabelledFiles files = list();
    ASSERT_EQ(files.files().size(), 3U);
    ASSERT_TRUE(files.files()[2].region.has_value());
    EXPECT_EQ(files.files()[2].region->left, 3);
    EXPECT_EQ(files.files()[0].region->bottom, 8);
    EXPECT_EQ(files.files()[2].path, m_folder.path() / "set/00001/00000_00000.png")
        << "the one beside its table";
    EXPECT_EQ(described().group, (Ids { 0, 0, 1 })) << "tracks are numbered anew in each class";
    m_settings.labels = "none-*.csv";
    EXPECT_CONTAINS(refusal(), "holds no file called none-*.csv");
}

TEST_F(LabelledFilesTest, RefusesWhatDoesNotFit)
{
    EXPECT_CONTAINS(refusal(), "could not be read");
    touch({ "set/no/readme.txt" });
    EXPECT_CONTAINS(refusal(), "expected a folder for each class with files (.wav, .png)");
    touch({ "set/a/one.wav", "set/b/one.wav" });
    m_settings.labels = "t.csv";
    EXPECT_CONTAINS(refusal(), "t.csv: there is no such file");
    m_folder.write("set/t.csv", "file,label\nx.wav,1\n");
    EXPECT_CONTAINS(refusal(), "t.csv:2: names x.wav, and there is no such file");
    m_folder.write("set/t.csv", "file,label\none.wav,1\n");
    EXPECT_CONTAINS(refusal(), "two files of this name");
    m_folder.write("set/t.csv", "file,label\n../set/a/one.wav,1\n");
    EXPECT_CONTAINS(refusal(), "expected the name of a file below the folder");
    m_folder.write("set/t.csv", "file,label\n/etc/passwd,1\n");
    EXPECT_CONTAINS(refusal(), "expected the name of a file below the folder");
    m_folder.write("set/t.csv", "file,label\na/one.wav\n");
    EXPECT_CONTAINS(refusal(), "t.csv:2: expected 2 fields");
    m_folder.write("set/t.csv", "file,label\na/one.wav,\n");
    EXPECT_CONTAINS(refusal(), "is missing");
    m_folder.write("set/t.csv", "one,two\na/one.wav,1\n");
    EXPECT_CONTAINS(refusal(), "name it in data.columns.file");
    m_settings.labels = "../t.csv";
    EXPECT_CONTAINS(refusal(), "expected a file below data.path");
    m_settings.labels = "";
    m_settings.test = "held";
    m_settings.folds.test = { "1" };
    EXPECT_CONTAINS(refusal(), "must come from one of them");
}

} // namespace
} // namespace palimpsest
