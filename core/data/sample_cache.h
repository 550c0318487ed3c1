// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/data/dataset.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace palimpsest {

/// Decoded samples in a folder of files, one an entry, found by a key that names all they were made from. It only saves time: what
/// cannot be read, written or is damaged is as if it were not there. Several processes and threads may use one folder at a time.
///
/// An entry is KEY.samples: 8 bytes "PLMPSC01", the length of the header (uint64), its CRC-32 (uint32), the header (JSON: types,
/// shape, names, CRC-32 of the numbers), then the numbers of x, y, group and isValidation. Little-endian. It appears as a whole,
/// by a rename.
class SampleCache {
public:
    static constexpr std::int64_t kLimitBytes = std::int64_t { 4 } << 30U;
    /// Smaller data are read as fast as an entry would be found.
    static constexpr std::int64_t kLeastBytes = std::int64_t { 1 } << 20U;

    explicit SampleCache(std::filesystem::path folder, std::int64_t limitBytes = kLimitBytes,
        std::int64_t leastBytes = kLeastBytes)
        : m_folder(std::move(folder))
        , m_limitBytes(limitBytes)
        , m_leastBytes(leastBytes)
    {
    }

    /// The samples of a key, bit for bit as they were stored; nothing where there is no sound entry. A damaged one is removed.
    /// @param key  letters and digits alone: a hash
    [[nodiscard]] std::optional<RawSamples> find(const std::string& key) const;
    /// Keeps samples, and removes those that were used longest ago until all entries fit the limit. Does nothing for samples under
    /// leastBytes or over half the limit, and where `control` is canceled or the disk is full.
    void store(const std::string& key, const RawSamples& samples, const ReadControl& control = {}) const;

    struct Usage {
        std::int64_t entries = 0;
        std::int64_t bytes = 0;
    };
    [[nodiscard]] Usage usage() const;
    /// Removes every entry. @return what there was
    Usage clear() const;

    [[nodiscard]] const std::filesystem::path& folder() const { return m_folder; }

private:
    [[nodiscard]] std::filesystem::path fileOf(const std::string& key) const;
    void trim() const;

    std::filesystem::path m_folder;
    std::int64_t m_limitBytes;
    std::int64_t m_leastBytes;
};

/// ${XDG_CACHE_HOME:-~/.cache}/palimpsest/decoded. It need not exist.
[[nodiscard]] std::filesystem::path sampleCacheFolder();

} // namespace palimpsest
