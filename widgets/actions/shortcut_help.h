// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace palimpsest {

class ActionRegistry;

/// The help page of all actions and their shortcuts as they are now: a Markdown table a group.
[[nodiscard]] QString shortcutHelp(const ActionRegistry& registry);

} // namespace palimpsest
