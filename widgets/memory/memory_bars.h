// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/report_model.h"
#include "widgets/plots/stack_plot.h"

namespace palimpsest {

/// Kinds of parts of a memory bar, in the order of their colours.
enum class MemoryPart { Pool, Exclusive, Private, Tables, Scales, Scratch, Whole };

[[nodiscard]] QStringList memoryPartNames();

/// Bars that add up: what is compared, the virtualized form, then each level. Scratch stands beside, in a bar of its own and in
/// that of level 1, whose budget counts it.
[[nodiscard]] std::vector<StackBar> memoryBars(const ReportModel& report);

} // namespace palimpsest
