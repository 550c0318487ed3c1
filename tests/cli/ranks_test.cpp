// SPDX-License-Identifier: Apache-2.0
// One job in two processes, seen from outside.
#include "core/io/project_folder.h"
#include "core/pipeline/project.h"
#include "tests/cli/program.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/tiny_project.h"

#include <gtest/gtest.h>

#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <map>
#include <optional>
#include <thread>

namespace palimpsest {
namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;
using test::Program;
using test::runProgram;
using test::TemporaryFolder;

/// A project that is done up to matching, so that what follows is optimise alone.
fs::path matchedProject(const TemporaryFolder& root, int steps)
{
    fs::path folder = root / "tiny";
    test::writeTinyProject(folder, steps);
    test::replaceInFile(folder / "project.json", "\"steps\": " + std::to_string(steps),
        "\"checkpointSeconds\": 0.05, \"steps\": " + std::to_string(steps));
    EXPECT_EQ(runProgram(root.path(), { "run", folder.string(), "--until", "match" }).exitCode, 0);
    return folder;
}

void waitForCheckpoint(Program& program, const fs::path& folder)
{
    while (program.isRunning() && !fs::exists(ProjectFolder(folder).checkpointFile()))
        std::this_thread::sleep_for(1ms);
}

/// The child processes of a process.
std::vector<pid_t> childrenOf(pid_t parent)
{
    std::vector<pid_t> children;
    for (const fs::directory_entry& entry : fs::directory_iterator("/proc")) {
        std::ifstream file(entry.path() / "stat");
        std::string number, name, state;
        pid_t of = 0;
        if (file >> number >> name >> state >> of && of == parent)
            children.push_back(std::atoi(number.c_str()));
    }
    return children;
}

/// Sets variables of this process, and so of the programs that it starts, for a while.
class Variables {
public:
    explicit Variables(const std::map<std::string, std::string>& values)
        : m_values(values)
    {
        for (const auto& [name, value] : values)
            ::setenv(name.c_str(), value.c_str(), 1);
    }
    ~Variables()
    {
        for (const auto& [name, value] : m_values)
            ::unsetenv(name.c_str());
    }
    Variables(const Variables&) = delete;
    Variables& operator=(const Variables&) = delete;

private:
    std::map<std::string, std::string> m_values;
};

TEST(Ranks, RunAWholeProject)
{
    const TemporaryFolder root;
    test::writeTinyProject(root / "tiny");
    const auto run = runProgram(root.path(), { "run", (root / "tiny").string(), "--ranks", "2" });
    EXPECT_EQ(run.exitCode, 0) << run.errors;
    EXPECT_NE(run.output.find("Report: "), std::string::npos) << run.output;
    EXPECT_EQ(run.output.find("Report: "), run.output.rfind("Report: ")) << "rank 0 alone reports";
    const auto project = Project::open(root / "tiny");
    ASSERT_TRUE(project);
    for (const PlannedPart& planned : project->plan())
        EXPECT_TRUE(project->isDone(planned.part.name)) << planned.part.name;
}

TEST(Ranks, AKilledRankEndsTheJobWithACheckpointToGoOnFrom)
{
    const TemporaryFolder root;
    const fs::path folder = matchedProject(root, 3000);
    Program program(root.path(), { "run", folder.string(), "--ranks", "2", "--until", "optimise" });
    waitForCheckpoint(program, folder);
    ASSERT_TRUE(program.isRunning()) << program.errors();
    const std::vector<pid_t> children = childrenOf(program.process());
    ASSERT_EQ(children.size(), 1U);
    ::kill(children.front(), SIGKILL);
    EXPECT_EQ(program.wait(), 1);
    EXPECT_NE(program.errors().find("rank 1 of 2 has ended without a word"), std::string::npos)
        << program.errors();
    const auto again = runProgram(root.path(), { "run", folder.string(), "--until", "optimise" });
    EXPECT_EQ(again.exitCode, 0) << again.errors;
    EXPECT_NE(again.errors.find("goes on from its last checkpoint"), std::string::npos) << again.errors;
}

TEST(Ranks, NoneIsLeftWhenTheFirstIsKilled)
{
    const TemporaryFolder root;
    const fs::path folder = matchedProject(root, 1000000);
    Program program(root.path(), { "run", folder.string(), "--ranks", "2", "--until", "optimise" });
    waitForCheckpoint(program, folder);
    const std::vector<pid_t> children = childrenOf(program.process());
    ASSERT_EQ(children.size(), 1U) << program.errors();
    program.signal(SIGKILL);
    program.wait();
    while (
        fs::exists("/proc/" + std::to_string(children.front()) + "/exe")) // the test's time limit ends this
        std::this_thread::sleep_for(10ms);
    const auto again = runProgram(
        root.path(), { "run", folder.string(), "--set", "optimisation.steps=20", "--until", "optimise" });
    EXPECT_EQ(again.exitCode, 0) << again.errors;
}

TEST(Ranks, ControlCEndsAll)
{
    const TemporaryFolder root;
    const fs::path folder = matchedProject(root, 1000000);
    Program program(root.path(), { "run", folder.string(), "--ranks", "2", "--until", "optimise" });
    waitForCheckpoint(program, folder);
    const std::vector<pid_t> children = childrenOf(program.process());
    program.signal(SIGINT);
    EXPECT_EQ(program.wait(), 130) << program.errors();
    ASSERT_EQ(children.size(), 1U);
    EXPECT_FALSE(fs::exists("/proc/" + std::to_string(children.front()) + "/exe"));
    EXPECT_TRUE(fs::exists(ProjectFolder(folder).checkpointFile()));
}

TEST(Ranks, StartedByVariables)
{
    const TemporaryFolder root;
    const fs::path folder = matchedProject(root, 60);
    std::map<std::string, std::string> values { { "WORLD_SIZE", "2" }, { "MASTER_ADDR", "127.0.0.1" },
        { "MASTER_PORT", std::to_string(20000 + ::getpid() % 20000) }, { "RANK", "1" } };
    const std::vector<std::string> arguments { "run", folder.string(), "--until", "optimise" };
    std::optional<Program> second;
    {
        const Variables variables(values);
        second.emplace(root.path(), arguments);
    }
    values["RANK"] = "0";
    const Variables variables(values);
    const auto first = runProgram(root.path(), arguments);
    EXPECT_EQ(first.exitCode, 0) << first.errors;
    EXPECT_EQ(second->wait(), 0) << second->errors();
    EXPECT_EQ(second->errors(), "");
    EXPECT_EQ(second->output(), "");
}

/// Of a whole optimise stage.
std::string optimisedBytes(const fs::path& folder)
{
    for (const fs::directory_entry& entry : fs::directory_iterator(folder / "results"))
        if (entry.path().filename().string().starts_with("optimise-"))
            return test::fileText(entry.path());
    return {};
}

/// PyTorch's own starter, as a shell command. Empty: there is none.
std::string torchrun()
{
    std::vector<std::string> commands { "torchrun", "python3 -m torch.distributed.run" };
    if (const char* const named = std::getenv("PALIMPSEST_TORCHRUN"))
        commands = { named };
    for (const std::string& command : commands)
        if (std::system((command + " --help > /dev/null 2>&1").c_str()) == 0)
            return command;
    return {};
}

TEST(Ranks, StartedByTorchrunAreThoseThatTheProgramStarts)
{
    const std::string command = torchrun();
    if (command.empty())
        GTEST_SKIP() << "no torchrun here; PALIMPSEST_TORCHRUN names it where it is not in PATH";
    const TemporaryFolder root;
    const fs::path folder = matchedProject(root, 60);
    fs::copy(folder, root / "own", fs::copy_options::recursive);
    const auto own
        = runProgram(root.path(), { "run", (root / "own").string(), "--ranks", "2", "--until", "optimise" });
    ASSERT_EQ(own.exitCode, 0) << own.errors;
    const std::string line = command + " --standalone --nproc-per-node 2 --no-python " + PALIMPSEST_PROGRAM
        + " run " + folder.string() + " --until optimise > " + (root / "out").string() + " 2> "
        + (root / "err").string();
    ASSERT_EQ(std::system(line.c_str()), 0) << test::fileText(root / "err");
    const std::string progress = test::fileText(root / "err"), done = "optimise  done";
    EXPECT_NE(progress.find(done), std::string::npos) << progress;
    EXPECT_EQ(progress.find(done), progress.rfind(done)) << "rank 0 alone reports";
    EXPECT_EQ(optimisedBytes(folder), optimisedBytes(root / "own"));
    EXPECT_FALSE(optimisedBytes(folder).empty());
}

TEST(Ranks, RefusesWhatDoesNotFit)
{
    const TemporaryFolder root;
    const fs::path folder = matchedProject(root, 60);
    const auto many = runProgram(root.path(), { "run", folder.string(), "--ranks", "3" });
    EXPECT_EQ(many.exitCode, 2);
    EXPECT_NE(many.errors.find("at most one process a task, got 3 processes for 2 tasks"), std::string::npos)
        << many.errors;
    const auto missing = runProgram(root.path(), { "run", (root / "nothing").string(), "--ranks", "2" });
    EXPECT_EQ(missing.exitCode, 2);
    {
        const Variables variables(std::map<std::string, std::string> { { "RANK", "1" } });
        const auto run = runProgram(root.path(), { "run", folder.string() });
        EXPECT_EQ(run.exitCode, 2);
        EXPECT_NE(run.errors.find("WORLD_SIZE is not set, but RANK is"), std::string::npos) << run.errors;
    }
    const Variables variables(
        { { "RANK", "0" }, { "WORLD_SIZE", "4" }, { "MASTER_ADDR", "x" }, { "MASTER_PORT", "1" } });
    const auto run = runProgram(root.path(), { "run", folder.string(), "--ranks", "2" });
    EXPECT_EQ(run.exitCode, 2);
    EXPECT_NE(
        run.errors.find("--ranks says 2 processes, but WORLD_SIZE or SLURM_NTASKS says 4"), std::string::npos)
        << run.errors;
}

} // namespace
} // namespace palimpsest
