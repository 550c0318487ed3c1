// SPDX-License-Identifier: Apache-2.0
#include "core/formats/numpy_weights.h"

#include "core/base/file.h"
#include "tests/support/temporary_folder.h"

#include <archive.h>
#include <archive_entry.h>
#include <gtest/gtest.h>

namespace palimpsest {
namespace {

std::string numberBytes(const std::vector<float>& values)
{
    return { reinterpret_cast<const char*>(values.data()), values.size() * sizeof(float) };
}

/// As numpy.save writes it.
std::string npy(const std::string& type, const std::string& shape, const std::string& data)
{
    std::string header = "{'descr': '" + type + "', 'fortran_order': False, 'shape': " + shape + ", }";
    header.resize((header.size() + 64) / 64 * 64 + 54, ' ');
    header.back() = '\n';
    std::string bytes = std::string("\x93NUMPY\1\0", 8);
    bytes += static_cast<char>(header.size() & 0xFFU);
    bytes += static_cast<char>(header.size() >> 8U);
    return bytes + header + data;
}

class NumpyWeightsTest : public testing::Test {
protected:
    test::TemporaryFolder folder;
    const std::string matrix = npy("<f4", "(2, 3)", numberBytes({ 1, 2, 3, 4, 5, 6 }));

    struct Member {
        std::string name, content;
    };
    [[nodiscard]] Result<WeightsFile> readArchive(const std::vector<Member>& members) const
    {
        const std::filesystem::path path = folder / "w.npz";
        archive* const writer = archive_write_new();
        archive_write_set_format_zip(writer);
        archive_write_open_filename(writer, path.c_str());
        for (const Member& member : members) {
            archive_entry* const entry = archive_entry_new();
            archive_entry_set_pathname(entry, member.name.c_str());
            archive_entry_set_size(entry, static_cast<la_int64_t>(member.content.size()));
            archive_entry_set_filetype(entry, AE_IFREG);
            archive_entry_set_perm(entry, 0644);
            archive_write_header(writer, entry);
            archive_write_data(writer, member.content.data(), member.content.size());
            archive_entry_free(entry);
        }
        archive_write_close(writer);
        archive_write_free(writer);
        return readWeightsFile(path);
    }
    void expectRefused(const std::vector<Member>& members, const std::string& part) const
    {
        const auto result = readArchive(members);
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().kind, ErrorKind::BadInput);
        EXPECT_NE(result.error().text().find(part), std::string::npos) << result.error().text();
        EXPECT_NE(result.error().text().find("w.npz"), std::string::npos) << result.error().text();
    }
};

TEST_F(NumpyWeightsTest, TakesFloatsAndSkipsCounts)
{
    const auto file = readArchive({ { "a/kernel:0.npy", matrix },
        { "half.npy", npy("<f2", "(2,)", std::string("\x00\x3C\x00\xC0", 4)) },
        { "steps.npy", npy("<i8", "()", std::string(8, '\0')) } });
    ASSERT_TRUE(file) << file.error().text();
    EXPECT_EQ(file->format, "npz");
    ASSERT_EQ(file->weights.tensors.size(), 2U);
    EXPECT_EQ(file->weights.tensors[0].name, "a/kernel:0");
    EXPECT_EQ(file->weights.tensors[0].shape, (Shape { 2, 3 }));
    EXPECT_EQ(file->weights.tensors[0].values, (std::vector<float> { 1, 2, 3, 4, 5, 6 }));
    EXPECT_EQ(file->weights.tensors[1].values, (std::vector<float> { 1, -2 }));
    ASSERT_EQ(file->skipped.size(), 1U);
    EXPECT_EQ(file->skipped[0].source, "steps");
}

TEST_F(NumpyWeightsTest, ReadsOneArray)
{
    ASSERT_TRUE(writeFileAtomically(folder / "kernel.npy", matrix));
    const auto file = readWeightsFile(folder / "kernel.npy");
    ASSERT_TRUE(file) << file.error().text();
    ASSERT_EQ(file->weights.tensors.size(), 1U);
    EXPECT_EQ(file->weights.tensors[0].name, "kernel");
}

TEST_F(NumpyWeightsTest, RefusesPicklesTwinsEscapesAndBombs)
{
    expectRefused({ { "a.npy", npy("|O", "(1,)", "pickle") } }, "a.npy");
    expectRefused({ { "a.npy", matrix }, { "a.npy", matrix } }, "two arrays");
    expectRefused({ { "../a.npy", matrix } }, "out of the archive");
    expectRefused({ { "a.npy", matrix.substr(0, matrix.size() - 1) } }, "a.npy");
    const std::string zeros = npy("<f4", "(20000000,)", std::string(80'000'000, '\0')); // 80 MB in 80 KB
    expectRefused({ { "a.npy", zeros } }, "a.npy");
    EXPECT_FALSE(readWeightsFile(folder / "none.npz"));
    EXPECT_FALSE(readWeightsFile(folder / "none.pkl"));
}

} // namespace
} // namespace palimpsest
