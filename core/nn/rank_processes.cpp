// SPDX-License-Identifier: Apache-2.0
#include "core/nn/rank_processes.h"

#include <csignal>
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstring>
#include <thread>

extern char** environ;

namespace palimpsest {
namespace {

using namespace std::chrono_literals;

/// Text of the form that exec wants.
class Arguments {
public:
    explicit Arguments(std::vector<std::string> texts)
        : m_texts(std::move(texts))
    {
        for (std::string& text : m_texts)
            m_pointers.push_back(text.data());
        m_pointers.push_back(nullptr);
    }
    Arguments(const Arguments&) = delete;
    Arguments& operator=(const Arguments&) = delete;
    [[nodiscard]] char* const* data() const { return m_pointers.data(); }

private:
    std::vector<std::string> m_texts;
    std::vector<char*> m_pointers;
};

/// This process's variables, with others in place of some.
std::vector<std::string> variablesWith(const std::vector<std::pair<std::string, std::string>>& changes)
{
    std::vector<std::string> all;
    for (char** each = environ; *each != nullptr; ++each) {
        const std::string_view variable = *each;
        bool isChanged = false;
        for (const auto& [name, value] : changes)
            isChanged = isChanged || variable.starts_with(name + "=");
        if (!isChanged)
            all.emplace_back(variable);
    }
    for (const auto& [name, value] : changes)
        all.push_back(name + "=" + value);
    return all;
}

} // namespace

Result<RankProcesses> RankProcesses::start(
    const RankPlace& place, const std::filesystem::path& program, const std::vector<std::string>& arguments)
{
    RankProcesses processes;
    std::vector<std::string> words { program.string() };
    words.insert(words.end(), arguments.begin(), arguments.end());
    const Arguments command(words);
    const std::string size = std::to_string(place.size);
    for (int rank = 1; rank < place.size; ++rank) {
        const Arguments variables(variablesWith({ { "RANK", std::to_string(rank) }, { "WORLD_SIZE", size },
            { "LOCAL_RANK", std::to_string(rank) }, { "LOCAL_WORLD_SIZE", size },
            { "MASTER_ADDR", place.host }, { "MASTER_PORT", std::to_string(place.port) } }));
        posix_spawn_file_actions_t actions;
        ::posix_spawn_file_actions_init(&actions);
        ::posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
        pid_t child = 0;
        const int error
            = ::posix_spawn(&child, program.c_str(), &actions, nullptr, command.data(), variables.data());
        ::posix_spawn_file_actions_destroy(&actions);
        if (error != 0)
            return failure("rank " + std::to_string(rank) + " cannot be started: " + std::strerror(error)
                    + "; ask for fewer ranks, or look at the limits of processes (ulimit -u)",
                program.string());
        processes.m_children.push_back(child);
    }
    return processes;
}

RankProcesses::~RankProcesses()
{
    for (const pid_t child : m_children)
        if (child > 0)
            ::kill(child, SIGKILL);
    for (const pid_t child : m_children)
        if (child > 0)
            ::waitpid(child, nullptr, 0);
}

std::vector<int> RankProcesses::wait(std::chrono::milliseconds patience)
{
    std::vector<int> ends(m_children.size(), kRuns);
    const auto last = std::chrono::steady_clock::now() + patience;
    while (true) {
        bool isOver = true;
        for (std::size_t i = 0; i < m_children.size(); ++i) {
            int status = 0;
            if (m_children[i] > 0 && ::waitpid(m_children[i], &status, WNOHANG) == m_children[i]) {
                m_children[i] = 0;
                ends[i] = WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
            }
            isOver = isOver && m_children[i] == 0;
        }
        if (isOver || std::chrono::steady_clock::now() > last)
            return ends;
        std::this_thread::sleep_for(10ms);
    }
}

} // namespace palimpsest
