// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include <sys/types.h>

namespace palimpsest::test {

/// The program under test, started as a process of its own with its output in files.
class Program {
public:
    /// @param scratch  folder for the output files
    Program(const std::filesystem::path& scratch, const std::vector<std::string>& arguments);
    ~Program(); ///< kills it if it still runs
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;

    void signal(int number) const;
    [[nodiscard]] pid_t process() const { return m_process; } ///< -1 once it has ended
    /// Waits for the end. @return exit code, or 128 + the signal that ended it
    int wait();
    [[nodiscard]] bool isRunning();
    [[nodiscard]] std::string output() const; ///< standard output so far
    [[nodiscard]] std::string errors() const; ///< standard error so far

private:
    std::filesystem::path m_output, m_errors;
    pid_t m_process = -1;
    int m_status = 0;
};

struct Ended {
    int exitCode = 0;
    std::string output, errors;
};
/// Runs the program to its end.
[[nodiscard]] Ended runProgram(
    const std::filesystem::path& scratch, const std::vector<std::string>& arguments);

} // namespace palimpsest::test
