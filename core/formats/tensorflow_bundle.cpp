// SPDX-License-Identifier: Apache-2.0
#include "core/formats/tensorflow_bundle.h"

#include "core/base/number_convert.h"
#include "core/formats/crc32c.h"
#include "core/formats/leveldb_table.h"
#include "core/formats/protobuf.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <map>
#include <span>
#include <utility>

namespace palimpsest::tensorflow {

namespace fs = std::filesystem;

namespace {

constexpr std::int64_t kMaxElements = (std::int64_t { 1 } << 31) - 1;
constexpr std::size_t kMaxAxes = 8;
constexpr std::int64_t kMaxShards = 100'000;
constexpr std::int64_t kFloat32 = 1;
constexpr std::int64_t kFloat64 = 2;
constexpr std::int64_t kString = 7;
constexpr std::int64_t kBfloat16 = 14;
constexpr std::int64_t kFloat16 = 19;

std::size_t bytesOfType(std::int64_t type)
{
    if (type == kFloat64)
        return 8;
    return type == kFloat32 ? 4 : 2;
}

/// TensorShapeProto: repeated Dim dim = 2 { int64 size = 1 }.
Shape readShape(protozero::pbf_reader message)
{
    Shape shape;
    while (message.next(2)) {
        protozero::pbf_reader dim = message.get_message();
        std::int64_t size = 0;
        while (dim.next(1))
            size = dim.get_int64();
        shape.push_back(size);
        if (shape.size() > kMaxAxes)
            return shape;
    }
    return shape;
}

/// BundleHeaderProto: num_shards = 1, endianness = 2.
Status readHeader(std::string_view value, BundleIndex& index, const std::string& where)
{
    protozero::pbf_reader message(value.data(), value.size());
    while (message.next()) {
        switch (message.tag()) {
        case 1:
            index.shardCount = message.get_int32();
            break;
        case 2:
            if (message.get_enum() != 0)
                return badInput(
                    "the checkpoint was written on a big-endian machine; save it on another one", where);
            break;
        default:
            message.skip();
        }
    }
    if (index.shardCount < 1 || index.shardCount > kMaxShards)
        return badInput(
            "expected 1 to 100,000 data files, the header says " + std::to_string(index.shardCount), where);
    return success();
}

/// BundleEntryProto: dtype = 1, shape = 2, shard_id = 3, offset = 4, size = 5, crc32c = 6, slices = 7.
Result<BundleEntry> readEntry(
    std::string_view key, std::string_view value, std::int64_t shardCount, const std::string& where)
{
    BundleEntry entry;
    entry.name = std::string(key);
    std::int64_t offset = 0;
    std::int64_t size = 0;
    protozero::pbf_reader message(value.data(), value.size());
    while (message.next()) {
        switch (message.tag()) {
        case 1:
            entry.type = message.get_enum();
            break;
        case 2:
            entry.shape = readShape(message.get_message());
            break;
        case 3:
            entry.shard = message.get_int32();
            break;
        case 4:
            offset = message.get_int64();
            break;
        case 5:
            size = message.get_int64();
            break;
        case 6:
            entry.crc = message.get_fixed32();
            break;
        case 7:
            entry.isSliced = true;
            message.skip();
            break;
        default:
            message.skip();
        }
    }
    const auto problem = [&](const std::string& text) {
        return badInput("tensor \"" + entry.name.substr(0, 200) + "\": " + text, where);
    };
    if (entry.shard < 0 || entry.shard >= shardCount)
        return problem(
            "its data file " + std::to_string(entry.shard) + " is not one of " + std::to_string(shardCount));
    if (offset < 0 || size < 0 || offset > INT64_MAX - size)
        return problem("its place in the data file is damaged");
    entry.offset = static_cast<std::uint64_t>(offset);
    entry.size = static_cast<std::uint64_t>(size);
    if (entry.shape.size() > kMaxAxes)
        return problem("it has more than 8 axes");
    std::int64_t count = 1;
    for (const std::int64_t axis : entry.shape) {
        if (axis < 0 || (axis > 0 && count > kMaxElements / axis))
            return problem("its shape " + toString(entry.shape)
                + " is negative or has more than 2,147,483,647 elements");
        count *= axis;
    }
    const std::uint64_t expected = static_cast<std::uint64_t>(count) * bytesOfType(entry.type);
    if (entry.isFloat() && !entry.isSliced && entry.size != expected)
        return problem("the shape " + toString(entry.shape) + " in " + entry.typeName() + " takes "
            + std::to_string(expected) + " bytes, but " + std::to_string(entry.size) + " are stored");
    return entry;
}

} // namespace

std::string BundleEntry::typeName() const
{
    static const std::map<std::int64_t, const char*> names { { kFloat32, "float32" }, { kFloat64, "float64" },
        { 3, "int32" }, { 4, "uint8" }, { 5, "int16" }, { 6, "int8" }, { kString, "string" },
        { 8, "complex64" }, { 9, "int64" }, { 10, "bool" }, { kBfloat16, "bfloat16" }, { 17, "uint16" },
        { 18, "complex128" }, { kFloat16, "float16" }, { 22, "uint32" }, { 23, "uint64" } };
    const auto found = names.find(type);
    return found == names.end() ? "type " + std::to_string(type) : found->second;
}

const BundleEntry* BundleIndex::find(std::string_view name) const
{
    const auto found = std::lower_bound(entries.begin(), entries.end(), name,
        [](const BundleEntry& entry, std::string_view wanted) { return entry.name < wanted; });
    return found != entries.end() && found->name == name ? &*found : nullptr;
}

Result<BundleIndex> parseBundleIndex(std::span<const std::byte> bytes, const std::string& where)
{
    BundleIndex index;
    try {
        bool isFirst = true;
        PALIMPSEST_CHECK(
            readLeveldbTable(bytes, where, [&](std::string_view key, std::string_view value) -> Status {
                if (std::exchange(isFirst, false)) {
                    if (!key.empty())
                        return badInput("the header of the checkpoint is missing", where);
                    return readHeader(value, index, where);
                }
                PALIMPSEST_TRY(BundleEntry entry, readEntry(key, value, index.shardCount, where));
                index.entries.push_back(std::move(entry));
                return success();
            }));
    } catch (const protozero::exception& problem) {
        return badInput("a message of the index is damaged (" + std::string(problem.what()) + ")", where);
    }
    if (index.shardCount == 0)
        return badInput("the header of the checkpoint is missing", where);
    return index;
}

fs::path bundleIndexFile(const fs::path& file)
{
    const std::string name = file.filename().string();
    if (name.ends_with(".index"))
        return file;
    if (name.ends_with(".meta"))
        return file.parent_path() / (name.substr(0, name.size() - 5) + ".index");
    constexpr std::string_view kData = ".data-";
    constexpr std::size_t kTail = 20; // ".data-00000-of-00001"
    if (name.size() > kTail && name.compare(name.size() - kTail, kData.size(), kData) == 0)
        return file.parent_path() / (name.substr(0, name.size() - kTail) + ".index");
    return {};
}

std::vector<fs::path> bundleDataFiles(const fs::path& index)
{
    fs::path prefix = index;
    const std::string start = prefix.replace_extension().filename().string() + ".data-";
    std::vector<fs::path> files;
    std::error_code ignored;
    const fs::path folder = index.has_parent_path() ? index.parent_path() : fs::path(".");
    for (const auto& entry : fs::directory_iterator(folder, ignored))
        if (entry.path().filename().string().starts_with(start))
            files.push_back(index.has_parent_path() ? entry.path() : entry.path().filename());
    std::sort(files.begin(), files.end());
    return files;
}

Result<TensorBundle> TensorBundle::open(const fs::path& index)
{
    TensorBundle bundle;
    bundle.m_where = index.string();
    PALIMPSEST_TRY(const MappedFile file, MappedFile::open(index));
    PALIMPSEST_TRY(bundle.m_index, parseBundleIndex(file.bytes(), bundle.m_where));
    fs::path prefix = index;
    prefix.replace_extension();
    for (std::int64_t i = 0; i < bundle.m_index.shardCount; ++i) {
        std::array<char, 64> end {};
        std::snprintf(end.data(), end.size(), ".data-%05lld-of-%05lld", static_cast<long long>(i),
            static_cast<long long>(bundle.m_index.shardCount));
        PALIMPSEST_TRY(MappedFile shard, MappedFile::open(prefix.string() + end.data()));
        bundle.m_shards.push_back(std::move(shard));
    }
    PALIMPSEST_CHECK(bundle.check());
    return bundle;
}

std::span<const std::byte> TensorBundle::bytesOf(const BundleEntry& entry) const
{
    return m_shards[static_cast<std::size_t>(entry.shard)].bytes().subspan(
        static_cast<std::size_t>(entry.offset), static_cast<std::size_t>(entry.size));
}

Status TensorBundle::check() const
{
    std::vector<const BundleEntry*> ordered;
    for (const BundleEntry& entry : m_index.entries)
        if (!entry.isSliced)
            ordered.push_back(&entry);
    std::sort(ordered.begin(), ordered.end(), [](const BundleEntry* a, const BundleEntry* b) {
        return std::pair(a->shard, a->offset) < std::pair(b->shard, b->offset);
    });
    for (std::size_t i = 0; i < ordered.size(); ++i) {
        const BundleEntry& entry = *ordered[i];
        const std::string subject = "tensor \"" + entry.name.substr(0, 200) + "\": ";
        const std::uint64_t length = m_shards[static_cast<std::size_t>(entry.shard)].bytes().size();
        if (entry.offset > length || entry.size > length - entry.offset)
            return badInput(subject + "its values end at byte " + std::to_string(entry.offset + entry.size)
                    + " of data file " + std::to_string(entry.shard) + ", which has only "
                    + std::to_string(length) + ": it is cut off",
                m_where);
        if (i > 0 && ordered[i - 1]->shard == entry.shard && entry.size > 0
            && ordered[i - 1]->offset + ordered[i - 1]->size > entry.offset)
            return badInput(subject + "its values overlap those of tensor \""
                    + ordered[i - 1]->name.substr(0, 200) + "\"",
                m_where);
        // The CRC of texts is computed in another way; they are no weights.
        if (entry.type != kString && maskedCrc32c(bytesOf(entry)) != entry.crc)
            return badInput(subject + "the CRC of its values in data file " + std::to_string(entry.shard)
                    + " (bytes " + std::to_string(entry.offset) + " to "
                    + std::to_string(entry.offset + entry.size)
                    + ") is wrong: the file is damaged, get it again",
                m_where);
    }
    return success();
}

Result<std::vector<float>> TensorBundle::read(const BundleEntry& entry) const
{
    const NumberFormat format = entry.type == kFloat64 ? NumberFormat::Float64
        : entry.type == kBfloat16                      ? NumberFormat::Bfloat16
        : entry.type == kFloat16                       ? NumberFormat::Float16
                                                       : NumberFormat::Float32;
    return toFloats(bytesOf(entry), format, "tensor \"" + entry.name.substr(0, 200) + "\"", m_where);
}

} // namespace palimpsest::tensorflow
