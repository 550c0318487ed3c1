// SPDX-License-Identifier: Apache-2.0
#include "core/data/catalogue.h"

#include "core/data/data_store.h"
#include "fixtures.h"

#include <cstdlib>
#include <optional>
#include <set>

namespace palimpsest {
namespace {

using test::badInputText;
using test::require;
using test::TempFolder;

/// Sets an environment variable for as long as the object lives; empty: unset.
class Variable {
public:
    Variable(std::string name, const std::string& value)
        : m_name(std::move(name))
    {
        if (const char* old = std::getenv(m_name.c_str()))
            m_old = old;
        set(value.empty() ? std::nullopt : std::optional(value));
    }
    ~Variable() { set(m_old); }
    Variable(const Variable&) = delete;
    Variable& operator=(const Variable&) = delete;

private:
    void set(const std::optional<std::string>& value)
    {
        if (value)
            setenv(m_name.c_str(), value->c_str(), 1);
        else
            unsetenv(m_name.c_str());
    }
    std::string m_name;
    std::optional<std::string> m_old;
};

bool isHash(const std::string& text)
{
    return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

TEST(Catalogue, EntriesAreWhole)
{
    std::set<std::string> names;
    for (const CatalogueEntry& entry : dataCatalogue()) {
        names.insert(entry.name);
        for (const std::string& text : { entry.title, entry.description, entry.licence, entry.citation })
            EXPECT_FALSE(text.empty()) << entry.name;
        EXPECT_EQ(entry.package.empty(), entry.files.empty()) << entry.name;
        EXPECT_EQ(entry.page.empty(), !entry.files.empty()) << entry.name;
        std::set<std::string> hashes;
        for (const CatalogueFile& file : entry.files) {
            EXPECT_TRUE(isHash(file.sha256)) << file.path;
            EXPECT_GT(file.bytes, 0U);
            EXPECT_TRUE(file.path.starts_with(entry.name + "/")) << file.path;
            hashes.insert(file.sha256);
        }
        EXPECT_EQ(hashes.size(), entry.files.size());
        std::set<std::string> targets;
        for (const CatalogueDownload& download : entry.downloads) {
            EXPECT_TRUE(download.url.starts_with("https://") || download.url.starts_with("http://"))
                << download.url;
            EXPECT_TRUE(download.sha256.empty() || isHash(download.sha256)) << download.url;
            targets.insert(download.file);
        }
        EXPECT_EQ(targets.size(), entry.downloads.size()) << entry.name;
        EXPECT_EQ(entry.source.format.empty(), entry.downloads.empty()) << entry.name;
        if (entry.files.empty()) {
            EXPECT_EQ(entry.data.path, entry.name + ".h5");
        }
    }
    EXPECT_EQ(names,
        (std::set<std::string> { "digits", "fashion", "motions", "vowels", "cifar10", "mnist", "fmnist",
            "gtsrb", "svhn", "gsc", "esc10", "us8k", "hhar", "obstacle" }));
}

TEST(Catalogue, AsksForConsentWhereTheLicenceIsNotFree)
{
    for (const CatalogueEntry& entry : dataCatalogue())
        EXPECT_EQ(entry.isNonCommercial,
            entry.licence.find("-NC") != std::string::npos
                || entry.licence.find("non-commercial") != std::string::npos)
            << entry.name;
}

TEST(Catalogue, SaysHowToGetWhatIsMissing)
{
    const TempFolder folder;
    const DataSetCheck svhn = require(findDataSetFiles("svhn", folder.path()));
    EXPECT_FALSE(svhn.isComplete());
    EXPECT_CONTAINS(svhn.advice, "`palimpsest data fetch svhn` gets it (about 246 MB to fetch)");
    EXPECT_CONTAINS(
        require(findDataSetFiles("obstacle", folder.path())).advice, "no program can fetch it: see https://");
    folder.write("svhn.h5", "made by hand");
    EXPECT_TRUE(require(checkDataSet("svhn", folder.path())).isComplete());
    ASSERT_TRUE(DataStore(folder.path()).setMade("svhn", std::string(64, '0')).ok());
    EXPECT_FALSE(require(checkDataSet("svhn", folder.path())).isComplete());
}

TEST(Catalogue, ListsTheKnownNames)
{
    EXPECT_EQ(require(findDataSet("vowels")).name, "vowels");
    EXPECT_CONTAINS(badInputText(findDataSet("vowel")),
        "unknown data set \"vowel\"; known are fashion, digits, vowels, motions, cifar10");
    EXPECT_CONTAINS(badInputText(checkDataSet("vowel")), "unknown data set");
}

TEST(Catalogue, FindsTheCacheFolder)
{
    const Variable home("HOME", "/home/somebody");
    {
        const Variable cache("XDG_CACHE_HOME", "/var/cache/somebody");
        EXPECT_EQ(dataFolder(), "/var/cache/somebody/palimpsest/data");
    }
    {
        const Variable relative("XDG_CACHE_HOME", "cache");
        EXPECT_EQ(dataFolder(), "/home/somebody/.cache/palimpsest/data");
    }
    {
        const Variable unset("XDG_CACHE_HOME", "");
        EXPECT_EQ(dataFolder(), "/home/somebody/.cache/palimpsest/data");
        const Variable nobody("HOME", "");
        EXPECT_TRUE(dataFolder().is_absolute());
    }
}

TEST(Catalogue, TellsMissingFromDamaged)
{
    const TempFolder folder;
    const CatalogueEntry entry = require(findDataSet("motions"));
    const DataSetCheck none = require(checkDataSet("motions", folder.path()));
    EXPECT_FALSE(none.isComplete());
    EXPECT_EQ(none.files[0].state, FileState::Missing);
    EXPECT_CONTAINS(none.advice, "motions: missing " + (folder.path() / entry.files[0].path).string());

    folder.write(entry.files[0].path, "too short");
    folder.write(
        entry.files[1].path, std::string(entry.files[1].bytes, ' ')); // the right size, other content
    const DataSetCheck sizes = require(findDataSetFiles("motions", folder.path()));
    EXPECT_EQ(sizes.files[0].state, FileState::Damaged);
    EXPECT_EQ(sizes.files[1].state, FileState::Present);
    const DataSetCheck hashes = require(checkDataSet("motions", folder.path()));
    EXPECT_EQ(hashes.files[1].state, FileState::Damaged);
    EXPECT_FALSE(hashes.isComplete());
    EXPECT_CONTAINS(hashes.advice, "not the known content");
    EXPECT_CONTAINS(hashes.advice, "packaging/setup --data-only");
}

} // namespace
} // namespace palimpsest
