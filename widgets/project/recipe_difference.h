// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/project/settings.h"

#include <QStringList>

namespace palimpsest {

/// What differs between two recipes, a line each: "Page size 512 → 256", "fashion: Epochs 5 → 10", "Task digits is new". Tasks
/// are told apart by their names. Empty where the recipes are the same.
[[nodiscard]] QStringList recipeDifferences(const Recipe& before, const Recipe& after);

} // namespace palimpsest
