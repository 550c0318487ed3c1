// SPDX-License-Identifier: Apache-2.0
#include "core/data/fetch.h"

#include "core/base/hash.h"
#include "core/base/units.h"
#include "core/data/data_store.h"
#include "core/data/download.h"
#include "core/data/unpack.h"

#include <algorithm>
#include <optional>
#include <system_error>

namespace palimpsest {

namespace fs = std::filesystem;

namespace {

/// The SHA-256 that a download must have; empty where none is known.
Result<std::string> expectedHash(const CatalogueDownload& download, const fs::path& folder)
{
    if (!download.sha256.empty())
        return download.sha256;
    PALIMPSEST_TRY(const std::optional<std::string> pinned, DataStore(folder).pinned(download.url));
    return pinned.value_or("");
}

/// The part of a job that one download is, by the sizes that are known.
JobContext partOf(const CatalogueEntry& entry, std::size_t index, const JobContext& context)
{
    const auto weight = [&](std::size_t i) {
        return static_cast<double>(std::max<std::uint64_t>(1, entry.downloads[i].aboutBytes));
    };
    double before = 0.0;
    double all = 0.0;
    for (std::size_t i = 0; i < entry.downloads.size(); ++i) {
        before += i < index ? weight(i) : 0.0;
        all += weight(i);
    }
    return context.part(before / all, (before + weight(index)) / all);
}

/// Makes a file known under a second name, or copies it where the disk cannot.
Status putBeside(const fs::path& from, const fs::path& to)
{
    std::error_code error;
    fs::create_directories(to.parent_path(), error);
    fs::create_hard_link(from, to, error);
    if (error) {
        error.clear();
        fs::copy_file(from, to, error);
    }
    if (error)
        return failure("could not be written: " + error.message(), to.string());
    return success();
}

} // namespace

fs::path fetchFolder(const std::string& name, const fs::path& folder)
{
    return folder / "fetch" / name;
}

Result<std::vector<UnconfirmedFile>> downloadDataSet(
    const CatalogueEntry& entry, const fs::path& folder, const JobContext& context)
{
    if (entry.downloads.empty())
        return badInput("there is no address from which a program can fetch it; "
                + (entry.page.empty()
                        ? "it comes with the " + entry.package
                        : "see " + entry.page + ", and read the files with a format of their own"),
            entry.name);
    std::vector<UnconfirmedFile> unconfirmed;
    for (std::size_t i = 0; i < entry.downloads.size(); ++i) {
        const CatalogueDownload& wanted = entry.downloads[i];
        DownloadRequest request;
        request.url = wanted.url;
        request.target = fetchFolder(entry.name, folder) / "files" / wanted.file;
        PALIMPSEST_TRY(request.sha256, expectedHash(wanted, folder));
        PALIMPSEST_TRY(const DownloadOutcome outcome, download(request, partOf(entry, i, context)));
        if (request.sha256.empty())
            unconfirmed.push_back({ wanted.url, request.target, outcome.sha256, outcome.bytes });
    }
    return unconfirmed;
}

Result<fs::path> unpackDataSet(const CatalogueEntry& entry, const fs::path& folder, const JobContext& context)
{
    const fs::path raw = fetchFolder(entry.name, folder) / "raw";
    std::error_code error;
    if (fs::exists(raw, error))
        return raw;
    const fs::path unfinished = fetchFolder(entry.name, folder) / "raw.new";
    fs::remove_all(unfinished, error);
    for (std::size_t i = 0; i < entry.downloads.size(); ++i) {
        const CatalogueDownload& download = entry.downloads[i];
        const fs::path file = fetchFolder(entry.name, folder) / "files" / download.file;
        PALIMPSEST_TRY(const std::string expected, expectedHash(download, folder));
        PALIMPSEST_TRY(const std::string hash, sha256File(file));
        if (hash != expected)
            return badInput(expected.empty() ? "nobody confirmed yet that its SHA-256, " + hash + ", is right"
                                             : "has the SHA-256 " + hash + ", expected " + expected,
                file.string());
        const fs::path target = unfinished / download.folder;
        if (!download.isArchive) {
            PALIMPSEST_CHECK(putBeside(file, target / download.file));
            continue;
        }
        PALIMPSEST_TRY(const std::uint64_t files,
            unpackArchive(file, target, download.wanted, {}, partOf(entry, i, context)));
        if (files == 0)
            return badInput("holds none of the files that are wanted of it", file.string());
    }
    fs::rename(unfinished, raw, error);
    if (error)
        return failure("could not be written: " + error.message(), raw.string());
    return raw;
}

} // namespace palimpsest
