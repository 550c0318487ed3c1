// SPDX-License-Identifier: Apache-2.0
#include "core/base/file.h"
#include "core/io/project_folder.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace palimpsest {

namespace fs = std::filesystem;

namespace {

std::string hostName()
{
    char name[256] {};
    return ::gethostname(name, sizeof name - 1) == 0 ? name : "unknown host";
}

/// "process 1234 on host" as the holder wrote it into the lock file, shortened; it may be gone again.
std::string holder(const fs::path& file)
{
    const Result<std::string> text = readFile(file);
    const std::string line
        = text.ok() ? text->substr(0, std::min(text->find('\n'), std::size_t { 200 })) : std::string();
    return line.empty() ? "another process" : line;
}

} // namespace

Result<ProjectLock> ProjectLock::acquire(const fs::path& folder, LockKind kind)
{
    const fs::path file = folder / (kind == LockKind::Edit ? ".edit.lock" : ".lock");
    ProjectLock lock;
    lock.m_descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (lock.m_descriptor < 0)
        return badInput("the project cannot be locked: " + std::string(std::strerror(errno))
                + "; expected a project folder that can be written to",
            file.string());
    while (::flock(lock.m_descriptor, LOCK_EX | LOCK_NB) != 0) {
        if (errno == EINTR)
            continue;
        if (errno != EWOULDBLOCK)
            return failure(
                "the project cannot be locked: " + std::string(std::strerror(errno)), file.string());
        const std::string message = kind == LockKind::Edit
            ? "the project is open for editing in another window (" + holder(file)
                + "); close it there to edit it here"
            : "the project is in use by " + holder(file)
                + "; wait until it has ended, or end it, and try again";
        return Error { ErrorKind::Locked, message, folder.string() };
    }
    const std::string text = "process " + std::to_string(::getpid()) + " on " + hostName() + "\n";
    // The text helps people; the lock holds without it, even on a full disk.
    if (::ftruncate(lock.m_descriptor, 0) == 0)
        static_cast<void>(::pwrite(lock.m_descriptor, text.data(), text.size(), 0) == 0);
    return lock;
}

ProjectLock::ProjectLock(ProjectLock&& other) noexcept
    : m_descriptor(std::exchange(other.m_descriptor, -1))
{
}

ProjectLock& ProjectLock::operator=(ProjectLock&& other) noexcept
{
    std::swap(m_descriptor, other.m_descriptor);
    return *this;
}

ProjectLock::~ProjectLock()
{
    // The file stays: removing it would let two processes lock two files of one name.
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

} // namespace palimpsest
