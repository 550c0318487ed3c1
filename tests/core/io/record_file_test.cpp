// SPDX-License-Identifier: Apache-2.0
#include "core/io/record_file.h"

#include "core/base/file.h"
#include "core/base/hash.h"
#include "tests/core/io/temporary_folder.h"

#include <gtest/gtest.h>
#include <hdf5.h>
#include <sys/mount.h>
#include <unistd.h>

#include <cmath>
#include <limits>
#include <thread>

namespace palimpsest {
namespace {

namespace fs = std::filesystem;

/// One of everything.
Record fullRecord()
{
    Record record;
    record.arrays["tasks/fashion/table"] = Array::from<std::uint8_t>(std::vector<std::uint8_t> { 1, 2, 255 });
    record.arrays["tasks/fashion/image"] = Array::from<float>(
        std::vector<float> { 1.5F, -0.0F, std::numeric_limits<float>::quiet_NaN(), 4, 5, 6 }, { 2, 3 });
    record.arrays["i16"] = Array::from<std::int16_t>(std::vector<std::int16_t> { -32768, 32767 });
    record.arrays["i32"] = Array::from<std::int32_t>(std::vector<std::int32_t> { -5 });
    record.arrays["i64"]
        = Array::from<std::int64_t>(std::vector<std::int64_t> { std::numeric_limits<std::int64_t>::min() });
    record.arrays["u32"] = Array::from<std::uint32_t>(std::vector<std::uint32_t> { 4294967295U });
    record.arrays["f64"] = Array::from<double>(std::vector<double> { 0.1 }, {}); // a scalar
    record.arrays["empty"] = Array(DType::Float32, { 0 });
    record.arrays["emptyRows"] = Array(DType::Int64, { 3, 0, 2 });
    Array half(DType::Float16, { 2 });
    half.bytes()[1] = std::byte { 0x3C }; // 1.0
    record.arrays["f16"] = half;
    record.texts["settings"] = R"({"pageSize":512})";
    record.texts["tasks/fashion/name"] = "fashion";
    record.texts["i16"] = "a text may have the name of an array";
    record.texts["empty"] = "";
    record.texts["zero"] = std::string("a\0b\0", 4);
    record.texts["umlaut"] = "\xC3\xBC";
    record.texts["long"] = std::string(200'000, 'x');
    return record;
}

/// A file that is small enough to be damaged at every byte.
Record smallRecord()
{
    Record record;
    record.arrays["a/b"] = Array::from<float>(std::vector<float> { 1, 2, 3 });
    record.texts["t"] = "text";
    return record;
}

std::string bytesOf(const Record& record)
{
    Result<std::string> bytes = serializeRecord(record, "test");
    return std::move(bytes).value();
}

TEST(RecordFile, GivesBackWhatWasWritten)
{
    const TemporaryFolder folder;
    const fs::path path = folder.path() / "a.h5";
    const Status status = writeRecord(path, fullRecord());
    ASSERT_TRUE(status.ok()) << status.error().text();
    const Result<Record> record = readRecord(path);
    ASSERT_TRUE(record.ok()) << record.error().text();
    EXPECT_TRUE(*record == fullRecord());
    EXPECT_EQ(std::distance(fs::directory_iterator(folder.path()), {}), 1) << "no temporary file is left";
}

TEST(RecordFile, KeepsAnEmptyRecord)
{
    const Result<Record> record = parseRecord(bytesOf({}), "test");
    ASSERT_TRUE(record.ok()) << record.error().text();
    EXPECT_TRUE(*record == Record {});
}

TEST(RecordFile, KeepsManyNamesInAGroup)
{
    Record record;
    for (int i = 0; i < 300; ++i)
        record.arrays["group/" + std::to_string(i)]
            = Array::from<std::int32_t>(std::vector<std::int32_t> { i });
    const Result<Record> again = parseRecord(bytesOf(record), "test");
    ASSERT_TRUE(again.ok()) << again.error().text();
    EXPECT_TRUE(*again == record);
}

TEST(RecordFile, EqualRecordsMakeEqualFilesAtAnyTime)
{
    const std::string first = bytesOf(fullRecord());
    std::this_thread::sleep_for(
        std::chrono::milliseconds(1100)); // times in HDF5 have a resolution of one second
    EXPECT_TRUE(bytesOf(fullRecord()) == first);
    Record other = fullRecord();
    other.texts["settings"] = R"({"pageSize":256})";
    EXPECT_FALSE(bytesOf(other) == first);
}

TEST(RecordFile, IsReadByHdf5Itself)
{
    const TemporaryFolder folder;
    const fs::path path = folder.path() / "a.h5";
    ASSERT_TRUE(writeRecord(path, fullRecord()).ok());
    const hid_t file = H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT);
    ASSERT_GE(file, 0);
    const hid_t dataset = H5Dopen2(file, "/arrays/tasks/fashion/image", H5P_DEFAULT);
    float values[6] {};
    EXPECT_GE(H5Dread(dataset, H5T_NATIVE_FLOAT, H5S_ALL, H5S_ALL, H5P_DEFAULT, values), 0);
    EXPECT_EQ(values[0], 1.5F);
    EXPECT_EQ(values[5], 6.0F);
    H5Dclose(dataset);
    const hid_t half = H5Dopen2(file, "/arrays/f16", H5P_DEFAULT);
    float halves[2] {};
    EXPECT_GE(H5Dread(half, H5T_NATIVE_FLOAT, H5S_ALL, H5S_ALL, H5P_DEFAULT, halves), 0);
    EXPECT_EQ(halves[0], 1.0F);
    EXPECT_EQ(halves[1], 0.0F);
    H5Dclose(half);
    H5Fclose(file);
}

TEST(RecordFile, RefusesNamesThatHdf5WouldReadOtherwise)
{
    for (const std::string& name : { std::string(), std::string("/a"), std::string("a/"), std::string("a//b"),
             std::string("a/../b"), std::string("."), std::string("a\0b", 3) }) {
        Record record;
        record.texts[name] = "x";
        EXPECT_THROW(bytesOf(record), std::invalid_argument) << name;
    }
    Record record;
    record.texts["a"] = "x";
    record.texts["a/b/c"] = "x";
    EXPECT_THROW(bytesOf(record), std::invalid_argument) << "a cannot be a text and a group";
}

TEST(RecordFile, EveryTruncationIsAnError)
{
    const std::string bytes = bytesOf(smallRecord());
    for (std::size_t length = 0; length < bytes.size(); ++length) {
        const Result<Record> record = parseRecord(std::string_view(bytes).substr(0, length), "short.h5");
        ASSERT_FALSE(record.ok()) << length;
        ASSERT_EQ(record.error().kind, ErrorKind::BadInput);
        ASSERT_EQ(record.error().where, "short.h5");
    }
    EXPECT_FALSE(parseRecord(bytes + "x", "long.h5").ok());
}

TEST(RecordFile, EveryFlippedByteIsAnErrorOrHarmless)
{
    const Record original = smallRecord();
    const std::string bytes = bytesOf(original);
    int harmless = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        std::string damaged = bytes;
        damaged[i] = static_cast<char>(damaged[i] ^ 0x41);
        const Result<Record> record = parseRecord(damaged, "damaged.h5");
        harmless += record.ok() ? 1 : 0;
        ASSERT_TRUE(!record.ok() || *record == original) << "byte " << i;
        ASSERT_FALSE(record.ok() && i >= 512) << "byte " << i;
    }
    EXPECT_LT(harmless, 512) << "only the padding of the header does not count";
}

/// Damages the HDF5 part and gives it a header that says it is whole: as far as an attacker can come.
std::string resealed(std::string bytes)
{
    const std::string image = bytes.substr(512);
    const std::size_t hash = bytes.find("sha256 ") + 7;
    return bytes.replace(hash, 64, sha256(image));
}

TEST(RecordFile, ADamagedImageWithARightHashDoesNotCrash)
{
    const std::string bytes = bytesOf(smallRecord());
    int errors = 0;
    for (std::size_t i = 512; i < bytes.size(); i += 3) {
        std::string damaged = bytes;
        damaged[i] = static_cast<char>(damaged[i] ^ 0x41);
        errors += parseRecord(resealed(damaged), "damaged.h5").ok() ? 0 : 1;
    }
    EXPECT_GT(errors, 100);
}

TEST(RecordFile, SaysThatANewerFileNeedsANewerProgram)
{
    std::string bytes = bytesOf(smallRecord());
    bytes.replace(bytes.find(" 1\n"), 3, " 2\n");
    const Result<Record> record = parseRecord(bytes, "a.h5");
    ASSERT_FALSE(record.ok());
    EXPECT_EQ(record.error().text(),
        "a.h5: has version 2 of the result file format, and this program (palimpsest " PALIMPSEST_VERSION
        ") reads up to version 1; use the newer palimpsest that wrote it");
}

TEST(RecordFile, SaysWhatIsWrongWithAFile)
{
    const Result<Record> other = parseRecord("\x89HDF\r\n\x1A\n", "a.h5");
    ASSERT_FALSE(other.ok());
    EXPECT_EQ(other.error().text(),
        "a.h5: expected a result file of palimpsest, got another sort of file or a damaged one");
    std::string bytes = bytesOf(smallRecord());
    const Result<Record> shorter = parseRecord(std::string_view(bytes).substr(0, bytes.size() - 1), "a.h5");
    ASSERT_FALSE(shorter.ok());
    const std::size_t size = bytes.size() - 512;
    EXPECT_EQ(shorter.error().text(),
        "a.h5: expected " + std::to_string(size) + " bytes after the header, found "
            + std::to_string(size - 1) + "; delete the file, and the stage that wrote it runs again");
    bytes.back() = static_cast<char>(bytes.back() ^ 1);
    const Result<Record> flipped = parseRecord(bytes, "a.h5");
    ASSERT_FALSE(flipped.ok());
    EXPECT_EQ(flipped.error().text(),
        "a.h5: the content does not match its SHA-256: the file is damaged; delete it, and the stage that "
        "wrote it runs again");
    EXPECT_FALSE(readRecord("/nonexistent/a.h5").ok());
}

TEST(RecordFile, AFullDiskLeavesTheOldFile)
{
    const TemporaryFolder folder;
    if (::mount("palimpsest-test", folder.path().c_str(), "tmpfs", 0, "size=256k") != 0)
        GTEST_SKIP() << "needs the right to mount a small file system";
    const fs::path path = folder.path() / "a.h5";
    const Status first = writeRecord(path, smallRecord());
    Record big = smallRecord();
    big.arrays["big"] = Array(DType::Float32, { 250'000 });
    const Status second = writeRecord(path, big);
    const Result<Record> kept = readRecord(path);
    const auto files = std::distance(fs::directory_iterator(folder.path()), {});
    ::umount(folder.path().c_str());
    ASSERT_TRUE(first.ok()) << first.error().text();
    ASSERT_FALSE(second.ok());
    EXPECT_EQ(second.error().kind, ErrorKind::Failed);
    EXPECT_NE(second.error().message.find("No space left"), std::string::npos) << second.error().text();
    ASSERT_TRUE(kept.ok()) << kept.error().text();
    EXPECT_TRUE(*kept == smallRecord());
    EXPECT_EQ(files, 1) << "no temporary file is left";
}

TEST(RecordFile, ManyThreadsMayReadAndWrite)
{
    std::vector<std::thread> threads;
    std::array<bool, 4> same {};
    for (std::size_t i = 0; i < same.size(); ++i)
        threads.emplace_back([&same, i] {
            Record record = smallRecord();
            record.texts["thread"] = std::to_string(i);
            same[i] = true;
            for (int n = 0; n < 20; ++n) {
                const Result<Record> again = parseRecord(bytesOf(record), "test");
                same[i] = same[i] && again.ok() && *again == record;
            }
        });
    for (std::thread& thread : threads)
        thread.join();
    for (const bool ok : same)
        EXPECT_TRUE(ok);
}

} // namespace
} // namespace palimpsest
