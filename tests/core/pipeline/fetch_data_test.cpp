// SPDX-License-Identifier: Apache-2.0
#include "core/pipeline/fetch_data.h"

#include "core/base/file.h"
#include "core/base/hash.h"
#include "core/data/data_store.h"
#include "core/io/hdf5_data.h"

#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <fstream>

namespace palimpsest {
namespace {

namespace fs = std::filesystem;

/// Puts a file where downloadDataSet() leaves it.
CatalogueDownload fetched(const fs::path& folder, const std::string& file, const std::string& content)
{
    const fs::path path = fetchFolder("small", folder) / "files" / file;
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << content;
    return { "http://nowhere/" + file, file, 0, sha256(content), false, "", {} };
}

class FetchDataTest : public testing::Test {
protected:
    FetchDataTest()
    {
        m_entry.name = "small";
        m_entry.title = "Small";
        m_entry.licence = "CC0";
        m_entry.data.format = "hdf5";
        m_entry.data.path = "small.h5";
        m_entry.source.format = "csv";
        m_entry.source.path = "train.csv";
        m_entry.source.test = "test.csv";
        m_entry.downloads = { fetched(m_folder.path(), "train.csv", "1,2,cat\n3,4,dog\n5,6,cat\n"),
            fetched(m_folder.path(), "test.csv", "7,8,dog\n") };
    }
    Result<std::string> convert(bool keepFiles = false)
    {
        return convertDataSet(m_entry, m_folder.path(), keepFiles, JobContext(m_channel, m_stop.get_token()));
    }

    test::TemporaryFolder m_folder;
    CatalogueEntry m_entry;
    JobChannel m_channel;
    std::stop_source m_stop;
};

TEST_F(FetchDataTest, ConvertsIntoTheFormThatRecipesUse)
{
    const Result<std::string> summary = convert();
    ASSERT_TRUE(summary.ok()) << summary.error().text();
    EXPECT_NE(summary->find("3 samples to train, 1 to test, of shape [2] and 2 classes"), std::string::npos)
        << *summary;
    const auto train = readPart(allReaders(), m_entry.data, {}, m_folder.path(), Part::Train);
    ASSERT_TRUE(train.ok()) << train.error().text();
    EXPECT_EQ(train->x.as<float>()[3], 4.0F);
    EXPECT_EQ(train->y, (std::vector<std::int32_t> { 0, 1, 0 }));
    EXPECT_EQ(train->classNames, (std::vector<std::string> { "cat", "dog" }));
    const auto test = readPart(allReaders(), m_entry.data, {}, m_folder.path(), Part::Test);
    ASSERT_TRUE(test.ok()) << test.error().text();
    EXPECT_EQ(test->y, (std::vector<std::int32_t> { 1 }));
    EXPECT_FALSE(fs::exists(fetchFolder("small", m_folder.path())));
    const auto made = DataStore(m_folder.path()).made("small");
    ASSERT_TRUE(made.ok());
    EXPECT_EQ(*made, *sha256File(m_folder.path() / "small.h5"));
}

TEST_F(FetchDataTest, KeepsTheFilesWhereItShall)
{
    ASSERT_TRUE(convert(true).ok());
    EXPECT_TRUE(fs::exists(fetchFolder("small", m_folder.path()) / "files/train.csv"));
}

TEST_F(FetchDataTest, ABadFileIsASentenceAndLeavesNoResult)
{
    m_entry.downloads[1] = fetched(m_folder.path(), "test.csv", "7,8,bird\n");
    const Result<std::string> summary = convert();
    ASSERT_FALSE(summary.ok());
    EXPECT_NE(summary.error().text().find("\"bird\""), std::string::npos);
    EXPECT_FALSE(fs::exists(m_folder.path() / "small.h5"));
}

TEST_F(FetchDataTest, IsCanceled)
{
    m_stop.request_stop();
    const Result<std::string> summary = convert();
    ASSERT_FALSE(summary.ok());
    EXPECT_EQ(summary.error().kind, ErrorKind::Canceled);
}

} // namespace
} // namespace palimpsest
