// SPDX-License-Identifier: Apache-2.0
#include "core/base/file.h"

#include "tests/support/small_disk.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <functional>
#include <string>
#include <thread>
#include <vector>

namespace palimpsest {
namespace {

namespace fs = std::filesystem;
using test::TemporaryFolder;

std::size_t entryCount(const fs::path& folder)
{
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

TEST(ReadFile, GivesBackWhatWasWritten)
{
    const TemporaryFolder folder;
    std::string content("\0\xff\r\n", 4);
    content += std::string(200'000, 'x'); // longer than one read
    ASSERT_TRUE(writeFileAtomically(folder / "a", content).ok());
    EXPECT_EQ(readFile(folder / "a").value(), content);
    ASSERT_TRUE(writeFileAtomically(folder / "a", "").ok());
    EXPECT_EQ(readFile(folder / "a").value(), "");
}

TEST(ReadFile, ReadsFilesThatTellNoSize)
{
    EXPECT_FALSE(readFile("/proc/self/status").value().empty()) << "its size is 0 by fstat";
}

TEST(ReadFile, SaysWhatIsWrong)
{
    const TemporaryFolder folder;
    const Result<std::string> missing = readFile(folder / "nothing");
    ASSERT_FALSE(missing.ok());
    EXPECT_EQ(missing.error().kind, ErrorKind::BadInput);
    EXPECT_EQ(missing.error().text(),
        (folder / "nothing").string() + ": cannot be opened: No such file or directory");
    EXPECT_EQ(readFile(folder.path()).error().message, "expected a file, got a folder");
}

TEST(WriteFileAtomically, ReplacesAndLeavesNothingBeside)
{
    const TemporaryFolder folder;
    ASSERT_TRUE(writeFileAtomically(folder / "a", "first, longer").ok());
    ASSERT_TRUE(writeFileAtomically(folder / "a", "second").ok());
    EXPECT_EQ(readFile(folder / "a").value(), "second");
    EXPECT_EQ(entryCount(folder.path()), 1U);
}

TEST(WriteFileAtomically, AReaderSeesTheOldFileWhole)
{
    const TemporaryFolder folder;
    ASSERT_TRUE(writeFileAtomically(folder / "a", "old").ok());
    std::ifstream reader(folder / "a");
    ASSERT_TRUE(writeFileAtomically(folder / "a", "new").ok());
    std::string seen;
    reader >> seen;
    EXPECT_EQ(seen, "old");
}

TEST(WriteFileAtomically, VerifySeesTheNewContentAndMayRefuseIt)
{
    const TemporaryFolder folder;
    ASSERT_TRUE(writeFileAtomically(folder / "a", "old").ok());
    std::string verified;
    const Status status = writeFileAtomically(folder / "a", "new", [&](const fs::path& temporary) -> Status {
        verified = readFile(temporary).value();
        return failure("the file does not open again", temporary.string());
    });
    EXPECT_EQ(verified, "new");
    ASSERT_FALSE(status.ok());
    EXPECT_EQ(status.error().text(), (folder / "a").string() + ": the file does not open again")
        << "the user's name of it";
    EXPECT_EQ(readFile(folder / "a").value(), "old");
    EXPECT_EQ(entryCount(folder.path()), 1U) << "the temporary file is gone";
}

TEST(ReplaceFileAtomically, KeepsTheOldFileWhenTheWriterFails)
{
    const TemporaryFolder folder;
    ASSERT_TRUE(writeFileAtomically(folder / "a", "old").ok());
    const Status status = replaceFileAtomically(folder / "a", [](const fs::path& temporary) -> Status {
        std::ofstream(temporary) << "half of it";
        return failure("no memory");
    });
    EXPECT_FALSE(status.ok());
    EXPECT_EQ(readFile(folder / "a").value(), "old");
    EXPECT_EQ(entryCount(folder.path()), 1U);
}

TEST(ReplaceFileAtomically, AWriterThatMakesNoFileIsAnError)
{
    const TemporaryFolder folder;
    EXPECT_FALSE(replaceFileAtomically(folder / "a", [](const fs::path&) { return success(); }).ok());
    EXPECT_EQ(entryCount(folder.path()), 0U);
}

TEST(WriteFileAtomically, NamesTheFileThatCannotBeMade)
{
    const TemporaryFolder folder;
    const Status noFolder = writeFileAtomically(folder / "none/a", "x");
    ASSERT_FALSE(noFolder.ok());
    EXPECT_EQ(noFolder.error().text(),
        (folder / "none/a").string() + ": could not be created: No such file or directory");
    fs::create_directory(folder / "taken");
    EXPECT_FALSE(writeFileAtomically(folder / "taken", "x").ok()) << "a folder has the name";
    EXPECT_EQ(entryCount(folder.path()), 1U);
}

TEST(WriteFileAtomically, WorksForANameInTheCurrentFolder)
{
    const TemporaryFolder folder;
    const fs::path before = fs::current_path();
    fs::current_path(folder.path());
    const Status status = writeFileAtomically("a", "x");
    fs::current_path(before);
    EXPECT_TRUE(status.ok());
    EXPECT_EQ(readFile(folder / "a").value(), "x");
}

TEST(WriteFileAtomically, TwoThreadsDoNotMixTheirFiles)
{
    const TemporaryFolder folder;
    const auto write = [&](char c) {
        for (int i = 0; i < 20; ++i)
            EXPECT_TRUE(writeFileAtomically(folder / "a", std::string(10'000, c)).ok());
    };
    {
        const std::jthread a(write, 'a');
        const std::jthread b(write, 'b');
    }
    const std::string content = readFile(folder / "a").value();
    EXPECT_EQ(content, std::string(10'000, content.front()));
    EXPECT_EQ(entryCount(folder.path()), 1U);
}

constexpr int kNotPermitted = 77;

/// Runs the function in a child process, whose limits and mounts end with it. Gives its exit status.
int inChild(const std::function<int()>& function)
{
    const pid_t child = ::fork();
    if (child == 0)
        ::_exit(function());
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/// Saves a small file, then one that has no room, and says what came of it: 0 if all is as it should be.
int saveTooMuch(const fs::path& folder, const char* reason)
{
    const fs::path path = folder / "a";
    if (!writeFileAtomically(path, "old").ok())
        return 1;
    const Status status = writeFileAtomically(path, std::string(1'000'000, 'x'));
    if (status.ok())
        return 2;
    std::fprintf(stderr, "%s\n", status.error().text().c_str());
    if (status.error().kind != ErrorKind::Failed || status.error().where != path.string()
        || status.error().message.find(reason) == std::string::npos)
        return 3;
    if (readFile(path).value() != "old")
        return 4;
    return entryCount(folder) == 1 ? 0 : 5;
}

TEST(WriteFileAtomically, AFileTooLargeLeavesTheOldOne)
{
    const TemporaryFolder folder;
    EXPECT_EQ(inChild([&] {
        const rlimit limit { 100'000, 100'000 };
        std::signal(SIGXFSZ, SIG_IGN); // write() then fails with EFBIG
        return ::setrlimit(RLIMIT_FSIZE, &limit) != 0 ? kNotPermitted
                                                      : saveTooMuch(folder.path(), "File too large");
    }),
        0);
}

TEST(WriteFileAtomically, AFullDiskLeavesTheOldFile)
{
    const TemporaryFolder folder;
    const int status = inChild([&] {
        if (!test::mountSmallDisk(folder.path().c_str(), "size=64k"))
            return kNotPermitted;
        return saveTooMuch(folder.path(), "No space left on device");
    });
    if (status == kNotPermitted)
        GTEST_SKIP() << "this user may not mount a small disk to fill";
    EXPECT_EQ(status, 0);
}

TEST(MappedFile, ShowsTheBytesOfTheFile)
{
    const TemporaryFolder folder;
    const std::string content(10'000, 'm');
    ASSERT_TRUE(writeFileAtomically(folder / "a", content).ok());
    const Result<MappedFile> mapped = MappedFile::open(folder / "a");
    ASSERT_TRUE(mapped.ok());
    ASSERT_EQ(mapped->bytes().size(), content.size());
    EXPECT_EQ(std::memcmp(mapped->bytes().data(), content.data(), content.size()), 0);
}

TEST(MappedFile, KeepsItsBytesWhenTheFileIsReplaced)
{
    const TemporaryFolder folder;
    ASSERT_TRUE(writeFileAtomically(folder / "a", "old").ok());
    const Result<MappedFile> mapped = MappedFile::open(folder / "a");
    ASSERT_TRUE(writeFileAtomically(folder / "a", "new").ok());
    EXPECT_EQ(static_cast<char>(mapped->bytes()[0]), 'o');
}

TEST(MappedFile, MovesAndAcceptsEmptyFiles)
{
    const TemporaryFolder folder;
    ASSERT_TRUE(writeFileAtomically(folder / "empty", "").ok());
    ASSERT_TRUE(writeFileAtomically(folder / "a", "abc").ok());
    MappedFile mapped = MappedFile::open(folder / "empty").value();
    EXPECT_TRUE(mapped.bytes().empty());
    mapped = MappedFile::open(folder / "a").value();
    const MappedFile moved = std::move(mapped);
    EXPECT_EQ(moved.bytes().size(), 3U);
    EXPECT_EQ(static_cast<char>(moved.bytes()[2]), 'c');
}

TEST(MappedFile, SaysWhatIsWrong)
{
    const TemporaryFolder folder;
    EXPECT_EQ(MappedFile::open(folder / "nothing").error().kind, ErrorKind::BadInput);
    EXPECT_EQ(MappedFile::open(folder.path()).error().message, "expected a file, got a folder");
}

} // namespace
} // namespace palimpsest
