// SPDX-License-Identifier: Apache-2.0
#include "core/io/bundle.h"

#include "core/base/file.h"
#include "core/base/float_formats.h"
#include "core/base/hash.h"
#include "core/base/units.h"
#include "core/io/bundle_manifest.h"
#include "core/pages/page_file.h"

#include <nlohmann/json.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <stdexcept>

namespace palimpsest {

namespace fs = std::filesystem;

namespace {

/// Path inside of the bundle -> content.
using Contents = std::map<std::string, std::string>;

void require(bool condition, const std::string& message)
{
    if (!condition)
        throw std::invalid_argument("writeBundle: " + message);
}

bool isWhole(const StoredPages& pages)
{
    const auto count
        = [&](std::int64_t perPage) { return static_cast<std::size_t>(pages.pageCount * perPage); };
    return pages.pageSize >= 0 && pages.pageCount >= 0
        && pages.bytes.size() == count(packedBytes(pages.storage, pages.pageSize))
        && pages.scales.size() == count(scaleCount(pages.storage, pages.pageSize));
}

void requireWhole(const Bundle& bundle)
{
    require(bundle.pageSize() > 0 && bundle.exclusive.pageSize == bundle.pageSize(), "no page size");
    require(isWhole(bundle.pool) && isWhole(bundle.exclusive), "a page is not whole");
    for (const BundleTask& task : bundle.tasks) {
        require(task.layout.pageSize == bundle.pageSize(), task.name + " has another page size");
        require(task.layout.places.size() == task.network.tensors.size(),
            task.name + " has a layout of another network");
        require(task.table.entries.size() == static_cast<std::size_t>(task.layout.pageCount),
            task.name + " has a table of another size");
        require(isWhole(task.privateRun) && task.privateRun.pageSize == task.layout.privateSize
                && task.privateRun.pageCount == (task.layout.privateSize > 0 ? 1 : 0),
            task.name + " has a private run of another size");
        for (const PageRef& entry : task.table.entries)
            require(entry.index < static_cast<std::uint64_t>(
                        entry.exclusive ? bundle.exclusive.pageCount : bundle.pool.pageCount),
                task.name + " uses a page that is not there");
    }
}

std::string tableBytes(const PageTable& table, std::int64_t slotCount, std::int64_t exclusiveCount)
{
    const auto width = static_cast<std::size_t>(tableEntryBytes(slotCount, exclusiveCount));
    std::string bytes;
    for (const std::uint32_t code : encodeTable(table, slotCount))
        bytes.append(reinterpret_cast<const char*>(&code), width); // the low bytes come first
    return bytes;
}

Result<PageTable> tableOf(
    const std::string& bytes, std::int64_t slotCount, std::int64_t exclusiveCount, const std::string& where)
{
    const auto width = static_cast<std::size_t>(tableEntryBytes(slotCount, exclusiveCount));
    std::vector<std::uint32_t> codes(bytes.size() / width, 0);
    for (std::size_t i = 0; i < codes.size(); ++i) {
        std::memcpy(&codes[i], bytes.data() + i * width, width);
        if (codes[i] >= static_cast<std::uint64_t>(slotCount + exclusiveCount))
            return badInput("entry " + std::to_string(i) + " names page " + std::to_string(codes[i]) + " of "
                    + std::to_string(slotCount + exclusiveCount),
                where);
    }
    return decodeTable(codes, slotCount);
}

Contents contentsOf(const Bundle& bundle)
{
    Contents contents;
    contents[kPoolFile] = pageFileContent(bundle.pool);
    contents[kExclusiveFile] = pageFileContent(bundle.exclusive);
    contents[kHeaderFile] = bundleHeader(bundle);
    for (const BundleTask& task : bundle.tasks) {
        contents[tableFile(task.name)]
            = tableBytes(task.table, bundle.pool.pageCount, bundle.exclusive.pageCount);
        contents[privateFile(task.name)] = pageFileContent(task.privateRun);
    }
    BundleFiles files;
    for (const auto& [path, content] : contents)
        files[path] = { static_cast<std::int64_t>(content.size()), sha256(content) };
    contents[kManifestFile] = manifestToJson(bundle, files).dump(2) + "\n";
    return contents;
}

Status syncFolder(const fs::path& folder)
{
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool ok = descriptor >= 0 && ::fsync(descriptor) == 0;
    const int problem = errno;
    if (descriptor >= 0)
        ::close(descriptor);
    if (!ok)
        return failure(
            "could not be flushed to the disk: " + std::string(std::strerror(problem)), folder.string());
    return success();
}

Status writeContents(const fs::path& folder, const Contents& contents)
{
    std::error_code problem;
    for (const char* below : { "tables", "private" }) {
        fs::create_directories(folder / below, problem);
        if (problem)
            return failure("could not be created: " + problem.message(), (folder / below).string());
    }
    for (const auto& [path, content] : contents)
        PALIMPSEST_CHECK(writeFileAtomically(folder / path, content));
    return syncFolder(folder);
}

Status checkFinite(const Bundle& bundle, const fs::path& folder)
{
    if (!areFinite(decodePages(bundle.pool)) || !areFinite(decodePages(bundle.exclusive)))
        return badInput("its pages hold values that are no numbers or infinite; optimise the project again "
                        "with a smaller "
                        "learning rate",
            folder.string());
    for (const BundleTask& task : bundle.tasks)
        if (!areFinite(decodePages(task.privateRun)))
            return badInput(
                "the private tensors of task " + task.name + " hold values that are no numbers or infinite",
                folder.string());
    return success();
}

/// A folder that does not exist yet, or is empty.
Status checkTarget(const fs::path& target)
{
    std::error_code problem;
    if (!fs::exists(fs::symlink_status(target, problem)))
        return success();
    if (fs::is_directory(target, problem) && fs::is_empty(target, problem) && !problem)
        return success();
    return badInput(
        "expected a folder that does not exist yet or is empty; name another one, or remove it first",
        target.string());
}

/// A file of the bundle, after its size and its hash were found to be those of the manifest.
Result<std::string> checkedFile(
    const fs::path& folder, const std::string& path, const BundleFiles& files, std::int64_t bytes)
{
    const std::string where = (folder / path).string();
    const auto entry = files.find(path);
    if (entry == files.end() || (bytes >= 0 && entry->second.bytes != bytes))
        return badInput(
            "the manifest does not fit itself: it lacks this file or gives it another size", where);
    std::error_code problem;
    const std::uintmax_t size = fs::file_size(folder / path, problem);
    if (problem)
        return badInput("cannot be opened: " + problem.message() + "; export the bundle again", where);
    if (size != static_cast<std::uintmax_t>(entry->second.bytes))
        return badInput("expected " + formatCount(entry->second.bytes) + " bytes, found "
                + formatCount(static_cast<std::int64_t>(size)) + "; export the bundle again",
            where);
    PALIMPSEST_TRY(std::string content, readFile(folder / path));
    if (sha256(content) != entry->second.sha256)
        return badInput("the content does not match the SHA-256 of the manifest: the file is damaged; export "
                        "the bundle again",
            where);
    return content;
}

/// Pages whose form and number the manifest has told.
Status readPages(
    const fs::path& folder, const std::string& path, const BundleFiles& files, StoredPages& pages)
{
    PALIMPSEST_TRY(const std::string content,
        checkedFile(folder, path, files, pageFileBytes(pages.storage, pages.pageSize, pages.pageCount)));
    pages = pagesOfFile(content, pages.storage, pages.pageSize, pages.pageCount);
    return success();
}

BundleSize sizeOf(const Bundle& bundle, const Contents& contents)
{
    BundleSize size { storedBytes(bundle), 0 };
    for (const auto& [path, content] : contents)
        size.otherBytes += static_cast<std::int64_t>(content.size());
    size.otherBytes -= size.storedBytes;
    return size;
}

} // namespace

std::int64_t storedBytes(const Bundle& bundle)
{
    const auto bytesOf = [](const StoredPages& pages) {
        return pageFileBytes(pages.storage, pages.pageSize, pages.pageCount);
    };
    const std::int64_t entryBytes = tableEntryBytes(bundle.pool.pageCount, bundle.exclusive.pageCount);
    std::int64_t bytes = bytesOf(bundle.pool) + bytesOf(bundle.exclusive);
    for (const BundleTask& task : bundle.tasks)
        bytes += task.layout.pageCount * entryBytes + bytesOf(task.privateRun);
    return bytes;
}

fs::path exclusivePagesFile(const fs::path& bundle)
{
    return bundle / kExclusiveFile;
}

Result<BundleSize> writeBundle(const fs::path& target, const Bundle& bundle)
{
    requireWhole(bundle);
    PALIMPSEST_CHECK(checkFinite(bundle, target));
    const fs::path folder = fs::absolute(target).lexically_normal();
    const fs::path place
        = folder.has_filename() ? folder : folder.parent_path(); // "out/" ends in an empty name
    PALIMPSEST_CHECK(checkTarget(place));
    fs::path temporary = place;
    temporary += ".tmp" + std::to_string(::getpid());
    std::error_code problem;
    fs::remove_all(temporary, problem);
    const auto attempt = [&]() -> Result<BundleSize> {
        const Contents contents = contentsOf(bundle);
        PALIMPSEST_CHECK(writeContents(temporary, contents));
        PALIMPSEST_TRY(const Bundle again, readBundle(temporary));
        if (!(again == bundle))
            return failure("reads back as something else than was written", place.string());
        if (::rename(temporary.c_str(), place.c_str()) != 0)
            return failure(
                "could not be renamed into place: " + std::string(std::strerror(errno)), place.string());
        PALIMPSEST_CHECK(syncFolder(place.parent_path()));
        return sizeOf(bundle, contents);
    };
    Result<BundleSize> size = attempt();
    if (!size.ok())
        fs::remove_all(temporary, problem);
    return size;
}

Result<Bundle> readBundle(const fs::path& folder)
{
    PALIMPSEST_TRY(const Json json, readJsonFile(folder / kManifestFile));
    PALIMPSEST_TRY(Manifest manifest, manifestFromJson(json, (folder / kManifestFile).string()));
    const BundleFiles& files = manifest.files;
    Bundle bundle = std::move(manifest.bundle);
    PALIMPSEST_CHECK(readPages(folder, kPoolFile, files, bundle.pool));
    PALIMPSEST_CHECK(readPages(folder, kExclusiveFile, files, bundle.exclusive));
    const std::int64_t slots = bundle.pool.pageCount;
    const std::int64_t exclusives = bundle.exclusive.pageCount;
    for (BundleTask& task : bundle.tasks) {
        const std::string table = tableFile(task.name);
        PALIMPSEST_TRY(const std::string codes,
            checkedFile(folder, table, files, task.layout.pageCount * tableEntryBytes(slots, exclusives)));
        PALIMPSEST_TRY(task.table, tableOf(codes, slots, exclusives, (folder / table).string()));
        PALIMPSEST_CHECK(readPages(folder, privateFile(task.name), files, task.privateRun));
    }
    PALIMPSEST_TRY([[maybe_unused]] const std::string header, checkedFile(folder, kHeaderFile, files, -1));
    PALIMPSEST_CHECK(checkFinite(bundle, folder));
    return bundle;
}

} // namespace palimpsest
