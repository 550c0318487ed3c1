// SPDX-License-Identifier: Apache-2.0
#include "tests/cli/program.h"

#include "tests/support/tiny_project.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <stdexcept>

extern char** environ;

namespace palimpsest::test {

Program::Program(const std::filesystem::path& scratch, const std::vector<std::string>& arguments)
{
    static int count = 0;
    const std::string name = "program" + std::to_string(count++);
    m_output = scratch / (name + ".out");
    m_errors = scratch / (name + ".err");
    std::vector<std::string> texts { PALIMPSEST_PROGRAM };
    texts.insert(texts.end(), arguments.begin(), arguments.end());
    std::vector<char*> argv;
    for (std::string& text : texts)
        argv.push_back(text.data());
    argv.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(
        &actions, STDOUT_FILENO, m_output.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    posix_spawn_file_actions_addopen(
        &actions, STDERR_FILENO, m_errors.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    const int problem = ::posix_spawn(&m_process, argv[0], &actions, nullptr, argv.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    if (problem != 0)
        throw std::runtime_error(std::string("cannot start ") + PALIMPSEST_PROGRAM);
}

Program::~Program()
{
    if (m_process > 0) {
        ::kill(m_process, SIGKILL);
        ::waitpid(m_process, nullptr, 0);
    }
}

void Program::signal(int number) const
{
    ::kill(m_process, number);
}

bool Program::isRunning()
{
    if (m_process > 0 && ::waitpid(m_process, &m_status, WNOHANG) == m_process)
        m_process = -1;
    return m_process > 0;
}

int Program::wait()
{
    if (m_process > 0) {
        ::waitpid(m_process, &m_status, 0);
        m_process = -1;
    }
    return WIFSIGNALED(m_status) ? 128 + WTERMSIG(m_status) : WEXITSTATUS(m_status);
}

std::string Program::output() const
{
    return fileText(m_output);
}
std::string Program::errors() const
{
    return fileText(m_errors);
}

Ended runProgram(const std::filesystem::path& scratch, const std::vector<std::string>& arguments)
{
    Program program(scratch, arguments);
    const int exitCode = program.wait();
    return { exitCode, program.output(), program.errors() };
}

} // namespace palimpsest::test
