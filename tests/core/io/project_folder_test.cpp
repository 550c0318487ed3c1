// SPDX-License-Identifier: Apache-2.0
#include "core/io/project_folder.h"

#include "core/base/file.h"
#include "core/base/hash.h"
#include "tests/core/io/temporary_folder.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>

namespace palimpsest {
namespace {

namespace fs = std::filesystem;

class ProjectFolderTest : public testing::Test {
protected:
    [[nodiscard]] ProjectFolder project() const { return ProjectFolder(m_folder.path()); }
    [[nodiscard]] const fs::path& path() const { return m_folder.path(); }
    void put(const std::string& name, const std::string& text) const
    {
        std::ofstream(path() / name, std::ios::binary) << text;
    }
    [[nodiscard]] std::string get(const std::string& name) const { return readFile(path() / name).value(); }

private:
    TemporaryFolder m_folder;
};

TEST_F(ProjectFolderTest, NamesResultsByPartAndFingerprint)
{
    const std::string fingerprint(64, 'a');
    EXPECT_EQ(project().resultFile("match", fingerprint), path() / "results" / "match-aaaaaaaaaaaaaaaa.h5");
    EXPECT_EQ(project().resultFile("train/fashion", fingerprint),
        path() / "results" / "train-fashion-aaaaaaaaaaaaaaaa.h5");
}

// ---- Lock ----

TEST_F(ProjectFolderTest, OneLockAtATime)
{
    {
        const Result<ProjectLock> lock = ProjectLock::acquire(path());
        ASSERT_TRUE(lock.ok()) << lock.error().text();
        const Result<ProjectLock> second = ProjectLock::acquire(path());
        ASSERT_FALSE(second.ok());
        EXPECT_EQ(second.error().kind, ErrorKind::Locked);
        EXPECT_NE(
            second.error().message.find("process " + std::to_string(::getpid()) + " on "), std::string::npos)
            << second.error().text();
    }
    EXPECT_TRUE(ProjectLock::acquire(path()).ok()) << "free again";
}

TEST_F(ProjectFolderTest, ALockMovesAndIsFreedOnce)
{
    Result<ProjectLock> first = ProjectLock::acquire(path());
    ASSERT_TRUE(first.ok());
    {
        const ProjectLock moved = std::move(first).value();
        EXPECT_FALSE(ProjectLock::acquire(path()).ok());
    }
    EXPECT_TRUE(ProjectLock::acquire(path()).ok());
}

TEST_F(ProjectFolderTest, AnotherProcessHoldsTheLockUntilItIsKilled)
{
    int ready[2];
    ASSERT_EQ(::pipe(ready), 0);
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
        const Result<ProjectLock> lock = ProjectLock::acquire(path());
        const char answer = lock.ok() ? 'y' : 'n';
        static_cast<void>(::write(ready[1], &answer, 1) == 1);
        ::pause(); // until it is killed
        ::_exit(0);
    }
    char answer = '?';
    ASSERT_EQ(::read(ready[0], &answer, 1), 1);
    EXPECT_EQ(answer, 'y');
    const Result<ProjectLock> refused = ProjectLock::acquire(path());
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().kind, ErrorKind::Locked);
    EXPECT_NE(refused.error().message.find("process " + std::to_string(child)), std::string::npos)
        << refused.error().text();
    EXPECT_EQ(refused.error().where, path().string());
    ::kill(child, SIGKILL);
    ASSERT_EQ(::waitpid(child, nullptr, 0), child);
    EXPECT_TRUE(ProjectLock::acquire(path()).ok()) << "the system frees the lock of a killed process";
    ::close(ready[0]);
    ::close(ready[1]);
}

TEST_F(ProjectFolderTest, EditingAndRunningDoNotExcludeEachOther)
{
    const Result<ProjectLock> edit = ProjectLock::acquire(path(), LockKind::Edit);
    ASSERT_TRUE(edit.ok()) << edit.error().text();
    EXPECT_TRUE(ProjectLock::acquire(path()).ok());
    const Result<ProjectLock> second = ProjectLock::acquire(path(), LockKind::Edit);
    ASSERT_FALSE(second.ok());
    EXPECT_EQ(second.error().kind, ErrorKind::Locked);
    EXPECT_NE(second.error().message.find("another window (process " + std::to_string(::getpid()) + " on "),
        std::string::npos)
        << second.error().text();
}

TEST_F(ProjectFolderTest, SaysThatAMissingFolderCannotBeLocked)
{
    const Result<ProjectLock> lock = ProjectLock::acquire(path() / "missing");
    ASSERT_FALSE(lock.ok());
    EXPECT_EQ(lock.error().kind, ErrorKind::BadInput);
}

// ---- runs.json ----

std::vector<RunEntry> twoRuns()
{
    RunEntry first { "r1", { { "import/digits", "f1" }, { "train/digits", "f2" }, { "match", "f3" } }, {},
        "cpu", "0.1.0" };
    RunEntry second { "r2", { { "match", "f4" } }, { "pages.pageSize=256", "name=\"\xC3\xBC\"" }, "cuda:0",
        "0.2.0" };
    return { first, second };
}

TEST_F(ProjectFolderTest, RunsComeBackInTheirOrder)
{
    EXPECT_EQ(project().readRuns().value(), std::vector<RunEntry> {}) << "a new project has none";
    const Status status = project().writeRuns(twoRuns());
    ASSERT_TRUE(status.ok()) << status.error().text();
    EXPECT_EQ(project().readRuns().value(), twoRuns());
}

TEST_F(ProjectFolderTest, KeepsOneBackupOfTheRuns)
{
    ASSERT_TRUE(project().writeRuns({ twoRuns()[0] }).ok());
    ASSERT_TRUE(project().writeRuns(twoRuns()).ok());
    put("runs.json", "{ damaged");
    EXPECT_EQ(project().readRuns().value(), std::vector<RunEntry> { twoRuns()[0] });
    ASSERT_TRUE(project().writeRuns(twoRuns()).ok()) << "a damaged list does not replace the backup";
    EXPECT_EQ(project().readRuns().value(), twoRuns());
    fs::remove(path() / "runs.json");
    EXPECT_EQ(project().readRuns().value(), std::vector<RunEntry> { twoRuns()[0] });
}

TEST_F(ProjectFolderTest, SaysWhatIsWrongWithTheRuns)
{
    const auto error = [this](const std::string& text) {
        put("runs.json", text);
        const auto runs = project().readRuns();
        return runs.ok() ? std::string("no error") : runs.error().message;
    };
    EXPECT_EQ(error("[]"), "expected the list of runs of a project, got another sort of file");
    EXPECT_EQ(error(R"({"format":"palimpsest-runs","version":9,"runs":[]})"),
        "has version 9 of the list of runs, and this program (palimpsest " PALIMPSEST_VERSION
        ") reads version 1; use the newer palimpsest that wrote it");
    EXPECT_EQ(error(R"({"format":"palimpsest-runs","version":1,"runs":[3]})"), "expected an object");
    EXPECT_EQ(error(R"({"format":"palimpsest-runs","version":1,"runs":[{"id":1}]})"),
        "expected a text under the key \"id\"");
    EXPECT_EQ(
        error(
            R"({"format":"palimpsest-runs","version":1,"runs":[{"id":"r1","device":"cpu","version":"1","results":[],"overrides":[]}]})"),
        "expected an object \"results\" and a list \"overrides\"");
    EXPECT_EQ(
        error(
            R"({"format":"palimpsest-runs","version":1,"runs":[{"id":"r1","device":"cpu","version":"1","results":{"a":1},"overrides":[]}]})"),
        "expected a text under the key \"a\"");
}

// ---- log.jsonl ----

TEST_F(ProjectFolderTest, TheLogGrowsAndTheNewestEntryIsFound)
{
    EXPECT_TRUE(project().findLog("finished", "f1").value().is_null());
    for (const int seconds : { 1, 2, 3 })
        ASSERT_TRUE(
            project()
                .appendLog({ { "event", "finished" }, { "fingerprint", "f1" }, { "seconds", seconds } })
                .ok());
    ASSERT_TRUE(project().appendLog({ { "event", "failed" }, { "fingerprint", "f1" } }).ok());
    ASSERT_TRUE(project().appendLog({ { "event", "finished" }, { "fingerprint", "f2" } }).ok());
    const Json found = project().findLog("finished", "f1").value();
    EXPECT_EQ(found.value("seconds", 0), 3);
    std::string time = found.at("time").get<std::string>();
    std::replace_if(
        time.begin(), time.end(), [](char c) { return c >= '0' && c <= '9'; }, '0');
    EXPECT_EQ(time, "0000-00-00T00:00:00.000Z");
    EXPECT_TRUE(project().findLog("finished", "f3").value().is_null());
    EXPECT_TRUE(project().findLog("started", "f1").value().is_null());
}

TEST_F(ProjectFolderTest, ALineThatWasCutOffSpoilsItselfAlone)
{
    ASSERT_TRUE(project().appendLog({ { "event", "finished" }, { "fingerprint", "f1" } }).ok());
    put("log.jsonl", get("log.jsonl") + R"({"event":"finished","fingerprint":"f2)");
    ASSERT_TRUE(project().appendLog({ { "event", "finished" }, { "fingerprint", "f3" } }).ok());
    EXPECT_FALSE(project().findLog("finished", "f1").value().is_null());
    EXPECT_TRUE(project().findLog("finished", "f2").value().is_null());
    EXPECT_FALSE(project().findLog("finished", "f3").value().is_null());
}

TEST_F(ProjectFolderTest, ALogEntryMayHoldAnyText)
{
    ASSERT_TRUE(project().appendLog({ { "event", "a\nb" }, { "fingerprint", "f\xff" } }).ok());
    const std::string text = get("log.jsonl");
    EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 1);
    EXPECT_FALSE(ProjectFolder(path() / "missing").appendLog(Json::object()).ok());
}

// ---- File hashes ----

class FileHash : public ProjectFolderTest {
protected:
    /// As a file that has not changed for long.
    void setTime(const std::string& name, std::int64_t seconds) const
    {
        const timespec times[2] { { seconds, 0 }, { seconds, 0 } };
        ASSERT_EQ(::utimensat(AT_FDCWD, (path() / name).c_str(), times, 0), 0);
    }
    [[nodiscard]] std::string hash() const { return project().fileHash(path() / "data").value(); }
};

TEST_F(FileHash, IsRememberedForTheSameSizeAndTime)
{
    put("data", "one");
    setTime("data", 1'000'000);
    EXPECT_EQ(hash(), sha256("one"));
    put("data", "two");
    setTime("data", 1'000'000);
    EXPECT_EQ(hash(), sha256("one")) << "same size, same time: not read again";
    setTime("data", 1'000'001);
    EXPECT_EQ(hash(), sha256("two"));
    put("data", "three");
    setTime("data", 1'000'001);
    EXPECT_EQ(hash(), sha256("three")) << "another size";
}

TEST_F(FileHash, IsNotRememberedForAFileThatJustChanged)
{
    put("data", "one");
    EXPECT_EQ(hash(), sha256("one"));
    struct stat info { };
    ASSERT_EQ(::stat((path() / "data").c_str(), &info), 0);
    put("data", "two");
    const timespec times[2] { info.st_atim, info.st_mtim };
    ASSERT_EQ(::utimensat(AT_FDCWD, (path() / "data").c_str(), times, 0), 0);
    EXPECT_EQ(hash(), sha256("two"));
}

TEST_F(FileHash, IgnoresADamagedCache)
{
    put("data", "one");
    setTime("data", 1'000'000);
    fs::create_directories(path() / ".cache");
    const std::string name = (path() / "data").string();
    for (const std::string& cache : { std::string("{ damaged"), std::string("[]"),
             std::string(R"({"format":"palimpsest-hashes","version":1,"files":[]})"),
             R"({"format":"palimpsest-hashes","version":1,"files":{")" + name
                 + R"(":{"size":3,"changed":1000000000000000,"sha256":7}}})",
             R"({"format":"palimpsest-hashes","version":2,"files":{")" + name
                 + R"(":{"size":3,"changed":1000000000000000,"sha256":")" + std::string(64, '0')
                 + R"("}}})" }) {
        put(".cache/hashes.json", cache);
        EXPECT_EQ(hash(), sha256("one")) << cache;
    }
    EXPECT_NE(get(".cache/hashes.json").find(sha256("one")), std::string::npos) << "the cache was mended";
}

TEST_F(FileHash, NamesAMissingFile)
{
    const Result<std::string> missing = project().fileHash(path() / "missing");
    ASSERT_FALSE(missing.ok());
    EXPECT_EQ(missing.error().kind, ErrorKind::BadInput);
    EXPECT_EQ(missing.error().where, (path() / "missing").string());
}

} // namespace
} // namespace palimpsest
