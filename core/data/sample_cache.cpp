// SPDX-License-Identifier: Apache-2.0
#include "core/data/sample_cache.h"

#include "core/base/file.h"
#include "core/base/json.h"
#include "core/data/catalogue.h"

#include <nlohmann/json.hpp>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <bit>
#include <chrono>
#include <fstream>
#include <string_view>
#include <system_error>
#include <vector>

namespace palimpsest {

namespace fs = std::filesystem;

namespace {

static_assert(std::endian::native == std::endian::little, "entries are written as the numbers lie in memory");

constexpr std::string_view kMagic = "PLMPSC01";
constexpr std::string_view kEnding = ".samples";
constexpr std::size_t kMostHeaderBytes = std::size_t { 16 } << 20U;
constexpr std::size_t kPieceBytes = std::size_t { 4 } << 20U; // between two questions whether to stop
/// A temporary file this old belongs to a process that was killed.
constexpr auto kAbandoned = std::chrono::hours(24);

constexpr std::array kTypes { DType::UInt8, DType::Int16, DType::Int32, DType::Float32, DType::Float64 };

std::uint32_t crcOf(std::uint32_t crc, std::span<const std::byte> bytes)
{
    if (bytes.empty()) // zlib takes a null pointer for a call to begin anew
        return crc;
    return static_cast<std::uint32_t>(
        ::crc32_z(crc, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
}

template <class T> std::span<const std::byte> bytesOf(const std::vector<T>& values)
{
    return std::as_bytes(std::span(values));
}

/// The numbers of an entry, in the order of the file.
std::array<std::span<const std::byte>, 4> partsOf(const RawSamples& samples)
{
    return { samples.x.bytes(), bytesOf(samples.y), bytesOf(samples.group), bytesOf(samples.isValidation) };
}

struct Head {
    RawSamples samples; ///< with room for all numbers
    std::uint32_t crc = 0;
};

/// @param left  bytes of the file behind the header: the header must account for all of them
std::optional<Head> parseHead(const std::string& text, std::uint64_t left)
{
    const Result<Json> json = parseJson(text, {});
    if (!json.ok())
        return std::nullopt;
    try {
        const auto type = std::find_if(kTypes.begin(), kTypes.end(),
            [&](DType known) { return toString(known) == json->at("type").get<std::string>(); });
        const auto shape = json->at("shape").get<Shape>();
        const auto count = json->at("count").get<std::uint64_t>();
        const bool hasGroup = json->at("group");
        const bool hasValidation = json->at("validation");
        if (type == kTypes.end() || shape.empty() || shape[0] < 0
            || count != static_cast<std::uint64_t>(shape[0]) || count > left)
            return std::nullopt;
        const auto values = static_cast<std::uint64_t>(elementCount(shape));
        if (values > left
            || left
                != values * byteSize(*type) + count * (4U + (hasGroup ? 4U : 0U) + (hasValidation ? 1U : 0U)))
            return std::nullopt;
        Head head;
        head.crc = json->at("crc");
        head.samples.sampleRate = json->at("sampleRate");
        head.samples.classNames = json->at("classNames").get<std::vector<std::string>>();
        head.samples.x = Array(*type, shape);
        head.samples.y.resize(count);
        head.samples.group.resize(hasGroup ? count : 0);
        head.samples.isValidation.resize(hasValidation ? count : 0);
        return head;
    } catch (const Json::exception&) {
        return std::nullopt;
    } catch (const std::invalid_argument&) { // a shape without end
        return std::nullopt;
    }
}

bool readBytes(std::ifstream& file, std::span<std::byte> into)
{
    file.read(reinterpret_cast<char*>(into.data()), static_cast<std::streamsize>(into.size()));
    return file.good() || into.empty();
}

std::optional<RawSamples> readEntry(const fs::path& path)
{
    std::error_code problem;
    const std::uint64_t size = fs::file_size(path, problem);
    std::ifstream file(path, std::ios::binary);
    std::array<char, 8> magic {};
    std::uint64_t headBytes = 0;
    std::uint32_t headCrc = 0;
    const std::uint64_t fixedBytes = magic.size() + sizeof headBytes + sizeof headCrc;
    if (problem || !file || size < fixedBytes || !readBytes(file, std::as_writable_bytes(std::span(magic)))
        || std::string_view(magic.data(), magic.size()) != kMagic
        || !readBytes(file, std::as_writable_bytes(std::span(&headBytes, 1)))
        || !readBytes(file, std::as_writable_bytes(std::span(&headCrc, 1)))
        || headBytes > std::min<std::uint64_t>(size - fixedBytes, kMostHeaderBytes))
        return std::nullopt;
    std::string text(headBytes, '\0');
    if (!readBytes(file, std::as_writable_bytes(std::span(text)))
        || crcOf(0, std::as_bytes(std::span(text))) != headCrc)
        return std::nullopt;
    std::optional<Head> head = parseHead(text, size - fixedBytes - headBytes);
    if (!head)
        return std::nullopt;
    std::uint32_t crc = 0;
    RawSamples& samples = head->samples;
    for (const std::span<std::byte> part : { samples.x.bytes(), std::as_writable_bytes(std::span(samples.y)),
             std::as_writable_bytes(std::span(samples.group)),
             std::as_writable_bytes(std::span(samples.isValidation)) })
        for (std::size_t at = 0; at < part.size();
             at += kPieceBytes) { // a piece is checked while it is in the processor's cache
            const auto piece = part.subspan(at, std::min(kPieceBytes, part.size() - at));
            if (!readBytes(file, piece))
                return std::nullopt;
            crc = crcOf(crc, piece);
        }
    if (crc != head->crc)
        return std::nullopt;
    return std::move(samples);
}

std::string headOf(const RawSamples& samples)
{
    std::uint32_t crc = 0;
    for (const std::span<const std::byte> part : partsOf(samples))
        crc = crcOf(crc, part);
    return Json({ { "type", toString(samples.x.type()) }, { "shape", samples.x.shape() },
                    { "count", samples.count() }, { "group", !samples.group.empty() },
                    { "validation", !samples.isValidation.empty() }, { "sampleRate", samples.sampleRate },
                    { "classNames", samples.classNames }, { "crc", crc } })
        .dump(-1, ' ', false, Json::error_handler_t::replace);
}

Status writeEntry(const fs::path& path, const RawSamples& samples, const ReadControl& control)
{
    const std::string head = headOf(samples);
    const std::uint64_t headBytes = head.size();
    const std::uint32_t headCrc = crcOf(0, std::as_bytes(std::span(head)));
    std::ofstream file(path, std::ios::binary);
    const auto write = [&](std::span<const std::byte> bytes) {
        file.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    };
    file << kMagic;
    write(std::as_bytes(std::span(&headBytes, 1)));
    write(std::as_bytes(std::span(&headCrc, 1)));
    file << head;
    for (const std::span<const std::byte> part : partsOf(samples))
        for (std::size_t at = 0; at < part.size() && file; at += kPieceBytes) {
            if (control.isCanceled())
                return canceled();
            write(part.subspan(at, std::min(kPieceBytes, part.size() - at)));
        }
    file.close();
    return file ? success() : failure("could not be written", path.string());
}

struct Entry {
    fs::path path;
    fs::file_time_type used;
    std::int64_t bytes = 0;
};

/// All entries; abandoned temporary files are removed on the way.
std::vector<Entry> entriesIn(const fs::path& folder)
{
    std::vector<Entry> entries;
    std::error_code problem;
    for (const fs::directory_entry& found : fs::directory_iterator(folder, problem)) {
        Entry entry { found.path(), found.last_write_time(problem), 0 };
        entry.bytes = problem ? 0 : static_cast<std::int64_t>(found.file_size(problem));
        const std::string name = entry.path.filename().string();
        if (problem || name.find(kEnding) == std::string::npos)
            problem.clear(); // another process removed it, or it is none of ours
        else if (name.ends_with(kEnding))
            entries.push_back(std::move(entry));
        else if (fs::file_time_type::clock::now() - entry.used > kAbandoned)
            fs::remove(entry.path, problem);
    }
    return entries;
}

} // namespace

fs::path SampleCache::fileOf(const std::string& key) const
{
    return m_folder / (key + std::string(kEnding));
}

std::optional<RawSamples> SampleCache::find(const std::string& key) const
{
    const fs::path file = fileOf(key);
    std::error_code ignored;
    if (!fs::exists(file, ignored))
        return std::nullopt;
    std::optional<RawSamples> samples = readEntry(file);
    if (samples)
        fs::last_write_time(file, fs::file_time_type::clock::now(), ignored); // used now
    else
        fs::remove(file, ignored);
    return samples;
}

void SampleCache::store(const std::string& key, const RawSamples& samples, const ReadControl& control) const
{
    std::int64_t bytes = 0;
    for (const std::span<const std::byte> part : partsOf(samples))
        bytes += static_cast<std::int64_t>(part.size());
    if (bytes < m_leastBytes || bytes > m_limitBytes / 2)
        return;
    if (const Result<Json> head = parseJson(headOf(samples), {});
        !head.ok() || head->at("classNames") != Json(samples.classNames))
        return; // names that are no UTF-8 would come back changed
    std::error_code ignored;
    fs::create_directories(m_folder, ignored);
    const Status kept = replaceFileAtomically(
        fileOf(key), [&](const fs::path& temporary) { return writeEntry(temporary, samples, control); });
    if (kept.ok())
        trim();
}

void SampleCache::trim() const
{
    std::vector<Entry> entries = entriesIn(m_folder);
    std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.used > b.used; });
    std::int64_t total = 0;
    std::error_code ignored;
    for (const Entry& entry : entries)
        if ((total += entry.bytes) > m_limitBytes)
            fs::remove(entry.path, ignored);
}

SampleCache::Usage SampleCache::usage() const
{
    Usage usage;
    for (const Entry& entry : entriesIn(m_folder)) {
        ++usage.entries;
        usage.bytes += entry.bytes;
    }
    return usage;
}

SampleCache::Usage SampleCache::clear() const
{
    Usage cleared;
    std::error_code ignored;
    for (const Entry& entry : entriesIn(m_folder)) {
        ++cleared.entries;
        cleared.bytes += entry.bytes;
        fs::remove(entry.path, ignored);
    }
    return cleared;
}

fs::path sampleCacheFolder()
{
    return dataFolder().parent_path() / "decoded";
}

} // namespace palimpsest
