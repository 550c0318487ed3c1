// SPDX-License-Identifier: Apache-2.0
// What survives kill -9 and Ctrl-C, seen from outside the process.
#include "core/io/project_folder.h"
#include "core/pipeline/project.h"
#include "tests/cli/program.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/tiny_project.h"

#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <map>
#include <thread>

namespace palimpsest {
namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;
using test::fileText;
using test::Program;
using test::runProgram;
using test::TemporaryFolder;

std::map<std::string, std::string> resultFiles(const fs::path& folder)
{
    std::map<std::string, std::string> files;
    if (fs::exists(folder / "results"))
        for (const fs::directory_entry& entry : fs::directory_iterator(folder / "results"))
            if (entry.path().extension() == ".h5")
                files[entry.path().filename().string()] = fileText(entry.path());
    return files;
}

/// Waits until the log says that a part was started in this life of the program.
bool waitForStart(Program& program, const fs::path& folder, const std::string& part, std::size_t logBefore)
{
    while (program.isRunning()) {
        const fs::path log = ProjectFolder(folder).logFile();
        if (fs::exists(log)) {
            const std::string text = fileText(log).substr(logBefore);
            const std::size_t started = text.find("\"started\",\"part\":\"" + part + "\"");
            if (started != std::string::npos)
                return true;
        }
        std::this_thread::sleep_for(1ms);
    }
    return false;
}

TEST(Interrupt, KillInEveryStageLosesNoFinishedResult)
{
    const TemporaryFolder root;
    const fs::path folder = root / "tiny";
    const fs::path unbroken = root / "unbroken";
    test::writeTinyProject(folder);
    test::writeTinyProject(unbroken);
    ASSERT_EQ(runProgram(root.path(), { "run", unbroken.string() }).exitCode, 0);

    const auto project = Project::open(folder);
    ASSERT_TRUE(project.ok()) << project.error().text();
    std::size_t killed = 0;
    for (const PlannedPart& planned : project->plan()) {
        const auto before = resultFiles(folder);
        const fs::path log = ProjectFolder(folder).logFile();
        const std::size_t logBefore = fs::exists(log) ? fileText(log).size() : 0;
        Program program(root.path(), { "run", folder.string() });
        if (waitForStart(program, folder, planned.part.name, logBefore)) {
            program.signal(SIGKILL);
            killed += program.wait() == 128 + SIGKILL ? 1U : 0U;
        }
        const auto after = resultFiles(folder);
        for (const auto& [name, bytes] : before)
            ASSERT_EQ(after.at(name), bytes) << name << " after a kill in " << planned.part.name;
        const auto status = runProgram(root.path(), { "status", folder.string() });
        EXPECT_EQ(status.exitCode, 0)
            << "the project opens after a kill in " << planned.part.name << ": " << status.errors;
    }
    EXPECT_GE(killed, project->plan().size() / 2) << "most kills must have met the program at work";

    const auto last = runProgram(root.path(), { "run", folder.string() });
    EXPECT_EQ(last.exitCode, 0) << last.errors;
    EXPECT_EQ(resultFiles(folder), resultFiles(unbroken))
        << "the broken run ends with the bytes of the unbroken one";
}

TEST(Interrupt, OptimiseGoesOnFromItsCheckpointBitEqual)
{
    const TemporaryFolder root;
    const fs::path folder = root / "tiny";
    const fs::path unbroken = root / "unbroken";
    for (const fs::path& path : { folder, unbroken }) {
        test::writeTinyProject(path, 1500);
        test::replaceInFile(
            path / "project.json", "\"steps\": 1500", "\"checkpointSeconds\": 0.05, \"steps\": 1500");
    }
    ASSERT_EQ(runProgram(root.path(), { "run", unbroken.string(), "--until", "optimise" }).exitCode, 0);
    Program program(root.path(), { "run", folder.string(), "--until", "optimise" });
    while (program.isRunning() && !fs::exists(ProjectFolder(folder).checkpointFile()))
        std::this_thread::sleep_for(1ms);
    program.signal(SIGKILL);
    program.wait();
    ASSERT_TRUE(fs::exists(ProjectFolder(folder).checkpointFile()));
    const auto again = runProgram(root.path(), { "run", folder.string(), "--until", "optimise" });
    EXPECT_EQ(again.exitCode, 0) << again.errors;
    EXPECT_NE(again.errors.find("goes on from its last checkpoint"), std::string::npos) << again.errors;
    EXPECT_EQ(resultFiles(folder), resultFiles(unbroken));
}

TEST(Interrupt, ControlCReturns130AndKeepsWhatIsDone)
{
    const TemporaryFolder root;
    const fs::path folder = root / "tiny";
    test::writeTinyProject(folder, 1000000);
    Program program(root.path(), { "run", folder.string() });
    ASSERT_TRUE(waitForStart(program, folder, "optimise", 0));
    const auto done = resultFiles(folder);
    program.signal(SIGINT);
    EXPECT_EQ(program.wait(), 130);
    const auto kept = resultFiles(folder);
    for (const auto& [name, bytes] : done)
        EXPECT_EQ(kept.at(name), bytes);
    EXPECT_EQ(runProgram(root.path(), { "status", folder.string() }).exitCode, 0);
}

} // namespace
} // namespace palimpsest
