// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/array.h"
#include "core/base/file.h"
#include "core/base/result.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace palimpsest::tensorflow {

/// What the index of a checkpoint says of one tensor.
struct BundleEntry {
    std::string name;
    std::int64_t type = 0; ///< DataType of TensorFlow: 1 float32, 2 float64, 14 bfloat16, 19 float16, ...
    Shape shape;
    std::int64_t shard = 0; ///< which data file
    std::uint64_t offset = 0, size = 0; ///< bytes in it
    std::uint32_t crc = 0; ///< CRC32C of these bytes, masked
    bool isSliced = false; ///< a partitioned variable: its parts are stored elsewhere
    [[nodiscard]] bool isFloat() const { return type == 1 || type == 2 || type == 14 || type == 19; }
    /// "float32", "int64", ...
    [[nodiscard]] std::string typeName() const;
};

/// The index of a checkpoint of version 2: a leveldb table whose values are messages of tensor_bundle.proto.
struct BundleIndex {
    std::int64_t shardCount = 0;
    std::vector<BundleEntry> entries; ///< by name, ascending
    [[nodiscard]] const BundleEntry* find(std::string_view name) const;
};

/// Checks all lengths, the table's CRCs and the messages. @param where  names the file in errors
[[nodiscard]] Result<BundleIndex> parseBundleIndex(
    std::span<const std::byte> bytes, const std::string& where);

/// A checkpoint, its data files mapped.
class TensorBundle {
public:
    /// Opens PREFIX.index and PREFIX.data-0000i-of-0000n, and checks that every tensor lies inside its file, that none overlap, and
    /// the CRC of each.
    /// @param index  the .index file
    [[nodiscard]] static Result<TensorBundle> open(const std::filesystem::path& index);

    [[nodiscard]] const BundleIndex& index() const { return m_index; }
    /// The values as float32. @pre the entry is one of index() and isFloat(). A value beyond float32 is BadInput.
    [[nodiscard]] Result<std::vector<float>> read(const BundleEntry& entry) const;

private:
    std::string m_where;
    BundleIndex m_index;
    std::vector<MappedFile> m_shards;

    [[nodiscard]] std::span<const std::byte> bytesOf(const BundleEntry& entry) const;
    [[nodiscard]] Status check() const;
};

/// PREFIX.index, whichever file of the checkpoint was named; empty where the name is that of none.
[[nodiscard]] std::filesystem::path bundleIndexFile(const std::filesystem::path& file);
/// The data files that lie beside the index.
[[nodiscard]] std::vector<std::filesystem::path> bundleDataFiles(const std::filesystem::path& index);

} // namespace palimpsest::tensorflow
