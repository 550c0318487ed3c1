// SPDX-License-Identifier: Apache-2.0
#include "core/data/unpack.h"

#include "core/base/file.h"
#include "fixtures.h"

#include <archive.h>
#include <archive_entry.h>

namespace palimpsest {
namespace {

namespace fs = std::filesystem;

using test::badInputText;
using test::require;
using test::TempFolder;
using test::zip;

struct TarMember {
    std::string name;
    std::string content;
    std::string link = {}; // target of a symbolic link
};

/// A tar.gz of these members; names and links as they stand.
std::string tarGz(const std::vector<TarMember>& members)
{
    std::string packed(1U << 22U, '\0');
    std::size_t used = 0;
    archive* writer = archive_write_new();
    archive_write_set_format_ustar(writer);
    archive_write_add_filter_gzip(writer);
    archive_write_set_bytes_per_block(writer, 0);
    archive_write_open_memory(writer, packed.data(), packed.size(), &used);
    for (const TarMember& member : members) {
        archive_entry* entry = archive_entry_new();
        archive_entry_set_pathname(entry, member.name.c_str());
        archive_entry_set_perm(entry, 0644);
        if (!member.link.empty()) {
            archive_entry_set_filetype(entry, AE_IFLNK);
            archive_entry_set_symlink(entry, member.link.c_str());
        } else {
            archive_entry_set_filetype(entry, member.name.ends_with('/') ? AE_IFDIR : AE_IFREG);
            archive_entry_set_size(entry, static_cast<la_int64_t>(member.content.size()));
        }
        archive_write_header(writer, entry);
        archive_write_data(writer, member.content.data(), member.content.size());
        archive_entry_free(entry);
    }
    archive_write_close(writer);
    archive_write_free(writer);
    packed.resize(used);
    return packed;
}

class UnpackTest : public testing::Test {
protected:
    Result<std::uint64_t> unpack(const std::string& archive, const std::vector<std::string>& wanted = {})
    {
        m_folder.write("archive", archive);
        return unpackArchive(
            m_folder.path() / "archive", out(), wanted, m_limits, JobContext(m_channel, m_stop.get_token()));
    }
    fs::path out() const { return m_folder.path() / "out"; }
    std::string text(const std::string& name) const { return require(readFile(out() / name)); }

    TempFolder m_folder;
    UnpackLimits m_limits;
    JobChannel m_channel;
    std::stop_source m_stop;
};

TEST_F(UnpackTest, UnpacksZipAndTar)
{
    EXPECT_EQ(require(unpack(zip({ { "a.txt", "one" }, { "deep/b.txt", "two" } }))), 2U);
    EXPECT_EQ(text("deep/b.txt"), "two");
    EXPECT_EQ(require(unpack(tarGz({ { "./top/", "" }, { "./top/c.txt", "three" }, { "empty", "" } }))), 2U);
    EXPECT_EQ(text("top/c.txt"), "three");
    EXPECT_EQ(text("empty"), "");
}

TEST_F(UnpackTest, UnpacksWhatIsWantedAlone)
{
    EXPECT_EQ(require(unpack(zip({ { "x/a.ppm", "one" }, { "x/b.csv", "two" } }), { "*.ppm" })), 1U);
    EXPECT_FALSE(fs::exists(out() / "x/b.csv"));
}

TEST_F(UnpackTest, NothingLeavesTheFolder)
{
    for (const char* name : { "../evil", "a/../../evil", "/tmp/palimpsest-evil", "..", "a/.." }) {
        EXPECT_CONTAINS(badInputText(unpack(tarGz({ { name, "x" } }))), "would lie outside of the folder")
            << name;
        EXPECT_CONTAINS(badInputText(unpack(zip({ { name, "x" } }))), "would lie outside of the folder")
            << name;
    }
    EXPECT_FALSE(fs::exists(m_folder.path() / "evil"));
    EXPECT_FALSE(fs::exists("/tmp/palimpsest-evil"));
    EXPECT_CONTAINS(
        badInputText(unpack(tarGz({ { "link", "", "/etc" }, { "link/passwd", "x" } }))), "is a link");
}

TEST_F(UnpackTest, RefusesTwoFilesOfOneName)
{
    EXPECT_CONTAINS(badInputText(unpack(tarGz({ { "a", "1" }, { "./a", "2" } }))), "two files called a");
}

TEST_F(UnpackTest, BoundsWhatComesOut)
{
    const std::string bomb = tarGz({ { "zeros", std::string(1'000'000, '\0') } });
    ASSERT_LT(bomb.size(), 10'000U);
    m_limits.bytes = 500'000;
    EXPECT_CONTAINS(badInputText(unpack(bomb)), "would become more than 500 KB");
    EXPECT_CONTAINS(
        badInputText(unpack(zip({ { "zeros", std::string(1'000'000, '\0') } }))), "more than 500 KB");
    m_limits = { 0, 2 };
    EXPECT_CONTAINS(
        badInputText(unpack(tarGz({ { "a", "" }, { "b", "" }, { "c", "" } }))), "more than 2 files");
}

TEST_F(UnpackTest, DamageIsASentence)
{
    const std::string whole = tarGz({ { "a.txt", std::string(5000, 'x') + "end" } });
    for (std::size_t length = 0; length + 8 < whole.size();
         length += 7) // the last 8 bytes are gzip's own sums
        EXPECT_FALSE(unpack(whole.substr(0, length)).ok()) << length;
    EXPECT_CONTAINS(badInputText(unpack("hello")), "is no archive of a known kind");
    std::string archive = zip({ { "a.txt", std::string(100, 'x') } }, false);
    archive[archive.find("xxxx") + 2] = 'y';
    EXPECT_CONTAINS(badInputText(unpack(archive)), "member a.txt");
}

TEST_F(UnpackTest, IsCanceled)
{
    m_stop.request_stop();
    const auto result = unpack(zip({ { "a.txt", "one" } }));
    ASSERT_FALSE(result.ok());
    EXPECT_EQ(result.error().kind, ErrorKind::Canceled);
}

} // namespace
} // namespace palimpsest
