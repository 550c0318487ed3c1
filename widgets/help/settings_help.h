// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace palimpsest {

/// Every setting of a recipe with unit, default, range and effect: Markdown, a table for each section.
[[nodiscard]] QString settingsHelp();

} // namespace palimpsest
