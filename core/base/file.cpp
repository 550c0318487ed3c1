// SPDX-License-Identifier: Apache-2.0
#include "core/base/file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstring>
#include <utility>

namespace palimpsest {

namespace fs = std::filesystem;

namespace {

std::string reason(int error)
{
    return std::strerror(error);
}

/// Closes in every case; close() reports what a full disk held back.
class Descriptor {
public:
    explicit Descriptor(int fd)
        : m_fd(fd)
    {
    }
    ~Descriptor()
    {
        if (m_fd >= 0)
            ::close(m_fd);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    [[nodiscard]] int get() const { return m_fd; }
    [[nodiscard]] int close() { return ::close(std::exchange(m_fd, -1)); }

private:
    int m_fd;
};

Status syncPath(const fs::path& path, int flags)
{
    Descriptor file(::open(path.c_str(), flags | O_CLOEXEC));
    // EINVAL: the file system cannot flush a folder (some network ones), and nothing is lost that it could
    // keep.
    if (file.get() < 0 || (::fsync(file.get()) != 0 && errno != EINVAL))
        return failure("could not be flushed to the disk: " + reason(errno), path.string());
    return success();
}

Status writeAll(const fs::path& path, std::span<const std::string_view> pieces)
{
    Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
    if (file.get() < 0)
        return failure("could not be created: " + reason(errno), path.string());
    for (std::string_view content : pieces)
        while (!content.empty()) {
            const ssize_t written = ::write(file.get(), content.data(), content.size());
            if (written < 0 && errno == EINTR)
                continue;
            if (written < 0)
                return failure(
                    "could not be written: " + reason(errno) + "; what was saved before is untouched",
                    path.string());
            content.remove_prefix(static_cast<std::size_t>(written));
        }
    if (file.close() != 0)
        return failure(
            "could not be written: " + reason(errno) + "; what was saved before is untouched", path.string());
    return success();
}

} // namespace

Result<std::string> readFile(const fs::path& path)
{
    Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.get() < 0)
        return badInput("cannot be opened: " + reason(errno), path.string());
    struct stat info { };
    std::string content;
    if (::fstat(file.get(), &info) != 0)
        return badInput("cannot be read: " + reason(errno), path.string());
    if (S_ISDIR(info.st_mode))
        return badInput("expected a file, got a folder", path.string());
    if (info.st_size > 0)
        content.reserve(static_cast<std::size_t>(info.st_size));
    std::string buffer(std::size_t { 1 } << 16U, '\0');
    for (;;) {
        const ssize_t got = ::read(file.get(), buffer.data(), buffer.size());
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return badInput("cannot be read: " + reason(errno), path.string());
        if (got == 0)
            return content;
        content.append(buffer.data(), static_cast<std::size_t>(got));
    }
}

Status replaceFileAtomically(const fs::path& path, const std::function<Status(const fs::path&)>& write,
    const std::function<Status(const fs::path&)>& verify)
{
    static std::atomic<unsigned> nextNumber = 0; // two threads may replace the same file
    fs::path temporary = path;
    temporary += ".tmp" + std::to_string(::getpid()) + "-" + std::to_string(nextNumber++);
    const auto attempt = [&]() -> Status {
        PALIMPSEST_CHECK(write(temporary));
        PALIMPSEST_CHECK(syncPath(temporary, O_RDONLY));
        if (verify)
            PALIMPSEST_CHECK(verify(temporary));
        if (::rename(temporary.c_str(), path.c_str()) != 0)
            return failure("could not be renamed into place: " + reason(errno), path.string());
        const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
        return syncPath(folder, O_RDONLY | O_DIRECTORY);
    };
    Status status = attempt();
    if (status)
        return status;
    ::unlink(temporary.c_str());
    Error error = status.error();
    if (error.where == temporary.string())
        error.where = path.string(); // the name that the user knows
    return error;
}

Status writeFileAtomically(
    const fs::path& path, std::string_view content, const std::function<Status(const fs::path&)>& verify)
{
    return replaceFileAtomically(
        path,
        [content](const fs::path& temporary) {
            return writeAll(temporary, { &content, 1 });
        },
        verify);
}

Status writePiecesAtomically(const fs::path& path, std::span<const std::string_view> pieces)
{
    return replaceFileAtomically(
        path, [pieces](const fs::path& temporary) { return writeAll(temporary, pieces); });
}

Result<MappedFile> MappedFile::open(const fs::path& path)
{
    Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    struct stat info { };
    if (file.get() < 0 || ::fstat(file.get(), &info) != 0)
        return badInput("cannot be opened: " + reason(errno), path.string());
    MappedFile mapped;
    if (S_ISDIR(info.st_mode))
        return badInput("expected a file, got a folder", path.string());
    if (info.st_size == 0)
        return mapped; // mmap refuses a length of 0
    const auto size = static_cast<std::size_t>(info.st_size);
    void* address = ::mmap(nullptr, size, PROT_READ, MAP_SHARED, file.get(), 0);
    if (address == MAP_FAILED) // NOLINT(performance-no-int-to-ptr): the system's own macro
        return failure("cannot be mapped into memory: " + reason(errno), path.string());
    mapped.m_bytes = { static_cast<const std::byte*>(address), size };
    return mapped;
}

MappedFile::~MappedFile()
{
    if (!m_bytes.empty())
        ::munmap(const_cast<std::byte*>(m_bytes.data()), m_bytes.size());
}

void MappedFile::release(std::span<const std::byte> part) const
{
    const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
    const auto begin = static_cast<std::size_t>(part.data() - m_bytes.data()) / page * page;
    const auto end = static_cast<std::size_t>(part.data() - m_bytes.data()) + part.size();
    if (end > begin) // whole pages; their neighbours' bytes come back when they are touched
        ::madvise(const_cast<std::byte*>(m_bytes.data()) + begin, end - begin, MADV_DONTNEED);
}

MappedFile::MappedFile(MappedFile&& other) noexcept
    : m_bytes(std::exchange(other.m_bytes, {}))
{
}

MappedFile& MappedFile::operator=(MappedFile&& other) noexcept
{
    std::swap(m_bytes, other.m_bytes);
    return *this;
}

} // namespace palimpsest
