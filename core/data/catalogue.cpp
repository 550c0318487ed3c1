// SPDX-License-Identifier: Apache-2.0
#include "core/data/catalogue.h"

#include "core/base/hash.h"
#include "core/base/units.h"
#include "core/data/catalogue_entries.h"
#include "core/data/data_store.h"

#include <pwd.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <system_error>

namespace palimpsest {

namespace fs = std::filesystem;

namespace {

FileState stateOf(const CatalogueFile& file, const fs::path& path)
{
    std::error_code error;
    if (!fs::is_regular_file(path, error))
        return FileState::Missing;
    return fs::file_size(path, error) == file.bytes ? FileState::Present : FileState::Damaged;
}

std::string adviceFor(const CatalogueEntry& entry, const DataSetCheck& check)
{
    std::string missing;
    std::string damaged;
    for (const DataSetCheck::File& file : check.files) {
        if (file.state == FileState::Missing)
            missing += (missing.empty() ? "" : ", ") + file.path.string();
        else if (file.state == FileState::Damaged)
            damaged += (damaged.empty() ? "" : ", ") + file.path.string();
    }
    if (missing.empty() && damaged.empty())
        return {};
    const std::string what = entry.name + ": " + (missing.empty() ? "" : "missing " + missing)
        + (!missing.empty() && !damaged.empty() ? "; " : "")
        + (damaged.empty() ? "" : "not the known content " + damaged);
    if (!entry.files.empty())
        return what
            + "; packaging/setup --data-only (installed: palimpsest-setup --data-only) gets the files from "
              "the "
            + entry.package;
    if (!entry.downloads.empty())
        return what + "; `palimpsest data fetch " + entry.name + "` gets it"
            + (entry.aboutBytes() == 0
                    ? ""
                    : " (about " + formatBytes(static_cast<double>(entry.aboutBytes())) + " to fetch)");
    return what + "; no program can fetch it: see " + entry.page;
}

} // namespace

std::uint64_t CatalogueEntry::aboutBytes() const
{
    std::uint64_t sum = 0;
    for (const CatalogueDownload& download : downloads) {
        if (download.aboutBytes == 0)
            return 0;
        sum += download.aboutBytes;
    }
    return sum;
}

const std::vector<CatalogueEntry>& dataCatalogue()
{
    static const std::vector<CatalogueEntry> entries = [] {
        std::vector<CatalogueEntry> all = quickstartEntries();
        std::vector<CatalogueEntry> references = referenceEntries();
        all.insert(all.end(), references.begin(), references.end());
        return all;
    }();
    return entries;
}

Result<CatalogueEntry> findDataSet(const std::string& name)
{
    std::string known;
    for (const CatalogueEntry& entry : dataCatalogue()) {
        if (entry.name == name)
            return entry;
        known += (known.empty() ? "" : ", ") + entry.name;
    }
    return badInput("unknown data set \"" + name + "\"; known are " + known);
}

fs::path dataFolder()
{
    const auto variable = [](const char* name) {
        const char* value = std::getenv(name);
        return value == nullptr ? fs::path() : fs::path(value);
    };
    fs::path cache = variable("XDG_CACHE_HOME");
    if (!cache.is_absolute()) { // unset, or to be ignored by the XDG base directory specification
        fs::path home = variable("HOME");
        const passwd* user = home.empty() ? getpwuid(getuid()) : nullptr;
        if (user != nullptr)
            home = user->pw_dir;
        cache = home / ".cache";
    }
    return cache / "palimpsest" / "data";
}

fs::path dataBase(const DataSettings& data, const fs::path& root)
{
    std::error_code error;
    const bool isOurs = !fs::exists(root / data.path, error) && fs::exists(dataFolder() / data.path, error);
    return isOurs ? dataFolder() : root;
}

bool DataSetCheck::isComplete() const
{
    return std::all_of(
        files.begin(), files.end(), [](const File& file) { return file.state == FileState::Present; });
}

Result<DataSetCheck> findDataSetFiles(const std::string& name, const fs::path& folder)
{
    PALIMPSEST_TRY(const CatalogueEntry entry, findDataSet(name));
    DataSetCheck check;
    for (const CatalogueFile& file : entry.files)
        check.files.push_back({ folder / file.path, stateOf(file, folder / file.path) });
    if (entry.files.empty()) {
        std::error_code error;
        const fs::path path = folder / entry.data.path;
        check.files.push_back(
            { path, fs::is_regular_file(path, error) ? FileState::Present : FileState::Missing });
    }
    check.advice = adviceFor(entry, check);
    return check;
}

Result<DataSetCheck> checkDataSet(const std::string& name, const fs::path& folder)
{
    PALIMPSEST_TRY(const CatalogueEntry entry, findDataSet(name));
    PALIMPSEST_TRY(DataSetCheck check, findDataSetFiles(name, folder));
    for (std::size_t i = 0; i < check.files.size(); ++i) {
        DataSetCheck::File& file = check.files[i];
        if (file.state != FileState::Present)
            continue;
        PALIMPSEST_TRY(const std::string hash, sha256File(file.path));
        std::string expected = hash; // a file that somebody else put there is taken as it is
        if (!entry.files.empty()) {
            expected = entry.files[i].sha256;
        } else {
            PALIMPSEST_TRY(const std::optional<std::string> made, DataStore(folder).made(name));
            expected = made.value_or(hash);
        }
        if (hash != expected)
            file.state = FileState::Damaged;
    }
    check.advice = adviceFor(entry, check);
    return check;
}

} // namespace palimpsest
