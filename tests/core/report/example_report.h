// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/report/report_model.h"

namespace palimpsest {

/// Four tasks as a run of a small project could report them. All figures are made up, and the same at every call.
[[nodiscard]] ReportModel exampleReport();

/// The smallest model: one task, nothing measured, no baseline, names full of markup.
[[nodiscard]] ReportModel bareReport();

} // namespace palimpsest
