// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/data/catalogue.h"
#include "core/job/job_channel.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace palimpsest {

/// A file that came and of which nobody said yet what it must be.
struct UnconfirmedFile {
    std::string url;
    std::filesystem::path path;
    std::string sha256;
    std::uint64_t bytes = 0;
};

/// FOLDER/fetch/NAME: where the files of a data set lie while it is fetched (`files`) and unpacked (`raw`).
[[nodiscard]] std::filesystem::path fetchFolder(const std::string& name, const std::filesystem::path& folder);

/// Gets all files of a data set into fetchFolder()/files, as download() does: what is there whole is not fetched again. A
/// SHA-256 that the catalogue has, or that was pinned, must be met.
/// @return the files without either: show them, and pin those that the user confirms (DataStore::pin)
[[nodiscard]] Result<std::vector<UnconfirmedFile>> downloadDataSet(
    const CatalogueEntry& entry, const std::filesystem::path& folder, const JobContext& context);

/// Unpacks the files into fetchFolder()/raw, which holds all of them or is not there; entry.source says how they are read
/// from it. BadInput where a file is missing or was neither known nor pinned, and as of unpackArchive().
/// @return that folder
[[nodiscard]] Result<std::filesystem::path> unpackDataSet(
    const CatalogueEntry& entry, const std::filesystem::path& folder, const JobContext& context);

} // namespace palimpsest
