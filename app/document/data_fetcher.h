// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/project/catalogue_dialog.h"

namespace palimpsest {

/// The catalogue of the engine, fetched into its data folder.
[[nodiscard]] DataFetcher dataFetcher();

} // namespace palimpsest
