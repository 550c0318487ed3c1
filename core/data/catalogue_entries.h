// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/data/catalogue.h"

namespace palimpsest {

/// What packaging/setup installs.
[[nodiscard]] std::vector<CatalogueEntry> quickstartEntries();
/// The ten data sets of the references.
[[nodiscard]] std::vector<CatalogueEntry> referenceEntries();

} // namespace palimpsest
