// SPDX-License-Identifier: Apache-2.0
#include "core/data/archive.h"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <new>
#include <system_error>

namespace palimpsest {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kBlockBytes = std::size_t { 1 } << 18U;

struct CloseArchive {
    void operator()(archive* handle) const { archive_read_free(handle); }
};

} // namespace

struct ArchiveReader::State {
    fs::path path;
    std::unique_ptr<archive, CloseArchive> handle;
    std::string member; // name of the current one
    std::uint64_t bytes = 0; // of the archive

    [[nodiscard]] Error error(const std::string& otherwise) const
    {
        const char* text = archive_error_string(handle.get());
        return badInput((text == nullptr ? otherwise : std::string(text)) + ": get the file again",
            path.string() + (member.empty() ? "" : ", member " + member));
    }
};

Result<ArchiveReader> ArchiveReader::open(const fs::path& path, ArchiveKind kind)
{
    std::error_code problem;
    const fs::file_status status = fs::status(path, problem);
    if (!fs::is_regular_file(status))
        return badInput(fs::exists(status) ? "expected an archive, found no file" : "there is no such file",
            path.string());
    auto state = std::make_unique<State>();
    state->path = path;
    state->handle.reset(archive_read_new());
    state->bytes = fs::file_size(path, problem);
    archive* handle = state->handle.get();
    if (handle == nullptr)
        throw std::bad_alloc();
    archive_read_support_format_zip(handle);
    if (kind == ArchiveKind::Any) {
        archive_read_support_format_tar(handle);
        archive_read_support_filter_gzip(handle);
        archive_read_support_filter_bzip2(handle);
        archive_read_support_filter_xz(handle);
        archive_read_support_filter_zstd(handle);
    }
    if (archive_read_open_filename(handle, path.c_str(), kBlockBytes) != ARCHIVE_OK) {
        const char* reason = archive_error_string(handle); // null where libarchive names none
        return badInput("is no archive of a known kind ("
                + std::string(kind == ArchiveKind::Zip ? "zip" : "zip or tar") + "), or it is damaged"
                + (reason == nullptr ? std::string() : std::string(": ") + reason),
            path.string());
    }
    return ArchiveReader(std::move(state));
}

ArchiveReader::ArchiveReader(std::unique_ptr<State> state)
    : m_state(std::move(state))
{
}

ArchiveReader::ArchiveReader(ArchiveReader&&) noexcept = default;
ArchiveReader& ArchiveReader::operator=(ArchiveReader&&) noexcept = default;
ArchiveReader::~ArchiveReader() = default;

Result<std::optional<ArchiveEntry>> ArchiveReader::next()
{
    archive_entry* entry = nullptr;
    const int status = archive_read_next_header(m_state->handle.get(), &entry);
    if (status == ARCHIVE_EOF)
        return std::optional<ArchiveEntry>();
    if (status < ARCHIVE_WARN)
        return m_state->error("is damaged");
    const char* name = archive_entry_pathname_utf8(entry);
    if (name == nullptr)
        name = archive_entry_pathname(entry);
    if (name == nullptr)
        return m_state->error("has a member without a name");
    m_state->member = name;
    ArchiveEntry found;
    found.name = name;
    if (archive_entry_size_is_set(entry) != 0)
        found.bytes = static_cast<std::uint64_t>(std::max<std::int64_t>(0, archive_entry_size(entry)));
    const bool isLink = archive_entry_hardlink(entry) != nullptr;
    found.isFile = archive_entry_filetype(entry) == AE_IFREG && !isLink;
    found.isFolder = archive_entry_filetype(entry) == AE_IFDIR && !isLink;
    return std::optional(std::move(found));
}

Result<std::size_t> ArchiveReader::read(std::span<std::byte> into)
{
    std::size_t done = 0;
    while (done < into.size()) {
        const la_ssize_t got
            = archive_read_data(m_state->handle.get(), into.data() + done, into.size() - done);
        if (got < 0) // a wrong checksum is ARCHIVE_WARN, below 0 as well
            return m_state->error("is damaged");
        if (got == 0)
            break;
        done += static_cast<std::size_t>(got);
    }
    return done;
}

double ArchiveReader::fraction() const
{
    const auto done = static_cast<double>(archive_filter_bytes(m_state->handle.get(), -1));
    return m_state->bytes == 0 ? 1.0 : std::clamp(done / static_cast<double>(m_state->bytes), 0.0, 1.0);
}

} // namespace palimpsest
