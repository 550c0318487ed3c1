// SPDX-License-Identifier: Apache-2.0
#include "core/data/fetch.h"

#include "core/base/file.h"
#include "core/base/hash.h"
#include "core/data/data_store.h"
#include "fixtures.h"
#include "http_server.h"

#include <nlohmann/json.hpp>

namespace palimpsest {
namespace {

namespace fs = std::filesystem;

using test::badInputText;
using test::HttpReply;
using test::HttpRequest;
using test::HttpServer;
using test::require;
using test::TempFolder;
using test::zip;

class FetchTest : public testing::Test {
protected:
    FetchTest()
        : m_server([this](const HttpRequest& request, HttpReply& reply) {
            test::serveFile(request, reply, request.path == "/a.zip" ? m_archive : m_plain, "\"1\"");
        })
    {
        m_entry.name = "small";
        m_entry.downloads = { { m_server.url("/a.zip"), "a.zip", 100, "", true, "pictures", { "*.txt" } },
            { m_server.url("/b.bin"), "b.bin", 10, sha256(m_plain), false, "", {} } };
    }
    Result<std::vector<UnconfirmedFile>> fetch()
    {
        return downloadDataSet(m_entry, m_folder.path(), JobContext(m_channel, m_stop.get_token()));
    }
    Result<fs::path> unpack()
    {
        return unpackDataSet(m_entry, m_folder.path(), JobContext(m_channel, m_stop.get_token()));
    }

    std::string m_archive = zip({ { "x/one.txt", "1" }, { "x/two.bin", "2" } });
    std::string m_plain = "plain";
    HttpServer m_server;
    CatalogueEntry m_entry;
    TempFolder m_folder;
    JobChannel m_channel;
    std::stop_source m_stop;
};

TEST_F(FetchTest, AsksForWhatIsNotKnownAndExpectsItFromThenOn)
{
    const auto unconfirmed = require(fetch());
    ASSERT_EQ(unconfirmed.size(), 1U) << "the other one has a hash in the catalogue";
    EXPECT_EQ(unconfirmed[0].sha256, sha256(m_archive));
    EXPECT_EQ(unconfirmed[0].bytes, m_archive.size());
    EXPECT_CONTAINS(badInputText(unpack()), "nobody confirmed yet that its SHA-256, " + sha256(m_archive));
    EXPECT_EQ(require(fetch()).size(), 1U) << "still not confirmed; nothing is fetched twice";
    EXPECT_EQ(m_server.requests().size(), 2U);

    ASSERT_TRUE(DataStore(m_folder.path()).pin(unconfirmed[0].url, unconfirmed[0].sha256).ok());
    EXPECT_TRUE(require(fetch()).empty());
    const fs::path raw = require(unpack());
    EXPECT_EQ(require(readFile(raw / "pictures/x/one.txt")), "1");
    EXPECT_FALSE(fs::exists(raw / "pictures/x/two.bin"));
    EXPECT_EQ(require(readFile(raw / "b.bin")), "plain");

    fs::remove_all(fetchFolder("small", m_folder.path()));
    m_archive = zip({ { "x/one.txt", "another" } });
    EXPECT_CONTAINS(badInputText(fetch()), "the file that came has the SHA-256 " + sha256(m_archive));
}

TEST_F(FetchTest, RefusesOtherBytesThanTheCatalogueKnows)
{
    m_plain = "changed";
    EXPECT_CONTAINS(badInputText(fetch()), "expected " + sha256("plain"));
}

TEST_F(FetchTest, AFileThatChangedOnTheDiskIsNotUnpacked)
{
    const auto unconfirmed = require(fetch());
    ASSERT_TRUE(DataStore(m_folder.path()).pin(unconfirmed[0].url, unconfirmed[0].sha256).ok());
    m_folder.write("fetch/small/files/b.bin", "changed");
    EXPECT_CONTAINS(badInputText(unpack()), "b.bin: has the SHA-256");
    EXPECT_FALSE(fs::exists(m_folder.path() / "fetch/small/raw"));
}

TEST_F(FetchTest, AnArchiveWithoutTheWantedFilesIsASentence)
{
    m_archive = zip({ { "x/two.bin", "2" } });
    const auto unconfirmed = require(fetch());
    ASSERT_TRUE(DataStore(m_folder.path()).pin(unconfirmed[0].url, unconfirmed[0].sha256).ok());
    EXPECT_CONTAINS(badInputText(unpack()), "holds none of the files that are wanted");
}

TEST_F(FetchTest, SaysWhereToGoWhereNoProgramCanFetch)
{
    m_entry.downloads.clear();
    m_entry.page = "https://somewhere";
    EXPECT_CONTAINS(badInputText(fetch()), "see https://somewhere");
}

TEST(DataStore, RemembersAndRefusesWhatIsNotItsOwn)
{
    const TempFolder folder;
    DataStore store(folder.path() / "new");
    EXPECT_EQ(require(store.pinned("http://a")), std::nullopt);
    EXPECT_FALSE(require(store.isAccepted("svhn")));
    ASSERT_TRUE(store.pin("http://a", "123").ok());
    ASSERT_TRUE(store.accept("svhn").ok());
    ASSERT_TRUE(store.setMade("svhn", "456").ok());
    DataStore again(folder.path() / "new");
    EXPECT_EQ(require(again.pinned("http://a")), "123");
    EXPECT_TRUE(require(again.isAccepted("svhn")));
    EXPECT_EQ(require(again.made("svhn")), "456");
    for (const char* text :
        { "[]", "{", "{\"format\":\"other\"}", "{\"format\":\"palimpsest-data\",\"version\":1,\"pins\":3}",
            "{\"format\":\"palimpsest-data\",\"version\":1,\"pins\":{\"a\":3}}" }) {
        folder.write("new/palimpsest-data.json", text);
        EXPECT_FALSE(again.pinned("http://a").ok()) << text;
        EXPECT_FALSE(again.pin("http://b", "1").ok()) << text;
    }
}

} // namespace
} // namespace palimpsest
