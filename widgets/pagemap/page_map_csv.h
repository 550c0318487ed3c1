// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/results/run_results.h"

#include <QString>

namespace palimpsest {

/// A page map as RFC 4180 text: task,page,layers,level,slot,tenants,slot_cost_nats,page_fisher, one line a page. Fields that are not known, or
/// that an exclusive page has not, are empty. Empty without pages.
[[nodiscard]] QString pageMapCsv(const RunResults& results);

} // namespace palimpsest
