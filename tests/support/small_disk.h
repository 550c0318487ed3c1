// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <stdexcept>
#include <string>

namespace palimpsest::test {

/// Puts a disk of its own over a folder, seen by this process and its children alone and gone with them. For a child between fork() and
/// exec(), or one without threads: it allocates nothing.
/// @param options  of tmpfs: "size=64k"
/// @return false where this user may not mount
inline bool mountSmallDisk(const char* folder, const char* options)
{
    const auto write = [](const char* file, const char* text, int length) {
        const int descriptor = ::open(file, O_WRONLY | O_CLOEXEC);
        const bool isWritten
            = descriptor >= 0 && ::write(descriptor, text, static_cast<std::size_t>(length)) == length;
        ::close(descriptor);
        return isWritten;
    };
    const uid_t user = ::geteuid();
    const gid_t group = ::getegid();
    if (user == 0) {
        if (::unshare(CLONE_NEWNS) != 0)
            return false;
    } else { // who is root of a name space of its own may mount in it; files on the disk need an owner that is known there
        char text[64];
        if (::unshare(CLONE_NEWNS | CLONE_NEWUSER) != 0 || !write("/proc/self/setgroups", "deny", 4)
            || !write("/proc/self/uid_map", text, std::snprintf(text, sizeof text, "0 %u 1", user))
            || !write("/proc/self/gid_map", text, std::snprintf(text, sizeof text, "0 %u 1", group)))
            return false;
    }
    // Private, so that the mount below does not spread to where "/" is shared with.
    ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr);
    return ::mount("tmpfs", folder, "tmpfs", 0, options) == 0;
}

/// Takes room away from a disk.
class DiskFiller {
public:
    explicit DiskFiller(const std::filesystem::path& disk)
        : m_disk(disk)
    {
    }
    ~DiskFiller() { release(); }
    DiskFiller(const DiskFiller&) = delete;
    DiskFiller& operator=(const DiskFiller&) = delete;

    /// Leaves so many bytes, in whole pages. Throws where less than that is left already.
    void fill(std::int64_t leave)
    {
        release();
        struct statvfs info { };
        const int file = ::open(name().c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
        const bool isKnown = ::statvfs(m_disk.c_str(), &info) == 0;
        const auto rest = static_cast<std::int64_t>(info.f_bavail * info.f_bsize) - leave;
        const bool isFilled = isKnown && rest >= 0 && (rest == 0 || ::posix_fallocate(file, 0, rest) == 0);
        ::close(file);
        if (!isFilled)
            throw std::runtime_error("the disk at " + m_disk.string() + " could not be filled");
    }
    void release()
    {
        std::error_code ignored;
        std::filesystem::remove(name(), ignored);
    }

private:
    [[nodiscard]] std::filesystem::path name() const { return m_disk / "filler"; }

    std::filesystem::path m_disk;
};

} // namespace palimpsest::test
