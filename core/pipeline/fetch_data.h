// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/data/fetch.h"

namespace palimpsest {

/// The last step of fetching: unpacks the files of a data set, reads them as entry.source says, and writes them as
/// FOLDER/NAME.h5, the form that recipes use; its SHA-256 is remembered (DataStore::setMade). All of one split is in memory
/// meanwhile. fetchFolder() is removed afterwards, unless `keepFiles` is set.
/// @return one line that says what the data set holds now
[[nodiscard]] Result<std::string> convertDataSet(const CatalogueEntry& entry,
    const std::filesystem::path& folder, bool keepFiles, const JobContext& context);

} // namespace palimpsest
