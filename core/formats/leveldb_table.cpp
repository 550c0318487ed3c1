// SPDX-License-Identifier: Apache-2.0
#include "core/formats/leveldb_table.h"

#include <leveldb/env.h>
#include <leveldb/iterator.h>
#include <leveldb/options.h>
#include <leveldb/table.h>

#include <array>
#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>

namespace palimpsest {

namespace {

constexpr std::size_t kFooterBytes = 48; ///< two block handles, padded to 40 bytes, and the magic number
constexpr std::size_t kTrailerBytes = 5; ///< of a block: kind of compression, CRC
constexpr std::array<unsigned char, 8> kMagic { 0x57, 0xFB, 0x80, 0x8B, 0x24, 0x75, 0x47, 0xDB };

/// Reads what leveldb calls varint64 and fixed32 from the front of a span.
class Reader {
public:
    explicit Reader(std::span<const std::byte> bytes)
        : m_rest(bytes)
    {
    }
    std::optional<std::uint64_t> varint()
    {
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < 64 && !m_rest.empty(); shift += 7) {
            const auto byte = std::to_integer<std::uint64_t>(m_rest.front());
            m_rest = m_rest.subspan(1);
            value |= (byte & 0x7FU) << shift;
            if ((byte & 0x80U) == 0)
                return value;
        }
        return std::nullopt;
    }
    bool skip(std::uint64_t count)
    {
        if (count > m_rest.size())
            return false;
        m_rest = m_rest.subspan(static_cast<std::size_t>(count));
        return true;
    }
    [[nodiscard]] std::span<const std::byte> rest() const { return m_rest; }

private:
    std::span<const std::byte> m_rest;
};

/// leveldb trusts the lengths inside a table (it takes the memory of a block before it reads it, and adds lengths in 32 bits), so
/// they are checked before it sees them.
class Guard {
public:
    Guard(std::span<const std::byte> bytes, const std::string& where)
        : m_bytes(bytes)
        , m_where(where)
    {
    }

    [[nodiscard]] Status check()
    {
        if (m_bytes.size() < kFooterBytes)
            return badInput("expected a leveldb table, which has at least 48 bytes, got "
                    + std::to_string(m_bytes.size()) + ": the file is cut off",
                m_where);
        const auto footer = m_bytes.last(kFooterBytes);
        if (std::memcmp(footer.last(kMagic.size()).data(), kMagic.data(), kMagic.size()) != 0)
            return badInput(
                "expected the magic number of a leveldb table in the last 8 bytes: this is no index of "
                "a TensorFlow checkpoint of version 2, or it is cut off",
                m_where);
        Reader reader(footer);
        PALIMPSEST_CHECK(readHandle(reader, m_bytes.size() - kFooterBytes).ok()
                ? success()
                : problem(m_bytes.size() - kFooterBytes)); // meta index: not read
        PALIMPSEST_TRY(const auto index, readHandle(reader, m_bytes.size() - kFooterBytes));
        return checkBlock(index, [this](std::span<const std::byte> value) -> Status {
            Reader handle(value);
            PALIMPSEST_TRY(const auto block, readHandle(handle, offsetOf(value)));
            return checkBlock(block, {});
        });
    }

private:
    using Block = std::span<const std::byte>;
    std::span<const std::byte> m_bytes;
    const std::string& m_where;

    [[nodiscard]] std::size_t offsetOf(Block part) const
    {
        return static_cast<std::size_t>(part.data() - m_bytes.data());
    }
    [[nodiscard]] Error problem(std::size_t offset) const
    {
        return badInput("the table is damaged at byte " + std::to_string(offset)
                + ": a length there points beyond the end; get the file again",
            m_where);
    }

    /// The block that a handle names, without its trailer.
    [[nodiscard]] Result<Block> readHandle(Reader& reader, std::size_t at) const
    {
        const auto offset = reader.varint();
        const auto size = offset ? reader.varint() : std::nullopt;
        const std::uint64_t end = m_bytes.size() - kFooterBytes;
        if (!size || *offset > end || *size > end - *offset || end - *offset - *size < kTrailerBytes)
            return problem(at);
        const auto block
            = m_bytes.subspan(static_cast<std::size_t>(*offset), static_cast<std::size_t>(*size));
        if (block.data()[block.size()] != std::byte { 0 })
            return badInput("the block at byte " + std::to_string(*offset)
                    + " is compressed or damaged; TensorFlow writes the index of a checkpoint uncompressed",
                m_where);
        return block;
    }

    /// Entries (shared, rest of the key, value), then an array of restart points and its length.
    [[nodiscard]] Status checkBlock(Block block, const std::function<Status(Block)>& visitValue) const
    {
        std::uint32_t restarts = 0;
        if (block.size() < sizeof restarts)
            return problem(offsetOf(block));
        std::memcpy(&restarts, block.last(sizeof restarts).data(), sizeof restarts);
        if (restarts > block.size() / sizeof restarts - 1)
            return problem(offsetOf(block) + block.size() - sizeof restarts);
        Reader reader(block.first(block.size() - (std::size_t { restarts } + 1) * sizeof restarts));
        while (!reader.rest().empty()) {
            const std::size_t at = offsetOf(reader.rest());
            const auto shared = reader.varint();
            const auto unshared = shared ? reader.varint() : std::nullopt;
            const auto length = unshared ? reader.varint() : std::nullopt;
            if (!length || *shared > block.size() || !reader.skip(*unshared)
                || *length > reader.rest().size())
                return problem(at);
            if (visitValue)
                PALIMPSEST_CHECK(visitValue(reader.rest().first(static_cast<std::size_t>(*length))));
            static_cast<void>(reader.skip(*length));
        }
        return success();
    }
};

class MemoryFile final : public leveldb::RandomAccessFile {
public:
    explicit MemoryFile(std::span<const std::byte> bytes)
        : m_bytes(bytes)
    {
    }
    leveldb::Status Read(
        std::uint64_t offset, std::size_t count, leveldb::Slice* result, char* /*scratch*/) const override
    {
        if (offset > m_bytes.size() || count > m_bytes.size() - offset)
            return leveldb::Status::Corruption("read beyond the end");
        *result = leveldb::Slice(reinterpret_cast<const char*>(m_bytes.data()) + offset, count);
        return leveldb::Status::OK();
    }

private:
    std::span<const std::byte> m_bytes;
};

Status damaged(const leveldb::Status& status, const std::string& where)
{
    return badInput("the table is damaged (" + status.ToString() + "); get the file again", where);
}

} // namespace

Status readLeveldbTable(std::span<const std::byte> bytes, const std::string& where,
    const std::function<Status(std::string_view key, std::string_view value)>& visit)
{
    PALIMPSEST_CHECK(Guard(bytes, where).check());
    leveldb::Options options;
    options.paranoid_checks = true;
    MemoryFile file(bytes);
    leveldb::Table* opened = nullptr;
    if (const leveldb::Status status = leveldb::Table::Open(options, &file, bytes.size(), &opened);
        !status.ok())
        return damaged(status, where);
    const std::unique_ptr<leveldb::Table> table(opened);
    leveldb::ReadOptions readOptions;
    readOptions.verify_checksums = true;
    const std::unique_ptr<leveldb::Iterator> pair(table->NewIterator(readOptions));
    std::optional<std::string> previous;
    for (pair->SeekToFirst(); pair->Valid(); pair->Next()) {
        const std::string_view key(pair->key().data(), pair->key().size());
        if (previous && key <= *previous)
            return badInput("the keys of the table are not in order, or one is there twice (\""
                    + std::string(key.substr(0, 80)) + "\")",
                where);
        previous = std::string(key);
        PALIMPSEST_CHECK(visit(key, { pair->value().data(), pair->value().size() }));
    }
    if (!pair->status().ok())
        return damaged(pair->status(), where);
    return success();
}

} // namespace palimpsest
