// SPDX-License-Identifier: Apache-2.0
#include "core/io/project_folder.h"

#include "core/base/file.h"
#include "core/base/hash.h"

#include <nlohmann/json.hpp>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <functional>
#include <unordered_map>

namespace palimpsest {

namespace fs = std::filesystem;

namespace {

constexpr const char* kRunsFormat = "palimpsest-runs";
constexpr int kRunsVersion = 1;
constexpr const char* kHashesFormat = "palimpsest-hashes";
constexpr int kHashesVersion = 1;

/// "2024-11-24T10:08:07.123Z"
std::string utcNow()
{
    timespec now {};
    ::clock_gettime(CLOCK_REALTIME, &now);
    tm parts {};
    ::gmtime_r(&now.tv_sec, &parts);
    char text[32];
    const std::size_t length = std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &parts);
    std::string milliseconds = std::to_string(now.tv_nsec / 1'000'000);
    milliseconds.insert(0, 3 - milliseconds.size(), '0');
    return std::string(text, length) + "." + milliseconds + "Z";
}

Result<std::string> textField(const Json& object, const char* key, const std::string& where)
{
    const auto value = object.find(key);
    if (value == object.end() || !value->is_string())
        return badInput("expected a text under the key \"" + std::string(key) + "\"", where);
    return value->get<std::string>();
}

Result<RunEntry> runFromJson(const Json& json, const std::string& where)
{
    if (!json.is_object())
        return badInput("expected an object", where);
    RunEntry run;
    PALIMPSEST_TRY(run.id, textField(json, "id", where));
    PALIMPSEST_TRY(run.device, textField(json, "device", where));
    PALIMPSEST_TRY(run.version, textField(json, "version", where));
    const auto results = json.find("results");
    const auto overrides = json.find("overrides");
    if (results == json.end() || !results->is_object() || overrides == json.end() || !overrides->is_array())
        return badInput("expected an object \"results\" and a list \"overrides\"", where);
    for (const auto& item : results->items()) {
        PALIMPSEST_TRY(std::string fingerprint, textField(*results, item.key().c_str(), where + ".results"));
        run.results.emplace_back(item.key(), std::move(fingerprint));
    }
    for (const Json& item : *overrides) {
        if (!item.is_string())
            return badInput("expected texts in \"overrides\"", where);
        run.overrides.push_back(item.get<std::string>());
    }
    return run;
}

Json toJson(const RunEntry& run)
{
    Json results = Json::object();
    for (const auto& [part, fingerprint] : run.results)
        results[part] = fingerprint;
    return { { "id", run.id }, { "device", run.device }, { "version", run.version },
        { "overrides", run.overrides }, { "results", std::move(results) } };
}

Result<std::vector<RunEntry>> runsFromFile(const fs::path& path)
{
    const std::string where = path.string();
    PALIMPSEST_TRY(const Json json, readJsonFile(path));
    if (!json.is_object() || json.value("format", Json()) != kRunsFormat || !json.contains("version")
        || !json.contains("runs") || !json["version"].is_number_integer() || !json["runs"].is_array())
        return badInput("expected the list of runs of a project, got another sort of file", where);
    if (json["version"] != kRunsVersion)
        return badInput("has version " + json["version"].dump()
                + " of the list of runs, and this program (palimpsest " + PALIMPSEST_VERSION
                + ") reads version " + std::to_string(kRunsVersion)
                + "; use the newer palimpsest that wrote it",
            where);
    std::vector<RunEntry> runs;
    for (std::size_t i = 0; i < json["runs"].size(); ++i) {
        PALIMPSEST_TRY(
            RunEntry run, runFromJson(json["runs"][i], where + ": runs[" + std::to_string(i) + "]"));
        runs.push_back(std::move(run));
    }
    return runs;
}

fs::path runsFile(const fs::path& folder)
{
    return folder / "runs.json";
}
fs::path runsBackup(const fs::path& folder)
{
    return folder / "runs.json.bak";
}

/// A file's hash, remembered or computed.
struct HashedFile {
    std::string key;
    std::string sha256;
    Json entry; // to be remembered, where isNew
    bool isNew = false;
};

/// @param remembered  gives what is remembered of a key, or null
Result<HashedFile> hashedFile(
    const fs::path& file, const std::function<const Json*(const std::string&)>& remembered)
{
    struct stat info { };
    if (::stat(file.c_str(), &info) != 0)
        return badInput("cannot be opened: " + std::string(std::strerror(errno)), file.string());
    std::error_code ignored;
    HashedFile hashed;
    hashed.key = fs::absolute(file, ignored).lexically_normal().string();
    const auto size = static_cast<std::int64_t>(info.st_size);
    const std::int64_t changed
        = static_cast<std::int64_t>(info.st_mtim.tv_sec) * 1'000'000'000 + info.st_mtim.tv_nsec;
    if (const Json* known = remembered(hashed.key); known != nullptr && known->is_object()
        && known->value("size", Json()) == size && known->value("changed", Json()) == changed
        && known->value("sha256", Json()).is_string()
        && known->at("sha256").get_ref<const std::string&>().size() == 64) {
        hashed.sha256 = known->at("sha256").get<std::string>();
        return hashed;
    }
    PALIMPSEST_TRY(hashed.sha256, sha256File(file));
    struct stat after { };
    const bool isStable = ::stat(file.c_str(), &after) == 0 && after.st_size == info.st_size
        && after.st_mtim.tv_sec == info.st_mtim.tv_sec && after.st_mtim.tv_nsec == info.st_mtim.tv_nsec;
    // A file changed just now may change again within the clock's resolution: it is hashed anew next time.
    hashed.isNew = isStable && std::time(nullptr) - info.st_mtim.tv_sec >= 2;
    hashed.entry = { { "size", size }, { "changed", changed }, { "sha256", hashed.sha256 } };
    return hashed;
}

} // namespace

fs::path ProjectFolder::resultFile(const std::string& part, const std::string& fingerprint) const
{
    std::string name = part;
    std::replace(name.begin(), name.end(), '/', '-');
    return m_folder / "results" / (name + "-" + fingerprint.substr(0, 16) + ".h5");
}

Result<std::vector<RunEntry>> ProjectFolder::readRuns() const
{
    const fs::path file = runsFile(m_folder);
    const fs::path backup = runsBackup(m_folder);
    std::error_code ignored;
    const bool hasFile = fs::exists(file, ignored);
    const bool hasBackup = fs::exists(backup, ignored);
    if (!hasFile && !hasBackup)
        return std::vector<RunEntry> {};
    Result<std::vector<RunEntry>> runs = hasFile ? runsFromFile(file) : runsFromFile(backup);
    if (runs.ok() || !hasFile || !hasBackup)
        return runs;
    Result<std::vector<RunEntry>> older
        = runsFromFile(backup); // damaged by another program: ours are replaced as a whole
    return older.ok() ? std::move(older) : std::move(runs);
}

Status ProjectFolder::writeRuns(const std::vector<RunEntry>& runs) const
{
    const fs::path file = runsFile(m_folder);
    Json json = { { "format", kRunsFormat }, { "version", kRunsVersion }, { "runs", Json::array() } };
    for (const RunEntry& run : runs)
        json["runs"].push_back(toJson(run));
    if (runsFromFile(file).ok()) {
        PALIMPSEST_TRY(const std::string old, readFile(file));
        PALIMPSEST_CHECK(writeFileAtomically(runsBackup(m_folder), old));
    }
    return writeFileAtomically(file, json.dump(2) + "\n", [&runs](const fs::path& temporary) -> Status {
        PALIMPSEST_TRY(const std::vector<RunEntry> again, runsFromFile(temporary));
        if (!(again == runs))
            return failure("reads back as something else than was written", temporary.string());
        return success();
    });
}

Status ProjectFolder::appendLog(Json entry) const
{
    Json line = Json::object();
    line["time"] = utcNow();
    for (const auto& item : entry.items())
        line[item.key()] = item.value();
    const std::string text = line.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
    const int file = ::open(logFile().c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    if (file < 0)
        return failure("could not be opened: " + std::string(std::strerror(errno)), logFile().string());
    // A line that was cut off (kill -9, full disk) is ended first, so that it spoils itself alone.
    char last = '\n';
    struct stat info { };
    if (::fstat(file, &info) == 0 && info.st_size > 0)
        static_cast<void>(::pread(file, &last, 1, info.st_size - 1) == 1);
    const std::string whole = (last == '\n' ? "" : "\n") + text;
    const ssize_t written
        = ::write(file, whole.data(), whole.size()); // one call: lines of two processes do not mix
    const int problem = written < 0 ? errno : ENOSPC;
    ::close(file);
    if (written != static_cast<ssize_t>(whole.size()))
        return failure("could not be written: " + std::string(std::strerror(problem)), logFile().string());
    return success();
}

Result<Json> ProjectFolder::findLog(const std::string& event, const std::string& fingerprint) const
{
    std::error_code ignored;
    if (!fs::exists(logFile(), ignored))
        return Json();
    PALIMPSEST_TRY(const std::string text, readFile(logFile()));
    std::size_t end = text.size();
    while (end > 0) {
        const std::size_t before = text.rfind('\n', end - 1);
        const std::size_t begin = before == std::string::npos ? 0 : before + 1;
        const std::string line = text.substr(begin, end - begin);
        end = before == std::string::npos ? 0 : before;
        if (line.find(fingerprint) == std::string::npos) // most lines need no parsing
            continue;
        const Result<Json> entry = parseJson(line, logFile().string());
        if (entry.ok() && entry->is_object() && entry->value("event", Json()) == event
            && entry->value("fingerprint", Json()) == fingerprint)
            return *entry;
    }
    return Json();
}

Result<std::string> ProjectFolder::fileHash(const fs::path& file) const
{
    PALIMPSEST_TRY(const std::vector<std::string> hashes, fileHashes({ file }));
    return hashes.front();
}

Result<std::vector<std::string>> ProjectFolder::fileHashes(const std::vector<fs::path>& files) const
{
    const fs::path cacheFile = m_folder / ".cache" / "hashes.json";
    Json known = Json::object();
    if (const Result<Json> cache = readJsonFile(cacheFile); cache.ok() && cache->is_object()
        && cache->value("format", Json()) == kHashesFormat
        && cache->value("version", Json()) == kHashesVersion && cache->value("files", Json()).is_object())
        known = cache->at("files");
    // Looked up by name: members of a Json object are found one after the other.
    std::unordered_map<std::string, std::size_t> places;
    std::vector<Json> entries;
    std::vector<std::string> names;
    for (auto& [name, entry] : known.items()) {
        places.emplace(name, entries.size());
        names.push_back(name);
        entries.push_back(std::move(entry));
    }
    bool isChanged = false;
    std::vector<std::string> hashes;
    for (const fs::path& file : files) {
        PALIMPSEST_TRY(const HashedFile found, hashedFile(file, [&](const std::string& key) -> const Json* {
            const auto place = places.find(key);
            return place == places.end() ? nullptr : &entries[place->second];
        }));
        hashes.push_back(found.sha256);
        if (!found.isNew)
            continue;
        const auto [place, isAdded] = places.emplace(found.key, entries.size());
        if (isAdded) {
            names.push_back(found.key);
            entries.emplace_back();
        }
        entries[place->second] = found.entry;
        isChanged = true;
    }
    if (!isChanged)
        return hashes;
    Json all = Json::object();
    auto& members = all.get_ref<Json::object_t&>();
    for (std::size_t i = 0; i < names.size(); ++i)
        members.emplace_back(names[i], std::move(entries[i])); // names differ already
    const Json cache
        = { { "format", kHashesFormat }, { "version", kHashesVersion }, { "files", std::move(all) } };
    std::error_code ignored;
    fs::create_directories(cacheFile.parent_path(), ignored);
    // A cache that cannot be written (read-only folder, full disk) costs time, nothing else.
    static_cast<void>(
        writeFileAtomically(cacheFile, cache.dump(1, ' ', false, Json::error_handler_t::replace) + "\n"));
    return hashes;
}

} // namespace palimpsest
