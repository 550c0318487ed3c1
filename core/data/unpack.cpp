// SPDX-License-Identifier: Apache-2.0
#include "core/data/unpack.h"

#include "core/base/units.h"
#include "core/data/archive.h"

#include <fnmatch.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <set>
#include <system_error>

namespace palimpsest {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kBlockBytes = std::size_t { 1 } << 20U;

struct CloseFile {
    void operator()(std::FILE* file) const { std::fclose(file); }
};

bool isWanted(const std::string& name, const std::vector<std::string>& wanted)
{
    return wanted.empty() || std::any_of(wanted.begin(), wanted.end(), [&](const std::string& pattern) {
        return fnmatch(pattern.c_str(), name.c_str(), 0) == 0;
    });
}

/// The member's place below the folder; "./a//b" is "a/b". Empty where the name stands for the folder itself.
Result<fs::path> placeOf(const ArchiveEntry& entry, const fs::path& archive)
{
    fs::path place;
    const fs::path name(entry.name);
    for (const fs::path& part : name.relative_path()) {
        if (part == "..")
            return badInput(
                "its member " + entry.name + " would lie outside of the folder: the archive is not trusted",
                archive.string());
        if (!part.empty() && part != ".")
            place /= part;
    }
    if (name.is_absolute() || entry.name.find('\0') != std::string::npos)
        return badInput(
            "its member " + entry.name + " would lie outside of the folder: the archive is not trusted",
            archive.string());
    return place;
}

class Unpacker {
public:
    Unpacker(const fs::path& archive, const fs::path& folder, UnpackLimits limits)
        : m_archive(archive)
        , m_folder(folder)
        , m_limits(limits)
        , m_block(kBlockBytes)
    {
    }

    Status add(ArchiveReader& reader, const ArchiveEntry& entry, const JobContext& context)
    {
        PALIMPSEST_TRY(const fs::path place, placeOf(entry, m_archive));
        if (entry.isFolder || place.empty())
            return success();
        if (!entry.isFile)
            return badInput(
                "its member " + entry.name + " is a link or a device; archives of files alone are unpacked",
                m_archive.string());
        if (!m_seen.insert(place.string()).second)
            return badInput("holds two files called " + place.string(), m_archive.string());
        if (m_seen.size() > m_limits.files)
            return tooMuch("more than " + formatCount(static_cast<std::int64_t>(m_limits.files)) + " files");
        if (entry.bytes && *entry.bytes > m_limits.bytes - m_bytes)
            return tooMuch("more than " + formatBytes(static_cast<double>(m_limits.bytes)));
        return write(reader, m_folder / place, context);
    }

    [[nodiscard]] std::uint64_t files() const { return m_seen.size(); }
    [[nodiscard]] std::uint64_t bytes() const { return m_bytes; }

private:
    Error tooMuch(const std::string& what) const
    {
        return badInput("would become " + what
                + " when it is unpacked, far more than its size lets expect: the archive "
                  "is not trusted",
            m_archive.string());
    }

    Status write(ArchiveReader& reader, const fs::path& target, const JobContext& context)
    {
        std::error_code error;
        fs::create_directories(target.parent_path(), error);
        const std::unique_ptr<std::FILE, CloseFile> file(error ? nullptr : std::fopen(target.c_str(), "wbe"));
        if (!file)
            return failure(
                "could not be written: " + (error ? error.message() : std::string(std::strerror(errno))),
                target.string());
        while (true) {
            if (context.isCanceled())
                return canceled();
            PALIMPSEST_TRY(const std::size_t got, reader.read(m_block));
            if (got > m_limits.bytes - m_bytes)
                return tooMuch("more than " + formatBytes(static_cast<double>(m_limits.bytes)));
            m_bytes += got;
            if (std::fwrite(m_block.data(), 1, got, file.get()) != got)
                return failure("could not be written: " + std::string(std::strerror(errno)), target.string());
            if (got < m_block.size())
                break;
        }
        if (std::fflush(file.get()) != 0)
            return failure("could not be written: " + std::string(std::strerror(errno)), target.string());
        return success();
    }

    fs::path m_archive;
    fs::path m_folder;
    UnpackLimits m_limits;
    std::vector<std::byte> m_block;
    std::set<std::string> m_seen;
    std::uint64_t m_bytes = 0;
};

} // namespace

Result<std::uint64_t> unpackArchive(const fs::path& archive, const fs::path& folder,
    const std::vector<std::string>& wanted, const UnpackLimits& limits, const JobContext& context)
{
    PALIMPSEST_TRY(ArchiveReader reader, ArchiveReader::open(archive, ArchiveKind::Any));
    UnpackLimits effective = limits;
    std::error_code error;
    const std::uint64_t archiveBytes = fs::file_size(archive, error);
    if (effective.bytes == 0)
        effective.bytes = 100 * (error ? 0 : archiveBytes) + 100'000'000;
    Unpacker unpacker(archive, folder, effective);
    while (true) {
        if (context.isCanceled())
            return canceled();
        PALIMPSEST_TRY(const std::optional<ArchiveEntry> entry, reader.next());
        if (!entry)
            return unpacker.files();
        context.setProgress(reader.fraction(),
            archive.filename().string() + ": " + formatCount(static_cast<std::int64_t>(unpacker.files()))
                + " files, " + formatBytes(static_cast<double>(unpacker.bytes())));
        if (isWanted(entry->name, wanted))
            PALIMPSEST_CHECK(unpacker.add(reader, *entry, context));
    }
}

} // namespace palimpsest
